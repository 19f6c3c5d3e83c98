import type { ManageRecord } from '../../manage/index.ts';
import { idOf, nameOf } from '../../names/index.ts';
import { type Expression, field } from '../../query/index.ts';
import { readablePart } from '../../tool/index.ts';
import { kindOf } from '../collection.ts';
import type { DimensionName } from '../dimensions.ts';
import type { Filters } from '../filters/filters.ts';
import type { Counted } from '../measure.ts';
import { memberLabel, readMembers } from '../tables/look-ups.ts';
import type { Reading } from '../tables/table-cache.ts';
import type { GroupName } from './key.ts';
import { dimensionOf, type Split } from './keys.ts';

const COMPANIES = 'GET /company/companies';
const STATUSES = 'GET /company/companies/statuses';
const TYPES = 'GET /company/companies/types';
const AGREEMENTS = 'GET /finance/agreements';
const PROJECTS = 'GET /project/projects';

/** Operations that finding groups with nothing needs. */
export const EMPTY_GROUP_OPERATIONS = [COMPANIES, STATUSES, TYPES, AGREEMENTS, PROJECTS] as const;

/** What is asked of the groups of a report. */
interface Asked {
  readonly split: Split | undefined;
  readonly parts: readonly Counted[];
  readonly filters: Filters;
  /** Somebody asks for the groups with the least, or with nothing. */
  readonly forNothing: boolean;
}

/** Dimensions that say something of a customer: who is not in them is none of the groups. */
const OF_CUSTOMER: ReadonlySet<string> = new Set([
  'company',
  'territory',
  'market',
  'agreement',
  'agreementType',
  'project',
]);

const ofRecord = (record: ManageRecord, apart?: string): GroupName => ({
  id: String(record.id),
  label: nameOf(record) ?? String(record.id),
  apart,
});

const idsIn = (types: unknown): readonly number[] =>
  Array.isArray(types) ? types.flatMap((type) => idOf(type) ?? []) : [];

/** Companies that somebody may expect something of: neither deleted nor of an inactive status, and not vendors alone. */
async function activeCompanies({ context: { manage, signal } }: Reading): Promise<readonly GroupName[]> {
  const read = (list: string, fields: readonly string[], conditions?: Expression): Promise<readonly ManageRecord[]> =>
    readablePart(manage.all<ManageRecord>(list, { fields: ['id', ...fields], conditions, signal }));
  const [companies, statuses, types] = await Promise.all([
    read(COMPANIES, ['name', 'status/id', 'types'], field('deletedFlag', '=', false)),
    read(STATUSES, ['inactiveFlag']),
    read(TYPES, ['vendorFlag']),
  ]);
  const over = new Set(statuses.filter(({ inactiveFlag }) => inactiveFlag === true).map(idOf));
  const vendor = new Set(types.filter(({ vendorFlag }) => vendorFlag === true).map(idOf));
  const isVendor = (own: readonly number[]): boolean => own.length > 0 && own.every((id) => vendor.has(id));
  return companies
    .filter((company) => !over.has(idOf(company.status)) && !isVendor(idsIn(company.types)))
    .map((company) => ofRecord(company));
}

/** Agreements that are active, or projects that are open, each told apart by its customer. */
async function ofCustomers(list: string, which: Expression, { context }: Reading): Promise<readonly GroupName[]> {
  const { manage, signal } = context;
  const asked = { fields: ['id', 'name', 'company/name'], conditions: which, signal };
  const rows = await readablePart(manage.all<ManageRecord>(list, asked));
  return rows.map((row) => ofRecord(row, nameOf(row.company)));
}

/** Every group that there could be of a dimension; `undefined` where nobody knows. */
function everyOne(by: DimensionName, reading: Reading): Promise<readonly GroupName[]> | undefined {
  if (by === 'company') return activeCompanies(reading);
  if (by === 'agreement') return ofCustomers(AGREEMENTS, field('agreementStatus', '=', 'Active'), reading);
  return by === 'project' ? ofCustomers(PROJECTS, field('closedFlag', '=', false), reading) : undefined;
}

/**
 * Groups that have nothing to count. Members and boards always: people ask who did nothing. Customers, their agreements and projects,
 * of which there can be many, where the least are asked for.
 */
export async function emptyGroups(
  { split, parts, filters, forNothing }: Asked,
  reading: Reading,
): Promise<readonly GroupName[]> {
  const by = dimensionOf(split);
  if (by === undefined || filters.dimensions.some(({ dimension }) => dimension === by)) return [];
  if (by === 'board' && parts.every(({ collection }) => kindOf(collection) === 'tickets')) {
    const boards = await readablePart(reading.context.names.list('board'));
    return boards.filter(({ record }) => record.projectFlag !== true).map(({ id, label }) => ({ id: `${id}`, label }));
  }
  if (forNothing && !filters.dimensions.some(({ dimension }) => OF_CUSTOMER.has(dimension))) {
    const every = await everyOne(by, reading);
    if (every !== undefined) return every;
  }
  const isOfWork = parts.some(({ collection }) =>
    ['time', 'enteredTime', 'capacity', 'schedule', 'tickets', 'reopenedTickets'].includes(kindOf(collection)),
  );
  if (by !== 'member' || !isOfWork || filters.dimensions.length + filters.fields.length > 0) return [];
  const members = await readMembers(reading);
  return Array.from({ length: members.length }, (_, row) => row)
    .filter((row) => members.number('inactive', row) !== 1 && members.text('license', row) !== 'A')
    .map((row) => ({ id: String(members.number('id', row)), label: memberLabel(members, row) }));
}
