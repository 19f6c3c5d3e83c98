import { z } from 'zod';
import type { ApiDescription, Operation } from '../../src/api/index.ts';
import { meaningOf, secretsMasked } from '../../src/api/meanings.ts';
import { reversedTimes, setsHalf } from '../../src/api/reversed-times.ts';
import { isRecord } from '../../src/json.ts';
import { InvalidRequest, isReading, type ManageRecord, NotAllowed, NotFound } from '../../src/manage/index.ts';
import { type Clean, clean, cleanLine, cleanValue, cut, joined, lines, say } from '../../src/text/index.ts';
import { withoutNothing } from '../../src/tool/arguments/nothing-given.ts';
import { defineTool, fragments, ToolInputError } from '../../src/tool/index.ts';
import {
  jsonText,
  operationAliases,
  operationInput,
  operationNamed,
  readOperationCall,
  refuseArguments,
} from '../../src/tool/operations/operation-call.ts';
import { compactAnswer } from '../../src/tool/results/compact-record.ts';
import { type Effect, type EffectKind, effectsOf, membersSet, needsConsent } from '../../src/tool/write/effects.ts';
import {
  changesBy,
  currencyIn,
  leftOut,
  lostOfLists,
  ofTheOldCompany,
  referredTo,
  replacesLists,
} from './support/body-changes.ts';
import { refuseNarrowedWrite } from './support/one-record.ts';
import { sameRecord } from './support/same-record.ts';
import { namesShared, withIdsOfNames } from './support/shared-names.ts';
import {
  parentRecord,
  recordName,
  setsCustomFields,
  targetRecord,
  withCheckedFields,
} from './support/target-record.ts';

/** Members that Manage is known to ignore, for a preview: after a write the stored record tells. */
function ignoredSoon(body: unknown, { response }: Operation): Clean[] {
  return Object.keys(membersSet(body)).flatMap((member) => {
    const { onWrite, instead } = meaningOf(response.schema ?? '', member) ?? {};
    if (onWrite !== 'ignored') return [];
    return [joined([say`Manage ignores ${cleanLine(member)}: it would not be changed.`, cleanLine(instead)], ' ')];
  });
}

/** What a body of members to replace names without a value, which only `null` and the operation `remove` empty. */
const unset = ({ request }: Operation, body: unknown): string[] =>
  request?.kind === 'patch' && isRecord(body) && !('op' in body)
    ? Object.keys(body).filter((member) => body[member] !== null && withoutNothing(body[member]) === undefined)
    : [];

/**
 * The body as it is sent. PATCH wants a list of operations: an object of members means their replacement, `null` their removal. A
 * creation that mails unless it is told not to is told not to.
 */
function bodyFor({ method, request }: Operation, body: unknown): unknown {
  if (!isRecord(body)) return body;
  if (request?.kind === 'patch' && !('op' in body))
    return Object.entries(body).flatMap(([path, value]) => {
      if (value === null) return [{ op: 'remove', path }];
      return withoutNothing(value) === undefined ? [] : [{ op: 'replace', path, value }];
    });
  const silent = method === 'POST' && meaningOf(request?.schema ?? '', 'processNotifications')?.mailsByDefault === true;
  // Manage takes one without a value for left out.
  return silent && withoutNothing(body.processNotifications) === undefined
    ? { ...body, processNotifications: false }
    : body;
}

/**
 * Refuses a request without anything in it: Manage would change or create nothing, or a record of nothing.
 * @param about.unset members of the body that came without a value
 */
function refuseNothing(
  name: Clean,
  { method, path, request, response }: Operation,
  body: unknown,
  { unset, api }: { readonly unset: readonly Clean[]; readonly api: ApiDescription },
): void {
  if (request === undefined || withoutNothing(body) !== undefined) return;
  if (request.kind === 'patch')
    throw new ToolInputError(
      'body',
      unset.length === 0
        ? say`body: there is nothing to change.`
        : say`body: there is nothing to change: ${joined(unset, ', ')} came without a value.`,
      { next: 'Send the members to replace, like {"summary": "New text"}; null empties a member.' },
    );
  // What only acts, as `deactivate` does, is a path that nothing is read from.
  const isCollection = api.find(`GET ${path}`) !== undefined;
  const creates = method === 'POST' && isCollection && request.schema === response.schema;
  if (method === 'PUT' || creates || body === undefined)
    throw new ToolInputError('body', say`body is empty: ${name} needs one.`, {
      next: 'describe_operation shows what belongs into it.',
    });
}

/** The most of a body that a question shows: more than a person reads. */
const MOST_ASKED = 2_000;

/** Effects that the name of the operation does not tell, or not plainly. */
const HIDDEN_EFFECTS: ReadonlySet<EffectKind> = new Set(['mails', 'deactivates', 'bills']);

interface Asked {
  readonly request: { readonly path: unknown; readonly query: unknown; readonly body: unknown };
  readonly schema: string | undefined;
  readonly effects: readonly Effect[];
  /** The record that is changed or deleted. */
  readonly record: ManageRecord | undefined;
  /** The one that it belongs to. */
  readonly parent: ManageRecord | undefined;
}

/** What a call is about, as `"VPN works again", id 12, of "VPN is down", id 577`. */
const subjectOf = ({ record, parent }: Pick<Asked, 'record' | 'parent'>): Clean =>
  record === undefined
    ? joined([parent && recordName(parent)], '')
    : joined([recordName(record), parent && say`of ${recordName(parent)}`], ', ');

/** Whom the ticket of a call names: of them the board's set-up mails who it wants to. */
function mailedOf(...records: readonly (ManageRecord | undefined)[]): Clean | undefined {
  const ticket = records.find((record) => record?.summary !== undefined);
  if (ticket === undefined) return undefined;
  const { contactName, contactEmailAddress, resources, automaticEmailCc } = ticket;
  const contact = contactEmailAddress
    ? say`${cleanLine(contactName)} (${cleanLine(contactEmailAddress)})`
    : say`nobody`;
  const others = joined(
    [
      resources ? say`assigned ${cleanLine(resources)}` : undefined,
      automaticEmailCc ? say`cc ${cleanLine(automaticEmailCc)}` : undefined,
    ],
    ', ',
  );
  return say`On the ticket are: ${joined([say`contact ${contact}`, others], ', ')}.`;
}

/** The request in full, for the question: the record by name, path, parameters and body, with secrets hidden. */
function requestText(name: Clean, { request, schema, effects, ...about }: Asked): Clean {
  // The other effects stand in the name of the operation.
  const hidden = [...new Set(effects.filter(({ kind }) => HIDDEN_EFFECTS.has(kind)).map(({ says }) => says))];
  const said = (label: 'path' | 'query' | 'body', value: unknown): Clean | undefined =>
    value === undefined || (isRecord(value) && Object.keys(value).length === 0)
      ? undefined
      : say`${label}: ${cut(clean(JSON.stringify(secretsMasked(value, schema))), MOST_ASKED)}`;
  return lines([
    subjectOf(about) === '' ? say`Call ${name}?` : say`Call ${name} for ${subjectOf(about)}?`,
    hidden.length === 0 ? undefined : say`It ${joined(hidden, ', ')}.`,
    effects.some(({ kind }) => kind === 'mails') ? mailedOf(about.record, about.parent) : undefined,
    said('path', request.path),
    said('query', request.query),
    said('body', request.body),
  ]);
}

/** A file cannot be sent by an operation: the direct tool is named that can. */
function refuseFile(name: Clean, direct: readonly string[]): never {
  const [tool] = direct;
  throw new ToolInputError('operation', say`${name} takes a file, which cannot be sent by this tool.`, {
    next: tool === undefined ? undefined : say`Use ${cleanLine(tool)} for it.`,
  });
}

/** @throws {InvalidRequest} for an end before the start that the record has, or the other way round */
function refuseReversed(name: Clean, body: unknown, record: ManageRecord | undefined): void {
  const problems = reversedTimes(body, record);
  if (problems.length > 0) throw new InvalidRequest(name, problems);
}

/** @throws everything but the error for a record that the operator's limits keep from being read */
function noneIfNotAllowed(error: unknown): undefined {
  if (!(error instanceof NotAllowed)) throw error;
}

/** @throws every error but that of a record that does not exist or may not be read */
function noneIfNotFound(error: unknown): undefined {
  if (!(error instanceof NotFound)) noneIfNotAllowed(error);
}

export default defineTool({
  name: 'call_write_operation',
  title: 'Call a writing operation',
  toolset: 'api',
  core: true,
  effect: 'delete',
  uses: ['*'],
  description:
    'Call any POST, PUT, PATCH or DELETE operation; prefer a direct tool. Deleting and merging need the person to agree.',
  input: z.strictObject({
    ...operationInput,
    operation: operationNamed('PATCH'),
    body: jsonText(
      z.union([z.looseObject({}), z.array(z.looseObject({}))]),
      'PATCH: the members to replace, or the list of operations',
    ),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { ...operationAliases, data: 'body', payload: 'body' },
  output: z.looseObject({ done: z.boolean().optional() }),
  async run(input, context) {
    await refuseArguments(input, context);
    const call = await readOperationCall(context, input);
    const { operation, name, path } = call;
    if (isReading(operation))
      throw new ToolInputError('operation', say`${name} only reads.`, { next: 'Use call_read_operation for it.' });
    if (operation.request?.kind === 'multipart') refuseFile(name, context.directTools(name));
    refuseNarrowedWrite(call);
    const given = bodyFor(operation, input.body);
    const empty = unset(operation, input.body).map(cleanLine);
    refuseNothing(name, operation, given, { unset: empty, api: context.api });
    const said = [
      ...call.notes,
      ...(input.dryRun === true ? ignoredSoon(given, operation) : []),
      empty.length === 0
        ? undefined
        : say`body: ${joined(empty, ', ')} came without a value and was not emptied; null empties a member.`,
    ];
    const own = membersSet(given).id;
    if (own !== undefined && path.id !== undefined && String(own) !== String(path.id))
      throw new ToolInputError(
        'body',
        say`body.id is ${cleanLine(own)}, and the call is about ${cleanLine(path.id)}. Send one.`,
      );
    const query = { ...call.rest, ...(call.fields && { fields: call.fields.join(',') }) };
    const effects = effectsOf({ operation: name }, { path, query, body: given }, context.api);
    const isWhole = operation.method === 'PUT';
    const isShown = input.dryRun === true || isWhole || needsConsent(effects);
    const schema = schemaOf(operation);
    const moves = membersSet(given).company !== undefined || membersSet(given)['company/id'] !== undefined;
    const isHalf = operation.request?.kind === 'patch' && setsHalf(given);
    const isInLists = replacesLists(operation, given);
    const isRead =
      isShown || moves || isHalf || isInLists || setsCustomFields(given) || namesShared(given, schema, context);
    const target = isRead ? targetRecord(operation, path, context) : undefined;
    // A preview without the record is still the request that was asked for.
    const record = await target?.catch(input.dryRun ? noneIfNotFound : noneIfNotAllowed);
    const parent = isShown ? await parentRecord(operation, path, context).catch(noneIfNotFound) : undefined;
    const identified = await withIdsOfNames(given, { schema, record }, context);
    const body = await withCheckedFields(identified, { operation, path, record }, context);
    if (isHalf) refuseReversed(name, body, record);
    const lost = isWhole && record !== undefined ? leftOut(body, record, { schema, api: context.api }) : [];
    const gone = isInLists && record !== undefined ? await lostOfLists(body, record, { schema, context }) : [];
    const notes = [...said, isWhole ? undefined : ofTheOldCompany(body, record)];
    const currency = isShown ? await currencyIn(body, record, { schema, context }) : undefined;
    return context.send({
      currency,
      steps: [
        {
          operation: name,
          request: { path, query, body },
          does: say`call ${name}`,
        },
      ],
      changes: record && (await changesBy(body, record, { schema, currency, context })),
      dryRun: input.dryRun,
      confirm: input.confirm,
      question: requestText(name, { request: { path, query, body }, schema, record, parent, effects }),
      warnings: [
        lost.length === 0
          ? undefined
          : say`PUT replaces the whole record: without ${joined(lost, ', ')} in the body, Manage empties them. PATCH changes only what it names.`,
        gone.length === 0
          ? undefined
          : say`A list is replaced whole: ${joined(gone, ', ')} ${gone.length === 1 ? say`is` : say`are`} not in the new one, and gone.`,
      ],
      notes: [
        ...notes,
        input.dryRun && operation.method === 'POST' ? await referredTo(body, { schema, context }) : undefined,
      ],
      duplicate: input.allowDuplicate ? undefined : sameRecord({ name, path }, body, context),
      answer({ made: [value] }) {
        const isEmpty = value === undefined || (isRecord(value) && Object.keys(value).length === 0);
        const result = isEmpty ? undefined : compactAnswer(value, operation.response.schema);
        return {
          structured: { done: true, result: result === undefined ? undefined : cleanValue(result) },
          text: lines([
            say`Done: ${name}${record === undefined ? say`` : say`, ${subjectOf({ record, parent })}`}`,
            result === undefined ? undefined : clean(JSON.stringify(result)),
            ...notes,
          ]),
        };
      },
    });
  },
});

const schemaOf = ({ request, response }: Operation): string | undefined => request?.schema ?? response.schema;
