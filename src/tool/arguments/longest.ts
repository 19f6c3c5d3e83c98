import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';

/** Arguments whose text a person reads, a file or a whole query holds. Manage tells how much it stores of them. */
const LONG = new Set([
  'address',
  'base64',
  'cancelReason',
  'conditions',
  'customerDescription',
  'description',
  'disposition',
  'internalNote',
  'notes',
  'problem',
  'query',
  'resolution',
  'summary',
  'text',
  'title',
  'url',
  'website',
]);

/** Names, phrases of time, paths of operations: no one that means something is longer. */
const LONGEST = 500;

/**
 * Refuses a text that can be no name and no phrase of time before anything compares or reads it: what looks for typing slips
 * and dates takes far longer for a long text than for a short one.
 * @throws {ToolInputError} with the number of characters that are allowed
 */
export function checkLength(argument: string, value: unknown): void {
  if (LONG.has(argument)) return;
  const texts = Array.isArray(value) ? value : [value];
  const long = texts.find((text): text is string => typeof text === 'string' && text.length > LONGEST);
  if (long === undefined) return;
  throw new ToolInputError(
    argument,
    say`${cleanLine(argument)} takes at most ${LONGEST} characters; this one has ${long.length}.`,
  );
}
