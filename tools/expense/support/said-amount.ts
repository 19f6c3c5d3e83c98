import type { Named } from '../../../src/names/index.ts';
import { numberSaid } from '../../../src/query/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/** What an amount counts: money, or the distance of a type for mileage. */
type Unit = 'money' | 'miles' | 'km';

/** A number with its unit, as a text has it: `120 km`. */
interface Quantity {
  readonly unit: Unit;
  /** Two where `1,250` can be read in two ways. */
  readonly values: readonly number[];
  readonly said: Clean;
}

const CURRENCY = `[$€£¥₹]|(?:${Intl.supportedValuesOf('currency').join('|')}|dollars?|bucks|euros?|pounds?|rand)\\b`;
const NUMBER = String.raw`(\d[\d.,]*)[\s-]?`;
const MILES = String.raw`mi(?:les?)?\b`;
const KM = String.raw`(?:kms?|kilomet(?:er|re)s?)\b`;
const IN_MILES = String.raw`\bmiles?\b|(?<=\d[\s-]?)${MILES}`;
const IN_KM = String.raw`(?:\b|(?<=\d))${KM}`;
const NAMES = { miles: new RegExp(IN_MILES, 'i'), km: new RegExp(IN_KM, 'i') };
const DISTANCE = new RegExp(String.raw`${IN_MILES}|${IN_KM}|\b(?:mileage|drove|driving)\b`, 'i');
const IN_UNITS: readonly (readonly [Unit, RegExp])[] = [
  ['miles', new RegExp(NUMBER + MILES, 'gi')],
  ['km', new RegExp(NUMBER + KM, 'gi')],
  ['money', new RegExp(`${NUMBER}(?:${CURRENCY})`, 'g')],
  ['money', /(?:[$€£¥₹]|\b[A-Z]{3}\s)\s?(\d[\d.,]*)/g],
];

/** What is filled in at a petrol station. */
export const FUEL = 'fuel|petrol|gas|gasoline|diesel';

/** Words for what is paid for on the road: an amount beside them can be money. */
const PAID = new RegExp(String.raw`\b(?:${FUEL}|tolls?|fares?|receipts?|paid|bought|cost|rental|rented|hired?)\b`, 'i');

const KM_IN_A_MILE = 1.609344;

/** Longer notes are not searched for amounts. */
const LONGEST = 2000;

/** The word of a text that talks about a distance: `drove`. */
export const distanceWord = (text: string): string | undefined => DISTANCE.exec(text)?.[0];

/** The word of a text that talks about money which was paid: `petrol`. */
export const paidWord = (text: string): Clean | undefined =>
  quantities(text).find(({ unit }) => unit === 'money')?.said ?? wordOf(PAID, text);

function wordOf(words: RegExp, text: string): Clean | undefined {
  const word = words.exec(text)?.[0];
  return word === undefined ? undefined : cleanLine(word);
}

function quantities(text: string): readonly Quantity[] {
  return IN_UNITS.flatMap(([unit, pattern]) =>
    [...text.slice(0, LONGEST).matchAll(pattern)].flatMap(([said, digits = '']) => {
      const read = numberSaid(digits.replace(/[.,]+$/, ''));
      if (read === undefined) return [];
      return [{ unit, values: 'value' in read ? [read.value] : read.either, said: cleanLine(said.trim()) }];
    }),
  );
}

/** Whether a number with a unit is the amount; a way there and back is twice the distance. */
const isAmount = ({ unit, values }: Quantity, amount: number): boolean =>
  values.some((value) => value === amount || (unit !== 'money' && value * 2 === amount));

/** A distance in the other unit, to a tenth. */
const converted = (value: number, to: Unit): number =>
  Math.round((to === 'miles' ? value / KM_IN_A_MILE : value * KM_IN_A_MILE) * 10) / 10;

/** Whether a distance in the other unit is the amount, as people round it. */
const isConverted = ({ values }: Quantity, amount: number, to: Unit): boolean =>
  values.some((value) =>
    [value, value * 2].some((way) => Math.abs(converted(way, to) - amount) <= Math.max(0.5, amount / 100)),
  );

/** What the notes say that an amount is: `money` or `distance`; `undefined` where they have no such number. */
export function amountIs(text: string, amount: number): 'money' | 'distance' | undefined {
  const all = quantities(text);
  const found = all.find((one) => isAmount(one, amount));
  if (found !== undefined) return found.unit === 'money' ? 'money' : 'distance';
  const isDistance = all.some(
    (one) => one.unit !== 'money' && isConverted(one, amount, one.unit === 'km' ? 'miles' : 'km'),
  );
  return isDistance ? 'distance' : undefined;
}

/** What the amount of a type counts. `undefined` for mileage in a unit of the house. */
function unitOf({ record }: Named): Unit | undefined {
  if (record.mileageFlag !== true) return 'money';
  const caption = String(record.amountCaption ?? 'miles');
  if (NAMES.km.test(caption)) return 'km';
  return NAMES.miles.test(caption) ? 'miles' : undefined;
}

/**
 * Refuses another type that counts another unit, where no amount in it is said: 45 miles are no 45 dollars.
 * @throws {ToolInputError} that asks for the amount
 */
export function checkSameUnit(from: Named, to: Named, amount: number): void {
  const [was, is] = [unitOf(from), unitOf(to)];
  if (was === undefined || is === undefined || was === is) return;
  throw new ToolInputError(
    'amount',
    say`The amount of ${cleanLine(from.label)}, ${amount}, is in ${was}, and that of ${cleanLine(to.label)} in ${is}: send amount as well.`,
  );
}

/** Why a distance cannot be in the unit of its type; `undefined` where it can. */
function otherUnit(text: string, amount: number, unit: 'miles' | 'km'): Clean | undefined {
  const other = unit === 'miles' ? 'km' : 'miles';
  const found = quantities(text).filter((one) => one.unit === other);
  const word = wordOf(NAMES[other], text);
  if (word === undefined || found.some((one) => isConverted(one, amount, unit))) return undefined;
  const [value] = found[0]?.values ?? [amount];
  return say`${found[0]?.said ?? word}, and its amount is in ${unit}: ${Number(value)} ${other} are ${converted(Number(value), unit)} ${unit}`;
}

/**
 * Refuses an amount that what is said beside it gives in another unit than its type counts: 120 km for miles, 48.90 USD for miles, 30
 * miles for money. Manage stores any number, and bills it in the unit of the type.
 * @param text the notes, with the type as it was said
 * @throws {ToolInputError} that says what to send
 */
export function checkUnit(type: Named, { amount, text }: { readonly amount: number; readonly text: string }): void {
  const unit = unitOf(type);
  const found = quantities(text).filter((one) => isAmount(one, amount));
  if (unit === undefined || found.some((one) => one.unit === unit)) return;
  const label = cleanLine(type.label);
  const [first] = unit === 'money' ? found : found.filter((one) => one.unit === 'money');
  const counts = unit === 'money' ? say`money` : say`a distance in ${unit}`;
  const way =
    unit === 'money'
      ? say`the type for mileage, or notes without that distance where it was paid`
      : say`the type of what was paid for, or the distance as amount`;
  if (first !== undefined)
    throw new ToolInputError(
      'amount',
      say`The notes or type say ${first.said}, and the amount of ${label} is ${counts}: send ${way}.`,
    );
  const why = unit === 'money' ? undefined : otherUnit(text, amount, unit);
  if (why !== undefined) throw new ToolInputError('amount', say`The notes or type of this ${label} say ${why}.`);
}
