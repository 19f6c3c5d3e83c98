import { type Named, UnknownName } from '../../../src/names/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';

const DISTANCE = /\b(mileage|miles?|km|kilomet(?:er|re)s?|drove|driving)\b/i;

/** Whether a text talks about a distance. */
export const saysDistance = (text: string): boolean => DISTANCE.test(text);

/** What people call their expenses, and what the types for it tend to be called. The more special come first. */
const WORDS: readonly (readonly [said: RegExp, types: RegExp])[] = [
  [/\b(parking|car park|garage|valet)\b/i, /parking/i],
  [DISTANCE, /mileage|kilomet|\bkm\b|driving/i],
  [
    /\b(breakfast|lunch|dinner|supper|meals?|food|coffee|drinks|restaurant|pizza|snacks?|catering)\b/i,
    /meal|food|catering|entertain|per diem/i,
  ],
  [/\b(hotel|motel|airbnb|lodging|accommodation|overnight)\b/i, /lodging|hotel|accommodation/i],
  [
    /\b(taxi|cab|uber|lyft|train|bus|metro|subway|flights?|airfare|plane|ferry|tolls?|rental car|car rental)\b/i,
    /travel|transport|airfare|taxi/i,
  ],
  [
    /\b(cables?|adapters?|laptop|monitor|keyboard|mouse|switch|router|hard drive|ssd|hardware|equipment)\b/i,
    /hardware|equipment/i,
  ],
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
    const word = said.exec(text)?.[0];
    const [only, ...others] = word === undefined ? [] : types.filter(({ label }) => kinds.test(label));
    if (only !== undefined && others.length === 0) return { type: only, found: say`by "${cleanLine(word)}"` };
  }
  return undefined;
}

/** Whether a text talks about several types: "Parking (Mileage)". */
function isTorn(text: string, types: readonly Named[]): boolean {
  const about = types.filter(
    ({ label }) =>
      text.toLowerCase().includes(label.toLowerCase()) ||
      WORDS.some(([said, kinds]) => said.test(text) && kinds.test(label)),
  );
  return about.length > 1;
}

/**
 * The type of an expense: as named ("Meals", also "lunch"), else by what its notes talk about, else the default type.
 * @throws {UnknownName} for a name that no type has, {ToolInputError} when nothing tells the type
 */
export async function readType(
  said: string | undefined,
  notes: string | undefined,
  { names }: ToolContext,
): Promise<ReadType> {
  const types = await names.list('expenseType');
  if (said !== undefined) {
    try {
      return { type: await names.resolve('expenseType', said, { argument: 'type' }) };
    } catch (error) {
      const found = error instanceof UnknownName && !isTorn(said, types) ? meant(said, types) : undefined;
      if (found === undefined) throw error;
      return found;
    }
  }
  const found = meant(notes ?? '', types);
  if (found !== undefined) return found;
  const usual = types.find(({ record }) => record.defaultFlag === true);
  if (usual !== undefined) return { type: usual, found: say`the default` };
  throw new ToolInputError('type', say`Say which type of expense it is.`, {
    allowed: types.map(({ label }) => cleanLine(label)),
  });
}
