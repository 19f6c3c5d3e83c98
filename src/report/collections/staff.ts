import { owesTime, PEOPLE_OPERATIONS, readPeople } from '../../working-time/people.ts';
import { BY_MEMBER, type Collection, type Wanted } from '../collection.ts';
import { readOnce } from '../several-lists.ts';
import { type Columns, reference, Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';

const MEMBERS = 'GET /system/members';

const COLUMNS: Columns = { member: reference('member') };

/** Active members who owe time, a row each: those whose hours make up capacity. */
async function readStaff(wanted: Wanted, reading: Reading): Promise<Table> {
  return readOnce('staff', wanted, reading, async () => {
    const table = new Table(COLUMNS);
    const people = await readPeople(undefined, reading.context);
    for (const { id, name } of people.filter(owesTime)) table.add({ member: { id, name } });
    return table;
  });
}

/** Members as they are now. */
export const staffNow: Collection = {
  name: 'staff',
  noun: 'members',
  one: 'member',
  schema: '',
  columns: COLUMNS,
  hasCustomFields: false,
  uses: [MEMBERS, ...PEOPLE_OPERATIONS],
  ways: BY_MEMBER,
  paths: {},
  read: readStaff,
};
