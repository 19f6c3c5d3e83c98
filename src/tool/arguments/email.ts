import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';

/** Looks at a text that is to be stored as an e-mail address. @throws {ToolInputError} for one that is none */
export function checkEmail(value: string, argument: string): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    throw new ToolInputError(argument, say`${cleanLine(argument)}: "${cleanLine(value)}" is not an e-mail address.`);
}
