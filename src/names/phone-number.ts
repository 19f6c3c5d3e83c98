const EXTENSION = /[\s,;]*(?:\bext(?:ension|n)?\b\.?|\bx(?=\s*\d)|#)\s*:?\s*(\d{1,8})$/i;

/** A number as Manage keeps it. */
export interface NumberParts {
  readonly value: string;
  readonly extension?: string | undefined;
}

/** What Manage keeps of a number: `518-555-0123 ext. 12` is a value and an extension of its own. */
export function numberIn(text: string): NumberParts {
  const [behind, extension] = EXTENSION.exec(text) ?? [];
  const value = behind === undefined ? text : text.slice(0, -behind.length).trim();
  return extension === undefined || !/\d{3}/.test(value) ? { value: text } : { value, extension };
}

/** The digits of a text. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Digits that a number has in common with itself in another form: without a country's code, or the zero that stands for it. */
const telling = (text: string): string => {
  const international = /^\s*(\+|00)/.test(text);
  return digitsOf(text)
    .replace(/^0+/, '')
    .slice(international ? -9 : -10);
};

/** Fewer digits are a part of a number; as a pattern with gaps they would be found in most. */
export const LEAST_DIGITS = { whole: 9, number: 7 } as const;

/**
 * The `like` pattern of a phone number in any form: with or without a country's code, whatever stands between its groups. A part of
 * a number is looked for as it was typed. Its extension, which is a member of its own, plays no part. `undefined` for a text without
 * digits.
 */
export function phonePattern(given: string): string | undefined {
  const text = numberIn(given).value;
  const digits = telling(text);
  if (digits.length >= LEAST_DIGITS.whole) return `%${[...digits].join('%')}%`;
  const [, ...groups] = /^(\d*?)(\d{3})(\d{4})$/.exec(digits) ?? [];
  if (digits.length >= LEAST_DIGITS.number) return `%${groups.filter((group) => group !== '').join('%')}%`;
  const typed = text.replace(/^\D+|\D+$/g, '').replace(/\D+/g, '%');
  return typed === '' ? undefined : `%${typed}%`;
}

/** Whether a stored address or number is the one that was said: a phone number may lack its country's code, or have one. */
export function isReachedBy(stored: string, text: string): boolean {
  if (text.includes('@')) return stored.trim().toLowerCase() === text.toLowerCase();
  const [a, b] = [stored, text].map((one) => digitsOf(numberIn(one).value).replace(/^0+/, '')) as [string, string];
  const isNumber = Math.min(a.length, b.length) >= LEAST_DIGITS.number;
  return isNumber && (a.endsWith(b.slice(-10)) || b.endsWith(a.slice(-10)));
}
