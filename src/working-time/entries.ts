import type { DateTime } from 'luxon';
import { fromManage } from '../clock/index.ts';
import type { ManageClient, ManageRecord } from '../manage/index.ts';
import { type Names, nameOf } from '../names/index.ts';
import { all, type Expression, field } from '../query/index.ts';
import { cleanLine } from '../text/index.ts';
import type { Stretch } from './stretches.ts';

/** A time entry as people read it, on the wall clock of a zone. */
export interface Entry {
  readonly id: number;
  readonly start: DateTime<true>;
  readonly end: DateTime<true>;
  readonly hours: number;
  readonly member: string;
  /** What it is charged to: `ticket 4711`, `Lunch`. */
  readonly charge: string;
  readonly company: string;
  readonly notes: string;
  readonly billable: string;
  readonly status: string;
  readonly record: ManageRecord;
}

/** Operations that reading entries needs. */
export const ENTRY_OPERATIONS = ['GET /time/entries'] as const;

const MOST = 500;
const LONGEST_SUMMARY = 40;

function chargeOf(record: ManageRecord): string {
  const type = String(record.chargeToType ?? '');
  if (type === 'ServiceTicket' || type === 'ProjectTicket') {
    const summary = cleanLine((record.ticket as { summary?: unknown } | undefined)?.summary).slice(0, LONGEST_SUMMARY);
    return `ticket ${record.chargeToId}${summary === '' ? '' : ` ${summary}`}`;
  }
  if (type === 'ChargeCode') return `charge code ${record.chargeToId}`;
  if (type === 'Activity') return `activity ${record.chargeToId}`;
  return nameOf(record.company) ?? '-';
}

/** A record as an entry; `undefined` when it has no start that can be read. An entry without an end lasts its hours. */
export function toEntry(record: ManageRecord, zone: string): Entry | undefined {
  const start = fromManage(record.timeStart, zone);
  if (start === undefined) return undefined;
  const hours = Number(record.actualHours ?? 0);
  return {
    id: Number(record.id),
    start,
    end: fromManage(record.timeEnd, zone) ?? start.plus({ hours }),
    hours,
    member: nameOf(record.member) ?? '',
    charge: chargeOf(record),
    company: nameOf(record.company) ?? '',
    notes: String(record.notes ?? ''),
    billable: String(record.billableOption ?? ''),
    status: String(record.status ?? ''),
    record,
  };
}

/** Entries whose charge codes are called by their names; the record holds only an id. Without the right to read them the ids stay. */
export async function withChargeCodes(entries: readonly Entry[], names: Names): Promise<Entry[]> {
  if (!entries.some(({ record }) => record.chargeToType === 'ChargeCode')) return [...entries];
  const codes = new Map((await names.list('chargeCode').catch(() => [])).map(({ id, label }) => [id, label]));
  return entries.map((entry) => {
    const label = entry.record.chargeToType === 'ChargeCode' ? codes.get(Number(entry.record.chargeToId)) : undefined;
    return label === undefined ? entry : { ...entry, charge: cleanLine(label) };
  });
}

export interface EntryQuery {
  readonly memberId?: number | undefined;
  readonly start?: DateTime;
  readonly end?: DateTime;
  readonly more?: Expression | undefined;
}

/** Time entries of a member that start within a period, in order. */
export async function readEntries(
  manage: ManageClient,
  query: EntryQuery,
  zone: string,
  signal: AbortSignal,
): Promise<Entry[]> {
  const conditions = all(
    query.memberId === undefined ? undefined : field('member/id', '=', query.memberId),
    query.start && field('timeStart', '>=', query.start),
    query.end && field('timeStart', '<', query.end),
    query.more,
  );
  const { rows } = await manage.page('GET /time/entries', {
    conditions,
    orderBy: ['timeStart asc'],
    pageSize: MOST,
    signal,
  });
  return rows.flatMap((record) => toEntry(record, zone) ?? []);
}

export const stretchOf = ({ start, end }: Pick<Entry, 'start' | 'end'>): Stretch => ({
  start: start.toMillis(),
  end: end.toMillis(),
});

export const sumHours = (entries: readonly Pick<Entry, 'hours'>[]): number =>
  Math.round(entries.reduce((sum, { hours }) => sum + hours, 0) * 100) / 100;
