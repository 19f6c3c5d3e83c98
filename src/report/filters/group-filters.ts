import { percentSaid, type WhereEntry, whereOperator } from '../../query/index.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../../tool/index.ts';
import { bareRatio, dimensionNamed } from '../dimensions.ts';
import { rounded, shownValue } from '../groups/values.ts';
import type { Measure } from '../measure.ts';

/** What groups have to come to in order to be shown: "utilization below 60%". */
export interface GroupFilter {
  readonly measure: Measure;
  readonly op: string;
  readonly value: number;
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
};

const SIGNS: Readonly<Record<string, string>> = {
  eq: '=',
  ne: 'not',
  lt: '<',
  lte: 'at most',
  gt: '>',
  gte: 'at least',
};

/** `1,000`, `$5,000`, `12,5` and `60%` as numbers. @throws {ToolInputError} for what is none, or can be two */
function amountIn({ field, value }: WhereEntry): number {
  const said = typeof value === 'number' ? { value } : percentSaid(String(value ?? ''));
  const name = cleanLine(field);
  if (said === undefined) throw new ToolInputError('where', say`where: ${name} is compared with a number.`);
  if ('value' in said) return said.value;
  throw new ToolInputError(
    'where',
    say`where: ${name} is compared with either ${said.either[0]} or ${said.either[1]}. Say which.`,
  );
}

/**
 * Takes the entries of `where` that speak of a measure of the report apart from those that narrow records. A name that is a dimension
 * as well, such as `age`, is one unless it is compared by size.
 * @throws {ToolInputError} for a value that is no number, and where a report has no groups or pairs of them
 */
export function readGroupFilters(
  where: readonly WhereEntry[],
  measures: readonly Measure[],
  by: readonly string[],
): { groups: readonly GroupFilter[]; records: readonly WhereEntry[] } {
  const groups: GroupFilter[] = [];
  const records: WhereEntry[] = [];
  for (const entry of where) {
    const op = whereOperator(entry.op || 'eq') ?? '';
    const name = entry.field ?? '';
    const measure = measures.find((one) => bareRatio(one.name) === bareRatio(name));
    const isSize = ['lt', 'lte', 'gt', 'gte'].includes(op);
    if (by.length === 0 || measure === undefined || COMPARE[op] === undefined || (!isSize && dimensionNamed(name))) {
      records.push(entry);
      continue;
    }
    const value = amountIn(entry);
    if (by.length > 1)
      throw new ToolInputError(
        'where',
        say`where: ${cleanLine(name)} is what groups come to, which is compared for one by only. Send one by.`,
      );
    groups.push({ measure, op, value });
  }
  return { groups, records };
}

/** Whether a group is shown. @param values by measure of the report */
export const fitsAll = (
  filters: readonly GroupFilter[],
  measures: readonly Measure[],
  values: readonly (number | undefined)[],
): boolean =>
  filters.every(({ measure, op, value }) => {
    const own = values[measures.findIndex(({ name }) => name === measure.name)];
    return own !== undefined && Number.isFinite(own) && COMPARE[op]?.(rounded(own, measure.unit), value) === true;
  });

/** Whether groups without anything are asked for. */
export const letsNothing = (filters: readonly GroupFilter[]): boolean =>
  filters.length > 0 && filters.every(({ op, value }) => COMPARE[op]?.(0, value) === true);

/** The filter as it reads: "utilization < 60%". */
export const filterSaid = ({ measure, op, value }: GroupFilter): Clean =>
  say`${cleanLine(measure.name)} ${cleanLine(SIGNS[op])} ${cleanLine(shownValue(value, measure.unit, Number.isInteger(value)))}`;
