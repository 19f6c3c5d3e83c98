import { extensionAlone } from '../../names/index.ts';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';

/** Looks at a text that is to be stored as an e-mail address. @throws {ToolInputError} for one that is none */
export function checkEmail(value: string, argument: string): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    throw new ToolInputError(argument, say`${cleanLine(argument)}: "${cleanLine(value)}" is not an e-mail address.`);
}

/** What stands before a number in links and signatures: `tel:+1...`, `Tel. 518...`, `m: 518...`. */
const PHONE_LABEL =
  /^(?:(?:telephone|tel|callto|sip|phone|ph|mobile|mob|cell|direct|office|work|home|fax|main|[tmpdocfw])\s*[.:]\s*|(?:telephone|tel|phone|mobile|cell)\s+)(?=[+(\d])/i;
/** Two numbers in one text: each is as long as a number alone. */
const NUMBER = String.raw`\+?\(?\d(?:[ ().-]*\d){6,}`;
const TWO_NUMBERS = new RegExp(`${NUMBER}\\s*(?:[/,;|&]|\\bor\\b|\\band\\b)\\s*${NUMBER}`, 'i');
const LONGEST_PHONE = 200;

/**
 * The phone number in a text that is to be stored, without its label: "ext. 12" and "0800 FLOWERS" belong to one, "tel:" does not.
 * @throws {ToolInputError} for a text without a digit, for an extension alone, and for two numbers
 */
export function phoneIn(value: string, argument: string): string {
  if (!/\d/.test(value))
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: "${cleanLine(value)}" is not a phone number. Leave it out if there is none.`,
    );
  if (extensionAlone(value) !== undefined)
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: "${cleanLine(value)}" is an extension alone. Send it with its number, like "518-555-0123 ext. 12".`,
    );
  // No number is so long; Manage says how much it stores.
  if (value.length > LONGEST_PHONE) return value;
  if (TWO_NUMBERS.test(value))
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: "${cleanLine(value)}" is more than one phone number. Send one.`,
    );
  return value.trim().replace(PHONE_LABEL, '');
}

/** Looks at a text that is to be stored as the address of a website. @throws {ToolInputError} for one without a dot */
export function checkWebsite(value: string, argument: string): void {
  if (!/[^\s.]\.[^\s.]/.test(value))
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: "${cleanLine(value)}" is not the address of a website. Leave it out if there is none.`,
    );
}
