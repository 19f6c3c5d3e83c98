import type { ManageRecord } from '../../../src/manage/index.ts';
import { type Named, type Names, nameOf } from '../../../src/names/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/** What is said about the status that a ticket is to get. */
export interface StatusInput {
  readonly status?: string | undefined;
  /** `true` closes, `false` opens again. */
  readonly close?: boolean | undefined;
}

const CLOSED = /^(closed|completed|done|resolved)$/i;
const REOPENED = /^(re-?opened|in progress)/i;

const isClosed = ({ record }: Named): boolean => record.closedStatus === true;

/**
 * The status that a ticket gets: the one named, the board's closed one, an open one for a closed ticket that is opened again, or,
 * on a move, the one of the same name on the new board. `undefined` when it keeps its own.
 * @throws {ToolInputError} with the statuses that the board has, when none of them is it
 */
export async function statusFor(
  input: StatusInput,
  record: ManageRecord,
  boardId: number,
  moves: boolean,
  names: Names,
): Promise<Named | undefined> {
  if (input.status !== undefined) return names.resolve('status', input.status, { argument: 'status', boardId });
  const statuses = await names.list('status', { boardId });
  const allowed = statuses.map(({ label }) => label);
  if (input.close === true) {
    const closed = statuses.filter(isClosed);
    const chosen =
      closed.find(({ label }) => CLOSED.test(label)) ??
      closed.find((status) => status.record.timeEntryNotAllowed !== true) ??
      closed[0];
    if (chosen !== undefined) return chosen;
    throw new ToolInputError('close', 'This board has no closed status. Send status with the one that is meant.', {
      allowed,
    });
  }
  if (input.close === false && record.closedFlag === true) {
    const open = statuses.filter((status) => !isClosed(status));
    const chosen =
      open.find(({ label }) => REOPENED.test(label)) ??
      open.find((status) => status.record.defaultFlag === true) ??
      open[0];
    if (chosen !== undefined) return chosen;
    throw new ToolInputError('close', 'This board has no open status. Send status with the one that is meant.', {
      allowed,
    });
  }
  if (!moves) return undefined;
  const same = statuses.find(({ label }) => label.toLowerCase() === nameOf(record.status)?.toLowerCase());
  if (same !== undefined) return same;
  throw new ToolInputError('status', `The new board has no status "${nameOf(record.status)}". Send status as well.`, {
    allowed,
  });
}
