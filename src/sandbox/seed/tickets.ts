import { resolveText } from '../behaviours/service/ticket-status.ts';
import type { SandboxRecord } from '../store/store.ts';
import { seedNotes, seedTask, skipNotes, type Told } from './conversation.ts';
import type { Provider } from './provider.ts';
import { SUBJECTS } from './subjects.ts';
import { HOUR, MINUTE } from './work-calendar.ts';

interface BoardData {
  readonly board: SandboxRecord;
  readonly open: readonly SandboxRecord[];
  readonly closed: readonly SandboxRecord[];
  readonly types: readonly SandboxRecord[];
  readonly subTypes: readonly SandboxRecord[];
  readonly team: SandboxRecord | undefined;
}

/** What tickets are made from, looked up once. */
export interface TicketTables {
  readonly priorities: readonly SandboxRecord[];
  readonly sources: readonly SandboxRecord[];
  readonly locations: readonly SandboxRecord[];
  readonly slas: readonly SandboxRecord[];
  readonly contactsOf: (company: SandboxRecord) => readonly SandboxRecord[];
  readonly sitesOf: (company: SandboxRecord) => readonly SandboxRecord[];
  readonly agreementOf: (company: SandboxRecord) => SandboxRecord | undefined;
}

export function boardData(provider: Provider, board: SandboxRecord): BoardData {
  const under = (table: string): SandboxRecord[] => [
    ...provider.store.collection(`/service/boards/{parentId}/${table}`).all([board.id]),
  ];
  const statuses = under('statuses');
  return {
    board,
    open: statuses.filter(({ closedStatus }) => closedStatus !== true),
    closed: statuses.filter(({ closedStatus }) => closedStatus === true),
    types: under('types'),
    subTypes: under('subtypes'),
    team: under('teams').find(({ defaultFlag }) => defaultFlag === true),
  };
}

/** Works a value out once for each record. */
function once<T>(compute: (record: SandboxRecord) => T): (record: SandboxRecord) => T {
  const known = new Map<number, T>();
  return (record) => {
    if (!known.has(record.id)) known.set(record.id, compute(record));
    return known.get(record.id) as T;
  };
}

export function ticketTables(provider: Provider): TicketTables {
  const { store } = provider;
  return {
    priorities: provider.all('/service/priorities'),
    sources: provider.all('/service/sources'),
    locations: provider.all('/service/locations'),
    slas: provider.all('/service/SLAs'),
    contactsOf: once(({ id }) => store.collection('/company/contacts').where('company/id', id)),
    sitesOf: once(({ id }) => [...store.collection('/company/companies/{parentId}/sites').all([id])]),
    agreementOf: once(({ id }) => store.collection('/finance/agreements').where('company/id', id)[0]),
  };
}

/** Office hours, weekdays, never in the future; milliseconds. */
export function workingTime(provider: Provider, daysAgo: number): number {
  const { random, calendar } = provider;
  return calendar.hour(daysAgo, random.int(8, 16)) + random.pick([0, 15, 30, 45]) * MINUTE;
}

/** Most things are of medium urgency; a few are on fire. */
const PRIORITY_SHARES = [0.05, 0.2, 0.8] as const;
const LEVELS = ['High', 'Medium', 'Low'] as const;

function drawUrgency(provider: Provider): { priority: number; severity: string; impact: string } {
  const { random } = provider;
  const drawn = random.next();
  const found = PRIORITY_SHARES.findIndex((share) => drawn < share);
  const priority = found < 0 ? 3 : found;
  // What is urgent is mostly severe, and the other way round.
  const near = (): string =>
    LEVELS[Math.min(2, Math.max(0, (priority < 2 ? 0 : priority - 1) + (random.chance(0.3) ? 1 : 0)))] ?? 'Medium';
  return { priority, severity: near(), impact: near() };
}

/** Everything that both kinds of tickets have. `entered` in milliseconds. */
export function ticketFacts(
  provider: Provider,
  tables: TicketTables,
  data: BoardData,
  {
    company,
    entered,
    closed,
    isPlain = false,
  }: {
    readonly company: SandboxRecord;
    readonly entered: number;
    readonly closed: boolean;
    /** Ends in the usual way. */
    readonly isPlain?: boolean;
  },
) {
  const { random, calendar } = provider;
  const contacts = tables.contactsOf(company);
  // Alarms and calls from the reception have no contact.
  const contact = contacts.length > 0 && !random.chance(0.07) ? random.pick(contacts) : undefined;
  const sites = tables.sitesOf(company);
  const site = sites.length > 1 && random.chance(0.3) ? random.pick(sites) : sites[0];
  const [ended, ...otherEnds] = data.closed;
  const pickEnd = (usual: SandboxRecord): SandboxRecord =>
    otherEnds.length > 0 && random.chance(0.06) && !isPlain ? random.pick(otherEnds) : usual;
  const status = closed && ended !== undefined ? pickEnd(ended) : random.pick(data.open);
  const email = (contact?.communicationItems as { value: string }[] | undefined)?.[0]?.value;
  const isClosed = status.closedStatus === true;
  const { priority, severity, impact } = drawUrgency(provider);
  const closedAt = Math.min(entered + random.int(1, 72) * HOUR, provider.now.toMillis());
  const agreement = tables.agreementOf(company);
  const facts = {
    board: provider.ref('BoardReference', data.board),
    status: provider.ref('ServiceStatusReference', status),
    company: provider.ref('CompanyReference', company),
    site: site && provider.ref('SiteReference', site),
    siteName: site?.name,
    contact: contact && provider.ref('ContactReference', contact),
    contactName: contact && `${contact.firstName} ${contact.lastName}`,
    contactPhoneNumber: contact?.defaultPhoneNbr,
    contactEmailAddress: email,
    type: provider.ref('ServiceTypeReference', random.pick(data.types)),
    subType:
      data.subTypes.length > 0 && random.chance(0.5)
        ? provider.ref('ServiceSubTypeReference', random.pick(data.subTypes))
        : undefined,
    priority: provider.ref('PriorityReference', tables.priorities[priority] ?? random.pick(tables.priorities)),
    source: provider.ref('ServiceSourceReference', random.pick(tables.sources)),
    serviceLocation: provider.ref('ServiceLocationReference', random.pick(tables.locations)),
    location: data.board.location,
    department: data.board.department,
    agreement: agreement && provider.ref('AgreementReference', agreement),
    billTime: 'NoDefault',
    billExpenses: 'NoDefault',
    billProducts: 'NoDefault',
    approved: true,
    actualHours: 0,
    closedFlag: isClosed,
    closedDate: isClosed ? calendar.stamp(closedAt) : undefined,
    closedBy: isClosed ? 'mobrien' : undefined,
  };
  return { facts, closedAt: isClosed ? closedAt : undefined, urgency: { priority, severity, impact } };
}

const TYPE = Object.freeze({ id: 4, identifier: 'S' });
const FIRM = Object.freeze({ id: 1, name: 'Firm' });

/** Assigning somebody to a ticket is a schedule entry; the ticket's `resources` follows from them. */
function assign(provider: Provider, ticket: SandboxRecord, member: SandboxRecord, at: number): void {
  const { calendar } = provider;
  const moment = calendar.stamp(at);
  provider.store.collection('/schedule/entries').plant({
    id: 0,
    objectId: ticket.id,
    name: `${(ticket.company as { name: string }).name} / Ticket# ${ticket.id} - ${ticket.summary}`.slice(0, 250),
    member: provider.ref('MemberReference', member),
    type: TYPE,
    status: FIRM,
    dateStart: moment,
    dateEnd: calendar.stamp(at + HOUR),
    hours: 1,
    doneFlag: ticket.closedFlag === true,
    acknowledgedFlag: true,
    ownerFlag: false,
    allowScheduleConflictsFlag: true,
    _info: { lastUpdated: moment, updatedBy: 'dlopez', dateEntered: moment, enteredBy: 'dlopez' },
  });
}

/** Whoever tries a ticket by number takes a low one: those are ordinary ones of the help desk, which take time. */
const FIRST_TRIES = 20;

/** Hours within which a ticket should be resolved, by its priority. */
const RESOLVE_HOURS = [4, 24, 72, 120] as const;

/** Service tickets of the last months: most closed, some open, a few stale or with nobody on them. */
export function seedTickets(provider: Provider, assignees: readonly SandboxRecord[]): void {
  const { random, calendar } = provider;
  const tables = ticketTables(provider);
  const boards = provider
    .all('/service/boards')
    .filter(({ projectFlag, inactiveFlag }) => projectFlag !== true && inactiveFlag !== true)
    .map((board) => boardData(provider, board));
  const companies = provider.all('/company/companies').filter(({ deletedFlag }) => deletedFlag !== true);
  const tickets = provider.store.collection('/service/tickets');
  const told: Told[] = [];
  const now = provider.now.toMillis();
  const customFields = provider.customFields('/service/tickets');
  const [helpDesk] = boards;
  const resolveBy = new Map<number, string>();
  for (let index = 0; index < provider.tickets; index += 1) {
    // Half of the way: what is done on them takes the other.
    if (index % 500 === 0) provider.onProgress((0.5 * index) / provider.tickets);
    random.begin('ticket', index);
    const age = Math.floor(((provider.tickets - index) / provider.tickets) ** 2 * 240);
    const entered = workingTime(provider, age);
    const isEasy = random.chance(0.6) || index < FIRST_TRIES;
    const data = isEasy && helpDesk !== undefined ? helpDesk : random.pick(boards);
    const company = random.pick(companies);
    const { closedAt, urgency, facts } = ticketFacts(provider, tables, data, {
      company,
      entered,
      closed: random.chance(age > 14 ? 0.93 : 0.35),
      isPlain: index < FIRST_TRIES,
    });
    const isClosed = closedAt !== undefined;
    const assignee = random.chance(isClosed ? 1 : 0.8) ? random.pick(assignees) : undefined;
    const touched = closedAt ?? Math.max(entered, workingTime(provider, random.int(0, Math.max(1, Math.min(age, 30)))));
    const updated = calendar.stamp(Math.min(now, touched));
    const identifier = assignee === undefined ? 'dlopez' : String(assignee.identifier);
    const hours = RESOLVE_HOURS[urgency.priority] ?? 72;
    const due = entered + hours * HOUR;
    const sla = tables.slas[company.id % 4 === 0 ? 1 : 0];
    const ticket = tickets.plant({
      id: 0,
      summary: random.pick(SUBJECTS),
      recordType: 'ServiceTicket',
      // One by one: an object that is written in one piece is made in a fraction of the time.
      board: facts.board,
      status: facts.status,
      company: facts.company,
      site: facts.site,
      siteName: facts.siteName,
      contact: facts.contact,
      contactName: facts.contactName,
      contactPhoneNumber: facts.contactPhoneNumber,
      contactEmailAddress: facts.contactEmailAddress,
      type: facts.type,
      subType: facts.subType,
      priority: facts.priority,
      source: facts.source,
      serviceLocation: facts.serviceLocation,
      location: facts.location,
      department: facts.department,
      agreement: facts.agreement,
      billTime: facts.billTime,
      billExpenses: facts.billExpenses,
      billProducts: facts.billProducts,
      approved: facts.approved,
      actualHours: facts.actualHours,
      closedFlag: facts.closedFlag,
      closedDate: facts.closedDate,
      closedBy: facts.closedBy,
      severity: urgency.severity,
      impact: urgency.impact,
      team: data.team && provider.ref('ServiceTeamReference', data.team),
      owner: assignee && provider.ref('MemberReference', assignee),
      resources: assignee && identifier,
      requiredDate: random.chance(0.2) ? calendar.stamp(Math.floor(due / HOUR) * HOUR) : undefined,
      sla: sla && provider.ref('SLAReference', sla),
      slaStatus: isClosed ? 'Resolved' : dueText(provider, due, resolveBy),
      isInSla: (closedAt ?? now) <= due,
      dateResponded: assignee && calendar.stamp(Math.min(entered + HOUR, now)),
      dateResolved: isClosed ? calendar.stamp(closedAt) : undefined,
      // Old work that was estimated.
      budgetHours: isClosed && age > 60 && index % 10 === 3 ? 2 : undefined,
      customerUpdatedFlag: !isClosed && random.chance(0.15),
      customFields,
      _info: { lastUpdated: updated, updatedBy: identifier, dateEntered: calendar.stamp(entered), enteredBy: 'dlopez' },
    });
    const { state } = random;
    skipNotes(random);
    told.push({ ticket, entered, author: assignee, state });
    if (assignee !== undefined) assign(provider, ticket, assignee, entered + HOUR);
    if (random.chance(0.15)) seedTask(provider, ticket, entered);
  }
  seedNotes(provider, told);
}

/** When a ticket is due; many are due at the same moment. */
function dueText(provider: Provider, due: number, known: Map<number, string>): string {
  const found = known.get(due);
  if (found !== undefined) return found;
  const text = resolveText(due, provider.now.zone);
  known.set(due, text);
  return text;
}
