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

/** Whether a JSON value holds more levels than anybody means. */
export function isTooDeep(value: unknown): boolean {
  let level: object[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= DEEPEST) return true;
    const next: object[] = [];
    for (const one of level)
      for (const inner of Array.isArray(one) ? one : Object.values(one))
        if (typeof inner === 'object' && inner !== null) next.push(inner);
    level = next;
  }
  return false;
}

/** A value as `String` gives it; empty for an object whose own members keep it from having a text. */
export function asText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '';
  }
}
