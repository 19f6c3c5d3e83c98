import type { ManageRecord, PatchOperation, WriteOptions } from '../../manage/index.ts';
import type { LegacyToolContext as ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';
import type { LegacyResult as ToolResult } from '../tool-result.ts';
import { changeLines, changes, legacyPreview } from './preview.ts';
import { type Step, writeSteps } from './write-steps.ts';

type Answer = ToolResult<Record<string, unknown>>;
type Path = Readonly<Record<string, string | number>>;

/** The record that a creation would double. */
export interface Twin {
  /** Finds it: before the POST, which is refused then; and after a lost answer, to know what became of the POST. */
  find(signal: AbortSignal): Promise<ManageRecord | undefined>;
  /** The argument that makes it the same. */
  readonly argument: string;
  /** The refusal: which record it is and what to do instead. Texts from outside have to be cleaned by it. */
  says(twin: ManageRecord): string;
}

export interface Creation {
  /** As `POST /company/companies`. */
  readonly operation: string;
  readonly path?: Path;
  readonly body: ManageRecord;
  readonly dryRun: boolean | undefined;
  /** What was created, for `Created <what>`: gets the stored record. Texts from outside have to be cleaned by it. */
  readonly describe: (created: ManageRecord) => string;
  readonly twin?: Twin | undefined;
  /** Finds the record when the answer to the POST was lost and there is no `twin` to find; see `WriteOptions.settle`. */
  readonly settle?: WriteOptions['settle'];
  /** What was understood that the request alone does not tell, cleaned; stands in the preview. */
  readonly note?: string;
  /** More for the structured result. */
  readonly structured?: (created: ManageRecord) => Record<string, unknown>;
}

/**
 * Creates a record, or shows the request with `dryRun`. The answer says what was stored and carries its id.
 * @throws {ToolInputError} when its twin is there already
 */
export async function createRecord({ manage, signal }: ToolContext, creation: Creation): Promise<Answer> {
  const { operation, path, describe, twin, settle = twin?.find } = creation;
  const body = sentBody(creation.body);
  const known = await twin?.find(signal);
  if (twin !== undefined && known !== undefined) throw new ToolInputError(twin.argument, twin.says(known));
  const request = { ...(path && { path }), body };
  if (creation.dryRun) return legacyPreview([manage.preview(operation, request)], [], creation.note);
  const created = await manage.write(operation, { ...request, signal, ...(settle && { settle }) });
  return {
    structured: { id: Number(created.id), ...creation.structured?.(created) },
    text: `Created ${describe(created)}`,
  };
}

export interface Update {
  /** As `PATCH /company/companies/{id}`; the record is read again at `GET` of the same path. */
  readonly operation: string;
  readonly path: Path;
  readonly before: ManageRecord;
  /** Members as they are to be; `null` clears. References and `customFields` whole. */
  readonly members: ManageRecord;
  readonly dryRun: boolean | undefined;
  /** What was changed, for `Updated <what>`: gets the record as it is now. */
  readonly describe: (after: ManageRecord) => string;
  /** Requests that belong to the same change and go before the PATCH. */
  readonly first?: readonly Step[];
  /** Requests that belong to the same change and follow the PATCH, such as types that are records of their own. */
  readonly also?: readonly Step[];
  /** What changes inside the lists among the members, a line each, cleaned. */
  readonly says?: readonly string[];
}

/** A reference is sent by its id alone: a name beside it is there for who reads the preview. */
function sent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { id, name, identifier: _, ...rest } = value as Record<string, unknown>;
  return id !== undefined && name !== undefined && Object.keys(rest).length === 0 ? { id } : value;
}

/** A new record as it is sent. */
export const sentBody = (members: ManageRecord): ManageRecord =>
  Object.fromEntries(Object.entries(members).map(([member, value]) => [member, sent(value)]));

/** Steps of a PATCH that make members as given; `null` removes. */
export const patchOf = (members: ManageRecord): PatchOperation[] =>
  Object.entries(members).map(([path, value]) =>
    value === null ? { op: 'remove', path } : { op: 'replace', path, value: sent(value) },
  );

/**
 * Changes a record, or shows the request with `dryRun`. The answer lists before and after as Manage has it now, which may be
 * more than was asked.
 * @throws {ToolInputError} when there is nothing to change
 */
export async function updateRecord(context: ToolContext, update: Update): Promise<Answer> {
  const { manage, signal, plain } = context;
  const { operation, path, before, members, describe, first = [], also = [] } = update;
  const body = patchOf(members);
  const steps: Step[] = [
    ...first,
    ...(body.length === 0 ? [] : [{ operation, request: { path, body }, does: Object.keys(members).join(', ') }]),
    ...also,
  ];
  if (steps.length === 0)
    throw new ToolInputError('arguments', 'Nothing to change: send at least one field with its new value.');
  // A list would be a wall of JSON; who sends one says what changes in it.
  const shown = Object.keys(members).filter((member) => !Array.isArray(members[member]));
  const beside = [...first.map(({ does }) => does), ...(update.says ?? []), ...also.map(({ does }) => does)];
  if (update.dryRun) {
    const requests = steps.map((step) => manage.preview(step.operation, step.request));
    return legacyPreview(requests, changes(before, members, shown), beside.join('\n'));
  }
  await writeSteps(context, steps);
  const after = await manage.get<ManageRecord>(operation.replace(/^PATCH/, 'GET'), { path, signal });
  const differences = changes(before, after, shown).map(({ field, before: was, after: now }) => ({
    field,
    before: plain(was),
    after: plain(now),
  }));
  const lines = [
    `Updated ${describe(after)}`,
    changeLines(differences),
    ...beside,
    ...('customFields' in members ? ['custom fields set'] : []),
  ];
  return {
    structured: { id: Number(after.id), changes: differences },
    text: lines.filter((line) => line !== '').join('\n'),
  };
}

export interface Removal {
  /** As `DELETE /schedule/entries/{id}`. */
  readonly operation: string;
  readonly path: Path;
  /** What goes, cleaned, as `schedule entry 12 (Jo, Tue 24 Nov 2026)`. */
  readonly what: string;
  readonly dryRun: boolean | undefined;
  readonly confirm: boolean | undefined;
  readonly query?: WriteOptions['query'];
}

/** Deletes a record after a person agreed, or shows the request with `dryRun`. */
export async function removeRecord(context: ToolContext, removal: Removal): Promise<Answer> {
  const { operation, path, what, query } = removal;
  const request = { path, ...(query && { query }) };
  if (removal.dryRun) return legacyPreview([context.manage.preview(operation, request)], [], what);
  await context.confirm({
    question: `Delete ${what}?`,
    ...(removal.confirm !== undefined && { given: removal.confirm }),
  });
  await context.manage.write(operation, { ...request, signal: context.signal });
  return { structured: { id: Number(path.id), deleted: true }, text: `Deleted ${what}.` };
}
