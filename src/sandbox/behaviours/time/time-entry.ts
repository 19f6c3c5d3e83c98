import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { type FieldError, invalidObject } from '../../contract/failure.ts';
import type { ActionAnswer } from '../../contract/request.ts';
import { expand, idOf, resolveReferences } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { coveredByAgreement, hourlyCost, hourlyRate } from '../finance/money.ts';
import { addNote } from '../service/ticket-note.ts';
import { statusOf } from '../service/ticket-status.ts';
import { memberZone } from '../system/member.ts';
import { chargeCodeOf, chargedTicket, countOnTicket, isRecharged } from './charged-to.ts';
import { isLocked, recount, sheetOf } from './time-sheet.ts';

const milliseconds = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) : Number.NaN);
const round = (hours: number, to: number): number => (to > 0 ? Math.ceil(hours / to - 1e-9) * to : hours);
const error = (field: string, message: string, code = 'InvalidField'): FieldError => ({ code, message, field });

/** The member that an entry is for: the one named, else the caller. */
function memberOf(record: SandboxRecord, { store, caller }: HookContext): SandboxRecord | undefined {
  const given = record.member as { id?: number; identifier?: string } | undefined;
  const members = store.collection('/system/members');
  if (given === undefined) return members.get(caller.memberId);
  return given.id === undefined
    ? [...members.where('identifier', given.identifier ?? '')][0]
    : members.get(Number(given.id));
}

/** The customer's agreement that covers the work, if one is running. */
function agreementOf(company: unknown, { store, api, now }: HookContext): Record<string, unknown> | undefined {
  const running = [...store.collection('/finance/agreements').where('company/id', idOf(company) ?? 0)].find(
    ({ cancelledFlag, endDate }) =>
      cancelledFlag !== true && (endDate === undefined || milliseconds(endDate) > now.getTime()),
  );
  return running && expand(running, 'AgreementReference', '/finance/agreements', api);
}

function fill(record: SandboxRecord, context: HookContext): void {
  const { store, api } = context;
  const member = memberOf(record, context);
  if (member !== undefined) record.member = expand(member, 'MemberReference', '/system/members', api);
  const ticket = chargedTicket(record, context);
  const code = chargeCodeOf(record, context);
  record.company = ticket?.company ?? code?.company ?? record.company;
  record.workType ??= ticket?.workType ?? code?.workType ?? member?.workType;
  record.workRole ??= ticket?.workRole ?? code?.workRole ?? member?.workRole;
  record.locationId ??= idOf(member?.defaultLocation) ?? 1;
  record.businessUnitId ??= idOf(member?.defaultDepartment) ?? 1;
  if (code === undefined && record.agreement === undefined) {
    const agreement = agreementOf(record.company, context);
    if (agreement !== undefined) record.agreement = agreement;
  }
  const workType = store.collection('/time/workTypes').get(idOf(record.workType) ?? 0);
  if (record.billableOption === undefined || record.billableOption === 'NoDefault')
    record.billableOption = code?.billTime ?? workType?.billTime ?? 'Billable';
  record.addToDetailDescriptionFlag ??= false;
  record.addToInternalAnalysisFlag ??= false;
  record.addToResolutionFlag ??= false;
  record.hoursDeduct ??= 0;
}

/** An entry names the ticket that it is charged to, and of a project's ticket the project and the phase. */
function standOn(record: SandboxRecord, ticket: SandboxRecord | undefined): void {
  for (const name of ['ticket', 'project', 'phase']) delete record[name];
  if (ticket === undefined) return;
  record.ticket = { id: ticket.id, summary: ticket.summary };
  if (ticket.project === undefined) return;
  Object.assign(record.ticket as object, { _info: { ticket_href: `/project/tickets/${ticket.id}` } });
  record.project = ticket.project;
  if (ticket.phase !== undefined) record.phase = ticket.phase;
}

/** Work that is charged to something else is that one's customer's, under an agreement of theirs; that of a charge code under none. */
function rechargeTo(record: SandboxRecord, previous: SandboxRecord, context: HookContext): void {
  if (!isRecharged(record, previous)) return;
  const code = chargeCodeOf(record, context);
  const company = chargedTicket(record, context)?.company ?? code?.company;
  if (company === undefined || (code === undefined && idOf(company) === idOf(previous.company))) return;
  record.company = company;
  const agreement = code === undefined ? agreementOf(company, context) : undefined;
  if (agreement === undefined) delete record.agreement;
  else record.agreement = agreement;
}

/** With start and end, the hours follow from them, whatever was sent; with a start and hours only, so does the end. */
function countHours(record: SandboxRecord, previous: SandboxRecord | undefined, { store }: HookContext): void {
  const start = milliseconds(record.timeStart);
  const end = milliseconds(record.timeEnd);
  const deduct = Number(record.hoursDeduct ?? 0);
  if (!Number.isNaN(end)) record.actualHours = Math.round(((end - start) / 3_600_000 - deduct) * 100) / 100;
  const actual = Number(record.actualHours ?? 0);
  const workType = store.collection('/time/workTypes').get(idOf(record.workType) ?? 0);
  const billed = record.billableOption === 'Billable' ? round(actual, Number(workType?.roundBillHoursTo ?? 0)) : 0;
  record.hoursBilled = billed;
  record.invoiceHours = billed;
  const isOther = (['workRole', 'workType'] as const).some((name) => idOf(record[name]) !== idOf(previous?.[name]));
  // A rate can be set on an entry that exists, not on a new one.
  if (previous === undefined || isOther || record.hourlyRate === undefined)
    record.hourlyRate = hourlyRate(record, store);
  if (idOf(record.member) !== idOf(previous?.member))
    record.hourlyCost = hourlyCost(store.collection('/system/members').get(idOf(record.member) ?? 0));
  Object.assign(record, coveredByAgreement(record, billed, store));
}

function chargeErrors(record: SandboxRecord, context: HookContext): FieldError[] {
  const { store } = context;
  if (record.chargeToId === undefined)
    return record.company === undefined
      ? [error('chargeToId', 'The chargeToId field is required.', 'MissingRequiredField')]
      : [];
  if (record.chargeToType === 'ChargeCode')
    return chargeCodeOf(record, context) === undefined
      ? [error('chargeToId', `ChargeCode ${record.chargeToId} not found`, 'NotFound')]
      : [];
  if (record.chargeToType === 'Activity')
    return store.collection('/sales/activities').has(Number(record.chargeToId))
      ? []
      : [error('chargeToId', `Activity ${record.chargeToId} not found`, 'NotFound')];
  const ticket = chargedTicket(record, context);
  if (ticket === undefined)
    return [
      error('chargeToId', `${record.chargeToType ?? 'ServiceTicket'} ${record.chargeToId} not found`, 'NotFound'),
    ];
  const board = store.collection('/service/boards').get(idOf(ticket.board) ?? 0);
  const forbidden = statusOf(ticket, context)?.timeEntryNotAllowed === true || board?.timeEntryLockedFlag === true;
  // The real server names nothing but the field; its words are not known.
  return forbidden ? [error('chargeToId', 'Time entry is not allowed for this record.')] : [];
}

function memberErrors(record: SandboxRecord, member: SandboxRecord | undefined, context: HookContext): FieldError[] {
  if (member === undefined) return [error('member/id', 'member not found', 'NotFound')];
  if (member.licenseClass === 'A')
    return [error('member/id', `Member ${member.identifier} is an API member and cannot enter time.`)];
  if (member.inactiveFlag === true) return [error('member/id', `Member ${member.identifier} is inactive.`)];
  const errors: FieldError[] = [];
  if (record.timeEnd === undefined && record.actualHours === undefined)
    errors.push(error('timeEnd', 'The timeEnd field is required.', 'MissingRequiredField'));
  if (member.requireStartAndEndTimeOnTimeEntryFlag === true && record.timeEnd === undefined)
    errors.push(error('timeEnd', 'The timeEnd field is required.', 'MissingRequiredField'));
  const role = context.store.collection('/time/workRoles').get(idOf(record.workRole) ?? 0);
  const locations = role?.locationIds as number[] | undefined;
  if (locations !== undefined && !locations.includes(Number(record.locationId)))
    errors.push(error('workRole/id', 'The default Work Role is not valid for the selected location'));
  return errors;
}

function orderErrors(record: SandboxRecord): FieldError[] {
  const start = milliseconds(record.timeStart);
  const end = milliseconds(record.timeEnd);
  if (!Number.isNaN(end) && end <= start) return [error('timeEnd', 'The timeEnd must be after the timeStart.')];
  return Number(record.actualHours) < 0 ? [error('actualHours', 'The actualHours must not be negative.')] : [];
}

/** The sheet that an entry falls on. */
function sheetFor(record: SandboxRecord, context: HookContext): SandboxRecord | undefined {
  const member = memberOf(record, context);
  if (member === undefined || Number.isNaN(milliseconds(record.timeStart))) return undefined;
  const zone = memberZone(context.store, member, context.timeZone);
  return sheetOf(member, new Date(milliseconds(record.timeStart)), zone, context);
}

/** How the real server words a locked sheet is not known. */
function lockErrors(sheet: SandboxRecord | undefined): FieldError[] {
  return isLocked(sheet)
    ? [error('timeSheet', `The time sheet ${sheet?.name} is ${sheet?.status} and cannot be changed.`)]
    : [];
}

export const timeEntry: Behaviour = {
  collection: '/time/entries',
  resource: 'timeEntry',
  label: 'Time Entry',
  derived: [
    'hoursBilled',
    'invoiceHours',
    'timeSheet',
    'status',
    'enteredBy',
    'dateEntered',
    'invoice',
    'agreementHours',
    'agreementAmount',
  ],

  defaults: fill,

  validate(record, context) {
    const { previous } = context;
    const current = context.store.collection('/time/sheets').get(idOf(previous?.timeSheet) ?? 0);
    const errors = [
      ...memberErrors(record, memberOf(record, context), context),
      ...chargeErrors(record, context),
      ...orderErrors(record),
    ];
    if (errors.length > 0) return errors;
    const locked = lockErrors(current);
    return locked.length > 0 ? locked : lockErrors(sheetFor(record, context));
  },

  beforeSave(record, context) {
    const { previous } = context;
    if (previous !== undefined) rechargeTo(record, previous, context);
    countHours(record, previous, context);
    const sheet = sheetFor(record, context);
    if (sheet !== undefined) record.timeSheet = { id: sheet.id, name: sheet.name };
    record.status = sheet?.status ?? 'Open';
    record.enteredBy ??= context.caller.identifier;
    record.dateEntered ??= `${context.now.toISOString().slice(0, 19)}Z`;
    const ticket = chargedTicket(record, context);
    standOn(record, ticket);
  },

  afterSave(record, context) {
    const { previous } = context;
    for (const id of new Set([idOf(record.timeSheet), idOf(previous?.timeSheet)]))
      if (id !== undefined) recount(context.store, id);
    countOnTicket(record, context);
    if (previous !== undefined && isRecharged(record, previous)) countOnTicket(previous, context);
    if (previous === undefined && typeof record.notes === 'string') copyNotes(record, context);
  },

  beforeDelete(record, context) {
    const sheet = context.store.collection('/time/sheets').get(idOf(record.timeSheet) ?? 0);
    const errors = record.status === 'Billed' ? [error('status', 'Billed time cannot be deleted.')] : lockErrors(sheet);
    if (errors.length > 0) throw invalidObject('timeEntry', errors);
    context.store.collection('/time/entries').remove(record.id);
    if (sheet !== undefined) recount(context.store, sheet.id);
    countOnTicket(record, context);
    return 'keep';
  },

  actions: { 'POST /time/entries/defaults': ({ body }, context) => defaultsOf(body, context) },
};

function copyNotes(record: SandboxRecord, context: HookContext): void {
  const flags = {
    detailDescriptionFlag: record.addToDetailDescriptionFlag === true,
    internalAnalysisFlag: record.addToInternalAnalysisFlag === true,
    resolutionFlag: record.addToResolutionFlag === true,
  };
  const ticket = chargedTicket(record, context);
  if (ticket === undefined || !Object.values(flags).includes(true)) return;
  addNote(context, record.chargeToType === 'ProjectTicket' ? 'project' : 'service', ticket.id, {
    text: record.notes,
    ...flags,
    member: record.member,
  });
}

/** What Manage would fill in, without storing anything. */
function defaultsOf(body: unknown, context: HookContext): ActionAnswer {
  const draft = { ...((body ?? {}) as Record<string, unknown>) } as SandboxRecord;
  fill(draft, context);
  const fields = context.api.schema('TimeEntry')?.fields;
  if (fields !== undefined) resolveReferences(draft, fields, context);
  if (typeof draft.timeStart === 'string') countHours(draft, undefined, context);
  return { status: 200, body: draft };
}
