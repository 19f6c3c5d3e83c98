import type { Unit } from './report.ts';

// As the server writes them into the text: one number looks the same in both.
const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const ROUGH = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const MONEY = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const SHORT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** `1,234.50`, `84.2%`, `12.5`; a dash where there is no value. @param isWhole amounts are told without cents */
export function shown(value: number | null, unit: Unit, isWhole = false): string {
  if (value === null) return '–';
  if (unit === 'money' && !isWhole && value !== 0) return MONEY.format(value);
  if (unit === 'percent') return `${ROUGH.format(value)}%`;
  return (unit === 'days' ? ROUGH : COUNT).format(value);
}

/** A unit with what is told with it: the currency of amounts, and whether none of them has cents. */
export interface Told {
  readonly unit: Unit;
  readonly isWhole?: boolean | undefined;
  readonly currency?: string | undefined;
}

/** The same with what it counts: `12.5 h`, `1,234.50 USD`. */
export function shownWithUnit(value: number | null, { unit, isWhole, currency }: Told): string {
  const words: Readonly<Partial<Record<Unit, string>>> = { hours: 'h', days: 'days', money: currency };
  const word = value === null ? undefined : words[unit];
  const number = shown(value, unit, isWhole);
  return word === undefined ? number : `${number} ${word}`;
}

/** On an axis: `12K`, `80%`. */
export const onAxis = (value: number, unit: Unit): string => {
  const text = Math.abs(value) >= 10_000 ? SHORT.format(value) : COUNT.format(value);
  return unit === 'percent' ? `${text}%` : text;
};
