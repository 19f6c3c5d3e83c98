import { bare } from './bare.ts';
import type { Field } from './model.ts';

/** Names of Manage that its screens word in another way. */
const OWN: Readonly<Record<string, string>> = { NoDefault: 'billed by default' };

/** Where a name of several words has the next one: `DoNotBill`, `Contract2Weeks`. Abbreviations stay whole. */
const NEXT_WORD = /(?<=[a-z])(?=[A-Z\d])|(?<=\d)(?=[A-Z])/;

/** A value of an enumeration as people write it: `do not bill` for `DoNotBill`. */
export const enumWords = (value: string): string =>
  OWN[value] ??
  value
    .split(NEXT_WORD)
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');

/** Whether a member holds names that are several words in one, which nobody writes so. */
const isWorded = ({ enum: choices }: Pick<Field, 'enum'>): boolean =>
  choices?.some((choice) => /[a-z][A-Z]/.test(choice)) === true;

/**
 * A member's value as it stands for people: of an enumeration with names such as `DoNotBill` in words, all of them alike; anything
 * else as it is.
 */
export const inWords = (value: unknown, field: Pick<Field, 'enum'> | undefined): unknown =>
  typeof value === 'string' && field !== undefined && isWorded(field) && field.enum?.includes(value)
    ? enumWords(value)
    : value;

/** The value of an enumeration that a text means: its name in any letter case, or our words for it. */
export function enumNamed(said: string, choices: readonly string[]): string | undefined {
  const word = bare(said);
  if (word === '') return undefined;
  const exact = choices.find((choice) => choice.toLowerCase() === said.toLowerCase());
  return exact ?? choices.find((choice) => bare(choice) === word || bare(enumWords(choice)) === word);
}
