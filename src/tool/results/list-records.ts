import type { z } from 'zod';
import { inWords } from '../../api/enum-words.ts';
import { resolvePath } from '../../api/fields.ts';
import type { Schemas } from '../../api/index.ts';
import { isMoment, isMoney, readsAsDay, secretsMasked } from '../../api/meanings.ts';
import { fromManage, showMoment } from '../../clock/index.ts';
import { inTurns } from '../../in-turns.ts';
import { type List, type ManageRecord, NoSuchOperation } from '../../manage/index.ts';
import { findTicket } from '../../names/index.ts';
import { all, type Conditions, type Expression, pathsIn, type WhereEntry } from '../../query/index.ts';
import { type Clean, clean, cleanLine, excerptLine, joined, lines } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import type { ToolResult } from '../tool-result.ts';
import { emptyFirstNote } from './empty-first.ts';
import { amountTitle, currencyCode, exactMoney, money } from './money.ts';
import { narrowed } from './narrowed.ts';
import { nearestTo, type SoughtName } from './nearest-names.ts';
import { pageAsked } from './page-asked.ts';
import { LONGEST_CELL, type tableOutput, tableResult } from './table-result.ts';
import { filtersOf, whatToLoosen } from './what-to-loosen.ts';

/** How a column's value is shown: a date without a time, a time on the wall clock, money, or `yes`. */
export type ShownAs = 'day' | 'local' | 'money' | 'price' | 'yes';

/** A column of a list. `field` is where its value is, references with `/`: `status/name`. */
export interface Column {
  readonly title: string;
  readonly field: string;
  /** What the field means when left out: days, moments and money of the API are shown as such. */
  readonly as?: ShownAs;
  /** Makes the value from the row, where one field is not enough; `also` names the others that it needs. */
  readonly show?: (row: ManageRecord) => unknown;
  readonly also?: readonly string[];
  /** Left out where no row has it: what few records or few sites have. */
  readonly rare?: boolean;
}

/** What every searching tool takes beside its own filters. */
export interface ListInput {
  readonly where?: readonly WhereEntry[] | undefined;
  readonly conditions?: string | undefined;
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
}

/** What a list leaves out unless it is asked for: `where` and `conditions` on the same fields lift it. */
export interface DefaultFilter {
  readonly condition: Expression;
  /** Fields whose mention lifts it, with everything below them: `['status', 'closedFlag']`. */
  readonly lifts: readonly string[];
  /** Goes before the noun while it holds: `open`; empty for what nobody expects in a list, such as what is deleted. */
  readonly says: string;
}

export interface ListQuestion {
  /** The list operation; its count is at `<list>/count`. */
  readonly list: string;
  readonly path?: Readonly<Record<string, string | number>>;
  /** Plural, for `25 of 342 invoices`. */
  readonly noun: string;
  readonly columns: readonly Column[];
  /** The tool's own filters. */
  readonly own?: Conditions | undefined;
  /** A filter that nobody asked for. */
  readonly byDefault?: DefaultFilter | undefined;
  readonly orderBy: readonly string[];
  /** Reads all rows in their order, where Manage cannot order by what is asked for. */
  readonly ordered?: ((asked: AskedRows) => Promise<readonly ManageRecord[]>) | undefined;
  /** The arguments that filter by fields of another name, for the hint of an empty list: `{ dateEnd: 'period' }`. */
  readonly filteredBy?: Readonly<Record<string, string>>;
  /** A line before the table: what was understood. */
  readonly head?: string;
  /** The name that is searched by, so that an empty list says what is near. */
  readonly near?: SoughtName | undefined;
  /** The ticket that is filtered by, which there may not be. */
  readonly ticketId?: number | undefined;
  /** The currency of each row's amounts, where its records have none of their own. */
  readonly currencyOf?: (rows: readonly ManageRecord[]) => Promise<(row: ManageRecord) => unknown>;
  /** Reads what the columns show beside the rows, and gives a line before the table, such as a total. */
  readonly beside?: (found: FoundRows) => Promise<Clean | undefined>;
}

/** How all rows of a list are asked for. */
interface AskedRows {
  readonly query: Conditions;
  readonly fields: readonly string[];
}

/** A page of all rows. */
function pageOf(
  all: readonly ManageRecord[],
  { page = 1, limit }: { readonly page?: number | undefined; readonly limit: number },
): List<ManageRecord> {
  const rows = all.slice((page - 1) * limit, page * limit);
  return { rows, page, total: all.length, complete: rows.length === all.length };
}

/** The rows of a page, and how all of them were asked for. */
export interface FoundRows extends List<ManageRecord>, AskedRows {}

/** A value at a path such as `status/name`; a reference that has an identifier in place of a name gives that. */
export function valueAt(row: ManageRecord, path: string): unknown {
  const [member = '', ...rest] = path.split('/');
  const value = row[member];
  if (rest.length === 0 || value === undefined || value === null) return value;
  const inner = value as ManageRecord;
  return valueAt(inner, rest.join('/')) ?? (rest[0] === 'name' ? inner.identifier : undefined);
}

/** `2026-11-24` of a date that Manage keeps as midnight UTC, in no zone. */
export const dayOf = (value: unknown): Clean => cleanLine(typeof value === 'string' ? value.slice(0, 10) : '');

function shownAs(value: unknown, as: ShownAs | undefined, zone: string): unknown {
  if (as === 'day') return dayOf(value);
  if (as === 'money') return money(value);
  if (as === 'price') return exactMoney(value);
  if (as === 'yes') return value === true ? 'yes' : '';
  if (as === 'local') {
    const moment = fromManage(value, zone);
    return moment === undefined ? '' : showMoment(moment);
  }
  return value;
}

/** How a column is shown that does not say it: by what its field means. */
function meantBy(api: Schemas, schema: string, { field }: Column, row: ManageRecord): ShownAs | undefined {
  if (readsAsDay(api, schema, field, row)) return 'day';
  if (isMoment(api, schema, field)) return 'local';
  if (!isMoney(api, schema, field)) return undefined;
  return OF_ONE.test(field) ? 'price' : 'money';
}

/** What one of something costs, which may have parts of a cent. */
const OF_ONE = /(^|\/)(unit)?(price|cost)$/i;

const isLifted = ({ lifts }: DefaultFilter, { conditions }: Conditions): boolean =>
  conditions !== undefined &&
  pathsIn(conditions).some((path) => lifts.some((field) => path === field || path.startsWith(`${field}/`)));

const CURRENCY = ['currency/currencyCode', 'currency/name'] as const;

/**
 * One page of a collection as a table: the tool's filters joined with `where` and raw `conditions` (checked against the
 * API's description), only the columns' fields fetched, and the total counted beside it. Where nothing is found the answer says
 * which filter keeps everything out. Secrets are masked. Amounts carry the currency of their records: in the title where all are in
 * one, else in the cell.
 * @throws {QuerySyntaxError} or {WhereError} for what the caller wrote, {NotFound} where there is nothing of a ticket that does not exist
 */
export async function listRecords(
  context: ToolContext,
  input: ListInput,
  question: ListQuestion,
): Promise<ToolResult<z.input<typeof tableOutput>>> {
  const { manage, api, signal } = context;
  const { list, columns, own = {}, orderBy, path, head, beside, near } = question;
  const schema = api.find(list)?.response.schema;
  if (schema === undefined) throw new NoSuchOperation(list, api.version);
  const { query: asked, understood } = await narrowed(context, {}, input, schema);
  const byDefault = question.byDefault && !isLifted(question.byDefault, asked) ? question.byDefault : undefined;
  const noun = joined([cleanLine(byDefault?.says), cleanLine(question.noun)], ' ');
  const query: Conditions = {
    conditions: all(byDefault?.condition, own.conditions, asked.conditions),
    childConditions: all(own.childConditions, asked.childConditions),
    customFieldConditions: all(own.customFieldConditions, asked.customFieldConditions),
  };
  const asking = pageAsked(input);
  const { limit } = asking;
  const isAmount = ({ field, as, show }: Column): boolean =>
    as === 'money' || (as === undefined && show === undefined && isMoney(api, schema, field));
  const currency = columns.some(isAmount) && resolvePath(api, schema, CURRENCY[0].split('/')).kind === 'scalar';
  const wanted = columns.flatMap(({ field, also = [] }) => [field, ...also]);
  const fields = [...new Set(['id', ...wanted, ...(currency ? CURRENCY : [])])];
  const inOrder = await question.ordered?.({ query, fields });
  const found =
    inOrder === undefined
      ? await manage.list(list, { ...query, path, fields, orderBy, page: input.page, limit, counted: 'beside', signal })
      : pageOf(inOrder, { limit, page: input.page });
  const { total } = found;
  const { rows, pageSize } = asking.shown(found.rows, total);
  const line = await beside?.({ ...found, query, fields });
  const isTimed = columns.some(
    ({ as, field }) => (as ?? (isMoment(api, schema, field) ? 'local' : undefined)) === 'local',
  );
  const zone = isTimed ? await context.zone() : 'utc';
  const isEmpty = rows.length === 0 && total === 0;
  if (isEmpty && question.ticketId !== undefined) await findTicket(manage, question.ticketId, signal);
  const loosen = isEmpty
    ? await whatToLoosen(filtersOf(own, { ...input, query: asked }, question.filteredBy, byDefault), (conditions) =>
        manage.count(`${list}/count`, { ...query, ...conditions, path, signal }),
      )
    : undefined;
  const hasAmounts = columns.some(isAmount);
  const currencyOf =
    !currency && hasAmounts && question.currencyOf !== undefined
      ? await question.currencyOf(rows)
      : (row: ManageRecord) => row.currency;
  const codes = new Set(rows.map((row) => currencyCode(currencyOf(row))));
  const [code = ''] = codes.size === 1 ? codes : [];
  const titleOf = (column: Column): Clean =>
    isAmount(column) ? amountTitle(column.title, code) : cleanLine(column.title);
  const choices = new Map(
    columns.flatMap(({ field }) => {
      const found = resolvePath(api, schema, field.split('/'));
      return found.kind === 'scalar' ? [[field, found.field] as const] : [];
    }),
  );
  const cellOf = (row: ManageRecord, column: Column): unknown => {
    const { show, field, as } = column;
    const value = show === undefined ? valueAt(row, field) : show(row);
    const shownLike = as ?? (show === undefined ? meantBy(api, schema, column, row) : undefined);
    if (codes.size > 1 && isAmount(column))
      return shownLike === 'price' ? exactMoney(value, currencyOf(row)) : money(value, currencyOf(row));
    return shownAs(show === undefined ? inWords(value, choices.get(field)) : value, shownLike, zone);
  };
  const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
  const shownColumns = columns.filter(
    ({ rare, field }) => rare !== true || rows.some((row) => isFilled(valueAt(row, field))),
  );
  return tableResult({
    noun,
    columns: shownColumns.map(titleOf),
    rows: await inTurns(rows, (row) => {
      const shown = secretsMasked(row, schema);
      return shownColumns.map((column) => excerptLine(cellOf(shown, column), LONGEST_CELL));
    }),
    total,
    page: input.page,
    pageSize,
    head: lines([
      head === undefined ? undefined : clean(head),
      understood,
      line,
      emptyFirstNote(rows, { orderBy, fields }),
    ]),
    hint: isEmpty ? lines([loosen, near && (await nearestTo(near, context))]) : undefined,
  });
}
