import { all, any, type Expression, field } from '../query/index.ts';

/** The word before an extension, which may follow the number at once: `5550123x12`. */
const EXTENSION_WORD = String.raw`(?:(?<![a-z])ext(?:ension|n)?(?![a-z])\.?|(?<![a-z])x(?=\s*\d)|#)`;
const EXTENSION = new RegExp(String.raw`[\s,;]*${EXTENSION_WORD}\s*:?\s*(\d{1,8})$`, 'i');
const EXTENSION_ALONE = new RegExp(String.raw`^\s*${EXTENSION_WORD}[^\d+(]*(\d{1,8})\s*$`, 'i');

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

/** A number with its extension, as answers print it. */
export const withExtension = ({ value, extension }: Partial<NumberParts>): string | undefined =>
  value !== undefined && extension ? `${value} ext. ${extension}` : value;

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
 * a number is looked for as it was typed. `undefined` for a text without digits.
 */
function phonePattern(text: string): string | undefined {
  const digits = telling(text);
  if (digits.length >= LEAST_DIGITS.whole) return `%${[...digits].join('%')}%`;
  const [, ...groups] = /^(\d*?)(\d{3})(\d{4})$/.exec(digits) ?? [];
  if (digits.length >= LEAST_DIGITS.number) return `%${groups.filter((group) => group !== '').join('%')}%`;
  const typed = text.replace(/^\D+|\D+$/g, '').replace(/\D+/g, '%');
  return typed === '' ? undefined : `%${typed}%`;
}

/** The extension of a text that says no number: "ext. 11", "extension no. 11", "x11". */
export const extensionAlone = (text: string): string | undefined => EXTENSION_ALONE.exec(text)?.[1];

/**
 * The ways to reach a contact (for `childConditions`) that hold a number, a part of one, or an extension. An extension behind a number
 * leaves out those who have another one, not those of whom none is known. `undefined` for a text without digits.
 */
export function itemWithNumber(text: string): Expression | undefined {
  const value = (pattern: string): Expression => field('communicationItems/value', 'like', pattern);
  const has = (own: string | null): Expression => field('communicationItems/extension', '=', own);
  const alone = extensionAlone(text);
  if (alone !== undefined) return any(has(alone), value(`%x%${alone}`));
  const { value: number, extension } = numberIn(text);
  const pattern = phonePattern(number);
  if (pattern === undefined || extension === undefined) return pattern === undefined ? undefined : value(pattern);
  return all(value(pattern), any(has(extension), has(null)));
}

/** Whether two numbers both say an extension, and not the same one. */
export const isElsewhere = (one: NumberParts, other: NumberParts): boolean =>
  one.extension !== undefined && other.extension !== undefined && one.extension !== other.extension;

/** Whether a stored number is the one that was said, with the extension that was said. */
export const hasExtensionOf = (stored: string, text: string): boolean =>
  isReachedBy(stored, text) && [stored, text].every((one) => numberIn(one).extension !== undefined);

/** Whether a stored address or number is the one that was said: either may lack its country's code or its extension. */
export function isReachedBy(stored: string, text: string): boolean {
  if (text.includes('@')) return stored.trim().toLowerCase() === text.toLowerCase();
  const [a, b] = [stored, text].map((one) => digitsOf(numberIn(one).value).replace(/^0+/, '')) as [string, string];
  const isNumber = Math.min(a.length, b.length) >= LEAST_DIGITS.number;
  const isOther = isElsewhere(numberIn(stored), numberIn(text));
  return isNumber && !isOther && (a.endsWith(b.slice(-10)) || b.endsWith(a.slice(-10)));
}
