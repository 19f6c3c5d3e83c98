import { isRecord } from '../../json.ts';
import { clean } from '../../text/index.ts';

type Row = Readonly<Record<string, unknown>>;

/** Members that never leave, whatever they hold. */
const SECRET = /password|secret|privatekey|signingkey|^token$|accesskey|apikey/i;

/** A reference in a few characters: its name with its id. */
function referenceText(value: Row): string | undefined {
  const { id, name, identifier, _info: _, ...rest } = value;
  if (typeof id !== 'number' || Object.keys(rest).some((key) => typeof rest[key] === 'object')) return undefined;
  const label = name ?? identifier ?? rest.summary ?? rest.description;
  return label === undefined ? undefined : `${clean(label)} (${id})`;
}

/**
 * A record for reading: without `_info`, empty members and secrets, references as `name (id)`, texts cleaned of markup and
 * hidden characters.
 */
export function compactRecord(record: Row): Record<string, unknown> {
  const entries = Object.entries(record).filter(
    ([name, value]) =>
      name !== '_info' &&
      !SECRET.test(name) &&
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
  // The value of a password field stands beside its type.
  if (value.type === 'Password') return { caption: value.caption, value: '[hidden]' };
  if (value.fieldType === 'Password') return { question: value.question, answer: '[hidden]' };
  return referenceText(value) ?? compactRecord(value);
}
