import type { ManageRecord } from '../../../src/manage/index.ts';
import { type Named, type Names, nameOf } from '../../../src/names/index.ts';
import { cleanLine, say } from '../../../src/text/index.ts';
import { isClosed } from '../../../src/tickets/open-tickets.ts';
import { type NameWithin, ToolInputError } from '../../../src/tool/index.ts';

/** What is said about the status that a ticket is to get, and where the ticket is. */
export interface StatusChange {
  readonly status: NameWithin | undefined;
  /** `true` closes, `false` opens again. */
  readonly close: boolean | undefined;
  /** The ticket as it is. */
  readonly record: ManageRecord;
  /** The board that it is on, or moves to. */
  readonly boardId: number;
  readonly moves: boolean;
}

const CLOSED = /^(closed|completed|done|resolved)$/i;
const REOPENED = /^(re-?opened|in progress)/i;

/**
 * The status in which a board closes its tickets: the one with the usual name, else the first that still takes time.
 * `undefined` when the board closes in none.
 */
export function closingStatus(statuses: readonly Named[]): Named | undefined {
  const closed = statuses.filter(isClosed);
  return (
    closed.find(({ label }) => CLOSED.test(label)) ??
    closed.find((status) => status.record.timeEntryNotAllowed !== true) ??
    closed[0]
  );
}

/**
 * The status that a ticket gets: the one named, the board's closed one, an open one for a closed ticket that is opened again, or,
 * on a move, the one of the same name on the new board. `undefined` when it keeps its own.
 * @throws {ToolInputError} with the statuses that the board has, when none of them is it
 */
export async function statusFor(change: StatusChange, names: Names): Promise<Named | undefined> {
  const { close, record, boardId, moves } = change;
  if (change.status !== undefined) return namedStatus(change.status, close, boardId);
  const opens = close === false && record.closedFlag === true;
  if (close !== true && !opens && !moves) return undefined;
  const statuses = await names.list('status', { boardId });
  const allowed = statuses.map(({ label }) => cleanLine(label));
  if (close === true) {
    const chosen = closingStatus(statuses);
    if (chosen !== undefined) return chosen;
    throw new ToolInputError('close', say`This board has no closed status. Send status with the one that is meant.`, {
      allowed,
    });
  }
  if (opens) {
    const open = statuses.filter((status) => !isClosed(status));
    const chosen =
      open.find(({ label }) => REOPENED.test(label)) ??
      open.find((status) => status.record.defaultFlag === true) ??
      open[0];
    if (chosen !== undefined) return chosen;
    throw new ToolInputError('close', say`This board has no open status. Send status with the one that is meant.`, {
      allowed,
    });
  }
  const own = nameOf(record.status) ?? '';
  const same = statuses.find(({ label }) => label.toLowerCase() === own.toLowerCase());
  if (same !== undefined) return same;
  throw new ToolInputError('status', say`The new board has no status "${cleanLine(own)}". Send status as well.`, {
    allowed,
  });
}

/** The status that was named. @throws {ToolInputError} when it is a closed one and the ticket is to be opened, or the other way round */
async function namedStatus(name: NameWithin, close: boolean | undefined, boardId: number): Promise<Named> {
  const status = await name.within({ boardId });
  if (close === undefined || close === isClosed(status)) return status;
  const label = cleanLine(status.label);
  throw new ToolInputError(
    'close',
    close
      ? say`close says to close the ticket, but this board does not count ${label} as closed. Send one of the two.`
      : say`close: false says to open the ticket, but ${label} is a closed status. Send one of the two.`,
  );
}
