/** A JSON object whose members nobody has looked at yet. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is an object with members: neither a list nor `null`. */
export const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object without its members that are `undefined`. */
export const defined = <Value>(members: Readonly<Record<string, Value | undefined>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Value] => entry[1] !== undefined));

/** Levels of lists and objects that anybody has a use for; what walks through a value step by step fails at some thousands. */
export const DEEPEST = 100;

const hasInner = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether a list or object of JSON holds more than so many levels of them, itself counted. */
function goesDeeper(levels: number, value: object): boolean {
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((inner) => hasInner(inner) && goesDeeper(levels - 1, inner));
  // Not Object.values: records are asked by the thousand, and it makes a list of each.
  for (const name in value) {
    const inner = (value as JsonObject)[name];
    if (hasInner(inner) && goesDeeper(levels - 1, inner)) return true;
  }
  return false;
}

/** Whether a JSON value holds more than so many levels of lists and objects. */
export const isDeeperThan = (levels: number, value: unknown): boolean => hasInner(value) && goesDeeper(levels, value);

/** Whether a JSON value holds more levels than anybody means. */
export const isTooDeep = (value: unknown): boolean => isDeeperThan(DEEPEST, value);

/** A value as `String` gives it; empty for an object whose own members keep it from having a text. */
export function asText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '';
  }
}
