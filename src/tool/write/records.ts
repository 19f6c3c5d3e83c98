import type { Schemas } from '../../api/index.ts';
import { isRecord } from '../../json.ts';
import { compareStored, type ManageRecord, type PatchOperation } from '../../manage/index.ts';
import { type Clean, caption, cleanLine, joined, lines, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';
import type { ToolResult } from '../tool-result.ts';
import { mergedMembers, refuseChanged } from './changed-meanwhile.ts';
import { alreadySo, carriedAlong, changeLines, changesOf, type Showing } from './changes.ts';
import type { Change, Duplicate, Step, StepRequest, WritePlan } from './plan.ts';

type Answer = Promise<ToolResult<Record<string, unknown>>>;
type Path = Readonly<Record<string, string | number>>;

/** A reference is sent by its id alone: the name beside it is for people who read the preview, and links are Manage's own. */
function sent(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { id, name, identifier: _, _info, ...rest } = value;
  return id !== undefined && name !== undefined && Object.keys(rest).length === 0 ? { id } : value;
}

/** A new record as it is sent. Members that are `undefined` are left out. */
export const sentBody = (members: ManageRecord): ManageRecord =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== undefined)
      .map(([member, value]) => [member, sent(value)]),
  );

/**
 * The members that `clear` empties, each as `null`. A field that is both set and cleared is refused where arguments are read.
 * @param input the call's arguments
 * @param members what the API calls the fields of `clear`
 */
export const cleared = <Name extends string>(
  { clear = [] }: { readonly clear?: readonly Name[] | undefined },
  members: Readonly<Record<Name, string>>,
): Record<string, null> => Object.fromEntries(clear.map((name) => [members[name], null]));

/** The records that a new one refers to, as a preview names them, a line each: `board: Projects (id 5)`. */
export const referencesOf = (members: ManageRecord): Clean =>
  lines(
    Object.entries(members).map(([member, value]) => {
      if (!isRecord(value) || value.id === undefined || value.name === undefined) return undefined;
      return say`${cleanLine(member)}: ${cleanLine(value.name)} (id ${cleanLine(value.id)})`;
    }),
  );

/** Steps of a PATCH that make members as given; `null` removes, `undefined` leaves alone. */
export const patchOf = (members: ManageRecord): PatchOperation[] =>
  Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => (value === null ? { op: 'remove', path } : { op: 'replace', path, value: sent(value) }));

type About = Pick<WritePlan, 'dryRun' | 'confirm' | 'question' | 'asks' | 'warnings' | 'notes' | 'currency'>;

export interface Creation extends About {
  /** As `POST /company/companies`. */
  readonly operation: string;
  readonly path?: Path;
  /** The new record; members that are `undefined` are left out. */
  readonly members: ManageRecord;
  /** What it would double. Every creation has one, unless its override was given. */
  readonly duplicate: Duplicate | undefined;
  /** The record that an earlier call made before it broke off: it is not made again, and what follows it is finished. */
  readonly begun?: ManageRecord | undefined;
  /** Finds the record after a lost answer where there is no `duplicate`. */
  readonly find?: Step['find'];
  /** What was created, for `Created <what>`: gets the stored record. */
  describe(created: ManageRecord): Clean;
  /** Requests that follow and may need the new record, which is the first that they get. */
  readonly also?: readonly Step[];
  /** What became of another record by it: the last line of the answer. */
  readonly effect?: () => Promise<Clean | undefined>;
  /** More for the structured result. */
  readonly structured?: (created: ManageRecord) => Record<string, unknown>;
}

/** A text longer than this is not read back: who wrote it knows it, and needs to hear only that it is there. */
const LONGEST_READ_BACK = 100;

/**
 * What was given for a new record, as it is stored: numbers, texts, days, addresses. References are named beside the answer, and
 * what its first line says is not said again.
 */
function readBack(members: ManageRecord, created: ManageRecord, said: Clean, showing: Showing) {
  const given = Object.keys(members).filter(
    (member) => !isRecord(members[member]) && members[member] !== undefined && members[member] !== false,
  );
  const stored = changesOf({}, created, { ...showing, members: given });
  // The city of a site "Denver office" is not said by its name.
  const without = (value: string): string =>
    stored.reduce(
      (text, { after }) => (after.length > value.length && after.includes(value) ? text.replaceAll(after, '') : text),
      String(said),
    );
  return stored.filter(({ after }) => after.length <= LONGEST_READ_BACK && !without(after).includes(after));
}

/** Creates a record, or shows the request with `dryRun`. The answer says what was stored and carries its id. */
export function create(context: ToolContext, creation: Creation): Answer {
  const { operation, path, members, describe, also = [], find, begun, duplicate, effect, ...plan } = creation;
  const body = sentBody(members);
  const first: Step = {
    operation,
    request: { path, body },
    does: say`create the record`,
    settle: find,
    find: begun && (async () => begun),
  };
  const head = begun === undefined ? say`Created` : say`Finished what an earlier call began:`;
  return context.send({
    ...plan,
    notes: [...(plan.notes ?? []), referencesOf(members)],
    duplicate: begun === undefined ? duplicate : undefined,
    steps: [first, ...also],
    async answer({ made: [created = {}] }) {
      const { api } = context;
      const schema = api.find(operation)?.response.schema ?? '';
      const says = say`${head} ${describe(created)}`;
      const stored = readBack(members, created, says, {
        api,
        schema,
        zone: await context.zone(),
        currency: plan.currency,
      });
      return {
        structured: {
          id: Number(created.id),
          ...creation.structured?.(created),
          ...(stored.length > 0 && {
            stored: Object.fromEntries(stored.map(({ field, after }) => [caption(field), after])),
          }),
        },
        text: lines([
          says,
          joined(
            stored.map(({ field, after }) => say`${field}: ${after}`),
            '; ',
          ),
          await effect?.(),
        ]),
      };
    },
  });
}

/**
 * Whether what Manage answered a change with is the whole record as it is stored now: it has everything that was there before, and
 * says that it was changed since.
 */
function isNewer(record: ManageRecord | undefined, before: ManageRecord): record is ManageRecord {
  const changedAt = ({ _info }: ManageRecord): string => (isRecord(_info) ? String(_info.lastUpdated ?? '') : '');
  return (
    record !== undefined &&
    record.id === before.id &&
    changedAt(record) > changedAt(before) &&
    changedAt(before) !== '' &&
    Object.keys(before).every((member) => member in record)
  );
}

/** Whether a record has everything already that a PATCH would set, as far as can be seen. */
function holds(record: ManageRecord, body: readonly PatchOperation[], kind: { api: Schemas; schema: string }): boolean {
  const { differing, compared } = compareStored(body, record, { ...kind, exact: true });
  return differing.length === 0 && compared === body.length;
}

export interface Update extends About {
  /** As `PATCH /company/companies/{id}`; the record is read again at `GET` of the same path. */
  readonly operation: string;
  readonly path: Path;
  readonly before: ManageRecord;
  /** The other record that this one would double afterwards, by the name that it gets. It is looked for before anything is sent. */
  readonly duplicate?: Duplicate | undefined;
  /** Members as they are to be; `null` clears, `undefined` leaves alone. References and `customFields` whole. */
  readonly members: ManageRecord;
  /** What was changed, for `Updated <what>`: gets the record as it is now. */
  describe(after: ManageRecord): Clean;
  /** Requests that belong to the same change and go before the PATCH. */
  readonly first?: readonly Step[];
  /** Requests that belong to the same change and follow the PATCH, such as types that are records of their own. */
  readonly also?: readonly Step[];
  /** More lines for the answer, after the changes: gets the record as it is now. */
  readonly says?: (after: ManageRecord) => readonly (Clean | undefined)[];
  /** Members of which the caller has to know, though they are not set: whether a ticket is closed. */
  readonly watches?: readonly string[];
  /** More members whose change is shown, because Manage changes them with the others. */
  readonly shows?: readonly string[];
  /** More for the structured result. */
  readonly structured?: (after: ManageRecord) => Record<string, unknown>;
}

/**
 * Changes a record, or shows the request with `dryRun`. The answer lists before and after as Manage has it now, which may be more
 * than was asked.
 */
export async function update(context: ToolContext, change: Update): Answer {
  const { manage, signal, api } = context;
  const { operation, path, before, members, describe, first = [], also = [], shows = [], notes = [], ...rest } = change;
  const { duplicate, ...plan } = rest;
  const other = await duplicate?.find(signal);
  if (duplicate !== undefined && other !== undefined && other.id !== before.id)
    throw new ToolInputError(duplicate.argument, duplicate.says(other));
  const body = patchOf(members);
  const named = Object.keys(members).filter((member) => members[member] !== undefined);
  const does = say`${joined(named.map(cleanLine), ', ')} changed`;
  const get = operation.replace(/^PATCH/, 'GET');
  const schema = api.find(operation)?.response.schema ?? '';
  const showing = { api, schema, zone: await context.zone(), currency: plan.currency };
  const refuse = async (was: ManageRecord, now: ManageRecord, watched: readonly string[] = []): Promise<void> => {
    const told = context.seen.last(get, path);
    try {
      refuseChanged({ before: was, now, told, members, watched }, showing);
    } catch (error) {
      // Who was told may write over it with the next call; a call that is made again by itself has told nobody.
      if (await context.names.confirmed()) context.seen.remember(get, path, now);
      throw error;
    }
    context.seen.remember(get, path, now);
  };
  const known = context.seen.last(get, path);
  if (!plan.dryRun && known !== undefined) await refuse(known, before, change.watches);
  /** What the change really overwrites. */
  let overwritten = before;
  const refresh = async (request: StepRequest, until: AbortSignal): Promise<StepRequest | undefined> => {
    const now = await manage.get<ManageRecord>(get, { path, signal: until });
    await refuse(before, now);
    overwritten = now;
    const merged = patchOf(mergedMembers(before, members, now));
    // A call that is repeated because nobody heard of it is no change of its own, in the journal either.
    return holds(now, merged, { api, schema }) ? undefined : { ...request, body: merged };
  };
  // What is there already is not sent, so that no preview of other steps shows it as one of them.
  const isSent =
    body.length > 0 && !(plan.dryRun && first.length + also.length > 0 && holds(before, body, { api, schema }));
  const patch: Step[] = isSent ? [{ operation, request: { path, body }, does, refresh }] : [];
  const beside = [...first, ...also].map((step) => step.does);
  const sentMembers = Object.fromEntries(named.map((member) => [member, members[member]]));
  const wanted = (was: ManageRecord): Change[] =>
    changesOf(was, { ...was, ...sentMembers }, { ...showing, members: named });
  const already = (was: ManageRecord): Clean[] => alreadySo(was, sentMembers, { ...showing, changes: wanted(was) });
  return context.send({
    ...plan,
    steps: [...first, ...patch, ...also],
    // The preview tells several steps one by one; of a single one beside the record itself it knows only the request.
    notes: [...notes, ...(patch.length === 0 && beside.length === 1 ? beside : []), ...already(before)],
    changes: wanted(before),
    async answer({ made }) {
      const last = also.length === 0 && patch.length > 0 ? made.at(-1) : undefined;
      const after = isNewer(last, overwritten) ? last : await manage.get<ManageRecord>(get, { path, signal });
      context.seen.remember(get, path, after);
      const members = new Set([...named, ...shows, ...carriedAlong(overwritten, after)]);
      const changes = changesOf(overwritten, after, { ...showing, members });
      const unchanged = already(overwritten);
      return {
        structured: {
          id: Number(after.id),
          changes,
          ...(unchanged.length > 0 && { unchanged }),
          ...change.structured?.(after),
        },
        text: lines([
          say`Updated ${describe(after)}`,
          changes.length === 0 && beside.length === 0 ? say`Nothing differs from before.` : changeLines(changes),
          joined(unchanged, '; '),
          ...beside,
          ...(change.says?.(after) ?? []),
        ]),
      };
    },
  });
}

export interface Removal extends Pick<WritePlan, 'dryRun' | 'confirm' | 'notes'> {
  /** As `DELETE /schedule/entries/{id}`. */
  readonly operation: string;
  readonly path: Path;
  readonly query?: Readonly<Record<string, string | number>>;
  /** What goes, as it was just read: `schedule entry 12 (Jo, Tue 24 Nov 2026)`. */
  readonly what: Clean;
  /** What goes with it, a sentence: in the question, the preview and the answer. */
  readonly besides?: Clean | undefined;
}

/** Deletes a record after a person agreed, or shows the request with `dryRun`. */
export function remove(context: ToolContext, { operation, path, query, what, besides, ...plan }: Removal): Answer {
  return context.send({
    ...plan,
    steps: [{ operation, request: { path, query, stood: true }, does: say`delete ${what}` }],
    question: joined([say`Delete ${what}?`, besides], ' '),
    notes: [...(plan.notes ?? []), besides],
    answer: () => ({
      structured: { id: Number(path.id), deleted: true, ...(besides && { note: besides }) },
      text: joined([say`Deleted ${what}.`, besides], ' '),
    }),
  });
}
