/** A number that somebody wrote, or the numbers that it can be. */
export type SaidNumber = { readonly value: number } | { readonly either: readonly [number, number] };

/** Longer texts are not taken for a number. */
const LONGEST = 40;

const CURRENCY = '(?:usd|cad|aud|nzd|eur|gbp|chf|inr|jpy|zar|sek|nok|dkk|sgd|us\\$|[$€£¥₹])';
const BEFORE = new RegExp(`^${CURRENCY}\\s*`, 'i');
const BEHIND = new RegExp(`(?<=\\d)\\s*${CURRENCY}$`, 'i');
const IN_PARENTHESES = /^\((.+)\)$/;
/** `1k`, `$12.9k`. */
const THOUSANDS = /(?<=\d)\s?k$/i;

const PLAIN = /^\d+(?:\.\d+)?$|^\.\d+$/;
/** Spaces and apostrophes group thousands and nothing else. */
const SPACED = /^\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?=$|[.,]\d{1,2}$)/;
const DECIMAL_COMMA = /^\d+,\d{1,2}$/;
/** Three digits after one separator: thousands to some, a fraction to others. */
const EITHER = /^[1-9]\d{0,2}[.,]\d{3}$/;
const COMMAS_GROUP = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const DOTS_GROUP = /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;

/** Digits with their separators, without sign and currency. */
function unsigned(text: string, hasCurrency: boolean): SaidNumber | undefined {
  const digits = SPACED.test(text) ? text.replace(/[ \u00a0\u202f'’]/g, '') : text;
  if (EITHER.test(digits)) {
    const [small, large] = [Number(digits.replace(',', '.')), Number(digits.replace(/[.,]/, ''))];
    // Nobody writes "$1,250" for one dollar and a quarter; "€1.250" may be either.
    return hasCurrency && digits.includes(',') ? { value: large } : { either: [small, large] };
  }
  if (PLAIN.test(digits)) return { value: Number(digits) };
  if (DECIMAL_COMMA.test(digits)) return { value: Number(digits.replace(',', '.')) };
  if (COMMAS_GROUP.test(digits)) return { value: Number(digits.replaceAll(',', '')) };
  if (DOTS_GROUP.test(digits)) return { value: Number(digits.replaceAll('.', '').replace(',', '.')) };
  return undefined;
}

/**
 * A number as people write it: `1250`, `$1,250.00`, `1.250,00`, `USD 80`, `1 250`, `12.9k`, `($100.00)`. What can be two numbers, such
 * as `1.250`, is both of them; `undefined` for anything else.
 */
export function numberSaid(given: string): SaidNumber | undefined {
  const text = given.trim();
  if (text.length > LONGEST) return undefined;
  const owed = IN_PARENTHESES.exec(text)?.[1];
  const [, before = '', rest = ''] = /^([+-]?)\s*(.*)$/.exec((owed ?? text).trim()) ?? [];
  const amount = rest.replace(BEFORE, '').replace(BEHIND, '').trim();
  const [, within = '', unscaled = ''] = /^(-?)(.*)$/.exec(amount) ?? [];
  const minus = [owed === undefined ? '' : '-', before === '-' ? '-' : '', within].filter((sign) => sign !== '');
  // "+10" can be ten more.
  if (before === '+' || minus.length > 1) return undefined;
  const scale = THOUSANDS.test(unscaled) ? 1000 : 1;
  const found = unsigned(unscaled.replace(THOUSANDS, ''), amount !== rest);
  const signed = (value: number): number => Number(((minus.length === 1 ? -1 : 1) * value * scale).toPrecision(15));
  if (found === undefined) return undefined;
  return 'value' in found
    ? { value: signed(found.value) }
    : { either: [signed(found.either[0]), signed(found.either[1])] };
}

/** A number as {@link numberSaid} reads it, with or without a percent sign behind it. */
export const percentSaid = (given: string): SaidNumber | undefined => numberSaid(given.replace(/\s*%$/, ''));

/** The currency that a number is written with, as it is written there: `EUR`, `$`. `undefined` where it is written without one. */
export function currencySaid(given: string): string | undefined {
  const text = given
    .trim()
    .slice(0, LONGEST)
    .replace(/^\(|\)$/g, '')
    .replace(/^[+-]\s*/, '');
  return (BEFORE.exec(text) ?? BEHIND.exec(text))?.[0].trim().toUpperCase();
}
