import { ClockError } from './errors.ts';
import { withDigits } from './number-words.ts';

const UNITS = /(\d+(?:[.,]\d+)?)\s*(hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])/gi;
const CLOCK = /^(\d{1,2}):([0-5]\d)(?::[0-5]\d)?$/;
const ISO_DURATION = /^pt(?:(\d+(?:\.\d+)?)h)?(?:(\d+)m)?(?:\d+s)?$/;

/**
 * A length of time in hours: `0.75`, `"45 minutes"`, `"1h 30m"`, `"0:45"`, `"an hour"`, `"two and a half hours"`, `"PT45M"`. A bare
 * number is hours.
 * @throws {ClockError} for anything else, zero and negative included.
 */
export function readHours(given: string | number, { argument }: { argument: string }): number {
  const hours = typeof given === 'number' ? given : hoursIn(given.trim().toLowerCase());
  if (hours === undefined || !Number.isFinite(hours) || hours <= 0) {
    const said = JSON.stringify(given);
    throw new ClockError(
      argument,
      'unreadable',
      `${argument} ${said} is no length of time. Send hours (0.75), "45 minutes", "1h 30m" or "0:45".`,
    );
  }
  return Math.round(hours * 10_000) / 10_000;
}

/** How people say lengths, after number words became digits. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:about|around|approx(?:imately|\.)?|roughly|circa|~|ca\.?)\s*/, ''],
  [/\b(?:3|three) quarters of an hour\b/, '45 minutes'],
  [/\b(?:an?|1)? ?hour and a half\b/, '90 minutes'],
  [/\b(\d+)(?: hours?)? and a half(?: hours?)?\b/, '$1.5 hours'],
  [/\b(\d+)(?: hours?)? and a quarter(?: hours?)?\b/, '$1.25 hours'],
  [/\b(\d+)[ -]1\/2\b|\b(\d+) ?½/, '$1$2.5'],
  [/\b(\d+)[ -]1\/4\b|\b(\d+) ?¼/, '$1$2.25'],
  [/^(?:1\/2|½)(?: an)?(?: hours?)?$/, '30 minutes'],
  [/\bhalf an hour\b|\bhalf hour\b/, '30 minutes'],
  [/\b(?:a )?quarter of an hour\b|\bquarter hour\b/, '15 minutes'],
  [/\ban? hour\b/, '1 hour'],
  [/\ba minute\b/, '1 minute'],
  // "1h30" leaves its minutes without a unit.
  [/\b(\d+) ?h ?([0-5]\d)$/, '$1h $2m'],
];

function hoursIn(said: string): number | undefined {
  const clock = CLOCK.exec(said);
  if (clock) return Number(clock[1]) + Number(clock[2]) / 60;
  const iso = ISO_DURATION.exec(said);
  if (iso) return Number(iso[1] ?? 0) + Number(iso[2] ?? 0) / 60;
  const text = WORDS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), withDigits(said));
  if (/^\d+([.,]\d+)?$/.test(text)) return Number(text.replace(',', '.'));
  let hours = 0;
  let matched = false;
  const rest = text.replace(UNITS, (_, amount: string, unit: string) => {
    matched = true;
    hours += Number(amount.replace(',', '.')) / (unit.startsWith('m') ? 60 : unit.startsWith('s') ? 3_600 : 1);
    return '';
  });
  return matched && /^(\s|and|,)*$/.test(rest) ? hours : undefined;
}

/** `0.75 h`; at most two decimals. */
export const showHours = (hours: number): string => `${Math.round(hours * 100) / 100} h`;
