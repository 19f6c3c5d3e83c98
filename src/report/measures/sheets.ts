import { isEditable } from '../../approval/time-sheet.ts';
import { timeSheets } from '../collections/sheets.ts';
import type { Counted } from '../measure.ts';

const sheets: Counted = {
  name: 'timeSheets',
  aliases: ['time sheets', 'sheets', 'number of time sheets', 'timesheet status'],
  says: 'time sheets by the day on which they begin',
  unit: 'number',
  collection: timeSheets,
  fold: 'sum',
  when: { by: 'from' },
  isExplained: true,
};

/** Where time sheets stand on their way to being approved. A member without a sheet is told by find_missing_time. */
export const sheetMeasures: readonly Counted[] = [
  sheets,
  {
    ...sheets,
    name: 'openTimeSheets',
    aliases: [
      'open time sheets',
      'unsubmitted time sheets',
      'time sheets not submitted',
      'not submitted',
      'unsubmitted',
      'missing time sheets',
    ],
    says: 'time sheets that are still to be submitted (open, rejected, corrected), by the day on which they begin',
    counts: (row) => isEditable({ status: row.text('status') }),
  },
  {
    ...sheets,
    name: 'pendingTimeSheets',
    aliases: [
      'pending time sheets',
      'time sheets to approve',
      'time sheets awaiting approval',
      'unapproved time sheets',
    ],
    says: 'time sheets that were submitted and wait for an approval, by the day on which they begin',
    counts: (row) => /^Pending/.test(row.text('status') ?? ''),
  },
];
