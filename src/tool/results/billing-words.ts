import { enumWords } from '../../api/enum-words.ts';
import { type Clean, cleanLine } from '../../text/index.ts';

/** How time, an expense or a product is billed, in the words of Manage's screens: `do not bill`. */
export const billingWords = (option: unknown): Clean => cleanLine(choiceWords(option));

/** A value of an enumeration as people write it: `approved by tier one`; anything that is no text as it is. */
export const choiceWords = (value: unknown): unknown => (typeof value === 'string' ? enumWords(value) : value);
