/** How people spell days and times, turned into the one spelling that the parser knows. Every pattern is linear on a capped phrase. */

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS: Readonly<Record<string, number>> = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90 };

const numberOf = (word: string): number | undefined => {
  const one = ONES.indexOf(word);
  return one >= 0 ? one : TENS[word];
};

const NUMBER = new RegExp(
  `\\b(?:(${Object.keys(TENS).join('|')})(?:[\\s-](${ONES.slice(1, 10).join('|')}))?|(${ONES.join('|')}))\\b`,
  'gi',
);

/** A text with its number words as digits: `forty five minutes` gives `45 minutes`. */
export const withDigits = (text: string): string =>
  text.replace(NUMBER, (_, tens?: string, one?: string, small?: string) =>
    String(
      tens === undefined
        ? numberOf((small ?? '').toLowerCase())
        : (numberOf(tens.toLowerCase()) ?? 0) + (one === undefined ? 0 : (numberOf(one.toLowerCase()) ?? 0)),
    ),
  );

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const ORDINAL = '(?:st|nd|rd|th)?';
/** "November 11" and "nov 9-13, 2026"; the parser would take a number after a month for a year. */
const MONTH_FIRST = new RegExp(
  `\\b(${MONTH})\\.? (\\d{1,2})${ORDINAL}(?:(\\s*(?:-|–)\\s*)(\\d{1,2})${ORDINAL})?(?:,? (\\d{4}))?(?![\\d:.]|\\s*[ap]\\.?m)`,
  'gi',
);

/** A text about a day with its numbers in digits and its day before its month. */
export const spelledDays = (said: string): string =>
  withDigits(said).replace(MONTH_FIRST, (...found: (string | undefined)[]) => {
    const [, month, from, dash, to, year] = found;
    return [`${from}${dash === undefined ? '' : `-${to}`}`, month, year].filter((part) => part !== undefined).join(' ');
  });

/** How people say and write a time of day, and the spelling that the parser knows. */
const CLOCK: readonly (readonly [RegExp, string | ((...parts: string[]) => string)])[] = [
  [/\bquarter past (\d{1,2})(?!\d)/gi, '$1:15'],
  [
    /\b([1-5]?\d)(?: minutes)? past (\d{1,2})(?!\d)/gi,
    (_, minute = '', hour = '') => `${hour}:${minute.padStart(2, '0')}`,
  ],
  [/\b(\d{1,2}) (?=(?:yesterday|today|tomorrow|on)\b)/gi, '$1:00 '],
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
  [/\b(?:end of (?:the |business )?day|eod|cob|close of business)\b/gi, '17:00'],
  [/\b(\d{1,2})(?::(\d{2}))?\s*o'?clock\b/gi, (_, hour, minute = '00') => `${hour}:${minute}`],
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
