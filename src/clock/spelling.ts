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

export const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
export const MONTH = `(?:${MONTHS.join('|')})[a-z]{0,6}`;
export const WEEKDAYS = 'mon tue wed thu fri sat sun'.split(' ');
export const WEEKDAY = '(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?';
/** Which week, or which weekday, is meant. */
export const WHICH = '(?:last|past|previous|this|next|coming)';
/** Units in which days are counted. */
export const DAY_UNITS = 'day|week|fortnight|month|year';
const ORDINAL = '(?:st|nd|rd|th)?';
/** "November 11" and "nov 9-13, 2026"; the parser would take a number after a month for a year. */
const MONTH_FIRST = new RegExp(
  `\\b(${MONTH})\\.? (\\d{1,2})${ORDINAL}(?:(\\s*(?:-|–)\\s*)(\\d{1,2})${ORDINAL})?(?:,? (\\d{4}))?(?![\\d:.]|\\s*[ap]\\.?m)`,
  'gi',
);

const century = (_: string, before = '', year = ''): string => `${before} 20${year}`;

/** How people write days and their names, and the spelling that the parser knows. */
const DAYS: readonly (readonly [RegExp, string | ((...parts: string[]) => string)])[] = [
  // 2026/12/04, 2026.12.04, 20261204
  [/\b(20\d{2})([/.])(\d{1,2})\2(\d{1,2})(?!\d)/g, (said) => isoDate(...(said.split(/[/.]/) as []))],
  [
    /^(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?= |$)/,
    (_, year, month = '', day = '') => isoDate(year, month, day),
  ],
  // 4 Dec '26, 4-Dec-26; a bare number after the month may be an hour
  [new RegExp(`\\b(\\d{1,2}[ -]?${MONTH}),?[ -]?'(\\d{2})(?!\\d)`, 'gi'), century],
  [new RegExp(`\\b(\\d{1,2}-${MONTH})-(\\d{2})(?!\\d)`, 'gi'), century],
  [/\b(?:tues)(?=$|[ ,])/gi, 'tuesday'],
  [/\bweds(?=$|[ ,])/gi, 'wednesday'],
  [/\b(?:yday|yest)\b/gi, 'yesterday'],
  [/\b(?:2mor+ow|2moro|tomoro|tomorow)\b/gi, 'tomorrow'],
  [/(?<!\bthe )\bday (?=after tomorrow\b|before yesterday\b)/gi, 'the day '],
  [/\bhence\b/gi, 'from now'],
  [/ ?@ ?/g, ' at '],
  [/^now ?[-–—] ?(.+)$/gi, '$1 ago'],
  [/^now ?\+ ?(.+)$/gi, 'in $1'],
  [/\beo([wmqy])\b/gi, (_, unit = '') => `end of ${END_UNITS[unit.toLowerCase()] ?? ''}`],
  // "in a week's time", "in two weeks' time"
  [new RegExp(`\\b(${DAY_UNITS})(s?)(?:'s|s'|')? time\\b`, 'gi'), '$1$2'],
  [/\b(?:an?|the) couple(?: of)? (?=[a-z])|\bcouple(?: of)? (?=[a-z])/gi, '2 '],
  [/\b(?:arvo|avo)\b/gi, 'afternoon'],
  [new RegExp(`\\b(${MONTH}) the (\\d{1,2})(?:st|nd|rd|th)`, 'gi'), '$2 $1'],
  [/\bfirst thing(?: in the morning)?(?= ?[a-z])|(?<=[a-z] )first thing(?: in the morning)?$/gi, 'morning'],
  [
    new RegExp(`\\b(today|tomorrow|yesterday|${WEEKDAY}) (am|pm)$`, 'gi'),
    (_, day = '', half = '') => `${day} ${/am/i.test(half) ? 'morning' : 'afternoon'}`,
  ],
];

const END_UNITS: Readonly<Record<string, string>> = { w: 'week', m: 'month', q: 'quarter', y: 'year' };

const isoDate = (year = '', month = '', day = ''): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

/** "The morning of 4 Dec": the parser loses a day that stands behind the part of it. */
const PART_FIRST = /^(?:in |on )?(?:the )?(morning|afternoon|evening)(?: of| on|,)? (.+)$/i;

/** A text in which days are written as the parser knows them, its numbers in digits. */
export const plainDays = (said: string): string =>
  DAYS.reduce((rest, [pattern, spelling]) => rest.replace(pattern, spelling as string), withDigits(said)).replace(
    PART_FIRST,
    '$2 $1',
  );

/** A text about a day with its numbers in digits and its day before its month. */
export const spelledDays = (said: string): string =>
  plainDays(said).replace(MONTH_FIRST, (...found: (string | undefined)[]) => {
    const [, month, from, dash, to, year] = found;
    return [`${from}${dash === undefined ? '' : `-${to}`}`, month, year].filter((part) => part !== undefined).join(' ');
  });

/** The end of a day's work. */
export const CLOSE =
  /\b(?:(?:the )?end of (?:the |business |work(?:ing)? )?day|end of business|eod|eob|cob|cop|close of (?:business|play))\b/gi;

/** How people say and write a time of day, and the spelling that the parser knows. */
const CLOCK: readonly (readonly [RegExp, string | ((...parts: string[]) => string)])[] = [
  [/\bmidnight tonight\b|\btonight(?: at)? midnight\b/gi, 'today 24:00'],
  [/\bmidnight last night\b|\blast night(?: at)? midnight\b/gi, 'today 0:00'],
  // "2p", "9:30a"
  [/\b(\d{1,2}(?:[:.]\d{2})?) ?([ap])(?=$|[\s,])/gi, '$1$2m'],
  [/\bhalf (\d{1,2})(?=$| (?!hours?|days?))/gi, '$1:30'],
  [
    /\b(?:(20|25)(?: minutes| mins)?|(\d{1,2}) (?:minutes|mins)) to (\d{1,2})(?!\d)/gi,
    (_, many, some, hour = '') =>
      `${hour === '1' ? 12 : Number(hour) - 1}:${String(60 - Number(many ?? some)).padStart(2, '0')}`,
  ],
  // 1530 hrs; "tomorrow 0900", "0900 on Friday", "2026-12-04 1400"; after a month only what is no year
  [/\b([01]\d|2[0-3])([0-5]\d) ?(?:hrs?|hours|h)\b/gi, '$1:$2'],
  [
    new RegExp(
      `((?:\\b(?:today|tomorrow|yesterday|tonight|${WEEKDAY})|\\d(?:st|nd|rd|th)|\\d{4}-\\d{2}-\\d{2}),?(?: at)?) ([01]\\d|2[0-3])([0-5]\\d)(?=$| )`,
      'gi',
    ),
    '$1 $2:$3',
  ],
  [
    new RegExp(
      `^(at |from )?([01]\\d|2[0-3])([0-5]\\d)(?= (?:on |the )*(?:today|tomorrow|yesterday|tonight|next|last|this|${WEEKDAY}|\\d{1,2}(?:st|nd|rd|th)? ${MONTH}|\\d{4}-))`,
      'gi',
    ),
    '$1$2:$3',
  ],
  [new RegExp(`(\\b${MONTH}(?: \\d{4})?,?(?: at)?) (?!19[6-9])(0\\d|1\\d|2[1-3])([0-5]\\d)(?=$| )`, 'gi'), '$1 $2:$3'],
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
  // "this morning 9", "Monday afternoon 3:30"
  [
    /\b(morning|afternoon|evening|tonight|night),? ([01]?\d|2[0-3])(?::?([0-5]\d))?$/gi,
    (_, part, hour, minute = '00') => `${part} at ${hour}:${minute}`,
  ],
  [CLOSE, '17:00'],
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
