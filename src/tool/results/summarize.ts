import type { z } from 'zod';
import { resolvePath } from '../../api/fields.ts';
import type { Schemas } from '../../api/index.ts';
import type { ManageRecord } from '../../manage/index.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';
import type { ToolResult } from '../tool-result.ts';
import { type GroupName, readGroupKey } from './group-key.ts';
import { type tableOutput, tableResult } from './table-result.ts';

/** Most records that are read for one summary; more belongs into a report of Manage's own. */
const MOST_RECORDS = 200_000;
const MOST_GROUPS = 200;
const PROGRESS_EVERY = 1_000;

/** Sums are kept in millionths, so that hundred times 0.1 is 10. */
const SCALE = 1_000_000;

interface Group {
  readonly labels: readonly string[];
  count: number;
  readonly sums: bigint[];
}

/** `catalog` may be anything that knows the schema of the records. */
export interface SummaryContext extends Pick<ToolContext, 'progress' | 'zone'> {
  readonly api: Schemas;
}

export interface SummaryQuestion {
  /** Plural, for `over 342 entries`. */
  readonly noun: string;
  /** Schema of the records. */
  readonly schema: string;
  /** Fields, references, or times with a stretch (`timeStart:month`); none sums over all. */
  readonly groupBy: readonly string[];
  /** Numeric fields to add up. */
  readonly sum: readonly string[];
  /** What the sums are called in the answer, where a field's own name would not do. */
  readonly titles?: Readonly<Record<string, string>>;
  /** The records, asked for with only these fields. */
  readonly read: (fields: readonly string[]) => AsyncIterable<ManageRecord>;
  readonly head?: string;
  /** Which groups are shown, the largest first: how many, and the page. */
  readonly limit?: number | undefined;
  readonly page?: number | undefined;
}

function checkSums({ api }: SummaryContext, { sum, schema }: SummaryQuestion): void {
  for (const name of sum) {
    const found = resolvePath(api, schema, [name]);
    if (found.kind === 'scalar' && (found.field.type === 'number' || found.field.type === 'integer')) continue;
    const numbers = [...(api.schema(schema)?.fields ?? [])]
      .filter(([, { type }]) => type === 'number')
      .map(([field]) => field);
    throw new ToolInputError('sum', `sum: ${JSON.stringify(name)} is no number of ${schema}.`, { allowed: numbers });
  }
}

const empty = (labels: readonly string[], sums: number): Group => ({
  labels,
  count: 0,
  sums: Array.from({ length: sums }, () => 0n),
});

function add(group: Group, values: readonly bigint[]): void {
  group.count += 1;
  for (const [index, value] of values.entries()) group.sums[index] = (group.sums[index] ?? 0n) + value;
}

/** Every way to take one name from each list. */
const combinations = (lists: readonly (readonly GroupName[])[]): readonly (readonly GroupName[])[] =>
  lists.reduce<readonly (readonly GroupName[])[]>(
    (rows, names) => rows.flatMap((row) => names.map((name) => [...row, name])),
    [[]],
  );

const shownSum = (sum: bigint): string => String(Number(sum) / SCALE);

/**
 * Counts and sums by up to three fields, computed here while the records stream by, so that no row moves through the
 * conversation. Exact: every record that the filters find is read, and the answer says how many that were.
 * @throws {ToolInputError} for fields that do not exist or cannot be grouped or added up
 */
export async function summarize(
  context: SummaryContext,
  question: SummaryQuestion,
): Promise<ToolResult<z.input<typeof tableOutput>>> {
  const { api, progress } = context;
  const { schema, sum, read, noun, limit = MOST_GROUPS, page = 1 } = question;
  // "member, company" in one text means both.
  const groupBy = question.groupBy.flatMap((text) => text.split(/,|\band\b/)).map((text) => text.trim());
  if (groupBy.length > 3) throw new ToolInputError('groupBy', 'groupBy takes at most three fields.');
  checkSums(context, question);
  const zone = await context.zone();
  const keys = groupBy.map((text) => readGroupKey(text, { api, schema, zone, argument: 'groupBy' }));
  const groups = new Map<string, Group>();
  const total = empty([], sum.length);
  for await (const row of read([...new Set(['id', ...keys.map(({ field }) => field), ...sum])])) {
    const values = sum.map((name) => BigInt(Math.round(Number(row[name] ?? 0) * SCALE)));
    add(total, values);
    for (const parts of combinations(keys.map((key) => key.of(row)))) {
      const id = JSON.stringify(parts.map((part) => part.id));
      const group =
        groups.get(id) ??
        empty(
          parts.map(({ label }) => label),
          sum.length,
        );
      groups.set(id, group);
      add(group, values);
    }
    if (total.count % PROGRESS_EVERY === 0) progress(total.count, undefined, `${total.count} ${noun} read`);
    if (total.count > MOST_RECORDS)
      throw new ToolInputError(
        'groupBy',
        `There are more than ${MOST_RECORDS} ${noun}. Narrow them, for example by a period.`,
      );
  }
  const weight = ({ sums, count }: Group): number => (sums.length > 0 ? Number(sums[0]) : count);
  const calendar = keys.length > 0 && /\((day|week|month|quarter|year)\)$/.test(keys[0]?.title ?? '');
  const ordered = [...groups.values()].sort((a, b) =>
    calendar ? String(a.labels[0]).localeCompare(String(b.labels[0])) : weight(b) - weight(a),
  );
  const named = sum.map((name) => question.titles?.[name] ?? name);
  const sums = total.sums.map((value, index) => `${named[index]} ${shownSum(value)}`);
  const head = [question.head, `${total.count} ${noun} read${sums.length > 0 ? `: ${sums.join(', ')}` : ''}`]
    .filter((part) => part !== undefined && part !== '')
    .join('; ');
  return tableResult({
    noun: 'groups',
    head,
    columns: [...keys.map(({ title }) => title), 'count', ...named],
    rows: ordered
      .slice((page - 1) * limit, page * limit)
      .map((group) => [...group.labels, group.count, ...group.sums.map(shownSum)]),
    total: groups.size,
    page,
    pageSize: limit,
  });
}
