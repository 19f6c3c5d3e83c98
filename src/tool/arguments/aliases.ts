import { asText } from '../../json.ts';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import { saysNothing } from './nothing-given.ts';

/** How a value that says an argument in another form is converted. */
export interface Conversion {
  readonly argument: string;
  /**
   * Gets the value, everything that was sent with it, and the name under which it was sent. `undefined` when it says nothing.
   * @throws {ToolInputError} for a value that it cannot convert: a wrong guess would be silent
   */
  as(value: unknown, given: Readonly<Record<string, unknown>>, name: string): unknown;
}

/** The argument that an invented name means. */
export type Alias =
  | string
  | Conversion
  | {
      /** The argument, an object, that this is a member of. */
      readonly into: string;
      readonly member: string;
    }
  | {
      /** What to do for what is meant, which this tool does not do. */
      readonly instead: string;
    };

export type Aliases = Readonly<Record<string, Alias>>;

/** The name of the argument that an alias leads to; `undefined` for what another tool does. */
export function argumentOf(alias: Alias): string | undefined {
  if (typeof alias === 'string') return alias;
  if ('argument' in alias) return alias.argument;
  return 'into' in alias ? alias.into : undefined;
}

/** A bare number of minutes for an argument that takes lengths of time. */
export const minutesFor = (argument: string): Alias => ({
  argument,
  as: (value) => (/^\s*\d+(\.\d+)?\s*$/.test(asText(value)) ? `${value} minutes` : value),
});

/** A bare number of hours that can be nothing else, and the most that a day has. */
const SURELY_HOURS = 2;
const DAY_HOURS = 24;

/**
 * A duration for an argument that takes hours. A bare number that could be minutes is asked about.
 * @param overDay what a number means that is more hours than a day has: it is asked about as well, unless it is sure to be minutes
 */
export const durationFor = (
  argument: string,
  { overDay = 'asked' }: { overDay?: 'asked' | 'minutes' } = {},
): Alias => ({
  argument,
  as(value, _, name) {
    const number = /^\s*\d+(?:[.,]\d+)?\s*$/.test(asText(value)) ? Number(asText(value).replace(',', '.')) : 0;
    if (number <= SURELY_HOURS) return value;
    const isLong = number > DAY_HOURS;
    if (isLong && overDay === 'minutes') return `${number} minutes`;
    throw new ToolInputError(
      name,
      isLong
        ? say`${cleanLine(name)} ${number} does not say of what. Send "${number} minutes" if you mean that.`
        : say`${cleanLine(name)} ${number} can be minutes or hours. Send "${number} minutes" or "${number} hours".`,
    );
  },
});

/** A switch that means one of two values of another argument. Anything but yes or no is refused, never taken for one of them. */
export const switchFor = (argument: string, on: unknown, off?: unknown): Alias => ({
  argument,
  as(value, _, name) {
    const said = asText(value).trim();
    if (/^(true|yes|1)$/i.test(said)) return on;
    if (/^(false|no|0)$/i.test(said)) return off;
    throw new ToolInputError(
      name,
      say`${cleanLine(name)} takes true or false. Use ${cleanLine(argument)} to say more.`,
    );
  },
});

const FROM = ['from', 'startDate', 'dateFrom', 'fromDate', 'start', 'after', 'since', 'dateStart'] as const;
const TO = ['to', 'endDate', 'dateTo', 'toDate', 'end', 'before', 'until', 'dateEnd'] as const;

const firstOf = (given: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined =>
  names.find((candidate) => !saysNothing(candidate, given[candidate]));

const DAY = /^\s*\d{4}-\d{2}-\d{2}\s*$/;
/** Midnight is where a day begins: nothing of that day is before it. */
const AT_MIDNIGHT = /[T\s]\s*00:00(:00)?\s*$/;
const DAY_MS = 86_400_000;

/** One end of a pair of dates. What is `after` or `before` a day does not have that day in it. */
function endOf(name: string, value: unknown, argument: string): string {
  const said = asText(value);
  const isMidnight = AT_MIDNIGHT.test(said);
  if (isMidnight && name === 'after') return said;
  const text = isMidnight && name === 'before' ? said.replace(AT_MIDNIGHT, '') : said;
  const days = { after: 1, before: -1 }[name] ?? 0;
  if (days === 0 || /\dT?\s?\d{1,2}:\d{2}/.test(text)) return text;
  const day = DAY.test(text) ? Date.parse(text.trim()) : Number.NaN;
  if (!Number.isNaN(day)) return new Date(day + days * DAY_MS).toISOString().slice(0, 10);
  throw new ToolInputError(
    name,
    say`${cleanLine(name)} beside another date takes a date like 2026-03-04. Or send ${cleanLine(argument)} alone: "2026-03-04..2026-03-09".`,
  );
}

/** A period in an object, `{from: "2026-11-20", to: "2026-11-21"}`, as the text that says it; `undefined` for other objects. */
export function periodIn(value: Readonly<Record<string, unknown>>, argument: string): string | undefined {
  const names = Object.keys(value);
  const isPair = names.length > 0 && names.every((name) => [...FROM, ...TO].some((known) => known === name));
  return isPair ? pairSaid(value, argument) : undefined;
}

function pairSaid(given: Readonly<Record<string, unknown>>, argument: string): string | undefined {
  const [from, to] = [firstOf(given, FROM), firstOf(given, TO)];
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined) return `${to === 'before' ? 'before' : 'until'} ${asText(given[to ?? ''])}`;
  if (to === undefined) return `${from === 'after' ? 'after' : 'since'} ${asText(given[from])}`;
  return `${endOf(from, given[from], argument)}..${endOf(to, given[to], argument)}`;
}

/**
 * A pair of dates, under any of the names that models give them, for an argument that takes a period. The day itself is not `after`
 * nor `before` it, as in the phrases "after 20 November" and "before 20 November".
 */
export function datesFor(argument: string): Aliases {
  const alias: Alias = { argument, as: (_, given) => pairSaid(given, argument) };
  return Object.fromEntries([...FROM, ...TO].map((name) => [name, alias]));
}
