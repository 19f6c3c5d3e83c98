import type { DateTime } from 'luxon';
import { meaningOf, readsAsDay } from '../../api/meanings.ts';
import { fromManage, showDay } from '../../clock/index.ts';
import { isRecord } from '../../json.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';
import { membersSet } from './effects.ts';
import type { StepRequest } from './plan.ts';
import { type Writing, writeWithin } from './writing.ts';

/** A member that was sent with a time of day and is kept as a day. */
interface Cut {
  readonly member: string;
  /** When it was meant, on the wall clock of the conversation. */
  readonly meant: DateTime<true>;
  /** The day that is stored, in any zone. */
  readonly kept: DateTime<true>;
}

const isSameDay = ({ meant, kept }: Cut): boolean => meant.toISODate() === kept.toISODate();

/** Members that a site cut to a day, which is the day of UTC: late in the evening of America it is that of tomorrow. */
function cutMembers(
  { schema, body, record, zone }: { schema: string; body: unknown; record: ManageRecord; zone: string },
  { api }: Writing,
): Cut[] {
  return Object.entries(membersSet(body)).flatMap(([member, sent]) => {
    if (meaningOf(schema, member)?.dayAtMidnight !== true || !readsAsDay(api, schema, member, record)) return [];
    const [meant, kept] = [fromManage(sent, zone), fromManage(record[member], 'utc')];
    const wasDay = readsAsDay(api, schema, member, { ...record, [member]: sent });
    return meant === undefined || kept === undefined || wasDay ? [] : [{ member, meant, kept }];
  });
}

/** What became of a write on a site that keeps days alone. */
export interface KeptDays {
  readonly record: ManageRecord;
  /** What was cut off, a line for each member. */
  readonly lines: readonly Clean[];
}

/**
 * Looks whether a site kept the day alone of what was sent with a time of day, as some keep a ticket's due date. They take the day
 * of UTC, so that "tonight at ten" in Los Angeles would be due tomorrow: the day that was meant is written in its place.
 * @param operation the one that was sent, as `PATCH /service/tickets/{id}`
 * @param record what Manage answered with; its id leads back to it after a creation
 */
export async function keepDays(
  { operation, request, record }: { operation: string; request: StepRequest; record: ManageRecord | undefined },
  writing: Writing,
): Promise<KeptDays | undefined> {
  const found = writing.api.find(operation);
  const schema = found?.response.schema ?? '';
  if (found === undefined || !isRecord(record) || schema !== found.request?.schema) return undefined;
  if (!Object.keys(membersSet(request.body)).some((member) => meaningOf(schema, member)?.dayAtMidnight))
    return undefined;
  const cut = cutMembers({ schema, body: request.body, record, zone: await writing.zone() }, writing);
  if (cut.length === 0) return undefined;
  const wrong = cut.filter((one) => !isSameDay(one));
  let now = record;
  let why: Clean | undefined;
  if (wrong.length > 0) {
    const place = found.method === 'POST' ? `${found.path}/{id}` : found.path;
    const path = found.method === 'POST' ? { ...request.path, id: Number(record.id) } : request.path;
    const body = wrong.map(({ member, meant }) => ({
      op: 'replace',
      path: member,
      value: `${meant.toISODate()}T00:00:00Z`,
    }));
    try {
      now = await writeWithin<ManageRecord>(writing, `PATCH ${place}`, { path, body });
    } catch (error) {
      // What was asked for is written; that one member of it is wrong is said.
      why = writing.reason(error);
    }
  }
  return { record: now, lines: cut.map((one) => lineOf(one, now, why)) };
}

function lineOf({ member, meant }: Cut, now: ManageRecord, why: Clean | undefined): Clean {
  const stored = fromManage(now[member], 'utc');
  const time = cleanLine(meant.toFormat('HH:mm'));
  const is = cleanLine(stored === undefined ? '-' : showDay(stored));
  if (stored?.toISODate() === meant.toISODate())
    return say`This site keeps only the day of ${cleanLine(member)}: ${is}, without ${time}.`;
  const wanted = cleanLine(showDay(meant));
  return say`This site keeps only the day of ${cleanLine(member)}, and stored ${is} in place of ${wanted}${why === undefined ? say`` : say`: ${why}`}. Set it to ${wanted} without a time.`;
}
