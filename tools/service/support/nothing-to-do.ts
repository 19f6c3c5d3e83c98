import type { ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';

interface Asked {
  readonly ticketId: number;
  readonly close?: boolean | undefined;
}

/** What `close: false` finds on a ticket that is not closed: "Resolved" may sound closed, and who reopens it has to say a status. */
export function alreadyOpen({ ticketId, close }: Asked, record: ManageRecord): Clean | undefined {
  if (close !== false || record.closedFlag === true) return undefined;
  return say`Ticket ${ticketId} is already open (${cleanLine(nameOf(record.status))}); send status to move it on.`;
}

/** Why an update of a ticket has nothing to send. @param there what was asked for and is there already */
export function nothingToDo(asked: Asked, record: ManageRecord, there: readonly Clean[]): Clean {
  if (there.length > 0) return say`Nothing to change: ${joined(there, '; ')}.`;
  const open = alreadyOpen(asked, record);
  if (open !== undefined) return open;
  return say`Nothing to change: send at least one field beside ticketId.`;
}
