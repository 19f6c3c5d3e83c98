import type { z } from 'zod';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import { ruleOf } from './rules.ts';

/** Names, phrases of time, paths of operations: no one that means something is longer. */
const LONGEST = 500;
/** A list or an object that was sent as JSON text. */
const LONGEST_JSON = 100_000;

/**
 * Refuses a text that can be no name and no phrase of time before anything compares or reads it: what looks for typing slips
 * and dates takes far longer for a long text than for a short one. What fragments declare as prose, or as meant for the API, may be
 * of any length: Manage tells how much it stores.
 * @throws {ToolInputError} with the number of characters that are allowed
 */
export function checkLength(argument: string, schema: z.ZodType | undefined, value: unknown): void {
  const reads = ruleOf(schema)?.reads;
  if (reads === 'prose' || reads === 'verbatim') return;
  const texts = Array.isArray(value) ? value : [value];
  const most = (text: string): number => (/^\s{0,9}[[{]/.test(text) ? LONGEST_JSON : LONGEST);
  const long = texts.find((text): text is string => typeof text === 'string' && text.length > most(text));
  if (long === undefined) return;
  throw new ToolInputError(
    argument,
    say`${cleanLine(argument)} takes at most ${most(long)} characters; this one has ${long.length}.`,
  );
}
