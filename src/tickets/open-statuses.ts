import type { DateTime } from 'luxon';
import { Forbidden } from '../manage/index.ts';
import type { Names } from '../names/index.ts';
import { all, any, type Expression, field } from '../query/index.ts';
import { ToolInputError } from '../tool/index.ts';
import { ofBoards } from './on-any-board.ts';

/**
 * The condition for open (or closed) tickets. Whether a status is a closed one is the set-up of its board; a ticket's own
 * `closedFlag` only repeats it where an administrator kept both in step, and lists by it alone are slow on cloud servers.
 * Callers without the right to read statuses get the flag.
 */
export async function openCondition(names: Names, open: boolean, boardId: number | undefined): Promise<Expression> {
  try {
    const ids = (await ofBoards(names, 'status', boardId))
      .filter(({ record }) => (record.closedStatus === true) !== open)
      .map(({ id }) => id);
    return ids.length > 0 ? field('status/id', 'in', ids) : field('closedFlag', '=', !open);
  } catch (error) {
    if (error instanceof Forbidden) return field('closedFlag', '=', !open);
    throw error;
  }
}

/** What people call a status in which nothing can be done until the customer answers. */
const WAITING =
  /(wait|pend|hold|need).*(customer|client|contact|user|info|response|reply)|(customer|client).*(wait|pend|hold|respon)/i;

/**
 * The condition for tickets that wait for the customer. Manage has no such flag: it is what boards call their statuses.
 * @throws {ToolInputError} with the statuses there are, when none is called so
 */
export async function waitingCondition(names: Names, boardId: number | undefined): Promise<Expression> {
  const statuses = await ofBoards(names, 'status', boardId);
  const ids = statuses
    .filter(({ label, record }) => record.closedStatus !== true && WAITING.test(label))
    .map(({ id }) => id);
  if (ids.length > 0) return field('status/id', 'in', ids);
  throw new ToolInputError('only', 'No open status is called waiting for the customer here. Send status instead.', {
    allowed: [...new Set(statuses.map(({ label }) => label))],
  });
}

/**
 * The condition for tickets whose SLA is broken, or has its next deadline today or tomorrow. Manage keeps that deadline in words
 * ("Resolve by Thu 11/26 4:15 PM UTC-05"), with the day before the month in some countries; the weekday tells the two apart.
 */
export function slaAtRisk(now: DateTime): Expression | undefined {
  const days = [now, now.plus({ days: 1 })].map((day) => day.setLocale('en-US'));
  const texts = days.flatMap((day) => [`${day.toFormat('ccc MM/dd')} `, `${day.toFormat('ccc dd/MM')} `]);
  return any(
    field('isInSla', '=', false),
    all(field('slaStatus', 'contains', ' by '), any(...texts.map((text) => field('slaStatus', 'contains', text)))),
  );
}
