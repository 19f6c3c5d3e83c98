import { secretsMasked } from '../../api/meanings.ts';
import { isRecord } from '../../json.ts';
import { clean } from '../../text/index.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a reference holds that does not make it a record of its own. */
const OF_A_REFERENCE: ReadonlySet<string> = new Set(['id', 'name', 'identifier', '_info']);

/** A reference in a few characters: its name with its id. */
function referenceText(value: Row): string | undefined {
  const { id, name, identifier, summary, description } = value;
  if (typeof id !== 'number') return undefined;
  if (Object.keys(value).some((key) => !OF_A_REFERENCE.has(key) && typeof value[key] === 'object')) return undefined;
  const label = name ?? identifier ?? summary ?? description;
  return label === undefined ? undefined : `${clean(label)} (${id})`;
}

/**
 * A record for reading: without `_info` and empty members, secrets masked by what they are, references as `name (id)`, texts
 * cleaned of markup and hidden characters.
 * @param schema of the record, where it is known
 */
export const compactRecord = (record: Row, schema?: string): Record<string, unknown> =>
  compacted(secretsMasked(record, schema), undefined);

/** Whether the `_info` at a path is asked for; nothing where none is, as in most answers: then nobody needs the paths. */
type InfoAsked = ((path: string) => boolean) | undefined;

/** @param fields as the caller asked for them: `_info/dateEntered`, `company/_info` */
function infoIn(fields: readonly string[] = []): InfoAsked {
  const paths = fields.flatMap((field) => /^(?:.*\/)?_info(?=\/|$)/i.exec(field.trim())?.[0].toLowerCase() ?? []);
  if (paths.length === 0) return undefined;
  const asked = new Set(paths);
  return (path) => asked.has(path.toLowerCase());
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function compacted(record: Row, isAsked: InfoAsked, path = ''): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const name of Object.keys(record)) {
    const value = record[name];
    if (isEmpty(value) || (name === '_info' && isAsked?.(`${path}_info`) !== true)) continue;
    const compact = compactValue(value, isAsked, isAsked === undefined ? '' : `${path}${name}/`);
    // Assigned, a member of this name would be what the object inherits from.
    if (name === '__proto__') Object.defineProperty(shown, name, { value: compact, enumerable: true });
    else shown[name] = compact;
  }
  return shown;
}

function compactValue(value: unknown, isAsked: InfoAsked, path: string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item) => compactValue(item, isAsked, path));
  if (!isRecord(value)) return value;
  return (isAsked?.(`${path}_info`) ? undefined : referenceText(value)) ?? compacted(value, isAsked, path);
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
