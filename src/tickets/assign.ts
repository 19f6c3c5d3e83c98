import type { ManageClient, ManageRecord } from '../manage/index.ts';
import { idOf, type Names } from '../names/index.ts';
import { all, field } from '../query/index.ts';

/** Operations that assigning needs; tools that assign declare them. */
export const ASSIGN_OPERATIONS = [
  'GET /schedule/entries',
  'POST /schedule/entries',
  'DELETE /schedule/entries/{id}',
] as const;

/** The schedule type of work on tickets. Its id is 4 in every Manage that was seen, its identifier S by definition. */
export async function serviceType(names: Names): Promise<{ id: number }> {
  const types = await names.list('scheduleType').catch(() => []);
  return { id: types.find(({ identifier }) => identifier === 'S')?.id ?? 4 };
}

/** Schedule entries of a ticket: who is assigned. */
export async function assignments(
  manage: ManageClient,
  names: Names,
  ticketId: number,
  signal: AbortSignal,
): Promise<readonly ManageRecord[]> {
  const type = await serviceType(names);
  const conditions = all(field('type/id', '=', type.id), field('objectId', '=', ticketId));
  const { rows } = await manage.page('GET /schedule/entries', {
    conditions,
    pageSize: 100,
    signal,
  });
  return rows;
}

/** The body of the schedule entry that puts a member on a ticket without a time. */
export const assignmentBody = (ticketId: number, memberId: number, type: { id: number }): ManageRecord => ({
  objectId: ticketId,
  member: { id: memberId },
  type,
  allowScheduleConflictsFlag: true,
});

/** Assigns a member: nobody is assigned twice. A ticket's `resources` cannot be written; they follow from these entries. */
export async function assign(
  manage: ManageClient,
  names: Names,
  ticketId: number,
  memberId: number,
  signal: AbortSignal,
): Promise<void> {
  const find = async (): Promise<ManageRecord | undefined> =>
    (await assignments(manage, names, ticketId, signal)).find(({ member }) => idOf(member) === memberId);
  if ((await find()) !== undefined) return;
  await manage.write('POST /schedule/entries', {
    body: assignmentBody(ticketId, memberId, await serviceType(names)),
    settle: find,
    signal,
  });
}

/** Takes everybody but `keep` off a ticket whose entries are not done yet. */
export async function unassign(
  manage: ManageClient,
  names: Names,
  ticketId: number,
  keep: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  for (const entry of await assignments(manage, names, ticketId, signal)) {
    if (idOf(entry.member) !== keep && entry.doneFlag !== true)
      await manage.write('DELETE /schedule/entries/{id}', { path: { id: Number(entry.id) }, signal });
  }
}
