import { PEOPLE_OPERATIONS, readPeople } from '../../working-time/people.ts';
import { BY_MEMBER, type Collection, kept, type Wanted } from '../collection.ts';
import { type Columns, number, reference, Table } from '../table.ts';
import type { Reading } from '../table-cache.ts';

const MEMBERS = 'GET /system/members';

const COLUMNS: Columns = {
  id: number('id'),
  member: reference('member'),
  department: reference('department'),
  location: reference('location'),
};

/** Active members who owe time, a row each: those whose hours make up capacity. */
async function readStaff(wanted: Wanted, reading: Reading): Promise<Table> {
  return kept('staff', wanted, reading, async () => {
    const table = new Table(COLUMNS);
    for (const { id, name, record } of await readPeople(undefined, reading.context)) {
      if (record.requireTimeSheetEntryFlag === false) continue;
      const { defaultDepartment: department, defaultLocation: location } = record;
      table.add({ id, member: { id, name }, department, location });
    }
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
