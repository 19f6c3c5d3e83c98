import { secretsMasked } from '../../api/meanings.ts';
import { isRecord } from '../../json.ts';
import { clean } from '../../text/index.ts';

type Row = Readonly<Record<string, unknown>>;

/** A reference in a few characters: its name with its id. */
function referenceText(value: Row): string | undefined {
  const { id, name, identifier, _info: _, ...rest } = value;
  if (typeof id !== 'number' || Object.keys(rest).some((key) => typeof rest[key] === 'object')) return undefined;
  const label = name ?? identifier ?? rest.summary ?? rest.description;
  return label === undefined ? undefined : `${clean(label)} (${id})`;
}

/**
 * A record for reading: without `_info` and empty members, secrets masked by what they are, references as `name (id)`, texts
 * cleaned of markup and hidden characters.
 * @param schema of the record, where it is known
 */
export const compactRecord = (record: Row, schema?: string): Record<string, unknown> =>
  compacted(secretsMasked(record, schema));

function compacted(record: Row): Record<string, unknown> {
  const entries = Object.entries(record).filter(
    ([name, value]) =>
      name !== '_info' &&
      value !== null &&
      value !== undefined &&
      value !== '' &&
      !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, compactValue(value)]));
}

function compactValue(value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(compactValue);
  if (!isRecord(value)) return value;
  return referenceText(value) ?? compacted(value);
}

/** An answer of any operation for reading: every record in it compacted, secrets masked by the schema of the answer. */
export function compactAnswer(answer: unknown, schema: string | undefined): unknown {
  const compact = (part: unknown): unknown => {
    if (isRecord(part)) return compacted(part);
    return Array.isArray(part) ? part.map(compact) : part;
  };
  return compact(secretsMasked(answer, schema));
}
