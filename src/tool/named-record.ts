import { type ManageRecord, NotFound } from '../manage/index.ts';
import { findTicket, type NameKind, UnknownName } from '../names/index.ts';
import { type Clean, cleanLine, joined, say } from '../text/index.ts';
import type { ToolContext } from './context.ts';
import { ToolInputError } from './errors.ts';

/** A kind of record that has files and a history of changes. */
interface RecordKind {
  readonly words: readonly string[];
  readonly get: string;
  /** How it is found by name; only by id where there is none. */
  readonly names?: NameKind;
  /** Digits are the number that is printed on it before they are an id. */
  readonly numbered?: boolean;
  /** What the documents of the API call it. */
  readonly documents?: string;
  /** What the audit trail calls it. */
  readonly changes?: string;
}

const ticket = { get: 'GET /service/tickets/{id}', documents: 'Ticket', changes: 'Ticket' };

const KINDS: Readonly<Record<string, RecordKind>> = {
  ticket: { ...ticket, words: ['service ticket', 'project ticket', 'issue'] },
  company: {
    words: ['customer', 'client', 'vendor'],
    get: 'GET /company/companies/{id}',
    names: 'company',
    documents: 'Company',
    changes: 'Company',
  },
  contact: {
    words: ['person'],
    get: 'GET /company/contacts/{id}',
    names: 'contact',
    documents: 'Contact',
    changes: 'Contact',
  },
  configuration: {
    words: ['asset', 'device', 'config'],
    get: 'GET /company/configurations/{id}',
    names: 'configuration',
    documents: 'Configuration',
    changes: 'Configuration',
  },
  project: {
    words: [],
    get: 'GET /project/projects/{id}',
    names: 'project',
    documents: 'Project',
    changes: 'Project',
  },
  opportunity: {
    words: ['deal'],
    get: 'GET /sales/opportunities/{id}',
    names: 'opportunity',
    documents: 'Opportunity',
    changes: 'Opportunity',
  },
  agreement: {
    words: ['contract'],
    get: 'GET /finance/agreements/{id}',
    names: 'agreement',
    documents: 'Agreement',
    changes: 'Agreement',
  },
  activity: { words: [], get: 'GET /sales/activities/{id}', documents: 'Activity', changes: 'Activity' },
  invoice: {
    words: [],
    get: 'GET /finance/invoices/{id}',
    names: 'invoice',
    numbered: true,
    documents: 'Invoice',
    changes: 'Invoice',
  },
  'purchase order': {
    words: ['purchaseorder', 'po'],
    get: 'GET /procurement/purchaseorders/{id}',
    names: 'purchaseOrder',
    numbered: true,
    documents: 'PurchaseOrder',
    changes: 'PurchaseOrder',
  },
  'sales order': { words: ['salesorder', 'order'], get: 'GET /sales/orders/{id}', documents: 'SalesOrder' },
  'time entry': {
    words: ['timeentry', 'time'],
    get: 'GET /time/entries/{id}',
    documents: 'TimeEntry',
    changes: 'Time',
  },
  expense: { words: ['expense entry'], get: 'GET /expense/entries/{id}', documents: 'Expense', changes: 'Expense' },
  'schedule entry': { words: ['schedule', 'appointment'], get: 'GET /schedule/entries/{id}', changes: 'Schedule' },
  'catalog item': {
    words: ['product', 'catalog', 'item'],
    get: 'GET /procurement/catalog/{id}',
    names: 'catalogItem',
    changes: 'ProductCatalog',
  },
  article: {
    words: ['knowledge base article', 'knowledge base', 'knowledge'],
    get: 'GET /service/knowledgeBaseArticles/{id}',
    documents: 'KnowledgeBase',
  },
  rma: { words: [], get: 'GET /procurement/rmaTags/{id}', documents: 'Rma' },
  member: { words: ['employee', 'technician'], get: 'GET /system/members/{id}', names: 'member', documents: 'Member' },
};

/** Operations that `namedRecord` calls. */
export const RECORD_OPERATIONS: readonly string[] = [
  'GET /project/tickets/{id}',
  ...Object.values(KINDS).map(({ get }) => get),
];

/** A record that somebody named, found. */
export interface NamedRecord {
  readonly id: number;
  /** `ticket 4711, VPN is down`; cleaned. */
  readonly label: Clean;
  /** What the API calls its type: of documents, or of changes. */
  readonly type: string;
  readonly record: ManageRecord;
}

/** What a person calls a record of any kind, by the first of its members that says it; empty where none does. */
export const titleOf = (record: ManageRecord): Clean => {
  const person = [record.firstName, record.lastName].filter((part) => typeof part === 'string').join(' ');
  const { summary, name, identifier, title, description, invoiceNumber, poNumber, caption } = record;
  return cleanLine(
    person || (summary ?? name ?? title ?? description ?? invoiceNumber ?? poNumber ?? identifier ?? caption),
  );
};

const ONE_NUMBER = /^#?\s*(\d+)$/;

/** The kind that a text begins with, and what follows: an id or a name. A number alone is a ticket's. */
function readKind(said: string): { word: string; kind: RecordKind; rest: string } | undefined {
  const text = said.trim();
  if (ONE_NUMBER.test(text)) return { word: 'ticket', kind: KINDS.ticket as RecordKind, rest: text };
  const forms = Object.entries(KINDS).flatMap(([word, kind]) =>
    [word, ...kind.words].map((form) => ({ word, kind, form })),
  );
  // The longer form first: "project ticket 12" is not a project.
  for (const { word, kind, form } of forms.sort((a, b) => b.form.length - a.form.length)) {
    const spaced = form.replaceAll(' ', '[ _-]?');
    const rest = new RegExp(`^${spaced}(?:s|es)?[\\s:/#]+(.+)$`, 'i').exec(text)?.[1];
    if (rest !== undefined) return { word, kind, rest: rest.trim() };
  }
  return undefined;
}

/**
 * The record that "ticket 4711", "company Acme" or "configuration FW-01" means.
 * @param use what of it is asked for: not every record has both
 * @throws {ToolInputError} for a kind that is not known or has no such thing, {NotFound} or {UnknownName} for a record that is not there
 */
export async function namedRecord(
  said: string,
  use: 'documents' | 'changes',
  argument: string,
  { manage, names, signal }: ToolContext,
): Promise<NamedRecord> {
  const read = readKind(said);
  const allowed = Object.entries(KINDS).flatMap(([word, kind]) => (kind[use] === undefined ? [] : [word]));
  const type = read?.kind[use];
  if (read === undefined || type === undefined)
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: "${cleanLine(said)}" has to be a kind of record and its id or name, as "ticket 4711" or "company Acme".`,
      { allowed },
    );
  const { word, kind, rest } = read;
  const number = ONE_NUMBER.exec(rest)?.[1];
  if (word === 'ticket' && number !== undefined) {
    const found = await findTicket(manage, Number(number), signal);
    const isProject = found.kind === 'project' && use === 'changes';
    return {
      id: Number(number),
      label: joined([say`ticket ${Number(number)}`, cleanLine(found.record.summary)], ', '),
      type: isProject ? 'ProjectTicket' : type,
      record: found.record,
    };
  }
  if (number === undefined && kind.names === undefined)
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: name the ${cleanLine(word)} by its id, as "${cleanLine(word)} 12".`,
    );
  const id =
    number !== undefined && kind.numbered !== true
      ? Number(number)
      : (await names.resolve(kind.names as NameKind, rest, { argument, signal })).id;
  const record = await manage.get<ManageRecord>(kind.get, { path: { id }, signal }).catch((error: unknown) => {
    if (!(error instanceof NotFound)) throw error;
    throw new NotFound(`There is no ${word} ${id}.`, { operation: kind.get, status: 404 });
  });
  return { id, label: joined([say`${cleanLine(word)} ${id}`, titleOf(record)], ', '), type, record };
}

/**
 * A record by its kind and id, "company 7" for "company Globex", as far as its kind and its name are known: others, such as one
 * that was deleted, stay as they were said, without the kind. What has no kind is said to be looked for by its words.
 * @throws {AmbiguousName} where several have the name
 */
export async function recordAsked(said: string, { names, signal, remark }: ToolContext): Promise<string> {
  const read = readKind(said);
  if (read === undefined)
    remark(
      say`record "${cleanLine(said)}" was looked for in the words of each change. With its kind, as "company Acme" or "configuration FW-01", all changes of the record are found.`,
    );
  if (read === undefined || (ONE_NUMBER.test(read.rest) && read.kind.numbered !== true)) return said;
  const { word, kind, rest } = read;
  if (kind.names === undefined) return rest;
  try {
    const { id } = await names.resolve(kind.names, rest, { argument: 'record', inactive: true, signal });
    return `${word} ${id}`;
  } catch (error) {
    if (error instanceof UnknownName) return rest;
    throw error;
  }
}
