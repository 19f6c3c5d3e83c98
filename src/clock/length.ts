import { ClockError } from './errors.ts';
import { withDigits } from './spelling.ts';

const UNITS = /(\d+(?:[.,]\d+)?)\s*(hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])/gi;
const CLOCK = /^(\d{1,2}):([0-5]\d)(?::[0-5]\d)?$/;
const ISO_DURATION = /^pt(?=\d)(?:(\d+(?:\.\d+)?)h)?(?:(\d+)m)?(?:\d+s)?$/;

/** How people say lengths, after number words became digits. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:about|around|approx(?:imately|\.)?|roughly|circa|~|ca\.?)\s*/, ''],
  [/ or so$/, ''],
  // 1,000 minutes; a comma before fewer digits is a decimal one
  [/\b(\d{1,3}),(\d{3})\b/g, '$1$2'],
  [/\b(h(?:ou)?rs?|min(?:ute)?s?|sec(?:ond)?s?)\./g, '$1'],
  [/(?<![a-z])hrs?(?![a-z])/g, 'hour'],
  [/\ban? couple (?:of )?|\bcouple (?:of )?/, '2 '],
  [/^(?:3|three) quarters of an hour$|^(?:3\/4|¾)(?: of)?(?: an?)? hours?$/, '45 minutes'],
  [/\b(?:an?|1)? ?hour and a half\b/, '90 minutes'],
  [/\b(?:an?|1)? ?hour and a quarter\b/, '75 minutes'],
  [/\b(\d+)(?: hours?)? and a half(?: hours?)?\b/, '$1.5 hours'],
  [/\b(\d+)(?: hours?)? and a quarter(?: hours?)?\b/, '$1.25 hours'],
  [/\b(\d+)(?: hours?)? and (?:3|three)[ -]quarters?(?: hours?)?\b/, '$1.75 hours'],
  [/\b(\d+)[ -]1\/2\b|\b(\d+) ?½/, '$1$2.5'],
  [/\b(\d+)[ -]1\/4\b|\b(\d+) ?¼/, '$1$2.25'],
  [/\b(\d+)[ -]3\/4\b|\b(\d+) ?¾/, '$1$2.75'],
  [/^(?:1\/2|½)(?: an)?(?: hours?)?$/, '30 minutes'],
  [/^(?:1\/4|¼)(?: of)?(?: an)?(?: hours?)?$/, '15 minutes'],
  [/\bhalf an hour\b|\bhalf hour\b/, '30 minutes'],
  [/\b(?:a )?quarter of an hour\b|\bquarter hour\b/, '15 minutes'],
  [/\ban? hour\b|^hour\b/, '1 hour'],
  [/\ba minute\b/, '1 minute'],
  [/^(\d{1,2}:[0-5]\d) ?(?:h|hours?)$/, '$1'],
  [/(^|[^\d])\.(\d)/, '$10.$2'],
  // "1h30", "2 hours 15" and "an hour and twenty" leave their minutes without a unit.
  [/\b(\d+) ?h(?:ours?)?(?: and)? ?([0-5]\d)$/, '$1h $2m'],
];

const MINUTES: Readonly<Record<string, number>> = { h: 60, m: 1, s: 1 / 60 };

/**
 * A length of time in minutes, not rounded; `undefined` for anything else. A bare number is only a length where its unit is known.
 * @param bareUnit the minutes that a bare number counts
 */
export function lengthIn(given: string, bareUnit: number | undefined): number | undefined {
  const said = given.trim().toLowerCase();
  const iso = ISO_DURATION.exec(said);
  if (iso) return Number(iso[1] ?? 0) * 60 + Number(iso[2] ?? 0);
  const text = WORDS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), withDigits(said));
  const clock = CLOCK.exec(text);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const bare = /^(\d+(?:[.,]\d+)?)$/.exec(text)?.[1];
  if (bare !== undefined) return bareUnit === undefined ? undefined : Number(bare.replace(',', '.')) * bareUnit;
  let minutes = 0;
  let matched = false;
  const rest = text.replace(UNITS, (_, amount: string, unit: string) => {
    matched = true;
    minutes += Number(amount.replace(',', '.')) * (MINUTES[unit.charAt(0)] ?? 0);
    return '';
  });
  return matched && /^(?:\s|and|,)*$/.test(rest) ? minutes : undefined;
}

export interface LengthOptions {
  /** The argument that carries the length; errors name it. */
  readonly argument: string;
  /**
   * What a bare number counts; hours when left out. Where nobody said, up to two are hours and five or more are minutes; what lies
   * between is refused.
   */
  readonly unit?: 'hours' | 'minutes' | 'unsaid';
  /** The longest that is taken, in minutes; a day when left out. */
  readonly most?: number;
}

const DAY_MINUTES = 24 * 60;
const LONGEST_TEXT = 200;
/** Of a bare number without a unit: up to the first it is hours, from the second on it is minutes. */
const UNSAID = { hours: 2, minutes: 5 } as const;

/**
 * A length of time in whole minutes: `0.75`, `"45 minutes"`, `"1h 30m"`, `"0:45"`, `"an hour"`, `"two and a half hours"`, `"PT45M"`.
 * @throws {ClockError} for anything else, for nothing and less, and for more than `most`
 */
export function readLength(
  given: string | number,
  { argument, unit = 'hours', most = DAY_MINUTES }: LengthOptions,
): number {
  const text = typeof given === 'number' ? String(given) : given;
  const said = text.length > LONGEST_TEXT ? `of ${text.length} characters` : JSON.stringify(given);
  const bare = /^\s*\d+(?:[.,]\d+)?\s*$/.test(text.slice(0, LONGEST_TEXT)) ? Number(text.replace(',', '.')) : undefined;
  if (unit === 'unsaid' && bare !== undefined && bare > UNSAID.hours && bare < UNSAID.minutes)
    throw new ClockError(
      argument,
      'ambiguous',
      `${argument} ${said} can be read as hours or minutes. Send "${bare} hours" or "${bare} minutes".`,
    );
  const exact = text.length > LONGEST_TEXT ? undefined : lengthIn(text, bareMinutes(unit, bare));
  const minutes = exact === undefined ? Number.NaN : Math.round(exact);
  if (!(minutes > 0))
    throw new ClockError(
      argument,
      'unreadable',
      `${argument} ${said} is not a length of time. Send hours (0.75), "45 minutes", "1h 30m" or "0:45".`,
    );
  if (minutes <= most) return minutes;
  const meant = bare === undefined ? '' : ` For minutes send "${bare} minutes".`;
  const longest = most === DAY_MINUTES ? 'a day' : showHours(most / 60);
  throw new ClockError(argument, 'tooLong', `${argument} ${said} is more than ${longest}.${meant}`);
}

function bareMinutes(unit: LengthOptions['unit'], bare: number | undefined): number {
  if (unit === 'unsaid') return bare !== undefined && bare >= UNSAID.minutes ? 1 : 60;
  return unit === 'minutes' ? 1 : 60;
}

/** `0.75 h`; at most two decimals. */
export const showHours = (hours: number): string => `${Math.round(hours * 100) / 100} h`;
