import { type ResolvedPath, resolvePath } from './fields.ts';
import type { Schemas } from './index.ts';
import { isSecret } from './meanings/secrets.ts';
import { DAYS_AT_MIDNIGHT, MOMENTS_OF_ANY_RECORD, TIMES } from './meanings/times.ts';
import { CREATE_ONLY, DERIVED, IGNORED, MAILS, MAILS_BY_DEFAULT, type Mailed, PEOPLE } from './meanings/writing.ts';

export {
  HIDDEN,
  isAddressWithKeys,
  isSecret,
  isSecretCaption,
  isSecretPath,
  secretsMasked,
  urlMasked,
} from './meanings/secrets.ts';
export type { Mailed } from './meanings/writing.ts';

/** What a member means, beyond its type. Absent members do not apply. */
export interface Meaning {
  /** A calendar date, kept as midnight UTC and the same in every zone; or a moment. */
  readonly time?: 'day' | 'moment';
  /** A moment that means a calendar date when it stands at midnight UTC. */
  readonly dayAtMidnight?: true;
  /** An amount in the record's currency. */
  readonly money?: true;
  readonly secret?: true;
  /** `derived`: computed by Manage. `ignored`: accepted and dropped. `createOnly`: taken on POST only. */
  readonly onWrite?: 'derived' | 'ignored' | 'createOnly';
  /** What to do in place of writing the member. */
  readonly instead?: string;
  /** Who gets mail when the member is set to true. */
  readonly mails?: Mailed;
  /** A POST that leaves the member out mails as well. */
  readonly mailsByDefault?: true;
  /** Set to true, it ends what a customer is billed. */
  readonly endsBilling?: true;
  /** The value that takes a record out of use, and whether it is somebody's login or access. */
  readonly deactivates?: { readonly value: boolean; readonly what: 'person' | 'record' };
}

const listed = (names: string): string[] => names.split(' ').map((name) => name.replace('?', ''));

/** Amounts by name; percentages, quantities, hours and factors are not money. */
const MONEY_NAME =
  /(price|cost|amount|revenue|total|hourlyRate|overageRate|reimbursementRate|margin|debit|credits?|balance|payments|downpayment|downpaymentApplied|progressApplied|discount|salesTax|tax|taxes|taxableMax)$/i;
const MONEY_NUMBERED =
  /^taxableAmount\d$|^forecastTotalWithTaxes$|^subContractorAmountLimit$|^(revenue|cost)(Estimate|Actual|Billed|Unbilled)$|^(products|expenses|bundle)Billed$|^nonBillableAmt$/;
/** Amounts that 2025 and later give as text. */
const MONEY_AS_TEXT = new Set(['hourlyCost']);

const isAmount = (schema: string, type: string, name: string): boolean => {
  // An expense by the mile counts miles there.
  if (schema === 'ExpenseEntry' && name === 'amount') return false;
  return (type === 'number' && (MONEY_NAME.test(name) || MONEY_NUMBERED.test(name))) || MONEY_AS_TEXT.has(name);
};

type Draft = { -readonly [K in keyof Meaning]: Meaning[K] };

/** The hand-written part of the table, by schema and lower-case member. */
function writtenTable(): Map<string, Map<string, Draft>> {
  const table = new Map<string, Map<string, Draft>>();
  const add = (schema: string, names: string, meaning: Draft): void => {
    const members = table.get(schema) ?? new Map<string, Draft>();
    table.set(schema, members);
    for (const name of listed(names)) {
      members.set(name.toLowerCase(), { ...members.get(name.toLowerCase()), ...meaning });
    }
  };
  for (const [schema, { days, moments }] of Object.entries(TIMES)) {
    if (days !== undefined) add(schema, days, { time: 'day' });
    if (moments !== undefined) add(schema, moments, { time: 'moment' });
  }
  for (const [schema, names] of Object.entries(DAYS_AT_MIDNIGHT)) add(schema, names, { dayAtMidnight: true });
  for (const [schema, names] of Object.entries(DERIVED)) add(schema, names, { onWrite: 'derived' });
  for (const [schema, members] of Object.entries(IGNORED)) {
    for (const [name, instead] of Object.entries(members)) add(schema, name, { onWrite: 'ignored', instead });
  }
  for (const [schema, members] of Object.entries(CREATE_ONLY)) {
    for (const [names, instead] of Object.entries(members)) {
      add(schema, names, instead === '' ? { onWrite: 'createOnly' } : { onWrite: 'createOnly', instead });
    }
  }
  for (const [schema, members] of Object.entries(MAILS)) {
    for (const [name, mails] of Object.entries(members)) add(schema, name, { mails });
  }
  add('Agreement', 'cancelledFlag', { endsBilling: true });
  for (const [schema, names] of Object.entries(MAILS_BY_DEFAULT)) add(schema, names, { mailsByDefault: true });
  return table;
}

let written: Map<string, Map<string, Draft>> | undefined;

/** Facts that hold for a member of any schema, read from its name. */
function generalMeaning(schema: string, name: string, type: string): Draft {
  const meaning: Draft = {};
  if (MOMENTS_OF_ANY_RECORD.has(name) || /UTC$/i.test(name)) meaning.time = 'moment';
  if (name === 'id' || name === '_info') meaning.onWrite = 'derived';
  if (isAmount(schema, type, name)) meaning.money = true;
  if (isSecret(schema, name)) meaning.secret = true;
  const what = PEOPLE.has(schema) ? 'person' : 'record';
  if (name === 'inactiveFlag' || name === 'inactive') meaning.deactivates = { value: true, what };
  if (name === 'activeFlag') meaning.deactivates = { value: false, what };
  return meaning;
}

/**
 * What a member of a schema means; `undefined` when nothing is known beyond its type.
 * @param schema exact name, for example `Ticket`
 * @param member in any letter case
 * @param type the member's type, which decides whether a number is money
 */
export function meaningOf(schema: string, member: string, type = 'string'): Meaning | undefined {
  written ??= writtenTable();
  const own = written.get(schema)?.get(member.toLowerCase());
  const meaning = { ...generalMeaning(schema, member, type), ...own };
  return Object.keys(meaning).length === 0 ? undefined : meaning;
}

/** The schema that holds the last segment of a path, and that segment, in the description's letter case. */
function ownerOf(api: Schemas, schema: string, path: readonly string[]): { owner: string; member: string } | undefined {
  const member = path.at(-1);
  if (member === undefined) return undefined;
  if (path.length === 1) {
    const found = resolvePath(api, schema, path);
    return { owner: schema, member: 'path' in found ? (found.path[0] ?? member) : member };
  }
  const parent: ResolvedPath = resolvePath(api, schema, path.slice(0, -1));
  if (!('field' in parent)) return undefined;
  return { owner: parent.field.schema ?? '', member };
}

/**
 * What a field path such as `agreement/endDate` means; references are followed through the description. A reference's own
 * schema has few members, so what it does not know is looked up on the record that it points at.
 */
export function meaningOfPath(api: Schemas, schema: string, path: string | readonly string[]): Meaning | undefined {
  const segments = typeof path === 'string' ? path.split('/') : path;
  const place = ownerOf(api, schema, segments);
  if (place === undefined) return undefined;
  const { owner, member } = place;
  const found = resolvePath(api, schema, segments);
  const type = 'field' in found ? found.field.type : 'string';
  return meaningOf(owner, member, type) ?? meaningOf(owner.replace(/Reference$/, ''), member, type);
}

/** Whether a field holds a calendar date: the same day in every zone. */
export const isDay = (api: Schemas, schema: string, path: string | readonly string[]): boolean =>
  meaningOfPath(api, schema, path)?.time === 'day';

/**
 * Whether a field holds a moment. Times that no table knows (of another version's description) count as moments; texts such as
 * `closedDate` only where the table says so.
 */
export function isMoment(api: Schemas, schema: string, path: string | readonly string[]): boolean {
  const time = meaningOfPath(api, schema, path)?.time;
  if (time !== undefined) return time === 'moment';
  const found = resolvePath(api, schema, typeof path === 'string' ? path.split('/') : path);
  return 'field' in found && found.field.type === 'datetime';
}

/** Whether a field holds an amount of money. */
export const isMoney = (api: Schemas, schema: string, path: string | readonly string[]): boolean =>
  meaningOfPath(api, schema, path)?.money === true;

const MIDNIGHT = /T00:00:00(\.0+)?Z?$/;

/**
 * Whether a value is to be read as a calendar date: fields that hold dates, and moments that stand for one at midnight UTC
 * (a due date without a time of day; a schedule entry for whole days, which has no hours).
 * @param record the record that the value is in, which tells a whole day from a moment that happens to be midnight UTC
 */
export function readsAsDay(
  api: Schemas,
  schema: string,
  path: string,
  record: Readonly<Record<string, unknown>>,
): boolean {
  const meaning = meaningOfPath(api, schema, path);
  if (meaning?.time === 'day') return true;
  // Columns of reports say it of themselves.
  const isOfReport = api.schema(schema)?.fields.get(path)?.format === 'dayAtMidnight';
  if (meaning?.dayAtMidnight !== true && !isOfReport) return false;
  const isMidnight = (value: unknown): boolean => typeof value === 'string' && MIDNIGHT.test(value);
  if (schema !== 'ScheduleEntry') return isMidnight(record[path]);
  const { dateStart, dateEnd, hours } = record;
  return (
    isMidnight(dateStart) && isMidnight(dateEnd ?? dateStart) && (Number(hours ?? 0) === 0 || dateStart === dateEnd)
  );
}
