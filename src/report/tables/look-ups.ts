import { Forbidden, type ManageRecord, NoSuchOperation } from '../../manage/index.ts';
import { all, field } from '../../query/index.ts';
import { readablePart } from '../../tool/index.ts';
import { type Column, type Columns, currency, fieldsOf, flag, number, reference, Table, text } from './table.ts';
import type { Reading } from './table-cache.ts';

const ID: Columns = { id: number('id') };

/** A ticket by its number and summary. */
export const itself: Column = {
  kind: 'reference',
  fields: ['id', 'summary'],
  of: ({ id, summary }: ManageRecord) => ({ id, name: `#${id} ${summary ?? ''}`.trim() }),
};

/** What tickets are split by, whether they are counted themselves or looked up for what was done for them. */
export const OF_TICKETS: Columns = {
  board: reference('board'),
  type: reference('type'),
  subtype: reference('subType'),
  item: reference('item'),
  priority: reference('priority'),
  source: reference('source'),
  status: reference('status'),
  company: reference('company'),
  contact: reference('contact', 'company'),
  site: reference('site', 'company'),
  serviceLocation: reference('serviceLocation'),
};

const TICKET: Columns = { ...ID, ...OF_TICKETS, owner: reference('owner'), itself };

/** Records that others point at by id, and what is read of them. */
const LOOK_UPS = {
  company: {
    list: 'GET /company/companies',
    columns: { ...ID, territory: reference('territory'), market: reference('market'), currency },
  },
  agreement: { list: 'GET /finance/agreements', columns: { ...ID, type: reference('type') } },
  catalogItem: {
    list: 'GET /procurement/catalog',
    columns: {
      ...ID,
      category: reference('category'),
      subcategory: reference('subcategory'),
      type: reference('type'),
      manufacturer: reference('manufacturer'),
    },
  },
  /** By number; a project ticket by its number below zero. */
  ticket: { list: 'GET /service/tickets', columns: { ...TICKET, team: reference('team') } },
  projectTicket: {
    list: 'GET /project/tickets',
    columns: { ...TICKET, project: reference('project', 'company') },
  },
  member: {
    list: 'GET /system/members',
    columns: {
      ...ID,
      identifier: text('identifier'),
      firstName: text('firstName'),
      lastName: text('lastName'),
      inactive: flag('inactiveFlag'),
      license: text('licenseClass'),
      hourlyCost: number('hourlyCost'),
      department: reference('defaultDepartment'),
      location: reference('defaultLocation'),
    },
  },
} as const satisfies Readonly<Record<string, { readonly list: string; readonly columns: Columns }>>;

export type LookUpName = keyof typeof LOOK_UPS;

/** Operations that looking up needs. */
export const LOOK_UP_OPERATIONS: readonly string[] = Object.values(LOOK_UPS).map(({ list }) => list);

/** More ids are not sent one by one: the records between the lowest and the highest are read. */
const MOST_BY_ID = 500;

const newTable = (name: LookUpName): Table => new Table(LOOK_UPS[name].columns);

/**
 * The records of some ids, read once for a report. Those that are gone, or that the role may not read, are not in it.
 * @param ids all different, none of them below zero
 */
export async function lookUp(name: LookUpName, ids: readonly number[], reading: Reading): Promise<Table> {
  const { context, own } = reading;
  const written = context.manage.written([LOOK_UPS[name].list]);
  const table = own.lookedUp(name, written, () => newTable(name), await context.now());
  return complete(table, { name, ids }, reading);
}

/** Reads the records of some ids that a table does not have yet into it. @returns the table */
export async function complete(
  table: Table,
  { name, ids }: { readonly name: LookUpName; readonly ids: readonly number[] },
  { context: { manage, signal } }: Reading,
): Promise<Table> {
  const missing = ids.filter((id) => table.rowOf(id) === undefined).sort((a, b) => a - b);
  const [first, last] = [missing[0], missing.at(-1)];
  if (first === undefined || last === undefined) return table;
  const { list } = LOOK_UPS[name];
  const conditions =
    missing.length > MOST_BY_ID ? all(field('id', '>=', first), field('id', '<=', last)) : field('id', 'in', missing);
  const fields = fieldsOf(table.columns);
  try {
    for await (const record of manage.stream<ManageRecord>(list, { conditions, fields, signal })) table.put(record);
  } catch (error) {
    // What a role may not read is in no group, which the answer shows as "(none)".
    if (!(error instanceof Forbidden) && !(error instanceof NoSuchOperation)) throw error;
  }
  return table;
}

/**
 * Every member, those who left included; empty where the role may not read them.
 * @param isFresh read again, for amounts that somebody may have just entered
 */
export async function readMembers({ context, cache }: Reading, isFresh = false): Promise<Table> {
  const { manage, signal, now } = context;
  const table = cache.lookedUp(
    'all members',
    manage.written([LOOK_UPS.member.list]),
    () => newTable('member'),
    await now(),
  );
  if (table.length > 0 && !isFresh) return table;
  const read = manage.all<ManageRecord>(LOOK_UPS.member.list, { fields: fieldsOf(table.columns), signal });
  for (const record of await readablePart(read)) table.put(record);
  return table;
}

/** What a member is called. */
export const memberLabel = (members: Table, row: number): string =>
  [members.text('firstName', row), members.text('lastName', row)].filter((part) => part !== undefined).join(' ') ||
  (members.text('identifier', row) ?? '');
