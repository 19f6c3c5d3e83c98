import { percentSaid, type WhereEntry, whereOperator } from '../../query/index.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../../tool/index.ts';
import type { Counted } from '../measure.ts';
import type { Row } from '../tables/table.ts';

/** How old records have to be: "more than 60 days overdue". */
export interface AgeFilter {
  /** As it reads: "age > 60 days". */
  readonly said: Clean;
  /** @param days since the date that the ages of a measure run from */
  lets(days: number): boolean;
}

/** Days in the units that people say ages in; of a month and a year as the ages of devices count them. */
const DAYS_IN: readonly (readonly [RegExp, number])[] = [
  [/^(?:d|days?)?$/, 1],
  [/^(?:w|weeks?)$/, 7],
  [/^(?:mo|months?)$/, 365 / 12],
  [/^(?:y|yrs?|years?)$/, 365],
];

/** `60`, `60 days`, `2 weeks` and `5 years` in days; `undefined` for what is none. */
function daysIn(text: string): number | undefined {
  const [, amount = '', unit = ''] = /^(.*?\d)\s*([a-z]*)(?: overdue| old)?$/.exec(text.trim().toLowerCase()) ?? [];
  const number = percentSaid(amount);
  const days = DAYS_IN.find(([pattern]) => pattern.test(unit))?.[1];
  return number === undefined || !('value' in number) || days === undefined ? undefined : number.value * days;
}

const COMPARED: Readonly<Record<string, readonly [string, (age: number, days: number) => boolean]>> = {
  lt: ['<', (age, days) => age < days],
  lte: ['at most', (age, days) => age <= days],
  gt: ['>', (age, days) => age > days],
  gte: ['at least', (age, days) => age >= days],
};

/** The groups of `by: age` as they read: "31-60 days", "over 90 days", "up to 1 days". */
const SPAN = /^(\d+)\s*(?:-|–|to)\s*(\d+)(?: days)?(?: overdue| old)?$/i;
const OVER = /^(?:(?:over|more than|older than|above|>)\s*(\d+)|(\d+)\s*\+)(?: days)?(?: overdue| old)?$/i;
const UP_TO = /^(?:up to|at most)\s*(\d+)(?: days)?(?: overdue| old)?$/i;

/** From the first whole day of an age to the last one. */
function groupSaid(text: string): readonly [number, number] | undefined {
  const span = SPAN.exec(text);
  if (span !== null) return [Number(span[1]), Number(span[2])];
  const [, over, plus] = OVER.exec(text) ?? [];
  if (over !== undefined) return [Number(over) + 1, Number.POSITIVE_INFINITY];
  if (plus !== undefined) return [Number(plus), Number.POSITIVE_INFINITY];
  const most = UP_TO.exec(text)?.[1];
  return most === undefined ? undefined : [Number.NEGATIVE_INFINITY, Number(most)];
}

/**
 * An entry of `where` that narrows by age: `> 60`, `at least 5 years`, or a group of `by: age` such as "31-60 days".
 * @throws {ToolInputError} for what is no age
 */
export function ageFilter({ op: said, value }: WhereEntry): AgeFilter {
  const op = whereOperator(said || 'eq') ?? '';
  const text = String(value ?? '').trim();
  const compared = COMPARED[op];
  const days = daysIn(text);
  if (compared !== undefined && days !== undefined) {
    const [sign, fits] = compared;
    return { said: say`age ${cleanLine(sign)} ${Math.round(days * 100) / 100} days`, lets: (age) => fits(age, days) };
  }
  const group = op === 'eq' ? groupSaid(text) : undefined;
  if (group === undefined)
    throw new ToolInputError(
      'where',
      say`where: age is compared by size with a number of days, such as {field: "age", op: ">", value: "60"}, or is a group of by: age, such as "31-60 days".`,
    );
  const [first, last] = group;
  return {
    said: say`age ${cleanLine(text)}`,
    lets: (age) => Math.floor(age) >= first && Math.floor(age) <= last,
  };
}

/** @throws {ToolInputError} for a measure whose records have no age */
export function checkAges(filters: readonly AgeFilter[], parts: readonly Counted[]): void {
  const without = filters.length === 0 ? undefined : parts.find(({ age }) => age === undefined);
  if (without === undefined) return;
  throw new ToolInputError('where', say`where: ${cleanLine(without.name)} has no age that it could be narrowed by.`);
}

/** Whether a row is as old as it has to be. What has no date has no age. */
export const hasAge = (filters: readonly AgeFilter[], { age }: Counted, row: Row): boolean =>
  filters.every(({ lets }) => lets(age?.(row) ?? Number.NaN));
