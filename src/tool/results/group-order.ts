import { cleanLine, joined, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import type { GroupKey, GroupName } from './group-key.ts';

/** What groups are ordered by: how many records they have, what these add up to, or what they are called. */
export interface Ordered {
  readonly names: readonly GroupName[];
  readonly count: number;
  readonly sums: readonly { readonly value: number }[];
}

type Comparison = (a: Ordered, b: Ordered) => number;

const KEY = /^(.+?)(?:\s+(asc|desc)(?:ending)?)?$/i;

/** `company/name` and `dateEntered:month` by their field. */
const fieldOf = (text: string): string => (text.split(/[/:(]/)[0] ?? '').trim().toLowerCase();

const isCalled = (key: GroupKey, name: string): boolean =>
  [key.title, ...key.fields].some((known) => fieldOf(known) === name);

/** Of the calendar by time, of everything else by what it is called; nothing comes last. */
const byName =
  (index: number, isCalendar: boolean): Comparison =>
  (a, b) => {
    const [one, other] = [a, b].map(({ names }) => (isCalendar ? names[index]?.id : names[index]?.label) ?? '');
    return (one ?? '').localeCompare(other ?? '', undefined, { numeric: true });
  };

export interface GroupOrderFacts {
  readonly keys: readonly GroupKey[];
  /** The fields that are added up, and what the answer calls them. */
  readonly sum: readonly string[];
  readonly titles?: Readonly<Record<string, string>> | undefined;
}

/**
 * How a list of groups was asked to be ordered: `count asc`, `hours desc`, `company`. Figures are ordered from the largest unless
 * `asc` is said, names from the first.
 * @returns nothing where no order was asked for
 * @throws {ToolInputError} for what groups do not have: a field of single records would be ignored
 */
export function groupOrder(
  orderBy: string | undefined,
  { keys, sum, titles = {} }: GroupOrderFacts,
): Comparison | undefined {
  if (orderBy === undefined || orderBy.trim() === '') return undefined;
  const comparisons = orderBy.split(',').map((part): Comparison => {
    const [, said = '', direction] = KEY.exec(part.trim()) ?? [];
    const name = fieldOf(said);
    const turned = (comparison: Comparison, isDown: boolean): Comparison =>
      isDown ? (a, b) => comparison(b, a) : comparison;
    const isUp = direction?.toLowerCase() === 'asc';
    if (name === 'count') return turned((a, b) => a.count - b.count, !isUp);
    const added = sum.findIndex((one) => [one, titles[one]].some((known) => known?.toLowerCase() === name));
    if (added >= 0) return turned((a, b) => (a.sums[added]?.value ?? 0) - (b.sums[added]?.value ?? 0), !isUp);
    const key = keys.findIndex((one) => isCalled(one, name));
    if (key >= 0) return turned(byName(key, keys[key]?.isCalendar === true), direction?.toLowerCase() === 'desc');
    const allowed = ['count', ...sum.map((one) => titles[one] ?? one), ...keys.map(({ title }) => title)];
    throw new ToolInputError(
      'orderBy',
      say`orderBy: groups are not ordered by "${cleanLine(said)}", but by ${joined(allowed.map(cleanLine), ', ')}.`,
    );
  });
  return (a, b) => comparisons.reduce((order, comparison) => order || comparison(a, b), 0);
}

const weight = ({ sums, count }: Ordered): number => sums[0]?.value ?? count;

const byTime = (a: Ordered, b: Ordered): number => String(a.names[0]?.id).localeCompare(String(b.names[0]?.id));

export interface Page {
  readonly limit: number;
  readonly page: number;
  readonly isCalendar: boolean;
  readonly order: Comparison | undefined;
}

/** The groups of a page: in the order that was asked for, else the largest first, and of the calendar the newest, in the order of time. */
export function pageOf<Group extends Ordered>(
  groups: readonly Group[],
  { limit, page, isCalendar, order }: Page,
): readonly Group[] {
  if (order !== undefined) return groups.toSorted(order).slice((page - 1) * limit, page * limit);
  const largest = groups.toSorted((a, b) => weight(b) - weight(a));
  const ordered = isCalendar ? largest.toSorted((a, b) => byTime(b, a)) : largest;
  const shown = ordered.slice((page - 1) * limit, page * limit);
  return isCalendar ? shown.toSorted(byTime) : shown;
}

const MOST_GROUPS = 200;
const FIRST_GROUPS = 25;

/** How many groups are shown where nobody said: of many by several fields, which are mostly ones, the first. */
export const usualLimit = (keys: readonly GroupKey[], count: number): number =>
  keys.length > 1 && !keys.some((key) => key.isCalendar) && count > 2 * FIRST_GROUPS ? FIRST_GROUPS : MOST_GROUPS;
