import type { ApiDescription, Operation } from '../../../src/api/index.ts';
import { isRecord } from '../../../src/json.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, cut, joined, say } from '../../../src/text/index.ts';
import { checkedCustomFields, readable, type ToolContext, titleOf } from '../../../src/tool/index.ts';

/** Longest text of a note by which it is named. */
const LONGEST = 80;

const keysOf = (path: string): string => (path.match(/\{\w+\}/g) ?? []).join('');
const sameKeys = (one: string, other: string): boolean => keysOf(one) === keysOf(other);

/**
 * The operation that reads the record which a PATCH, PUT, DELETE, or an action without a body is about; none for creations, other
 * actions and some links.
 */
export function readingOf({ method, path, request }: Operation, api: ApiDescription): string | undefined {
  if (method === 'GET') return undefined;
  const [action] = method === 'POST' && request === undefined ? (/(?<=\})\/\w+\/?$/.exec(path) ?? []) : [];
  if (method === 'POST' && action === undefined) return undefined;
  const record = action === undefined ? path : path.slice(0, -action.length);
  const read = api.find(`GET ${record}`);
  // An operation under another key, as the one of a sign-in account, is about another record than the id of that number.
  return read?.response.kind === 'object' && sameKeys(read.path, record) ? `GET ${record}` : undefined;
}

/** The record that an operation reads; `undefined` where there is no such operation, or it may not be called. */
async function recordRead(
  reading: string | undefined,
  path: Readonly<Record<string, string | number>>,
  { manage, signal }: ToolContext,
): Promise<ManageRecord | undefined> {
  const record = reading === undefined ? undefined : await readable(manage.get<unknown>(reading, { path, signal }));
  return isRecord(record) ? record : undefined;
}

/**
 * The record that a call changes or deletes, as it is now; `undefined` where it cannot be read.
 * @throws {NotFound} where there is none
 */
export const targetRecord = (
  operation: Operation,
  path: Readonly<Record<string, string | number>>,
  context: ToolContext,
): Promise<ManageRecord | undefined> => recordRead(readingOf(operation, context.api), path, context);

/** The operation that reads the record which another one belongs to; none where there is none. */
export function parentReadingOf({ path }: Operation, api: ApiDescription): string | undefined {
  const [parent, ...below] = path.split('/{parentId}/');
  const reading = `GET ${parent}/{id}`;
  return below.length > 0 && api.find(reading)?.response.kind === 'object' ? reading : undefined;
}

/** The record that another one belongs to, of `/service/tickets/{parentId}/notes/{id}` the ticket; `undefined` where it cannot be read. */
export function parentRecord(
  operation: Operation,
  path: Readonly<Record<string, string | number>>,
  context: ToolContext,
): Promise<ManageRecord | undefined> {
  // Where the parent has one of its own, it is the grandparent here.
  const above = path.grandparentId ?? path.grandParentId;
  const ids = { id: path.parentId ?? '', ...(above !== undefined && { parentId: above }) };
  return recordRead(parentReadingOf(operation, context.api), ids, context);
}

/** What a person calls a record, as `"Omar Keller", id 102`: by its title, else by its text and whom it belongs to. */
export function recordName(record: ManageRecord): Clean {
  const { id, text, notes, member, ticket, company } = record;
  const title = titleOf(record);
  const own = title === '' ? cleanLine(text ?? notes) : title;
  return joined(
    [
      own === '' ? undefined : say`"${cut(own, LONGEST)}"`,
      id === undefined ? undefined : say`id ${cleanLine(id)}`,
      title === '' ? cleanLine(nameOf(member)) : undefined,
      title === '' ? cleanLine(nameOf(ticket)) : cleanLine(nameOf(company)),
    ],
    ', ',
  );
}

/** The list of custom fields in a body, whether it is a record or the operations of a PATCH. */
function customFieldsIn(body: unknown): readonly unknown[] | undefined {
  const value = Array.isArray(body)
    ? body.filter(isRecord).find(isCustomFields)?.value
    : isRecord(body) && body.customFields;
  return Array.isArray(value) ? value : undefined;
}

const isCustomFields = ({ path, op }: Readonly<Record<string, unknown>>): boolean =>
  /^\/?customFields$/.test(String(path)) && op !== 'remove';

/** Whether a body sets custom fields, whose values have to be checked. */
export const setsCustomFields = (body: unknown): boolean => customFieldsIn(body) !== undefined;

/**
 * A body with its custom fields checked and completed by those of the record: a part of the list would empty the rest.
 * @throws {ToolInputError} for a custom field that there is not, and for a value that it does not take
 */
export async function withCheckedFields(
  body: unknown,
  {
    operation,
    path,
    record,
  }: { operation: Operation; path: Readonly<Record<string, string | number>>; record: ManageRecord | undefined },
  context: ToolContext,
): Promise<unknown> {
  const sent = customFieldsIn(body);
  const list = `GET ${operation.path}`;
  const isKnown = record !== undefined || context.api.find(list)?.response.kind === 'array';
  if (sent === undefined || !isKnown) return body;
  const customFields = await checkedCustomFields(context, sent, { record, list, path });
  if (!Array.isArray(body)) return { ...(body as object), customFields };
  return body.map((step) => (isRecord(step) && isCustomFields(step) ? { ...step, value: customFields } : step));
}
