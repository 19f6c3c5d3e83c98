import { ClockError } from './errors.ts';

const UNITS = /(\d+(?:[.,]\d+)?)\s*(hours?|hrs?|h|minutes?|mins?|m)(?![a-z])/gi;
const CLOCK = /^(\d{1,2}):([0-5]\d)$/;

/**
 * A length of time in hours: `0.75`, `"45 minutes"`, `"1h 30m"`, `"0:45"`, `"an hour"`, `"half an hour"`. A bare number is hours.
 * @throws {ClockError} for anything else, zero and negative included.
 */
export function readHours(given: string | number, { argument }: { argument: string }): number {
  const hours = typeof given === 'number' ? given : hoursIn(given.trim().toLowerCase());
  if (hours === undefined || !Number.isFinite(hours) || hours <= 0) {
    const said = JSON.stringify(given);
    throw new ClockError(
      argument,
      `${argument} ${said} is no length of time. Send hours (0.75), "45 minutes", "1h 30m" or "0:45".`,
    );
  }
  return Math.round(hours * 10_000) / 10_000;
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bthree quarters of an hour\b/, '45 minutes'],
  [/\b(?:an? )?hour and a half\b/, '90 minutes'],
  [/\b(\d+) and a half hours?\b/, '$1.5 hours'],
  [/\bhalf an hour\b|\bhalf hour\b/, '30 minutes'],
  [/\b(?:a )?quarter of an hour\b|\bquarter hour\b/, '15 minutes'],
  [/\ban? hour\b/, '1 hour'],
  [/\ba minute\b/, '1 minute'],
];

function hoursIn(said: string): number | undefined {
  const clock = CLOCK.exec(said);
  if (clock) return Number(clock[1]) + Number(clock[2]) / 60;
  const text = WORDS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), said);
  if (/^\d+([.,]\d+)?$/.test(text)) return Number(text.replace(',', '.'));
  let hours = 0;
  let matched = false;
  const rest = text.replace(UNITS, (_, amount: string, unit: string) => {
    matched = true;
    hours += Number(amount.replace(',', '.')) / (unit.startsWith('m') ? 60 : 1);
    return '';
  });
  return matched && /^(\s|and|,)*$/.test(rest) ? hours : undefined;
}

/** `0.75 h`; at most two decimals. */
export const showHours = (hours: number): string => `${Math.round(hours * 100) / 100} h`;
