import type { z } from 'zod';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import { ruleOf } from './rules.ts';

/** Names, phrases of time, paths of operations: no one that means something is longer. */
const LONGEST = 500;
/** A list or an object that was sent as JSON text. */
const LONGEST_JSON = 100_000;

/** Prose, the language of Manage, and what stands inside of lists and bodies. Whatever reads them takes time in proportion. */
const LONGEST_TEXT = 128 * 1024;

/** The length of the longest text in a value. */
function longestIn(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let longest = 0;
  for (const [name, inner] of Object.entries(value)) longest = Math.max(longest, name.length, longestIn(inner));
  return longest;
}

/** The length of what is too long in a value, and what is allowed; `undefined` for a value that is fine. */
function tooLong(schema: z.ZodType | undefined, value: unknown): { most: number; length: number } | undefined {
  const rule = ruleOf(schema);
  if (rule?.reads === 'prose' && rule.isFile === true) return undefined;
  const length = longestIn(value);
  if (length > LONGEST_TEXT) return { most: LONGEST_TEXT, length };
  if (rule?.reads === 'prose' || rule?.reads === 'verbatim') return undefined;
  const texts = Array.isArray(value) ? value : [value];
  const mostFor = (text: string): number => (/^\s{0,9}[[{]/.test(text) ? LONGEST_JSON : LONGEST);
  const long = texts.find((text): text is string => typeof text === 'string' && text.length > mostFor(text));
  return long === undefined ? undefined : { most: mostFor(long), length: long.length };
}

/**
 * Refuses a text that can be no name and no phrase of time before anything compares or reads it: what looks for typing slips
 * and dates takes far longer for a long text than for a short one. What fragments declare as prose, or as meant for the API, may be
 * far longer, and files are of any length.
 * @throws {ToolInputError} with the number of characters that are allowed
 */
export function checkLength(argument: string, schema: z.ZodType | undefined, value: unknown): void {
  const long = tooLong(schema, value);
  if (long === undefined) return;
  throw new ToolInputError(
    argument,
    say`${cleanLine(argument)} takes at most ${long.most} characters; this one has ${long.length}.`,
  );
}
