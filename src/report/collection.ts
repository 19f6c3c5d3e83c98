import type { DateTime } from 'luxon';
import { type ManageRecord, TooMany } from '../manage/index.ts';
import type { NameKind } from '../names/index.ts';
import { all, type Conditions, type Expression, field, onDay } from '../query/index.ts';
import { cleanLine, say } from '../text/index.ts';
import { type ToolContext, ToolInputError } from '../tool/index.ts';
import { ManyRequests } from './costly.ts';
import type { DimensionName } from './dimensions.ts';
import type { LookUpName } from './tables/look-ups.ts';
import { type Columns, fieldsOf, Table, time } from './tables/table.ts';
import type { Reading } from './tables/table-cache.ts';

/** How the rows of a collection are split by a dimension. */
export interface Way {
  readonly column: string;
  /** The value is a member of another record, which the column holds the id of. */
  readonly through?: {
    readonly lookUp: LookUpName;
    readonly column: string;
    /** The number is that of a service ticket or of a project ticket: they share them. */
    readonly isEither?: true;
  };
  /** Groups are told apart by name: a status of the same name has another id on each board. */
  readonly byName?: boolean;
  /** The column holds a bare id of a record that is called by this kind of name. */
  readonly called?: NameKind;
  /** The column holds identifiers of members, with commas between them. */
  readonly people?: boolean;
  /** The column holds several records, a line of `id name` for each. */
  readonly list?: boolean;
  /** The column holds the id of a member, and the groups are the teams that the member is in. */
  readonly teams?: boolean;
}

export type Ways = Readonly<Partial<Record<DimensionName, Way>>>;

/** For rows with a column `company`: the company, and what it is looked up for. */
export const BY_COMPANY = {
  company: { column: 'company' },
  territory: { column: 'company', through: { lookUp: 'company', column: 'territory' } },
  market: { column: 'company', through: { lookUp: 'company', column: 'market' } },
} as const satisfies Ways;

/** For rows with a column `company` and amounts that are in its currency. */
export const COMPANY_CURRENCY = {
  column: 'company',
  through: { lookUp: 'company', column: 'currency' },
  byName: true,
} as const satisfies Way;

/** For rows with a column `agreement`: the agreement and its type. */
export const BY_AGREEMENT = {
  agreement: { column: 'agreement' },
  agreementType: { column: 'agreement', through: { lookUp: 'agreement', column: 'type' } },
} as const satisfies Ways;

/** For rows with a column `member` that count for who that is: the member, and what the member belongs to. */
export const BY_MEMBER = {
  member: { column: 'member' },
  team: { column: 'member', teams: true },
  department: { column: 'member', through: { lookUp: 'member', column: 'department' } },
  location: { column: 'member', through: { lookUp: 'member', column: 'location' } },
} as const satisfies Ways;

/** For rows with columns `location` and `department` that hold bare ids. */
export const BY_PLACE = {
  location: { column: 'location', called: 'location' },
  department: { column: 'department', called: 'department' },
} as const satisfies Ways;

/** For rows with a column `ticket`: something of the ticket. @param column of the ticket that is looked up */
export const ofTicket = (column: string) =>
  ({ column: 'ticket', through: { lookUp: 'ticket', column } }) as const satisfies Way;

/** For rows with a column `ticket` that holds a number of either kind: something of the ticket. @param column as of `ofTicket` */
export const ofEither = (column: string) =>
  ({ column: 'ticket', through: { lookUp: 'ticket', column, isEither: true } }) as const satisfies Way;

/** For rows with a column `product`: what the catalog says of it. @param column of the catalog item that is looked up */
export const ofItem = (column: string) =>
  ({ column: 'product', through: { lookUp: 'catalogItem', column } }) as const satisfies Way;

/** The dates without a time of day from one moment up to another, which does not belong to them. */
export const onDays = (path: string, start: DateTime, end: DateTime): Expression | undefined =>
  all(onDay(path, '>=', start), onDay(path, '<=', end.minus({ milliseconds: 1 })));

/** What is read: everything that matters between two moments, narrowed by conditions of the caller. */
export interface Wanted {
  readonly start: DateTime<true>;
  readonly end: DateTime<true>;
  readonly narrowed: Conditions;
  /** Columns beside the collection's own: custom fields. */
  readonly more: Columns;
  /** Operations that read what counts, and what it follows from. */
  readonly lists: readonly string[];
  /** Whether the person agreed to many requests. */
  readonly confirmed: boolean;
}

/** Records that measures are counted over. */
export interface Collection {
  readonly name: string;
  /** The name of the collection that has the same records, where only what makes them old is another. */
  readonly like?: string;
  /** Plural, for "342 time entries". */
  readonly noun: string;
  readonly one: string;
  /** Schema of its records, for conditions on fields that are no dimension. */
  readonly schema: string;
  readonly uses: readonly string[];
  /** Other operations whose records it follows from: Manage works out what is left of prepaid hours from the entries. */
  readonly follows?: readonly string[];
  /** What is kept of each record. */
  readonly columns: Columns;
  /** They are one list of Manage, whose records have custom fields. */
  readonly hasCustomFields: boolean;
  readonly ways: Ways;
  /** The columns that a filter on a dimension can be sent by, as paths of the list's conditions. */
  readonly paths: Readonly<Partial<Record<DimensionName, string>>>;
  /** Other dimensions that its measures have from a date of the row. */
  readonly age?: readonly number[];
  read(wanted: Wanted, reading: Reading): Promise<Table>;
}

/** Records of one collection that are held at most; for more, Manage has reports of its own. */
export const MOST_ROWS = 400_000;
const PROGRESS_EVERY = 1_000;

export interface Listed {
  readonly name: string;
  readonly noun: string;
  readonly one: string;
  /** The list operation. */
  readonly list: string;
  readonly schema: string;
  readonly columns: Columns;
  readonly ways: Ways;
  readonly paths?: Collection['paths'];
  readonly age?: readonly number[];
  /** Which records matter between two moments; all of them when left out. */
  readonly within?: (start: DateTime<true>, end: DateTime<true>) => Expression | undefined;
  readonly only?: Expression | undefined;
  /** Other operations whose writes change its records without a change of the record itself; none for those of the same part. */
  readonly follows?: readonly string[];
}

/** The name of a collection, or of the one that has the same records. */
export const kindOf = ({ name, like = name }: Collection): string => like;

const countOf = (list: string): string => `${list}/count`;

interface ListRead {
  readonly list: string;
  readonly noun: string;
  readonly columns: Columns;
  readonly query: Conditions;
}

/** When a record was changed last: what a cached table is refreshed by. */
const UPDATED = time('_info/lastUpdated');

/** Reads a list to its end into columns. @throws {ToolInputError} when it is too long */
export async function readTable(
  { list, noun, columns, query }: ListRead,
  { manage, progress, signal }: ToolContext,
): Promise<Table> {
  const table = new Table({ ...columns, updated: UPDATED });
  const fields = fieldsOf(table.columns);
  for await (const record of manage.stream<ManageRecord>(list, { ...query, fields, signal })) {
    table.add(record);
    if (table.length % PROGRESS_EVERY === 0) progress(table.length, undefined, `${table.length} ${noun} read`);
    if (table.length > MOST_ROWS)
      throw new ToolInputError(
        'period',
        say`There are more than ${MOST_ROWS} ${cleanLine(noun)} in it. Narrow the report by a shorter period or with where.`,
      );
  }
  return table;
}

function newestOf(table: Table): number {
  let newest = 0;
  for (let row = 0; row < table.length; row += 1) newest = Math.max(newest, table.number('updated', row) || 0);
  return newest;
}

/** Brings a cached table up to date with what changed since. @returns false where it has to be read again: records are gone from it, or too many changed */
async function refresh(table: Table, { list, query }: ListRead, { manage, signal }: ToolContext): Promise<boolean> {
  const newest = newestOf(table);
  if (newest === 0) return false;
  const fields = fieldsOf(table.columns);
  const conditions = all(query.conditions, field('lastUpdated', '>=', new Date(newest)));
  const [changed, count] = await Promise.all([
    manage.all<ManageRecord>(list, { ...query, conditions, fields, signal }).catch((error: unknown) => {
      // As after a change of all of them at once.
      if (!(error instanceof TooMany)) throw error;
    }),
    manage.count(countOf(list), { ...query, signal }),
  ]);
  if (changed === undefined) return false;
  for (const record of changed) table.put(record);
  return table.length === count;
}

/** A collection that is one list of Manage. */
export function listed(given: Listed): Collection {
  const { list, noun, within, only, columns, name, follows } = given;
  return {
    ...given,
    hasCustomFields: true,
    paths: given.paths ?? {},
    uses: [list, countOf(list)],
    async read({ start, end, narrowed, more }, { context, cache }) {
      const wholeColumns: Columns = { id: { kind: 'number', fields: ['id'], of: ({ id }) => id }, ...columns, ...more };
      const queryFor = (from: DateTime<true>, to: DateTime<true>): Conditions => ({
        ...narrowed,
        conditions: all(only, within?.(from, to), narrowed.conditions),
      });
      return cache.table(
        {
          name,
          query: narrowed,
          columns: Object.keys(more),
          start,
          end,
          timeless: within === undefined,
          // The record itself says when it was changed.
          written: follows === undefined ? 0 : context.manage.written(follows),
        },
        {
          read: (from, to) => readTable({ list, noun, columns: wholeColumns, query: queryFor(from, to) }, context),
          refresh: (table, from, to) =>
            refresh(table, { list, noun, columns: wholeColumns, query: queryFor(from, to) }, context),
        },
        await context.now(),
      );
    },
  };
}

/** Records that are read one request each before anybody is asked. */
const MOST_UNASKED = 60;

/**
 * Reads something of each of many records, a request each, with progress. More than a few dozen are agreed to first. A call that ends
 * before all of them are read leaves what it has read to the next one, which goes on from there.
 * @param what is read, for the question: "additions of agreements"
 * @throws {ToolInputError} with the number of requests, where nobody agreed to them
 */
export async function eachOf<T extends ManageRecord, R>(
  records: readonly T[],
  { what, wanted, reading }: { what: string; wanted: Wanted; reading: Reading },
  read: (record: T) => Promise<R>,
): Promise<R[]> {
  if (records.length > MOST_UNASKED && !wanted.confirmed) throw new ManyRequests(records.length, what);
  const { context, cache } = reading;
  const known = cache.begun<R>(what, context.manage.written(wanted.lists), await context.now());
  let done = 0;
  const answers = await Promise.all(
    records.map(async (record) => {
      const id = Number(record.id);
      const answer = known.has(id) ? (known.get(id) as R) : await read(record);
      known.set(id, answer);
      done += 1;
      context.progress(done, records.length, `${done} of ${records.length} ${what}`);
      return answer;
    }),
  );
  cache.finished(what);
  return answers;
}
