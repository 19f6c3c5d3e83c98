import type { DateTime } from 'luxon';
import type { z } from 'zod';
import { resolvePath } from '../../api/fields.ts';
import type { Schemas } from '../../api/index.ts';
import { isMoney } from '../../api/meanings.ts';
import { type Clean, clean, cleanLine, joined, lines, say } from '../../text/index.ts';
import { together } from '../arguments/together.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';
import type { ToolResult } from '../tool-result.ts';
import { table } from './budget.ts';
import { missingUnits, unitOf } from './calendar-groups.ts';
import { type Counted, type Counting, countInGroups, empty, FEW, type Group } from './count-groups.ts';
import { type GroupKey, type GroupName, labelsOf, readGroupKey } from './group-key.ts';
import { groupOrder, pageOf, usualLimit } from './group-order.ts';
import { amountTitle, currencyCode, isCurrencyCode, money } from './money.ts';
import { type tableOutput, tableResult } from './table-result.ts';

/** `api` may be anything that knows the schema of the records. */
export interface SummaryContext extends Pick<ToolContext, 'progress' | 'zone' | 'now'> {
  readonly api: Schemas;
}

export interface SummaryQuestion extends Counting {
  /** Schema of the records. */
  readonly schema: string;
  /** Fields, references, or times with a calendar unit (`timeStart:month`); an empty list totals everything. */
  readonly groupBy: readonly string[];
  /** What the sums are called in the answer, where a field's own name would not do. */
  readonly titles?: Readonly<Record<string, string>>;
  readonly head?: string;
  /** What tells sums apart that cannot be added up, where it is not their currency: money and miles. */
  readonly apart?: GroupKey;
  /** The currency of amounts whose records have none of their own. */
  readonly currency?: GroupKey | undefined;
  /** What a column with the ids of the records in small groups is called, where an id is what people go by; none when left out. */
  readonly handles?: string;
  /** Which groups are shown, the largest first, or the newest of the calendar: how many, and the page. */
  readonly limit?: number | undefined;
  readonly page?: number | undefined;
  /** Another order of the groups: `count asc`, a sum, or one of `groupBy`. */
  readonly orderBy?: string | undefined;
}

function checkSums({ api }: SummaryContext, { sum, schema }: SummaryQuestion): void {
  for (const name of sum) {
    const found = resolvePath(api, schema, [name]);
    if (found.kind === 'scalar' && (found.field.type === 'number' || found.field.type === 'integer')) continue;
    const numbers = [...(api.schema(schema)?.fields ?? [])]
      .filter(([, { type }]) => type === 'number')
      .map(([field]) => cleanLine(field));
    const problem = say`sum: ${cleanLine(JSON.stringify(name))} is not a number of ${cleanLine(schema)}.`;
    throw new ToolInputError('sum', problem, { allowed: numbers });
  }
}

const CURRENCY = ['currency/currencyCode', 'currency/name'] as const;

/** Amounts in several currencies are not added up: the currency is one more thing that tells groups apart. */
const BY_CURRENCY: GroupKey = {
  title: 'currency',
  fields: CURRENCY,
  isCalendar: false,
  of: ({ currency }) => [{ id: currencyCode(currency), label: currencyCode(currency) }],
};

/** With the units of the calendar that have no records, where nothing but time tells records apart. */
function withEmptyUnits(
  { groups, totals }: Counted,
  keys: readonly GroupKey[],
  sum: readonly string[],
): readonly Group[] {
  const unit = keys[0]?.unit;
  if (unit === undefined || keys.length > 1 || totals.length > 1) return groups;
  const labels = groups.flatMap(({ names }) => names[0]?.id ?? []);
  const kind = totals[0]?.names ?? [];
  return [...groups, ...missingUnits(unit, labels).map((label) => empty([{ id: label, label }, ...kind], sum))];
}

/** What a reader has to know of the groups: one that is not over yet, and records that are in several. */
function notesOn(
  groups: readonly Group[],
  keys: readonly GroupKey[],
  { isDoubled, now }: { isDoubled: boolean; now: DateTime },
): Clean {
  const place = keys.findIndex(({ unit }) => unit !== undefined);
  const unit = keys[place]?.unit;
  const running = unit === undefined ? undefined : unitOf(unit, now);
  const isRunning = running !== undefined && groups.some(({ names }) => names[place]?.id === running);
  return joined(
    [
      isRunning && say`${cleanLine(running)} is not over yet.`,
      isDoubled && say`A record of several people counts for each of them, and once in the sum over all.`,
    ],
    ' ',
  );
}

const MOST_SUBTOTALS = 50;

/**
 * Counts and sums by up to three fields, computed here while the records stream by, so that no row moves through the
 * conversation. Exact: every record that the filters find is read, and the answer says how many that were; of more than 200,000 it
 * says that the rest is missing. Groups of several fields come with subtotals of the first. Currencies are kept apart.
 * @throws {ToolInputError} for fields that do not exist or cannot be grouped or added up, and for sums that no record has
 */
export async function summarize(
  context: SummaryContext,
  asked: SummaryQuestion,
): Promise<ToolResult<z.input<typeof tableOutput>>> {
  const { api } = context;
  const question = { ...asked, sum: [...new Set(asked.sum)] };
  const { schema, sum, noun, page = 1 } = question;
  // "member, company" in one text means both; the same twice is once.
  const groupBy = [
    ...new Map(
      question.groupBy
        .flatMap((text) => text.split(/,|\band\b/))
        .map((text) => [text.trim().toLowerCase(), text.trim()]),
    ).values(),
  ];
  if (groupBy.length > 3) throw new ToolInputError('groupBy', say`groupBy takes at most three fields.`);
  const zone = await context.zone();
  const keys = groupBy.map(async (text) => readGroupKey(text, { api, schema, zone, argument: 'groupBy' }));
  const [said] = await together([together(keys), (async () => checkSums(context, question))()]);
  const order = groupOrder(question.orderBy, { keys: said, sum, titles: question.titles });
  const amounts = sum.map((name) => isMoney(api, schema, name));
  const inCurrency = amounts.includes(true) && resolvePath(api, schema, CURRENCY[0].split('/')).kind === 'scalar';
  const apart = question.apart ?? (inCurrency ? BY_CURRENCY : question.currency);
  const counted = await countInGroups(said, apart, question, context);
  const { totals, subtotals, count: records } = counted;
  const groups = withEmptyUnits(counted, said, sum);
  const isMixed = totals.length > 1;
  const code = isMixed ? undefined : totals[0]?.names[0]?.label;
  /** Whether groups are told apart by the unit of all their sums: a currency, or miles. */
  const isUnit = question.apart !== undefined;
  const isPaid = ({ names }: Group): boolean => isUnit && isCurrencyCode(names.at(-1)?.label ?? '');
  const shownSum = (value: number, isAmount: boolean): Clean => (isAmount ? money(value) : cleanLine(value));
  const titles = sum.map((name, index) => {
    const title = question.titles?.[name] ?? name;
    return amounts[index] ? amountTitle(title, code) : cleanLine(title);
  });
  const overall = totals.flatMap(({ sums, names }) =>
    sums.map(({ value }, index) => {
      const kind = cleanLine(names[0]?.label);
      const isAmount = amounts[index] || (isUnit && isCurrencyCode(kind));
      // What is no amount does not become one beside a sum that is: hours of an agreement beside its dollars.
      const code = isUnit && !isCurrencyCode(kind) ? undefined : kind;
      const amount = isAmount ? money(value, code) : joined([cleanLine(value), isUnit && kind], ' ');
      return say`${cleanLine(question.titles?.[sum[index] ?? ''] ?? sum[index])} ${amount}`;
    }),
  );
  const read = counted.isCut
    ? say`Only the first ${records} ${cleanLine(noun)} read: there are more, so narrow them, for example by a period`
    : say`${records} ${cleanLine(noun)} read`;
  const columns = isMixed && apart !== undefined ? [...said, apart] : said;
  const labels = columns.map((_, index) => labelsOf(groups, index));
  const isCalendar = said[0]?.isCalendar === true;
  const limit = question.limit ?? usualLimit(said, groups.length);
  const sumsOf = (group: Group): Clean[] =>
    group.sums.map(({ value }, index) => shownSum(value, amounts[index] || isPaid(group)));
  const head = clean(question.head);
  const after = head.endsWith('.') ? '\n' : '; ';
  const paged = pageOf(groups, { limit, page, isCalendar, order });
  // Where most groups are large, a column for the few small ones is not worth its room.
  const isSmall = (group: Group): boolean => group.count > 0 && group.count <= FEW;
  const handles = paged.filter(isSmall).length * 2 > paged.length ? question.handles : undefined;
  const result = await tableResult({
    noun: 'groups',
    head: joined([head, overall.length > 0 ? say`${read}: ${joined(overall, ', ')}` : read], after),
    columns: [...columns.map(({ title }) => title), 'count', ...titles, ...(handles === undefined ? [] : [handles])],
    rows: paged.map((group) => [
      ...labels.map((label, index) => label(group.names[index] as GroupName)),
      group.count,
      ...sumsOf(group),
      ...(handles === undefined ? [] : [isSmall(group) ? group.ids.join(', ') : '']),
    ]),
    total: groups.length,
    page,
    pageSize: limit,
    hint: notesOn(groups, said, { isDoubled: counted.isDoubled, now: await context.now() }),
  });
  // Groups that are each a subtotal, and a single one, say nothing new.
  if (subtotals.length <= 1 || subtotals.length >= groups.length) return result;
  const named = isMixed ? [labels[0], labels.at(-1)] : [labels[0]];
  const rows = pageOf(subtotals, { limit: MOST_SUBTOTALS, page: 1, isCalendar, order }).map((group) => [
    ...named.map((of, index) => cleanLine(of?.(group.names[index] as GroupName))),
    cleanLine(group.count),
    ...sumsOf(group),
  ]);
  const subtitles = [said[0]?.title, ...(isMixed ? [apart?.title] : []), 'count', ...titles].map(cleanLine);
  const shown =
    subtotals.length > rows.length ? say`Subtotals (${rows.length} of ${subtotals.length})` : say`Subtotals`;
  return {
    ...result,
    structured: { ...result.structured, subtotals: rows },
    text: lines([result.text, say`${shown}:`, clean(table(subtitles, rows))]),
  };
}
