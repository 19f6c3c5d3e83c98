import { closest } from '../catalog/closest.ts';
import { ToolInputError } from '../tool/index.ts';

interface CustomField {
  readonly id: number;
  readonly caption: string;
  readonly type?: string;
  readonly value?: unknown;
}

const fieldsOf = (record: Readonly<Record<string, unknown>>): CustomField[] =>
  Array.isArray(record.customFields) ? (record.customFields as CustomField[]) : [];

/**
 * A record's custom fields with some of them set by caption. Manage wants the whole list back: a part of it would empty the rest.
 * @throws {ToolInputError} for a caption that the record does not have
 */
export function withCustomFields(
  record: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): CustomField[] {
  const fields = fieldsOf(record);
  const captions = fields.map(({ caption }) => caption);
  const wanted = Object.entries(values).map(([name, value]) => {
    const caption = captions.find((known) => known.toLowerCase() === name.toLowerCase());
    if (caption !== undefined) return [caption, value] as const;
    const near = closest(name, captions);
    const hint =
      captions.length === 0
        ? ' This record has no custom fields.'
        : near.length > 0
          ? ` Did you mean ${near.join(' or ')}?`
          : '';
    throw new ToolInputError('customFields', `There is no custom field ${JSON.stringify(name)}.${hint}`, {
      allowed: captions,
    });
  });
  const changed = new Map(wanted);
  return fields.map((field) => (changed.has(field.caption) ? { ...field, value: changed.get(field.caption) } : field));
}

/** Custom fields that are set, by caption; passwords never leave. */
export const shownCustomFields = (record: Readonly<Record<string, unknown>>): [string, unknown][] =>
  fieldsOf(record)
    .filter(({ type, value }) => type !== 'Password' && value !== undefined && value !== null && value !== '')
    .map(({ caption, value }) => [caption, value]);
