import type { DateTime } from 'luxon';
import { fromManage } from '../clock/index.ts';
import { inTurns } from '../in-turns.ts';
import { type ManageReader, type ManageRecord, sumOf, type Whole } from '../manage/index.ts';
import { type Names, nameOf } from '../names/index.ts';
import { all, type Expression, field } from '../query/index.ts';
import { type Clean, cleanLine, cut, excerptLine, joined, say } from '../text/index.ts';
import type { Interval } from './intervals.ts';

/** A time entry as people read it, on the wall clock of a zone. */
export interface Entry {
  readonly id: number;
  readonly start: DateTime<true>;
  readonly end: DateTime<true>;
  readonly hours: number;
  readonly member: Clean;
  /** What it is charged to: `ticket 4711 VPN is down`, `Lunch`. */
  readonly charge: Clean;
  readonly company: Clean;
  /** On one line. */
  readonly notes: Clean;
  readonly billable: Clean;
  readonly status: Clean;
  readonly record: ManageRecord;
}

/** Operations that reading entries needs. */
export const ENTRY_OPERATIONS = ['GET /time/entries'] as const;

/** As long as Manage lets a ticket's summary be; other servers may send more. */
const LONGEST_SUMMARY = 100;
/** As much of an entry's notes as a line of a list has room for. */
const LONGEST_NOTES = 80;
/** As much of them as is read at all. */
const LONGEST_READ = 4_000;

function chargeOf(record: ManageRecord): Clean {
  const { chargeToType, chargeToId } = record;
  const id = cleanLine(chargeToId);
  if (chargeToType === 'ServiceTicket' || chargeToType === 'ProjectTicket') {
    const summary = excerptLine((record.ticket as { summary?: unknown } | undefined)?.summary, LONGEST_SUMMARY);
    return joined([say`ticket ${id}`, summary], ' ');
  }
  if (chargeToType === 'ChargeCode') return say`charge code ${id}`;
  if (chargeToType === 'Activity') return say`activity ${id}`;
  return cleanLine(nameOf(record.company) ?? '-');
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
    member: cleanLine(nameOf(record.member)),
    charge: chargeOf(record),
    company: cleanLine(nameOf(record.company)),
    notes: excerptLine(record.notes, LONGEST_READ),
    billable: cleanLine(record.billableOption),
    status: cleanLine(record.status),
    record,
  };
}

/** An entry's notes as a line of a list shows them; what is cut is marked. */
export const briefNotes = ({ notes }: Pick<Entry, 'notes'>): Clean => cut(notes, LONGEST_NOTES);

const isOnChargeCode = ({ record }: Entry): boolean => record.chargeToType === 'ChargeCode';

/**
 * Names the charge codes of entries; a record holds only an id. Without the right to read them the ids stay.
 * @returns the entry with its charge code by name
 */
async function chargeCodeNamer(entries: readonly Entry[], names: Names): Promise<(entry: Entry) => Entry> {
  if (!entries.some(isOnChargeCode)) return (entry) => entry;
  const codes = new Map((await names.list('chargeCode').catch(() => [])).map(({ id, label }) => [id, label]));
  return (entry) => {
    const label = isOnChargeCode(entry) ? codes.get(Number(entry.record.chargeToId)) : undefined;
    return label === undefined ? entry : { ...entry, charge: cleanLine(label) };
  };
}

/** Entries of a page, with their charge codes by name. */
export async function toEntries(rows: readonly ManageRecord[], zone: string, names: Names): Promise<readonly Entry[]> {
  const entries = (await inTurns(rows, (record) => toEntry(record, zone))).flatMap((entry) => entry ?? []);
  return entries.map(await chargeCodeNamer(entries, names));
}

export interface EntryQuery {
  readonly memberId?: number | undefined;
  /** Entries that start from here on. */
  readonly start?: DateTime;
  /** Entries that start before. */
  readonly end?: DateTime;
  readonly more?: Expression | undefined;
  /** IANA zone of the wall clock. */
  readonly zone: string;
}

interface Reading {
  readonly manage: Pick<ManageReader, 'all'>;
  readonly names: Names;
  readonly signal: AbortSignal;
}

/** All time entries that start within a period, in order, with their charge codes by name. @throws {TooMany} */
export async function readEntries(query: EntryQuery, { manage, names, signal }: Reading): Promise<Whole<Entry>> {
  const conditions = all(
    query.memberId === undefined ? undefined : field('member/id', '=', query.memberId),
    query.start && field('timeStart', '>=', query.start),
    query.end && field('timeStart', '<', query.end),
    query.more,
  );
  const rows = await manage.all('GET /time/entries', { conditions, orderBy: ['timeStart asc'], signal });
  const read = await inTurns(rows, (record) => toEntry(record, query.zone));
  const entries = rows.flatMap((_, index) => read[index] ?? []);
  return entries.map(await chargeCodeNamer(entries, names));
}

/** When an entry begins and ends, in milliseconds since 1970. */
export const intervalOf = ({ start, end }: Pick<Entry, 'start' | 'end'>): Interval => ({
  start: start.toMillis(),
  end: end.toMillis(),
});

/** Hours of all entries, to two decimal places. */
export const sumHours = (entries: Whole<Pick<Entry, 'hours'>>): number =>
  Math.round(sumOf(entries, 'hours') * 100) / 100;
