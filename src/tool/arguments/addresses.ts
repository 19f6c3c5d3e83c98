import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';

/** Looks at a text that is to be stored as an e-mail address. @throws {ToolInputError} for one that is none */
export function checkEmail(value: string, argument: string): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    throw new ToolInputError(argument, say`${cleanLine(argument)}: "${cleanLine(value)}" is not an e-mail address.`);
}

/**
 * Looks at a text that is to be stored as a phone number: "ext. 12" and "0800 FLOWERS" are, "n/a" is not.
 * @throws {ToolInputError} for one without a digit
 */
export function checkPhone(value: string, argument: string): void {
  if (!/\d/.test(value))
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: "${cleanLine(value)}" is not a phone number. Leave it out if there is none.`,
    );
}

/** Looks at a text that is to be stored as the address of a website. @throws {ToolInputError} for one without a dot */
export function checkWebsite(value: string, argument: string): void {
  if (!/[^\s.]\.[^\s.]/.test(value))
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: "${cleanLine(value)}" is not the address of a website. Leave it out if there is none.`,
    );
}
