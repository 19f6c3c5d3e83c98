import type { ManageRecord } from '../../manage/index.ts';
import { all, field } from '../../query/index.ts';
import { BY_COMPANY, type Collection, type Wanted } from '../collection.ts';
import { readOnce } from '../several-lists.ts';
import { type Columns, number, reference, Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';

const AGREEMENTS = 'GET /finance/agreements';
const RECAPS = 'GET /finance/agreementrecap';

const COLUMNS: Columns = {
  agreement: { ...reference('agreement'), owner: ({ company }) => company },
  company: reference('company'),
  type: reference('type'),
  location: reference('location'),
  department: reference('department'),
  available: number('availableAmount'),
  used: number('usedAmount'),
  left: number('remainingAmount'),
  over: number('overrunAmount'),
};

/** Agreements under way that are paid in hours ahead, with what Manage's recap says is left of them. */
async function readPrepaid(wanted: Wanted, reading: Reading): Promise<Table> {
  const { manage, signal } = reading.context;
  const { narrowed } = wanted;
  return readOnce('prepaid', wanted, reading, async () => {
    const fields = ['id', 'name', 'company', 'type', 'location', 'department', 'applicationUnits'];
    const conditions = all(
      field('agreementStatus', '=', 'Active'),
      field('applicationUnits', '=', 'Hours'),
      field('applicationUnlimitedFlag', '=', false),
      narrowed.conditions,
    );
    const [agreements, recaps] = await Promise.all([
      manage.all<ManageRecord>(AGREEMENTS, { ...narrowed, conditions, fields, signal }),
      manage.all<ManageRecord>(RECAPS, { signal }),
    ]);
    const byId = new Map(recaps.map((recap) => [Number(recap.id), recap]));
    const table = new Table(COLUMNS);
    for (const agreement of agreements) {
      const { availableAmount, usedAmount, remainingAmount, overrunAmount } = byId.get(Number(agreement.id)) ?? {};
      if (!(Number(availableAmount) > 0)) continue;
      table.add({ ...agreement, agreement, availableAmount, usedAmount, remainingAmount, overrunAmount });
    }
    return table;
  });
}

/** Hours that customers paid ahead. */
export const prepaid: Collection = {
  name: 'prepaid',
  noun: 'agreements of prepaid hours',
  one: 'agreement of prepaid hours',
  schema: 'Agreement',
  columns: COLUMNS,
  hasCustomFields: false,
  uses: [AGREEMENTS, RECAPS],
  follows: ['GET /time/entries', 'GET /service/tickets', 'GET /project/tickets', 'GET /expense/entries'],
  ways: {
    ...BY_COMPANY,
    agreement: { column: 'agreement' },
    agreementType: { column: 'type' },
    type: { column: 'type' },
    location: { column: 'location' },
    department: { column: 'department' },
  },
  paths: {
    company: 'company/id',
    agreement: 'id',
    agreementType: 'type/id',
    location: 'location/id',
    department: 'department/id',
  },
  read: readPrepaid,
};
