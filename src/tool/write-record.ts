import type { ManageRecord, PatchOperation, WriteOptions } from '../manage/index.ts';
import type { ToolContext } from './context.ts';
import type { ToolResult } from './define-tool.ts';
import { ToolInputError } from './errors.ts';
import { changeLines, changes, previewResult } from './preview.ts';

type Answer = ToolResult<Record<string, unknown>>;
type Path = Readonly<Record<string, string | number>>;

export interface Creation {
  /** As `POST /company/companies`. */
  readonly operation: string;
  readonly path?: Path;
  readonly body: ManageRecord;
  readonly dryRun: boolean | undefined;
  /** What was created, for `Created <what>`: gets the stored record. Texts from outside have to be cleaned by it. */
  readonly describe: (created: ManageRecord) => string;
  /** Finds the record when the answer to the POST was lost; see `WriteOptions.settle`. */
  readonly settle?: WriteOptions['settle'];
  /** More for the structured result. */
  readonly structured?: (created: ManageRecord) => Record<string, unknown>;
}

/** Creates a record, or shows the request with `dryRun`. The answer says what was stored and carries its id. */
export async function createRecord({ manage, signal }: ToolContext, creation: Creation): Promise<Answer> {
  const { operation, path, body, describe, settle } = creation;
  const request = { ...(path && { path }), body };
  if (creation.dryRun) return previewResult([manage.preview(operation, request)]);
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
}

/** Steps of a PATCH that make members as given; `null` removes. */
export const patchOf = (members: ManageRecord): PatchOperation[] =>
  Object.entries(members).map(([path, value]) =>
    value === null ? { op: 'remove', path } : { op: 'replace', path, value },
  );

/**
 * Changes a record, or shows the request with `dryRun`. The answer lists before and after as Manage has it now, which may be
 * more than was asked.
 * @throws {ToolInputError} when there is nothing to change
 */
export async function updateRecord({ manage, signal, plain }: ToolContext, update: Update): Promise<Answer> {
  const { operation, path, before, members, describe } = update;
  const body = patchOf(members);
  if (body.length === 0)
    throw new ToolInputError('arguments', 'Nothing to change: send at least one field with its new value.');
  const shown = Object.keys(members).filter((member) => member !== 'customFields');
  if (update.dryRun) return previewResult([manage.preview(operation, { path, body })], changes(before, members, shown));
  await manage.write(operation, { path, body, signal });
  const after = await manage.get<ManageRecord>(operation.replace(/^PATCH/, 'GET'), { path, signal });
  const differences = changes(before, after, shown).map(({ field, before: was, after: now }) => ({
    field,
    before: plain(was),
    after: plain(now),
  }));
  const lines = [
    `Updated ${describe(after)}`,
    changeLines(differences),
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
  if (removal.dryRun) return previewResult([context.manage.preview(operation, request)], [], what);
  await context.confirm({
    question: `Delete ${what}?`,
    ...(removal.confirm !== undefined && { given: removal.confirm }),
  });
  await context.manage.write(operation, { ...request, signal: context.signal });
  return { structured: { id: Number(path.id), deleted: true }, text: `Deleted ${what}.` };
}
