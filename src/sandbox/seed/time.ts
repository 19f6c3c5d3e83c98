import type { DateTime } from 'luxon';
import { coveredByAgreement, hourlyCost, hourlyRate } from '../behaviours/finance/money.ts';
import { newSheet, weekOf } from '../behaviours/time/time-sheet.ts';
import type { SandboxRecord } from '../store/store.ts';
import { type Backlog, backlogs, enteredAt, nextTicket } from './backlogs.ts';
import { cachedZone, dateOnly, type Provider } from './provider.ts';
import { HOUR } from './work-calendar.ts';
import { type Day, daysIn } from './work-days.ts';

const WORK_NOTES = [
  'Diagnosed and fixed',
  'Remote support',
  'Followed up with the user',
  'Maintenance',
  'On-site visit',
];
/** Entries of a provider of ordinary size; a larger one has about one for each ticket. */
const LEAST_ENTRIES = 3_600;
const ENTRIES_A_DAY = 5.5;
const LONGEST_DAYS = 240;
/** Work starts at half past eight and is over by six. */
const WORKDAY_HOURS = 9.5;

/** A day's work of a member: where it goes and what it is entered on. */
interface Workday {
  readonly member: SandboxRecord;
  readonly reference: Record<string, unknown>;
  readonly sheet: Record<string, unknown>;
  readonly sheetReference: Record<string, unknown>;
  readonly backlog: Backlog;
}

interface Work {
  readonly projectTickets: readonly SandboxRecord[];
  readonly chargeCodes: readonly SandboxRecord[];
  readonly vacation: SandboxRecord;
  readonly sickLeave: SandboxRecord;
  readonly own: SandboxRecord;
}

/** Blocks of work from the morning on, with a lunch break, in milliseconds from the start of the day. */
function seedDay(provider: Provider, workday: Workday, work: Work, begins: number): void {
  const { random } = provider;
  let at = begins;
  const blocks = random.int(4, 7);
  for (let index = 0; index < blocks; index += 1) {
    const hours = random.pick([0.25, 0.5, 0.75, 1, 1.5]);
    if (at + hours * HOUR >= begins + WORKDAY_HOURS * HOUR) return;
    seedEntry(provider, workday, work, { at, hours });
    at += (hours + random.pick([0, 0, 0.25, 0.5]) + (index === 2 ? 0.75 : 0)) * HOUR;
  }
}

/** What an entry is charged to: the member's own tickets mostly, a project now and then, the provider itself for meetings. */
function chargeOf(provider: Provider, { backlog }: Workday, work: Work, before: string): Charge {
  const { random } = provider;
  const drawn = random.next();
  const own = drawn < 0.82 ? nextTicket(provider, backlog, before) : undefined;
  const project = own === undefined && drawn < 0.95 ? random.pick(work.projectTickets) : undefined;
  if (own !== undefined) {
    own.reference ??= ticketReference(provider, own.ticket);
    return own;
  }
  if (project !== undefined && enteredAt(project) < before)
    return { ticket: project, reference: ticketReference(provider, project) };
  return { chargeCode: random.pick(work.chargeCodes) };
}

/** A whole day off, entered as one. */
function seedDayOff(provider: Provider, workday: Workday, chargeCode: SandboxRecord, begins: number): void {
  enter(provider, workday, { chargeCode }, { at: begins, hours: 8, option: 'DoNotBill' });
}

function seedEntry(provider: Provider, workday: Workday, work: Work, { at, hours }: Block): void {
  const charge = chargeOf(provider, workday, work, provider.calendar.stamp(at));
  const { ticket } = charge;
  if (ticket !== undefined) ticket.actualHours = Number(ticket.actualHours ?? 0) + hours;
  const isBilled = ticket !== undefined && (ticket.company as { id: number }).id !== work.own.id;
  const billed = (): string => (provider.random.chance(0.05) ? 'NoCharge' : 'Billable');
  const option = isBilled ? billed() : 'DoNotBill';
  enter(provider, workday, charge, { at, hours, option });
}

/** A block of work: when it begins, in milliseconds, and how long it is. */
interface Block {
  readonly at: number;
  readonly hours: number;
}

const kindOf = ({ project }: SandboxRecord): string => (project === undefined ? 'ServiceTicket' : 'ProjectTicket');

interface Charge {
  readonly ticket?: SandboxRecord;
  /** To the ticket. */
  readonly reference?: Record<string, unknown> | undefined;
  readonly chargeCode?: SandboxRecord;
}

function enter(
  provider: Provider,
  { member, reference, sheet, sheetReference }: Workday,
  { ticket, reference: ticketShown, chargeCode }: Charge,
  { at, hours, option }: Block & { readonly option: string },
): void {
  const { random, calendar } = provider;
  const [start, end] = [calendar.stamp(at), calendar.stamp(at + hours * HOUR)];
  sheet.hours = Number(sheet.hours) + hours;
  const billed = option === 'Billable' ? hours : 0;
  const { store } = provider;
  const workType = chargeCode?.workType ?? member.workType;
  const agreement = ticket?.agreement;
  const rate = hourlyRate({ workRole: member.workRole, workType }, store);
  const covered =
    agreement === undefined ? undefined : coveredByAgreement({ agreement, hourlyRate: rate }, billed, store);
  store.collection('/time/entries').plant({
    id: 0,
    company: ticket?.company ?? chargeCode?.company,
    chargeToId: ticket?.id ?? chargeCode?.id,
    chargeToType: ticket === undefined ? 'ChargeCode' : kindOf(ticket),
    member: reference,
    locationId: 1,
    businessUnitId: 1,
    workType,
    workRole: member.workRole,
    agreement,
    timeStart: start,
    timeEnd: end,
    hoursDeduct: 0,
    actualHours: hours,
    billableOption: option,
    notes: chargeCode === undefined ? random.pick(WORK_NOTES) : chargeCode.name,
    addToDetailDescriptionFlag: false,
    addToInternalAnalysisFlag: false,
    addToResolutionFlag: false,
    customFields: provider.customFields('/time/entries'),
    hoursBilled: billed,
    invoiceHours: billed,
    hourlyRate: rate,
    hourlyCost: hourlyCost(member),
    agreementHours: covered?.agreementHours,
    agreementAmount: covered?.agreementAmount,
    enteredBy: member.identifier,
    dateEntered: end,
    timeSheet: sheetReference,
    status: sheet.status,
    ticket: ticketShown,
    project: ticket?.project,
    phase: ticket?.phase,
    _info: { lastUpdated: end, updatedBy: member.identifier, dateEntered: end, enteredBy: member.identifier },
  });
}

const ticketReference = (provider: Provider, ticket: SandboxRecord): Record<string, unknown> =>
  ticket.project === undefined
    ? provider.newRef('TicketReference', ticket)
    : { id: ticket.id, summary: ticket.summary, _info: { ticket_href: `/project/tickets/${ticket.id}` } };

/** States on the way to the bill, by how many weeks ago; members are told apart by their ids. */
const STATES: readonly (readonly string[])[] = [
  ['Open'],
  ['Rejected', 'Open', 'PendingApproval'],
  ['ApprovedByTierOne', 'PendingProjectApproval', 'ErrorsCorrected', 'ApprovedByTierOne', 'RejectBySecondTier'],
  ['ApprovedByTierTwo'],
  ['ReadyToBill', 'ApprovedByTierTwo'],
];

/** What becomes of a sheet with time: billed after a month, written off or under the agreement now and then. */
function statusOf(member: SandboxRecord, weeksAgo: number): string {
  const states = STATES[Math.max(0, weeksAgo)] ?? ['Billed'];
  // Whoever the demo plays still has last week to hand in.
  if (weeksAgo <= 1 && member.id === 1) return 'Open';
  if (weeksAgo > 4 && (member.id + weeksAgo) % 13 === 0) return 'WrittenOff';
  if (weeksAgo > 4 && (member.id + weeksAgo) % 4 === 0) return 'BilledAgreement';
  return states[member.id % states.length] ?? 'Open';
}

/** Every member has a week of vacation in a quarter, each another one; now and then somebody is ill. */
function dayOff(provider: Provider, work: Work, member: SandboxRecord, day: Day): SandboxRecord | undefined {
  if (!day.isRecent && day.weekNumber % 13 === (member.id * 5) % 13) return work.vacation;
  return !day.isRecent && provider.random.chance(0.01) ? work.sickLeave : undefined;
}

/** Weekdays before today, oldest first: as many as it takes to enter the time of so many tickets. */
function workdays(provider: Provider, members: number): DateTime[] {
  const wanted = Math.max(LEAST_ENTRIES, provider.tickets * 1.1);
  const days: DateTime[] = [];
  for (let back = 1; back < LONGEST_DAYS && days.length * members * ENTRIES_A_DAY < wanted; back += 1) {
    const day = provider.now.minus({ days: back });
    if (day.weekday <= 5) days.unshift(day);
  }
  return days;
}

/** Time of the last months, day by day, in each member's own zone. */
export function seedTime(provider: Provider, zoneOf: (member: SandboxRecord) => string): void {
  provider.random.begin('time');
  const members = provider
    .all('/system/members')
    .filter(({ inactiveFlag, licenseClass }) => inactiveFlag !== true && licenseClass === 'F');
  const work: Work = {
    projectTickets: provider.all('/project/tickets'),
    chargeCodes: provider
      .all('/time/chargeCodes')
      .filter(({ name }) => ['Internal Meeting', 'Training', 'Administration'].includes(String(name))),
    vacation: provider.named('/time/chargeCodes', 'Vacation'),
    sickLeave: provider.named('/time/chargeCodes', 'Sick Leave'),
    own: provider.named('/company/companies', 'NorthwindIT', 'identifier'),
  };
  const backlogOf = backlogs(provider);
  const days = workdays(provider, members.length);
  const byZone = new Map<string, readonly Day[]>();
  const weeks = new Map<string, ReturnType<typeof weekOf>>();
  // Nobody starts with work that is older than the first day that is kept.
  const first = days[0] === undefined ? '' : dateOnly(days[0].minus({ days: 10 }));
  const empty: Backlog = { tickets: [], next: 0 };
  for (const [place, member] of members.entries()) {
    provider.onProgress(0.5 + (0.4 * place) / members.length);
    const name = zoneOf(member);
    const zone = cachedZone(name);
    const own = byZone.get(name) ?? daysIn(zone, days, provider.now);
    byZone.set(name, own);
    const reference = provider.ref('MemberReference', member);
    const backlog = backlogOf.get(member.id) ?? { ...empty };
    const begin = backlog.tickets.findIndex(({ entered }) => entered >= first);
    backlog.next = begin === -1 ? backlog.tickets.length : begin;
    let week = '';
    let sheet: SandboxRecord | undefined;
    let sheetReference: Record<string, unknown> = {};
    for (const day of own) {
      // Yesterday's sheet has holes: somebody forgot.
      if (day.isYesterday && member.id % 3 === 1) continue;
      if (day.monday !== week || sheet === undefined) {
        week = day.monday;
        const place = `${name} ${week}`;
        const known = weeks.get(place) ?? weekOf(new Date(day.begins), zone);
        weeks.set(place, known);
        sheet = newSheet(member, known, provider);
        sheet.status = statusOf(member, day.weeksAgo);
        sheetReference = Object.freeze({ id: sheet.id, name: sheet.name });
      }
      const workday = { member, reference, sheet, sheetReference, backlog };
      const off = dayOff(provider, work, member, day);
      if (off === undefined) seedDay(provider, workday, work, day.begins);
      else seedDayOff(provider, workday, off, day.begins);
    }
  }
}
