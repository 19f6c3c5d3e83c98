import { DateTime } from 'luxon';
import { sheetOf } from '../behaviours/time-sheet.ts';
import type { SandboxRecord } from '../store/store.ts';
import { type Provider, utc } from './provider.ts';

const WORK_NOTES = [
  'Diagnosed and fixed',
  'Remote support',
  'Followed up with the user',
  'Maintenance',
  'On-site visit',
];
const WANTED_ENTRIES = 3_000;

/** One working day of a member: stretches of work from the morning on, with a lunch break; today stays mostly free. */
function seedDay(
  provider: Provider,
  member: SandboxRecord,
  day: DateTime,
  tickets: readonly SandboxRecord[],
  zone: string,
): number {
  const { random } = provider;
  let at = day.setZone(zone, { keepLocalTime: true }).set({ hour: 8, minute: 30, second: 0, millisecond: 0 });
  const stretches = random.int(4, 7);
  let count = 0;
  for (let index = 0; index < stretches; index += 1) {
    const hours = random.pick([0.25, 0.5, 0.75, 1, 1.5]);
    const end = at.plus({ hours });
    if (end.hour >= 18) break;
    seedEntry(provider, member, random.pick(tickets), at, end, hours, zone);
    count += 1;
    at = end.plus({ minutes: random.pick([0, 0, 15, 30]) });
    if (index === 2) at = at.plus({ minutes: 45 });
  }
  return count;
}

function seedEntry(
  provider: Provider,
  member: SandboxRecord,
  ticket: SandboxRecord,
  start: DateTime,
  end: DateTime,
  hours: number,
  zone: string,
): void {
  const sheet = sheetOf(provider.store, member, start.toJSDate(), zone, provider.catalog);
  const status = String(sheet.status);
  const isProject = ticket.project !== undefined;
  provider.put(
    '/time/entries',
    {
      company: ticket.company,
      chargeToId: ticket.id,
      chargeToType: isProject ? 'ProjectTicket' : 'ServiceTicket',
      member: provider.ref('MemberReference', member),
      locationId: 1,
      businessUnitId: 1,
      workType: member.workType,
      workRole: member.workRole,
      timeStart: utc(start),
      timeEnd: utc(end),
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
      dateEntered: utc(end),
      timeSheet: { id: sheet.id, name: sheet.name },
      status,
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
      count += seedDay(provider, member, day, tickets, zoneOf(member));
    }
  }
  settleSheets(provider);
}
