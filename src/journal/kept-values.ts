import { createHash } from 'node:crypto';
import { secretsMasked } from '../api/meanings.ts';
import { isRecord, type JsonObject } from '../json.ts';

/** Longest text that is kept of what was written, in characters; what was overwritten is kept whole. */
const LONGEST = 300;

/** Stands for a long text: its beginning, and enough to tell whether it is still the same. */
function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${text.slice(0, LONGEST)}... (${text.length} characters, sha256 ${digest})`;
}

/** A value without Manage's own remarks and empty members: those that are `null` and those that are absent are the same. */
function tidy(value: unknown, text: (text: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((item) => tidy(item, text));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => name !== '_info' && member !== null && member !== undefined)
      .map(([name, member]) => [name, tidy(member, text)]),
  );
}

/** As it goes over the wire: files as their name and size. */
const asJson = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** What the journal keeps of what was overwritten: everything, without secrets. */
export const keptWhole = (value: unknown, schema: string | undefined): unknown =>
  tidy(secretsMasked(asJson(value), schema), (text) => text);

/**
 * What the journal keeps of what was written: without secrets, long texts by their beginning and a digest. The same value always
 * gives the same, so that it tells whether a record is still as it was written.
 */
export const keptShort = (value: unknown, schema: string | undefined): unknown =>
  tidy(secretsMasked(asJson(value), schema), shortened);

/** Some members of a record. */
export const only = (record: JsonObject, members: Iterable<string>): JsonObject =>
  Object.fromEntries([...members].flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])));

/** More than a label needs. */
const LONGEST_LABEL = 80;

/** What a record is called, on one line; nothing for records such as notes, whose only text is what somebody wrote. */
export function labelOf(record: unknown): string | undefined {
  if (!isRecord(record)) return undefined;
  const { summary, name, firstName, lastName, identifier, title, invoiceNumber, poNumber } = record;
  const person = firstName === undefined ? undefined : `${firstName} ${lastName ?? ''}`.trim();
  // A phase is called by its description; its poNumber is the customer's.
  const phase = record.wbsCode === undefined ? undefined : record.description;
  const label = summary ?? name ?? person ?? identifier ?? title ?? phase ?? invoiceNumber ?? poNumber;
  if (typeof label !== 'string' || label === '') return undefined;
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL)}...` : label;
}
