import type { DateTime } from 'luxon';
import type { Direction } from './errors.ts';
import { withDigits } from './number-words.ts';

/** "The 20th": the last one, or the coming one where that is preferred. */
function dayOfMonth(day: number, now: DateTime, direction: Direction): string | undefined {
  for (let months = 0; months < 3; months += 1) {
    const month = now.startOf('month').plus({ months: direction !== 'ahead' ? -months : months });
    const date = month.set({ day });
    const fits = direction !== 'ahead' ? date <= now : date >= now.startOf('day');
    if (date.hasSame(month, 'month') && fits) return date.toISODate() ?? undefined;
  }
  return undefined;
}

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const ORDINAL = '(?:st|nd|rd|th)?';
/** "November 11" and "nov 9-13, 2026"; the parser would take a number after a month for a year. */
const MONTH_FIRST = new RegExp(
  `\\b(${MONTH})\\.? (\\d{1,2})${ORDINAL}(?:(\\s*(?:-|–)\\s*)(\\d{1,2})${ORDINAL})?(?:,? (\\d{4}))?(?![\\d:.]|\\s*[ap]\\.?m)`,
  'gi',
);

/** A text about a day with its numbers in digits and its day before its month; "the 20th" as a date. */
export const spelledOut = (said: string, now: DateTime, direction: Direction): string =>
  withDigits(said)
    .replace(MONTH_FIRST, (_, month: string, from: string, dash?: string, to?: string, year?: string) =>
      [`${from}${dash === undefined ? '' : `-${to}`}`, month, year].filter((part) => part !== undefined).join(' '),
    )
    .replace(
      /\b(?:on )?the (\d{1,2})(?:st|nd|rd|th)\b(?! of)/gi,
      (whole: string, day: string) => dayOfMonth(Number(day), now, direction) ?? whole,
    );

/** How people say and write a time of day, and the spelling that the parser knows. */
const CLOCK: readonly (readonly [RegExp, string | ((...parts: string[]) => string)])[] = [
  [/\bquarter past (\d{1,2})(?!\d)/gi, '$1:15'],
  [/\bhalf past (\d{1,2})(?!\d)/gi, '$1:30'],
  [/\bquarter to (\d{1,2})(?!\d)/gi, (_, hour = '') => `${hour === '1' ? 12 : Number(hour) - 1}:45`],
  // "nine thirty", after the words became digits
  [/\b(\d{1,2}) (15|30|45)(?=\s*(?:[ap]\.?m|$))/gi, '$1:$2'],
  [
    /\b(\d{1,2})(?::(\d{2}))? (?:in the |this |yesterday )?morning\b/gi,
    (_, hour, minute = '00') => `${hour}:${minute}am`,
  ],
  [
    /\b(\d{1,2})(?::(\d{2}))? (?:in the |this )?(?:afternoon|evening)\b/gi,
    (_, hour, minute = '00') => `${hour}:${minute}${Number(hour) < 12 ? 'pm' : ''}`,
  ],
  // 14h30, 14:30 h, 14.30, 1430
  [/\b([01]?\d|2[0-3])h([0-5]\d)?\b/g, (_, hour, minute = '00') => `${hour}:${minute}`],
  [/(\d:\d{2})\s*(?:h|hrs|uhr)\b/gi, '$1'],
  [/^(at |from )?([01]?\d|2[0-3])\.([0-5]\d)$/i, '$1$2:$3'],
  [/^((?:at |from )?)([01]\d|2[0-3])([0-5]\d)(?=$|\s*(?:-|–|to)\s*[0-2]\d[0-5]\d$)/i, '$1$2:$3'],
  [/(?<=\d:\d{2}\s*(?:-|–|to)\s*)([01]\d|2[0-3])([0-5]\d)$/i, '$1:$2'],
  [/^(?:at )?([01]?\d|2[0-3])$/i, '$1:00'],
];

/** A text about a time of day in the spelling that the parser knows: "half past 2", "14h30", "1400", "8 this morning", a bare "9". */
export const spelledClock = (text: string): string =>
  CLOCK.reduce((rest, [pattern, spelling]) => rest.replace(pattern, spelling as string), text.trim());
