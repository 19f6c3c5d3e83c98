import { DateTime } from 'luxon';
import { sheetOf } from '../behaviours/time-sheet.ts';
import { stamp } from '../store/memory-store.ts';
import type { SandboxRecord } from '../store/store.ts';
import type { Provider } from './provider.ts';

const WORK_NOTES = [
  'Diagnosed and fixed',
  'Remote support',
  'Followed up with the user',
  'Maintenance',
  'On-site visit',
];
const WANTED_ENTRIES = 3_000;

const HOUR = 3_600_000;
/** Work starts at half past eight and is over by six. */
const WORKDAY_HOURS = 9.5;

/** A day's work of a member: where it goes and what it is entered on. */
interface Workday {
  readonly member: SandboxRecord;
  readonly sheet: SandboxRecord;
  readonly tickets: readonly SandboxRecord[];
}

/**
 * Stretches of work from the morning on, with a lunch break. Reckoned in milliseconds from the day's one start: asking the zone's
 * rules for each of thousands of moments would take longer than everything else.
 */
function seedDay(provider: Provider, workday: Workday, start: DateTime): number {
  const { random } = provider;
  const begins = start.toMillis();
  let at = begins;
  const stretches = random.int(4, 7);
  for (let index = 0; index < stretches; index += 1) {
    const hours = random.pick([0.25, 0.5, 0.75, 1, 1.5]);
    if (at + hours * HOUR >= begins + WORKDAY_HOURS * HOUR) return index;
    seedEntry(provider, workday, new Date(at), hours);
    at += (hours + random.pick([0, 0, 0.25, 0.5]) + (index === 2 ? 0.75 : 0)) * HOUR;
  }
  return stretches;
}

function seedEntry(provider: Provider, { member, sheet, tickets }: Workday, start: Date, hours: number): void {
  const ticket = provider.random.pick(tickets);
  const end = new Date(start.getTime() + hours * HOUR);
  provider.store.collection('/time/entries').put(
    {
      company: ticket.company,
      chargeToId: ticket.id,
      chargeToType: ticket.project === undefined ? 'ServiceTicket' : 'ProjectTicket',
      member: sheet.member,
      locationId: 1,
      businessUnitId: 1,
      workType: member.workType,
      workRole: member.workRole,
      timeStart: stamp(start),
      timeEnd: stamp(end),
      hoursDeduct: 0,
      actualHours: hours,
      billableOption: 'Billable',
      notes: provider.random.pick(WORK_NOTES),
      addToDetailDescriptionFlag: false,
      addToInternalAnalysisFlag: false,
      addToResolutionFlag: false,
      hoursBilled: hours,
      invoiceHours: hours,
      enteredBy: member.identifier,
      dateEntered: stamp(end),
      timeSheet: { id: sheet.id, name: sheet.name },
      status: sheet.status,
      ticket: { id: ticket.id, summary: ticket.summary },
    },
    { at: end, by: String(member.identifier) },
  );
}

/** What becomes of a sheet with time: billed after a month, approved after two weeks; last week's is in every state, by member. */
function statusOf(sheet: SandboxRecord, weeksAgo: number): string {
  if (weeksAgo > 4) return 'Billed';
  if (weeksAgo > 1) return 'ApprovedByTierOne';
  const member = (sheet.member as { id: number }).id;
  if (weeksAgo < 1 || member === 1) return 'Open';
  return member % 3 === 0 ? 'Rejected' : member % 2 === 0 ? 'PendingApproval' : 'Open';
}

function settleSheets(provider: Provider): void {
  const sheets = provider.store.collection('/time/sheets');
  const entries = provider.store.collection('/time/entries');
  const thisWeek = provider.now.startOf('week');
  for (const sheet of [...sheets.all()]) {
    const start = DateTime.fromISO(String(sheet.dateStart).slice(0, 10), { zone: provider.now.zone });
    const status = statusOf(sheet, Math.round(thisWeek.diff(start, 'weeks').weeks));
    const own = [...entries.where('timesheet/id', sheet.id)];
    const hours = own.reduce((sum, entry) => sum + Number(entry.actualHours), 0);
    sheets.put({ ...sheet, status, hours: Math.round(hours * 100) / 100 });
    for (const entry of own) entries.put({ ...entry, status });
  }
}

/** Time of the last months, day by day, in each member's own zone. */
export function seedTime(provider: Provider, zoneOf: (member: SandboxRecord) => string): void {
  const members = provider
    .all('/system/members')
    .filter(({ inactiveFlag, licenseClass }) => inactiveFlag !== true && licenseClass === 'F');
  const all = [...provider.all('/service/tickets').slice(-400), ...provider.all('/project/tickets')];
  const forbids = new Set(
    provider
      .all('/service/boards/{parentId}/statuses')
      .filter(({ timeEntryNotAllowed }) => timeEntryNotAllowed === true)
      .map(({ id }) => id),
  );
  const tickets = all.filter((ticket) => !forbids.has((ticket.status as { id: number }).id));
  if (tickets.length === 0) return;
  let count = 0;
  for (let back = 1; count < WANTED_ENTRIES && back < 200; back += 1) {
    const day = provider.now.minus({ days: back });
    if (day.weekday > 5) continue;
    for (const member of members) {
      // Yesterday's sheet has holes: somebody forgot.
      if (back === 1 && member.id % 3 === 1) continue;
      const zone = zoneOf(member);
      const start = day.setZone(zone, { keepLocalTime: true }).set({ hour: 8, minute: 30, second: 0, millisecond: 0 });
      const sheet = sheetOf(provider.store, member, start.toJSDate(), zone, provider.catalog);
      count += seedDay(provider, { member, sheet, tickets }, start);
    }
  }
  settleSheets(provider);
}
