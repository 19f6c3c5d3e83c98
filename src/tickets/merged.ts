import type { ManageRecord } from '../manage/index.ts';
import { idOf } from '../names/index.ts';
import { cleanLine, say } from '../text/index.ts';
import { ToolInputError } from '../tool/index.ts';

/**
 * Nothing is added to a ticket that was merged into another one: it stays closed, and whoever works on the matter reads the other.
 * @param argument that names the ticket
 * @throws {ToolInputError} with the ticket that it went into
 */
export function refuseMerged({ id, mergedParentTicket }: ManageRecord, argument = 'ticketId'): void {
  const into = idOf(mergedParentTicket);
  if (into === undefined) return;
  throw new ToolInputError(argument, say`Ticket ${Number(id)} was merged into ticket ${into} and takes nothing more.`, {
    next: say`Send ${cleanLine(argument)}: ${into} for the ticket that it went into.`,
  });
}
