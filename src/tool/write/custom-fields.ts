import { isDeepStrictEqual } from 'node:util';
import { closest } from '../../api/closest.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';

interface CustomField {
  readonly id: number;
  readonly caption: string;
  readonly type?: string;
  readonly value?: unknown;
}

type Row = Readonly<Record<string, unknown>>;

const fieldsOf = (record: Row): CustomField[] =>
  Array.isArray(record.customFields) ? (record.customFields as CustomField[]) : [];

/** The custom field that a caller's word means, in any letter case. @throws {ToolInputError} with the closest captions */
function fieldNamed(name: string, fields: readonly CustomField[]): CustomField {
  const found = fields.find(({ caption }) => caption.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const captions = fields.map(({ caption }) => caption);
  const near = closest(name, captions);
  if (captions.length === 0) throw new ToolInputError('customFields', say`Records of this kind have no custom fields.`);
  const hint = near.length > 0 ? say` Did you mean ${joined(near.map(cleanLine), ' or ')}?` : say``;
  throw new ToolInputError('customFields', say`There is no custom field "${cleanLine(name)}".${hint}`, {
    allowed: captions.map(cleanLine),
  });
}

/** A value in the type that its field keeps. @throws {ToolInputError} for a text that cannot be one */
function valueFor(field: CustomField, value: unknown): unknown {
  if (value === null || value === '' || typeof value !== 'string') return value;
  const refuse = (wanted: Clean): never => {
    throw new ToolInputError('customFields', say`customFields: ${cleanLine(field.caption)} has to be ${wanted}.`);
  };
  switch (field.type) {
    case 'Number':
    case 'Percent':
    case 'Currency':
      return /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : refuse(say`a number`);
    case 'Checkbox':
      if (!/^(true|false|yes|no)$/i.test(value.trim())) return refuse(say`true or false`);
      return /^(true|yes)$/i.test(value.trim());
    case 'Date': {
      const day = /^\[?(\d{4}-\d{2}-\d{2})(T[\d:]{8}Z)?\]?$/.exec(value.trim());
      return day === null ? refuse(say`a date as 2026-11-24`) : `${day[1]}${day[2] ?? 'T00:00:00Z'}`;
    }
    default:
      return value;
  }
}

/**
 * A record's custom fields with some of them set by caption. Manage wants the whole list back: a part of it would empty the rest.
 * @throws {ToolInputError} for a caption that the record does not have, and for a value that does not fit the field
 */
export function withCustomFields(record: Row, values: Row): CustomField[] {
  const fields = fieldsOf(record);
  const changed = new Map(
    Object.entries(values).map(([name, value]) => {
      const field = fieldNamed(name, fields);
      return [field.id, valueFor(field, value)];
    }),
  );
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

/**
 * Custom fields for a record that does not exist yet. Their ids are read from a record of the same collection, because every
 * record carries all fields of its kind.
 * @param list the list operation of the collection, as `GET /company/companies`
 * @param path of the parent, for collections inside a record
 * @throws {ToolInputError} for an unknown caption, and when the collection has no record to learn the captions from
 */
export async function newCustomFields(
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
  list: string,
  values: Row | undefined,
  path?: Readonly<Record<string, string | number>>,
): Promise<{ customFields?: CustomField[] }> {
  if (values === undefined || Object.keys(values).length === 0) return {};
  const sample = await manage.first(list, { fields: ['id', 'customFields'], signal, path });
  if (sample === undefined)
    throw new ToolInputError('customFields', say`There is no record yet to learn the captions from.`, {
      next: 'Create it without customFields, then set them with an update.',
    });
  const fields = fieldsOf(sample).map(({ value: _, ...field }) => field);
  const set = new Set(Object.keys(values).map((name) => fieldNamed(name, fields).id));
  return { customFields: withCustomFields({ customFields: fields }, values).filter(({ id }) => set.has(id)) };
}

/** Custom fields that are set, by caption; passwords never leave. */
export const shownCustomFields = (record: Row): [string, unknown][] =>
  fieldsOf(record)
    .filter(({ type, value }) => type !== 'Password' && value !== undefined && value !== null && value !== '')
    .map(({ caption, value }) => [caption, value]);
