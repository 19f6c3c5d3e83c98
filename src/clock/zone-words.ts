import type { DateTime } from 'luxon';
import { ClockError } from './errors.ts';
import type { PhraseOptions } from './said.ts';
import type { Zoned } from './written.ts';

/** How Americans say their zones; elsewhere "Eastern" and "Central" are other ones. */
const AMERICAN: Readonly<Record<string, string>> = {
  eastern: 'America/New_York',
  central: 'America/Chicago',
  mountain: 'America/Denver',
  pacific: 'America/Los_Angeles',
};
const SPOKEN = /\b(eastern|central|mountain|pacific)(?: (?:standard|daylight))?(?: time)?\b/i;
const OF_PLACE = /\b(?:([a-z]+) )?([a-z]+) time\b/i;

let places: ReadonlyMap<string, string> | undefined;

/** Zones by the place that they are named after, and by what else people call it. */
function zoneOf(place: string): string | undefined {
  places ??= new Map([
    ...Intl.supportedValuesOf('timeZone').map(
      (zone) => [(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ').toLowerCase(), zone] as const,
    ),
    ['uk', 'Europe/London'],
    ['india', 'Asia/Kolkata'],
    ['indian', 'Asia/Kolkata'],
    ['kolkata', 'Asia/Kolkata'],
  ]);
  return places.get(place.toLowerCase());
}

/** A zone in words, "2pm Pacific", "10am London time", and the rest of the text; `undefined` where there is none. */
export function spokenZone(text: string, now: DateTime): Zoned | undefined {
  const without = (said: string): string => text.replace(said, ' ').replace(/\s+/g, ' ').trim();
  const american = SPOKEN.exec(text);
  if (american !== null && /^(?:America|US)\/|^Pacific\/Honolulu$/.test(now.zoneName ?? ''))
    return { rest: without(american[0]), zone: AMERICAN[(american[1] ?? '').toLowerCase()] };
  const [said = '', first, second = ''] = OF_PLACE.exec(text) ?? [];
  const both = first === undefined ? undefined : zoneOf(`${first} ${second}`);
  if (both !== undefined) return { rest: without(said), zone: both };
  const one = zoneOf(second);
  return one === undefined ? undefined : { rest: without(`${second} time`), zone: one };
}

/** Abbreviations that mean something else to people in these zones than to the rest of the world. */
const OTHERWISE: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:[EC][SD]T|WST)\b/, /^Australia\//],
  [/\bIST\b/, /^(?:Europe\/Dublin|Asia\/Jerusalem|Asia\/Tel_Aviv)$/],
  [/\bCST\b/, /^(?:Asia\/(?:Shanghai|Taipei|Macau)|America\/Havana)$/],
  [/\bBST\b/, /^Asia\/Dhaka$/],
];
const STANDARD = /\b[A-Z]{1,3}ST\b/;

/**
 * Looks at a zone's abbreviation beside a time. "EST" means another zone in Australia, and many in New York say it all year.
 * @param offset that it stands for, in minutes east of UTC
 * @throws {ClockError} where another offset may be meant
 */
export function checkAbbreviation(text: string, offset: number, { now, argument }: PhraseOptions): void {
  const said = text.toUpperCase();
  const isOther = OTHERWISE.some(([word, zone]) => word.test(said) && zone.test(now.zoneName ?? ''));
  const winter = Math.min(now.set({ month: 1 }).offset, now.set({ month: 7 }).offset);
  const isSummer = STANDARD.test(said) && now.offset !== winter && offset === winter;
  if (!isOther && !isSummer) return;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${JSON.stringify(text)}: its zone can be read in two ways. Leave it out for the local time (${now.zoneName}), or send an offset, like 2026-03-04T14:00+10:00.`,
  );
}
