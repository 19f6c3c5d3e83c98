import { InvalidArgumentError } from 'commander';
import { zoneProblem } from '../config/problems.ts';

// How the values of flags are read. What each throws ends the program with 2 and the flag's name before the sentence.

/** A whole number, 0 or more. @param most the largest; the largest that counts exactly when left out */
export const whole =
  (most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isSafeInteger(value) && value >= 0 && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? '0 or more' : `from 0 to ${most}`;
    throw new InvalidArgumentError(`It has to be a whole number, ${range}.`);
  };

/** A port; 0 is a free one. */
export const port = whole(65_535);

/** A version of Manage as its name begins: `2025.1`. */
export function version(text: string): string {
  if (/^20\d\d\.\d{1,2}$/.test(text)) return text;
  throw new InvalidArgumentError('It has to look like 2025.1.');
}

/** An IANA time zone. */
export function zone(text: string): string {
  if (zoneProblem(text) === undefined) return text;
  throw new InvalidArgumentError('It has to be an IANA time zone like America/New_York or Europe/London.');
}
