import { z } from 'zod';
import type { Day, Direction, Moment, SaidDays, SaidPeriod } from '../../clock/index.ts';
import type { JsonObject } from '../../json.ts';
import type { Named, NameKind } from '../../names/index.ts';
import { WhereItem } from '../../query/index.ts';
import { type NameWithin, type Rule, withRule } from './rules.ts';
import { withSynonyms } from './synonyms.ts';

/** How a name is read. */
interface NameOptions {
  /** The argument whose record narrows this name: `of: 'company'` for a contact. */
  readonly of?: string;
  /** Records that are out of use may be meant, too. */
  readonly inactive?: boolean;
  /** Left out, it is the default contact of the company that it is `of`. */
  readonly orDefault?: boolean;
  readonly description?: string;
}

const text = (description: string | undefined): z.ZodType =>
  description === undefined ? z.string() : z.string().describe(description);

/** A schema whose text is read as something else before the tool gets it. The one place where the types part from the wire. */
function reads<T>(schema: z.ZodType, rule: Rule): z.ZodType<T, string> {
  return withRule(schema, rule) as z.ZodType<T, string>;
}

const NAME = {
  of: undefined,
  many: false,
  inactive: false,
  filter: false,
  later: false,
  orDefault: false,
} as const;

/** The name, identifier or id of one record; the tool gets the record. */
export const name = (
  kind: NameKind,
  { of, inactive = false, orDefault = false, description }: NameOptions = {},
): z.ZodType<Named, string> => reads(text(description), { ...NAME, reads: 'name', kind, of, inactive, orDefault });

/** A name to filter by: inactive records count, and "all" or "any" is not a filter, so that the tool gets nothing. */
export const filterName = (
  kind: NameKind,
  { of, description }: Pick<NameOptions, 'of' | 'description'> = {},
): z.ZodType<Named | undefined, string> =>
  reads(text(description), { ...NAME, reads: 'name', kind, of, inactive: true, filter: true });

/** Several names, as a list or in one text; the tool gets the records. */
export const names = (
  kind: NameKind,
  { of, description }: Pick<NameOptions, 'of' | 'description'> = {},
): z.ZodType<readonly Named[], string[]> => {
  const list = z.array(z.string());
  const schema = description === undefined ? list : list.describe(description);
  return withRule(schema, { ...NAME, reads: 'name', kind, of, many: true }) as unknown as z.ZodType<
    readonly Named[],
    string[]
  >;
};

/**
 * A name that the tool resolves itself once it knows within what.
 * @param inactive whether inactive records count as well, for filters
 */
export const nameWithin = (
  kind: NameKind,
  description?: string,
  { inactive = false }: { inactive?: boolean } = {},
): z.ZodType<NameWithin, string> => reads(text(description), { ...NAME, reads: 'name', kind, inactive, later: true });

/** A point in time in a person's words; local unless it says its zone. `dayMeans` is the time that a bare day stands for. */
export const moment = (
  direction: Direction,
  { description, dayMeans }: { description?: string; dayMeans?: string } = {},
): z.ZodType<Moment, string> => reads(text(description), { reads: 'moment', direction, dayMeans });

/**
 * A calendar day, the same in every zone. "Friday" is the first one from the day in the argument `after` on. With `only`, days on
 * the other side of today are refused; otherwise the direction only decides what could be either.
 */
export const day = (
  direction: Direction,
  description?: string,
  { after, only = false }: { readonly after?: string; readonly only?: boolean } = {},
): z.ZodType<Day, string> => reads(text(description), { reads: 'day', direction, after, only });

/** A period from `start` up to, but not including, `end`. */
export const period = (direction: Direction, description?: string): z.ZodType<SaidPeriod, string> =>
  reads(text(description), { reads: 'period', direction, orSwitch: false, days: false });

/** A period of what has dates without a time: whole days, the same dates in every zone. A time of day is refused. */
export const days = (direction: Direction, description?: string): z.ZodType<SaidDays, string> =>
  reads(text(description), { reads: 'period', direction, orSwitch: false, days: true });

/** When something happened, or yes or no for whether it did at all. */
export const periodOrSwitch = (direction: Direction, description?: string): z.ZodType<SaidPeriod | boolean, string> =>
  reads(text(description), { reads: 'period', direction, orSwitch: true, days: false });

/** A length of time; the tool gets whole minutes. `unit` is what a bare number counts, `most` a cap in minutes. */
export const length = (
  unit: 'hours' | 'minutes' | 'unsaid',
  { description, most = 24 * 60 }: { description?: string; most?: number } = {},
): z.ZodType<number, string> => reads(text(description), { reads: 'length', unit, most });

/** An amount of money: `$1,250.00` and `USD 80` are numbers as well. One that is paid has no parts of a cent; a unit price may. */
export const money = <T extends z.ZodType>(number: T, { inCents = false }: { inCents?: boolean } = {}): T =>
  withRule(number, { reads: 'number', counts: 'money', inCents });

/** An amount of an agreement's balance: money, or the hours or incidents that it counts. */
export const balance = <T extends z.ZodType>(number: T): T =>
  withRule(number, { reads: 'number', counts: 'money', inCents: true, orUnits: true });

/** What something costs or may cost, which is never less than nothing. A price may be: that of a discount. */
export const cost = <T extends z.ZodType>(number: T): T =>
  withRule(number, { reads: 'number', counts: 'money', least: 'none' });

/** How many of something: `5 seats` and `2x` are numbers as well. None of it is no quantity, except where `orNone` says so. */
export const items = <T extends z.ZodType>(number: T, { orNone = false }: { orNone?: boolean } = {}): T =>
  withRule(number, { reads: 'number', counts: 'items', least: orNone ? 'none' : 'some' });

/** A number of hours: `90 minutes` is 1.5. */
export const hours = <T extends z.ZodType>(number: T): T => withRule(number, { reads: 'number', counts: 'hours' });

/** How many rows to show: none is a number that was not given. */
export function rows<T extends z.ZodType>(number: T): T {
  return withRule(number, { reads: 'number', counts: 'rows' });
}

/** The id of a record, for an argument whose name does not end in Id. */
export const id = <T extends z.ZodType>(number: T): T => withRule(number, { reads: 'number', counts: 'id' });

/**
 * Values by a name that only the site's set-up knows: the caption of a custom field, a question. On the wire a list of
 * `{question, value}`, because some hosts drop objects without declared properties; an object of names and values is taken as
 * well. The tool gets the object, with `null` for what is to be emptied.
 * @param key what an entry calls the name
 * @param clears whether an entry may say `clear: true`
 */
export const values = (
  key: string,
  description?: string,
  { clears = false }: { readonly clears?: boolean } = {},
): z.ZodType<JsonObject, unknown> => {
  const value = z.unknown().optional().meta({ type: 'string' });
  const entry = z.strictObject({ [key]: z.string(), value, ...(clears && { clear: z.boolean().optional() }) });
  const list = z.array(entry);
  const schema = description === undefined ? list : list.describe(description);
  return withRule(schema, { reads: 'values', key }) as unknown as z.ZodType<JsonObject, unknown>;
};

/** Text that a person reads, or a whole query: as long as anybody reads, and Manage tells how much it stores. */
export const prose = (description?: string): z.ZodType<string, string> =>
  reads<string>(text(description), { reads: 'prose' });

/** What a file holds, as it was sent, of any length. */
export const file = reads<string>(z.string(), { reads: 'prose', isFile: true });

/** A phone number to store: any text with a digit in it. */
export const phone = reads<string>(z.string(), { reads: 'phone' }).optional();

/** The address of a website to store. */
export const website = reads<string>(z.string(), { reads: 'website' }).optional();

/** What goes to the API as it was sent, empty members included. */
export const verbatim = <T extends z.ZodType>(schema: T, { isQuery = false }: { isQuery?: boolean } = {}): T =>
  withRule(schema, { reads: 'verbatim', isQuery });

/** Members to empty. Nothing else empties a field: an argument without a value is one that was not given. */
export const clear = <const T extends readonly [string, ...string[]]>(members: T) =>
  z.array(z.enum(members)).optional().describe('Fields to empty');

/** Arguments that several tools take, worded once. */
/** Every tool that writes has it, and the server's instructions say once what it does. */
export const dryRun = z.boolean().optional();
export const confirm = z.boolean().optional().describe('Only after the person agreed');
export const page = z.int().min(1).optional();
export const limit = rows(z.int().min(1).max(200).optional().describe('Rows, default 25'));
export const conditions = prose('Raw Manage conditions, ANDed with the rest').optional();

/** Fields or columns, as a list or in one text: "total, balance". */
export const fields = withRule(z.array(z.string()), { reads: 'fields' }).optional();

/** Custom fields of a record. */
export const customFields = values('caption', undefined, { clears: true }).optional();

/** How time is billed. */
export const billable = withSynonyms(z.enum(['Billable', 'DoNotBill', 'NoCharge', 'NoDefault']), {
  true: 'Billable',
  yes: 'Billable',
  false: 'DoNotBill',
  no: 'DoNotBill',
  nonbillable: 'DoNotBill',
  notbillable: 'DoNotBill',
  unbillable: 'DoNotBill',
  notbilled: 'DoNotBill',
  dontbill: 'DoNotBill',
  internal: 'DoNotBill',
  free: 'NoCharge',
  goodwill: 'NoCharge',
  default: 'NoDefault',
});

/** What people call who sees a note. */
export const NOTE_WORDS = {
  public: 'discussion',
  external: 'discussion',
  customer: 'discussion',
  visible: 'discussion',
  customervisible: 'discussion',
  description: 'discussion',
  detaildescription: 'discussion',
  private: 'internal',
  analysis: 'internal',
  internalanalysis: 'internal',
  technician: 'internal',
  solution: 'resolution',
  resolved: 'resolution',
} as const;
/** Who sees a note. */
export const noteKind = withSynonyms(z.enum(['internal', 'discussion', 'resolution']), NOTE_WORDS);

/** How bad it is, and how many it hits. */
export const level = withSynonyms(z.enum(['Low', 'Medium', 'High']), {
  minor: 'Low',
  med: 'Medium',
  normal: 'Medium',
  moderate: 'Medium',
  major: 'High',
  severe: 'High',
});

/** What every list takes beside its own filters. Their full form is told once, by `search_tickets`; here it is only recalled. */
export const list = {
  where: z.array(WhereItem).optional(),
  conditions: prose().optional(),
  page,
  limit: rows(z.int().min(1).max(200).optional()),
} as const;
