import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named, UnknownName } from '../../../src/names/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { amountIs, checkSameUnit, checkUnit, distanceWord, FUEL, paidWord } from './said-amount.ts';

const MILEAGE = /mileage|kilomet|\bkm\b|driving/i;

/** What people call their expenses, and what the types for it tend to be called. The more special come first. */
const WORDS: readonly (readonly [said: RegExp, types: RegExp])[] = [
  [/\b(parking|car park|garage|valet)\b/i, /parking/i],
  [
    /\b(breakfast|lunch|dinner|supper|meals?|food|coffee|drinks|restaurant|pizza|snacks?|catering)\b/i,
    /meal|food|catering|entertain|per diem/i,
  ],
  [/\b(hotel|motel|airbnb|lodging|accommodation|overnight)\b/i, /lodging|hotel|accommodation/i],
  [
    /\b(taxi|cab|uber|lyft|train|bus|metro|subway|flights?|airfare|plane|ferry|tolls?|rental car|car rental)\b/i,
    /travel|transport|airfare|taxi/i,
  ],
  [new RegExp(String.raw`\b(${FUEL})\b`, 'i'), /fuel|gas|petrol|travel|transport/i],
  [
    /\b(cables?|adapters?|laptop|monitor|keyboard|mouse|switch|router|hard drive|usb|ssd|disks?|hardware|equipment)\b/i,
    /hardware|equipment/i,
  ],
  [/\b(courses?|trainings?|certifications?|exams?|books?|seminars?)\b/i, /training|education|learning/i],
];

export interface ReadType {
  readonly type: Named;
  /** How it was found, where it was not named: `by "lunch"`, `the default`. */
  readonly found?: Clean;
}

/** The type that a text talks about: one whose name is in it, or the only one that is for what it says. */
function meant(text: string, types: readonly Named[]): ReadType | undefined {
  const lower = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const named = types.filter(({ label }) => lower.includes(` ${label.toLowerCase()} `));
  if (named.length === 1 && named[0] !== undefined)
    return { type: named[0], found: say`by "${cleanLine(named[0].label)}"` };
  for (const [said, kinds] of WORDS) {
    const found = onlyOne(said.exec(text)?.[0], kinds, types);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The only type of a kind, by the word that talks about it. */
function onlyOne(word: string | undefined, kinds: RegExp, types: readonly Named[]): ReadType | undefined {
  const [only, ...others] = word === undefined ? [] : types.filter(({ label }) => kinds.test(label));
  return only === undefined || others.length > 0 ? undefined : { type: only, found: say`by "${cleanLine(word)}"` };
}

/** The word for something that is bought, whether or not there is a type for it: `taxi`. */
function boughtWord(text: string): Clean | undefined {
  const word = WORDS.map(([said]) => said.exec(text)?.[0]).find((one) => one !== undefined);
  return word === undefined ? undefined : cleanLine(word);
}

/**
 * The type that notes talk about. Their amount is of mileage where it is the distance that they give, or where they talk about driving
 * and of nothing that was paid.
 * @throws {ToolInputError} where it can be a distance and money: "taxi, drove to the airport"
 */
function byNotes(notes: string, amount: number | undefined, types: readonly Named[]): ReadType | undefined {
  const driven = onlyOne(distanceWord(notes), MILEAGE, types);
  const other = meant(notes, types);
  const is = amount === undefined ? undefined : amountIs(notes, amount);
  if (driven === undefined || is === 'money') return other;
  const paid = other === undefined ? (paidWord(notes) ?? boughtWord(notes)) : cleanLine(other.type.label);
  if (is === 'distance' || paid === undefined || other?.type.id === driven.type.id) return driven;
  throw new ToolInputError(
    'type',
    say`The notes talk about a distance ("${cleanLine(distanceWord(notes))}") and about money (${paid}). Send type: the amount is a distance for ${cleanLine(driven.type.label)}, money for any other.`,
    { allowed: types.map(({ label }) => cleanLine(label)) },
  );
}

/** Whether a text talks about several types: "Parking (Mileage)". */
function isTorn(text: string, types: readonly Named[]): boolean {
  const isDriven = distanceWord(text) !== undefined;
  const about = types.filter(
    ({ label }) =>
      text.toLowerCase().includes(label.toLowerCase()) ||
      (isDriven && MILEAGE.test(label)) ||
      WORDS.some(([said, kinds]) => said.test(text) && kinds.test(label)),
  );
  return about.length > 1;
}

/** What an expense is, as it was said. */
export interface SaidExpense {
  readonly type?: string | undefined;
  readonly notes?: string | undefined;
  readonly amount?: number | undefined;
}

/** The type that was named. @throws {UnknownName} for a name that no type has */
async function named(said: string, types: readonly Named[], { names }: ToolContext): Promise<ReadType> {
  try {
    return { type: await names.resolve('expenseType', said, { argument: 'type' }) };
  } catch (error) {
    const isOne = error instanceof UnknownName && !isTorn(said, types);
    const found = isOne ? (meant(said, types) ?? onlyOne(distanceWord(said), MILEAGE, types)) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

/**
 * The type of an expense: as named ("Meals", also "lunch"), else by what its notes talk about, else the default type.
 * @throws {UnknownName} for a name that no type has, {ToolInputError} when nothing tells the type, and where the amount is said in
 * another unit than the type counts
 */
export async function readType(said: SaidExpense, context: ToolContext): Promise<ReadType> {
  const types = await context.names.list('expenseType');
  const { type, notes = '', amount } = said;
  const found =
    type === undefined ? (byNotes(notes, amount, types) ?? usual(types)) : await named(type, types, context);
  if (amount !== undefined) checkUnit(found.type, { amount, text: `${type ?? ''}\n${notes}` });
  return found;
}

/**
 * The type that a correction names; `undefined` where the expense keeps its own.
 * @throws {ToolInputError} as `readType`, where the correction says the amount, what it was for or the type
 */
export async function readNewType(
  { type, notes, amount }: SaidExpense,
  before: ManageRecord,
  context: ToolContext,
): Promise<ReadType | undefined> {
  if (type === undefined && notes === undefined && amount === undefined) return undefined;
  const said = { amount: amount ?? Number(before.amount), notes: notes ?? String(before.notes ?? '') };
  const own = (await context.names.list('expenseType')).find(({ id }) => id === idOf(before.type));
  if (type === undefined) {
    if (own !== undefined) checkUnit(own, { amount: said.amount, text: said.notes });
    return undefined;
  }
  const read = await readType({ ...said, type }, context);
  if (own !== undefined && amount === undefined) checkSameUnit(own, read.type, said.amount);
  return read;
}

function usual(types: readonly Named[]): ReadType {
  const type = types.find(({ record }) => record.defaultFlag === true);
  if (type !== undefined) return { type, found: say`the default` };
  throw new ToolInputError('type', say`Say which type of expense it is.`, {
    allowed: types.map(({ label }) => cleanLine(label)),
  });
}
