import { all, field } from '../../query/index.ts';
import { BY_MEMBER, listed } from '../collection.ts';
import { choice, day, number, reference } from '../tables/table.ts';

/** Time sheets. Manage keeps their days as text, which no condition compares, so whole years are read. */
export const timeSheets = listed({
  name: 'timeSheets',
  noun: 'time sheets',
  one: 'time sheet',
  list: 'GET /time/sheets',
  // The entries of a sheet change its hours.
  follows: ['GET /time/entries'],
  schema: 'TimeSheet',
  columns: {
    member: reference('member'),
    status: choice('status'),
    from: day('dateStart'),
    hours: number('hours'),
  },
  // The year of a sheet is that of its period, which may begin in the year before.
  within: (start, end) => all(field('year', '>=', start.year - 1), field('year', '<=', end.year + 1)),
  ways: { ...BY_MEMBER, status: { column: 'status' } },
  paths: { member: 'member/id' },
});
