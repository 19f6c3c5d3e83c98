import { isDeepStrictEqual } from 'node:util';
import { closest } from '../../api/closest.ts';
import { isRecord } from '../../json.ts';
import { cleanLine, joined, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';
import { type CustomField, choicesOf, valueFor } from './custom-field-value.ts';

type Reading = Pick<ToolContext, 'manage' | 'signal' | 'now'>;
type Row = Readonly<Record<string, unknown>>;
type Path = Readonly<Record<string, string | number>>;

const fieldsOf = (record: Row): CustomField[] =>
  Array.isArray(record.customFields) ? (record.customFields as CustomField[]) : [];

/** A caption without its letter case and with one blank where several stand. */
const plain = (caption: string): string => caption.trim().replace(/\s+/g, ' ').toLowerCase();

/** The custom field that a caller's word means, in any letter case. @throws {ToolInputError} with the closest captions */
function fieldNamed(name: string, fields: readonly CustomField[]): CustomField {
  const found = fields.find(({ caption }) => plain(caption) === plain(name));
  if (found !== undefined) return found;
  const captions = fields.map(({ caption }) => caption);
  const near = closest(name, captions);
  if (captions.length === 0) throw new ToolInputError('customFields', say`Records of this kind have no custom fields.`);
  const hint = near.length > 0 ? say` Did you mean ${joined(near.map(cleanLine), ' or ')}?` : say``;
  throw new ToolInputError('customFields', say`There is no custom field "${cleanLine(name)}".${hint}`, {
    allowed: captions.map(cleanLine),
  });
}

/**
 * A record's custom fields with some of them set by caption. Manage wants the whole list back: a part of it would empty the rest.
 * @throws {ToolInputError} for a caption that the record does not have, and for a value that its field does not take
 */
export async function withCustomFields(context: Reading, record: Row, values: Row): Promise<CustomField[]> {
  const fields = fieldsOf(record);
  const set = Object.entries(values).map(([name, value]) => ({ custom: fieldNamed(name, fields), value }));
  const choices = await choicesOf(
    context,
    set.filter(({ value }) => value !== null).map(({ custom }) => custom),
  );
  const now = await context.now();
  const changed = new Map(set.map(({ custom, value }) => [custom.id, valueFor(custom, value, { choices, now })]));
  return fields.map((field) => (changed.has(field.id) ? { ...field, value: changed.get(field.id) } : field));
}

/**
 * The custom fields that a record has now, with those that a change sets: what somebody else set since `before` was read stays.
 * @param wanted the record's fields as the change wants them, made from `before`
 */
export function mergedCustomFields(before: Row, wanted: Row, now: Row): CustomField[] {
  const was = new Map(fieldsOf(before).map(({ id, value }) => [id, value]));
  const set = new Map(
    fieldsOf(wanted)
      .filter(({ id, value }) => !isDeepStrictEqual(value ?? null, was.get(id) ?? null))
      .map(({ id, value }) => [id, value]),
  );
  return fieldsOf(now).map((field) => (set.has(field.id) ? { ...field, value: set.get(field.id) } : field));
}

/** The fields that the records of a collection carry, all empty, by one of them: every record carries all fields of its kind. */
async function emptyFields(
  { manage, signal }: Reading,
  list: string,
  path: Path | undefined,
): Promise<CustomField[] | undefined> {
  const sample = await manage.first(list, { fields: ['id', 'customFields'], signal, path });
  return sample && fieldsOf(sample).map(({ value: _, ...field }) => field);
}

/**
 * Custom fields for a record that does not exist yet.
 * @param list the list operation of the collection, as `GET /company/companies`
 * @param path of the parent, for collections inside a record
 * @throws {ToolInputError} for an unknown caption, a value that its field does not take, and when the collection has no record to
 * learn the captions from
 */
export async function newCustomFields(
  context: Reading,
  list: string,
  values: Row | undefined,
  path?: Path,
): Promise<{ customFields?: CustomField[] }> {
  if (values === undefined || Object.keys(values).length === 0) return {};
  const fields = await emptyFields(context, list, path);
  if (fields === undefined)
    throw new ToolInputError('customFields', say`There is no record yet to learn the captions from.`, {
      next: 'Create it without customFields, then set them with an update.',
    });
  const set = new Set(Object.keys(values).map((name) => fieldNamed(name, fields).id));
  const filled = await withCustomFields(context, { customFields: fields }, values);
  return { customFields: filled.filter(({ id }) => set.has(id)) };
}

/** Where a list of custom fields goes: to a record as it is now, or to a new one of a collection. */
interface Destination {
  readonly record?: Row | undefined;
  /** The list operation of the collection. */
  readonly list: string;
  readonly path: Path;
}

/**
 * A list of custom fields as a raw body has it, by id or caption, with its values checked and those of a record that were not sent
 * kept. Gives the list as it came where nothing is known of the fields.
 * @throws {ToolInputError} for a field that the record does not have, and for a value that its field does not take
 */
export async function checkedCustomFields(
  context: Reading,
  sent: readonly unknown[],
  { record, list, path }: Destination,
): Promise<readonly unknown[]> {
  const fields = record === undefined ? await emptyFields(context, list, path) : fieldsOf(record);
  if (fields === undefined || fields.length === 0 || !sent.every(isRecord)) return sent;
  const values = sent.map(({ id, caption, value }): [string, unknown] => {
    const known = fields.find((field) => field.id === id);
    if (known !== undefined) return [known.caption, value ?? null];
    return [fieldNamed(String(caption ?? `id ${String(id)}`), fields).caption, value ?? null];
  });
  const filled = await withCustomFields(context, { customFields: fields }, Object.fromEntries(values));
  return record === undefined ? filled.filter(({ caption }) => values.some(([name]) => name === caption)) : filled;
}

/** Custom fields of a record that are shown; what Manage lets people set up has far fewer. */
const MOST_SHOWN = 500;

/** Custom fields that are set, by caption; passwords never leave. Of more than 500 it says how many there are. */
export function shownCustomFields(record: Row): [string, unknown][] {
  const filled = fieldsOf(record).filter(
    ({ type, value }) => type !== 'Password' && value !== undefined && value !== null && value !== '',
  );
  // A date is the same in every zone; Manage keeps it as midnight UTC.
  const shown = filled
    .slice(0, MOST_SHOWN)
    .map(({ caption, type, value }): [string, unknown] => [
      caption,
      type === 'Date' ? String(value).slice(0, 10) : value,
    ]);
  if (filled.length > MOST_SHOWN) shown.push(['custom fields', `${MOST_SHOWN} of ${filled.length} are shown`]);
  return shown;
}
