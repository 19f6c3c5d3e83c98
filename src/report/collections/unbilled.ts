import { DateTime } from 'luxon';
import type { ManageRecord } from '../../manage/index.ts';
import { idOf } from '../../names/index.ts';
import { all } from '../../query/index.ts';
import { billedIn, CUSTOMERS_CURRENCY } from '../../revenue/currency.ts';
import { UNBILLED, type UnbilledSource, unbilledCondition, worths } from '../../revenue/unbilled.ts';
import { currencyCode, dayOf } from '../../tool/index.ts';
import { BY_AGREEMENT, BY_COMPANY, type Collection, type Wanted } from '../collection.ts';
import { readOnce } from '../several-lists.ts';
import { type Columns, currency, number, reference, Table, text, time } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';

const SOURCES = Object.keys(UNBILLED) as UnbilledSource[];

/** Days since the work up to which each group reaches. */
export const WORK_AGES = [30, 60, 90] as const;

const COLUMNS: Columns = {
  date: time('date'),
  company: reference('company'),
  agreement: { ...reference('agreement'), owner: ({ company }) => company },
  project: { ...reference('project'), owner: ({ company }) => company },
  member: reference('member'),
  kind: text('kind'),
  worth: number('worth'),
  covered: number('covered'),
  hours: number('hours'),
  currency,
};

const FIELDS = ['id', 'company/id', 'company/name', 'agreement/id', 'agreement/name', 'project/id', 'project/name'];

/** Billable time, expenses and products that are on no invoice, a row each, with what they come to. */
async function readUnbilled(wanted: Wanted, reading: Reading): Promise<Table> {
  const { start, end, narrowed } = wanted;
  const { manage, api, names, signal } = reading.context;
  const zone = await reading.context.zone();
  return readOnce('unbilled', wanted, reading, async () => {
    const table = new Table(COLUMNS);
    const worthOf = worths(names);
    const rows: ManageRecord[] = [];
    const read = async (source: UnbilledSource): Promise<void> => {
      const { list, date, fields } = UNBILLED[source];
      const conditions = all(unbilledCondition(source, { start, end }, api), narrowed.conditions);
      const asked = [...FIELDS, ...(date === undefined ? [] : [date, 'member/id', 'member/name']), ...fields];
      for await (const row of manage.stream<ManageRecord>(list, { conditions, fields: asked, signal })) {
        const worth = await worthOf(source, row);
        if (worth === undefined) continue;
        // A date is that day here: expenses have no time of day.
        const day = source === 'expenses' ? DateTime.fromISO(dayOf(row.date), { zone }).toISO() : undefined;
        rows.push({ ...row, ...worth, kind: source, date: day ?? (date && row[date]) });
      }
    };
    await Promise.all(SOURCES.map(read));
    const companyOf = (row: ManageRecord): number => idOf(row.company) ?? 0;
    const billed = await billedIn(rows.map(companyOf), reading.context);
    for (const row of rows) {
      // Expenses have a currency of their own; all else is billed in that of the customer.
      const code = currencyCode(row.currency) || billed.get(companyOf(row));
      table.add({ ...row, currency: code === undefined || code === '' ? undefined : { currencyCode: code } });
    }
    return table;
  });
}

/** What could be billed and is not. */
export const unbilledWork: Collection = {
  name: 'unbilled',
  noun: 'unbilled records',
  one: 'unbilled record',
  schema: '',
  columns: COLUMNS,
  hasCustomFields: false,
  uses: [...Object.values(UNBILLED).map(({ list }) => list), CUSTOMERS_CURRENCY],
  age: WORK_AGES,
  ways: {
    ...BY_COMPANY,
    ...BY_AGREEMENT,
    project: { column: 'project' },
    member: { column: 'member' },
    type: { column: 'kind' },
    currency: { column: 'currency' },
  },
  paths: { company: 'company/id', agreement: 'agreement/id', project: 'project/id' },
  read: readUnbilled,
};
