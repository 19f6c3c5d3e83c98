import { type CallNames, countSaid } from '../../names/index.ts';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';

/** A name of something that is counted, and the quantity beside it. */
export interface CountedName {
  readonly names: CallNames;
  /** The argument that named it. */
  readonly argument: string;
  /** The argument for the quantity, and what it was given. */
  readonly as: string;
  readonly quantity: number | undefined;
}

/**
 * How many are meant: 10 where a product was named as "10 x LT-14", else the quantity that was given.
 * @throws {ToolInputError} when the two say different numbers, or the name says none
 */
export function quantityMeant({ names, argument, as, quantity }: CountedName): number | undefined {
  const taken = names.taken.find((one) => one.argument === argument);
  if (taken === undefined) return quantity;
  const { given, record } = taken;
  const own = [record.label, record.identifier, ...(record.alsoCalled ?? [])];
  // "2 x 4 bracket" can be what the product is called.
  const isName = own.some((called) => called?.toLowerCase().includes(given.trim().toLowerCase()));
  const said = isName ? undefined : countSaid(given);
  if (said === 0) throw new ToolInputError(argument, say`${cleanLine(argument)} has to say more than 0, not ${said}.`);
  if (said === undefined || quantity === undefined || said === quantity) return said ?? quantity;
  throw new ToolInputError(
    as,
    say`${cleanLine(argument)} says ${said} of ${cleanLine(record.label)}, ${cleanLine(as)} says ${quantity}. Send one number.`,
  );
}
