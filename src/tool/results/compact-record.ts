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
  compacted(secretsMasked(record, schema), NOTHING_ASKED);

/** Whether the `_info` at a path is asked for. */
type InfoAsked = (path: string) => boolean;

const NOTHING_ASKED: InfoAsked = () => false;

/** @param fields as the caller asked for them: `_info/dateEntered`, `company/_info` */
function infoIn(fields: readonly string[] = []): InfoAsked {
  const asked = new Set(fields.map((field) => /^(?:.*\/)?_info(?=\/|$)/i.exec(field.trim())?.[0].toLowerCase()));
  return (path) => asked.has(path.toLowerCase());
}

function compacted(record: Row, isAsked: InfoAsked, path = ''): Record<string, unknown> {
  const entries = Object.entries(record).filter(
    ([name, value]) =>
      (name !== '_info' || isAsked(`${path}_info`)) &&
      value !== null &&
      value !== undefined &&
      value !== '' &&
      !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, compactValue(value, isAsked, `${path}${name}/`)]));
}

function compactValue(value: unknown, isAsked: InfoAsked, path: string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item) => compactValue(item, isAsked, path));
  if (!isRecord(value)) return value;
  return (isAsked(`${path}_info`) ? undefined : referenceText(value)) ?? compacted(value, isAsked, path);
}

/**
 * An answer of any operation for reading: every record in it compacted, secrets masked by the schema of the answer.
 * @param fields that were asked for: an `_info` among them is shown
 */
export function compactAnswer(answer: unknown, schema: string | undefined, fields?: readonly string[]): unknown {
  const isAsked = infoIn(fields);
  const compact = (part: unknown): unknown => {
    if (isRecord(part)) return compacted(part, isAsked);
    return Array.isArray(part) ? part.map(compact) : part;
  };
  return compact(secretsMasked(answer, schema));
}
