import { asText, isRecord } from '../../json.ts';

/** Nothing that anybody sees: blanks, characters of no width, and marks without a letter. */
const UNSEEN = /^(?:[\s\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]|\p{M})*$/u;

/**
 * What hosts and models send for an argument that they do not use: an empty text, a blank one, an empty list or object, `null`,
 * and `0` where an id or a page is wanted. All of them mean that nothing was given. A field is cleared with `clear`.
 */
export function withoutNothing(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return UNSEEN.test(value) ? undefined : value;
  if (Array.isArray(value)) {
    const items = value.map(withoutNothing).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isRecord(value)) return value;
  const members = Object.entries(value)
    .map(([name, member]) => [name, withoutNothing(member)] as const)
    .filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** Arguments in which `0` can only mean that there is none. */
const NEVER_ZERO = /^(page|pageSize|limit|id|.*Id)$/;

export const isZero = (value: unknown): boolean => /^\s*0+\s*$/.test(asText(value));

/** What programs write for a text that is not there; nobody says it. */
export const isMissing = (value: unknown): boolean =>
  typeof value === 'string' && /^\s*(?:null|undefined|<nil>)\s*$/.test(value);

/** Whether a value of this argument says nothing. */
export const saysNothing = (argument: string, value: unknown): boolean =>
  withoutNothing(value) === undefined || (NEVER_ZERO.test(argument) && isZero(value));
