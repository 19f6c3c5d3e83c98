import type { Entry, Reversal } from '../../../src/journal/index.ts';
import { Forbidden, type ManageRecord, NoSuchOperation, NotFound } from '../../../src/manage/index.ts';
import { all, type Expression, field } from '../../../src/query/index.ts';
import { type Clean, cleanLine, counted, say } from '../../../src/text/index.ts';
import { bookedOn } from '../../../src/tickets/assign.ts';
import type { ToolContext } from '../../../src/tool/index.ts';

/** A list whose records belong to another one, what they are called, and how those of a record are found. */
interface Belonging {
  readonly list: string;
  readonly one: string;
  readonly many: string;
  readonly of: (id: number, names: ToolContext['names']) => Expression | undefined | Promise<Expression | undefined>;
  /** Where the list itself asks for whose records it is to have. */
  readonly query?: (id: number) => Readonly<Record<string, string | number>>;
}

const by =
  (path: string) =>
  (id: number): Expression =>
    field(path, '=', id);

const chargedTo = (type: string) => (id: number) => all(field('chargeToType', '=', type), field('chargeToId', '=', id));

const inside = (list: string, path: string, one: string, many = `${one}s`): Belonging => ({
  list,
  one,
  many,
  of: by(path),
});

const ofTicket = (type: string): readonly Belonging[] => [
  { list: '/time/entries', one: 'time entry', many: 'time entries', of: chargedTo(type) },
  { list: '/expense/entries', one: 'expense', many: 'expenses', of: chargedTo(type) },
  inside('/procurement/products', 'ticket/id', 'product'),
  {
    list: '/schedule/entries',
    one: 'schedule entry',
    many: 'schedule entries',
    of: bookedOn,
  },
  inside('/service/tickets', 'parentTicketId', 'child ticket'),
  {
    list: '/system/documents',
    one: 'attachment',
    many: 'attachments',
    of: () => undefined,
    query: (recordId) => ({ recordType: 'Ticket', recordId }),
  },
];

const TICKETS = '/service/tickets';
const PROJECT_TICKETS = '/project/tickets';

/** What can come to belong to a record, by where the record is. */
const BELONGING: Readonly<Record<string, readonly Belonging[]>> = {
  [TICKETS]: ofTicket('ServiceTicket'),
  [PROJECT_TICKETS]: ofTicket('ProjectTicket'),
  '/company/companies': [
    inside('/company/contacts', 'company/id', 'contact'),
    inside(TICKETS, 'company/id', 'service ticket'),
    inside('/project/projects', 'company/id', 'project'),
    inside('/finance/agreements', 'company/id', 'agreement'),
    inside('/sales/opportunities', 'company/id', 'opportunity', 'opportunities'),
    inside('/company/configurations', 'company/id', 'configuration'),
    inside('/finance/invoices', 'company/id', 'invoice'),
    inside('/time/entries', 'company/id', 'time entry', 'time entries'),
  ],
  '/company/contacts': [
    inside(TICKETS, 'contact/id', 'service ticket'),
    inside('/sales/opportunities', 'contact/id', 'opportunity', 'opportunities'),
    inside('/company/configurations', 'contact/id', 'configuration'),
  ],
  '/company/configurations': [inside(TICKETS, 'configuration/id', 'service ticket')],
  '/project/projects': [
    inside(PROJECT_TICKETS, 'project/id', 'project ticket'),
    inside('/time/entries', 'project/id', 'time entry', 'time entries'),
  ],
  '/project/projects/{parentId}/phases': [inside(PROJECT_TICKETS, 'phase/id', 'project ticket')],
  '/sales/opportunities': [
    inside('/sales/activities', 'opportunity/id', 'activity', 'activities'),
    inside('/sales/orders', 'opportunity/id', 'sales order'),
    inside('/finance/agreements', 'opportunity/id', 'agreement'),
    inside(TICKETS, 'opportunity/id', 'service ticket'),
  ],
  '/finance/agreements': [
    inside(TICKETS, 'agreement/id', 'service ticket'),
    inside('/time/entries', 'agreement/id', 'time entry', 'time entries'),
    inside('/finance/invoices', 'agreement/id', 'invoice'),
  ],
  '/procurement/catalog': [inside('/procurement/products', 'catalogItem/id', 'product')],
  '/marketing/campaigns': [inside('/sales/opportunities', 'campaign/id', 'opportunity', 'opportunities')],
};

/** How many records belong to one; none that this caller, or this version of Manage, cannot count. */
async function countOf({ list, of, query }: Belonging, id: number, context: ToolContext): Promise<number> {
  const { manage, names, signal } = context;
  const asked = { conditions: await of(id, names), query: query?.(id), signal };
  return manage.count(`GET ${list}/count`, asked).catch((error: unknown) => {
    if ([Forbidden, NoSuchOperation, NotFound].some((kind) => error instanceof kind)) return 0;
    throw error;
  });
}

/** Moments after its creation in which Manage adds to a record by itself, in milliseconds. */
const BY_ITSELF = 60_000;

/** How many notes a ticket has, and how many of them came after it was made: those that it was made with are its own. */
async function notesOf({ at }: Entry, list: string, parentId: number, { manage, signal }: ToolContext) {
  const read = manage.all<ManageRecord>(`GET ${list}/{parentId}/notes`, { path: { parentId }, signal });
  const notes = await read.catch((error: unknown): readonly ManageRecord[] => {
    if (error instanceof Forbidden || error instanceof NotFound) return [];
    throw error;
  });
  const since = Date.parse(at) + BY_ITSELF;
  const later = notes.filter(({ dateCreated }) => Date.parse(String(dateCreated)) > since);
  return { own: notes.length - later.length, later: later.length };
}

/** What is there of a record whose creation is to be taken back. */
export interface Hanging {
  /** What has come to it since it was made, whoever did that, and would be lost or left without it: `2 time entries`, a phrase each. */
  readonly since: readonly Clean[];
  /** Notes that it was made with, and that go with it: `1 note`. */
  readonly own: Clean | undefined;
}

/**
 * What is there of a record whose creation is to be taken back. Nothing for other writes, and nothing that the role may not read.
 * @param together everything that is taken back with it
 */
export async function hangingOn(
  { entry, operation }: Reversal,
  together: readonly Reversal[],
  context: ToolContext,
): Promise<Hanging> {
  const { created } = entry;
  if (!operation.startsWith('DELETE') || created === undefined) return { since: [], own: undefined };
  const place = operation.slice('DELETE '.length).replace(/\/\{id\}\/?$/, '');
  const others = together.filter((other) => other.entry.id !== entry.id);
  const found = await Promise.all(
    (BELONGING[place] ?? []).map(async (kind) => {
      const own = others.filter((other) => other.operation === `DELETE ${kind.list}/{id}`).length;
      return { ...kind, count: (await countOf(kind, created, context)) - own };
    }),
  );
  const isTicket = place === TICKETS || place === PROJECT_TICKETS;
  const notes = isTicket ? await notesOf(entry, place, created, context) : { own: 0, later: 0 };
  return {
    since: [...found, { count: notes.later, one: 'note', many: 'notes' }]
      .filter(({ count }) => count > 0)
      .map(({ count, one, many }) => say`${count} ${cleanLine(count === 1 ? one : many)}`),
    own: notes.own > 0 ? counted(notes.own, 'note') : undefined,
  };
}
