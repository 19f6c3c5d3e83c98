import { enteredTime } from '../collections/entry-delay.ts';
import { folded } from './folds.ts';
import { entered } from './time.ts';

const lateEntry = entered(
  'lateEntry',
  "share of the time entries that were entered on a later day than the end of the work, in the member's own zone",
  {
    aliases: ['late entries', 'late time', 'late time entry', 'time entered late'],
    collection: enteredTime,
    unit: 'percent',
    fold: 'share',
    value: (row) => row.number('late'),
    lacks: 'a date of entry',
  },
);

const entryDelay = folded({
  name: 'entryDelay',
  aliases: ['entry delay', 'time entry delay', 'entry lag', 'hours to enter time', 'lateness of time entry'],
  says: 'the hours on the clock from the end of the work until its time was entered',
  unit: 'hours',
  collection: enteredTime,
  when: { by: 'start' },
  value: (row) => row.number('delay'),
  lacks: 'a date of entry',
  isExplained: true,
});

/** How late time is entered. */
export const entryMeasures = [lateEntry, ...entryDelay];
