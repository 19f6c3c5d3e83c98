import { randomUUID } from 'node:crypto';
import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import type { FieldError } from '../../contract/failure.ts';
import { HOME_CURRENCY } from '../../records/currency.ts';
import { expand, idOf, nameIn, setDefault } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { boardDefaults, boardErrors } from './board.ts';
import { ticketActions } from './ticket-actions.ts';
import { byConfiguration } from './ticket-configuration.ts';
import { ticketLinks } from './ticket-lists.ts';
import { addNote } from './ticket-note.ts';
import { followStatus, slaStatus } from './ticket-status.ts';

/** First texts of a ticket: taken on creation, turned into notes, never shown again. */
const INITIAL = [
  ['initialDescription', 'detailDescriptionFlag'],
  ['initialInternalAnalysis', 'internalAnalysisFlag'],
  ['initialResolution', 'resolutionFlag'],
] as const;
const WRITE_ONLY = [
  'initialDescription',
  'initialInternalAnalysis',
  'initialResolution',
  'initialDescriptionFrom',
  'contactEmailLookup',
  'processNotifications',
  'skipCallback',
] as const;

/** Contact and site of the company, where the caller named none. */
function fillFromCompany(record: SandboxRecord, { store, api }: HookContext): void {
  const given = record.company as { id?: number; identifier?: string; name?: string } | undefined;
  const companies = store.collection('/company/companies');
  const company =
    given?.id === undefined ? [...companies.where('identifier', given?.identifier ?? '')][0] : companies.get(given.id);
  if (company === undefined) return;
  record.site ??= company.site;
  if (typeof record.contactEmailLookup === 'string') {
    const wanted = record.contactEmailLookup.toLowerCase();
    const found = [...store.collection('/company/contacts').where('company/id', company.id)].find((contact) =>
      (contact.communicationItems as { value?: string }[] | undefined)?.some(
        ({ value }) => value?.toLowerCase() === wanted,
      ),
    );
    if (found !== undefined) record.contact ??= expand(found, 'ContactReference', '/company/contacts', api);
  }
  record.contact ??= company.defaultContact;
}

/** The list of addresses that get copies is kept with its end marked. */
export function closeCopies(record: SandboxRecord): void {
  const { automaticEmailCc } = record;
  if (typeof automaticEmailCc === 'string' && !/;\s*$/.test(automaticEmailCc))
    record.automaticEmailCc = `${automaticEmailCc};`;
}

export function fillContact(record: SandboxRecord, { store }: HookContext): void {
  for (const name of ['contactName', 'contactEmailAddress', 'contactPhoneNumber', 'contactPhoneExtension'])
    delete record[name];
  const contact = store.collection('/company/contacts').get(idOf(record.contact) ?? 0);
  if (contact === undefined) return;
  const items = (contact.communicationItems ?? []) as { communicationType?: string; value?: string }[];
  record.contactName = [contact.firstName, contact.lastName].filter(Boolean).join(' ');
  record.contactEmailAddress = items.find(({ communicationType }) => communicationType === 'Email')?.value;
  record.contactPhoneNumber = contact.defaultPhoneNbr;
  record.contactPhoneExtension = contact.defaultPhoneExtension;
}

function companyErrors(record: SandboxRecord, { store }: HookContext): FieldError[] {
  const company = idOf(record.company);
  const contact = store.collection('/company/contacts').get(idOf(record.contact) ?? 0);
  const owner = idOf(contact?.company);
  // How Manage words this is not known.
  const parent = record.parentTicketId;
  if (typeof parent === 'number' && !store.collection('/service/tickets').has(parent))
    return [{ code: 'NotFound', message: `parentTicket ${parent} not found`, field: 'parentTicketId' }];
  return contact !== undefined && owner !== undefined && owner !== company
    ? [{ code: 'NotFound', message: `Contact ${contact.id} not found for Company ${company}`, field: 'contact/id' }]
    : [];
}

/** Texts that wait for the id of their new ticket. */
interface Scratch {
  firstTexts: readonly { readonly text: string; readonly flag: string }[];
}

/** What service tickets do beyond their schema. */
export const ticket: Behaviour<Scratch> = {
  collection: '/service/tickets',
  resource: 'ticket',
  label: 'Service Ticket',
  derived: ['resources', 'hasChildTicket', 'closedDate', 'closedBy', 'slaStatus', 'mobileGuid', 'currency'],

  defaults(record, context) {
    record.recordType = 'ServiceTicket';
    if (record.board === undefined) {
      const [board] = context.store.collection('/service/boards').all();
      if (board !== undefined) record.board = expand(board, 'BoardReference', '/service/boards', context.api);
    }
    const board = [...boardRows(record, context)][0];
    if (board !== undefined) record.board = expand(board, 'BoardReference', '/service/boards', context.api);
    boardDefaults(record, context, true);
    setDefault(record, 'priority', 'PriorityReference', context);
    setDefault(record, 'source', 'ServiceSourceReference', context);
    setDefault(record, 'serviceLocation', 'ServiceLocationReference', context);
    fillFromCompany(record, context);
    record.location ??= board?.location;
    record.department ??= board?.department;
    record.severity ??= 'Medium';
    record.impact ??= 'Medium';
    for (const name of ['billTime', 'billExpenses', 'billProducts']) record[name] ??= 'NoDefault';
    record.billingMethod ??= 'ActualRates';
    record.subBillingMethod ??= 'ActualRates';
    record.approved ??= true;
    record.sla ??= { id: 1, name: 'Standard SLA' };
    record.isInSla ??= true;
    record.actualHours ??= 0;
    record.currency ??= { ...HOME_CURRENCY };
    record.mobileGuid ??= randomUUID();
  },

  validate: (record, context) => [...boardErrors(record, context), ...companyErrors(record, context)],

  beforeSave(record, context) {
    const { previous } = context;
    context.scratch.firstTexts = INITIAL.flatMap(([member, flag]) =>
      typeof record[member] === 'string' && previous === undefined ? [{ text: record[member], flag }] : [],
    );
    for (const member of WRITE_ONLY) delete record[member];
    followStatus(record, previous, context);
    // Who owns a new ticket works on it.
    const owner = context.store.collection('/system/members').get(idOf(record.owner) ?? 0);
    if (previous === undefined && owner !== undefined) record.resources = owner.identifier;
    // A child is detached on Manage's own screens only.
    if (previous?.parentTicketId !== undefined) record.parentTicketId ??= previous.parentTicketId;
    if (idOf(record.contact) !== idOf(previous?.contact)) fillContact(record, context);
    record.siteName = nameIn(record.site);
    closeCopies(record);
    const isOther = (name: string): boolean => idOf(record[name]) !== idOf(previous?.[name]);
    if (record.slaStatus === undefined || ['status', 'priority', 'sla'].some(isOther))
      record.slaStatus = slaStatus(record, context);
  },

  afterSave(record, context) {
    for (const { text, flag } of context.scratch.firstTexts ?? [])
      addNote(context, 'service', record.id, { text, [flag]: true });
    const parent = record.parentTicketId;
    const tickets = context.store.collection('/service/tickets');
    const parentTicket = typeof parent === 'number' ? tickets.get(parent) : undefined;
    if (parentTicket !== undefined && parentTicket.hasChildTicket !== true)
      tickets.put({ ...parentTicket, hasChildTicket: true });
  },

  rewrite: byConfiguration('service'),
  links: ticketLinks('service'),
  actions: ticketActions,
};

function boardRows(record: SandboxRecord, { store }: HookContext): SandboxRecord[] {
  const given = record.board as { id?: number; name?: string } | undefined;
  const boards = store.collection('/service/boards');
  if (given?.id !== undefined) return [boards.get(Number(given.id))].filter((board) => board !== undefined);
  return given?.name === undefined ? [] : [...boards.where('name', given.name)];
}
