import { bookedTickets } from '../collections/ticket-links.ts';
import { tickets, ticketsWithHours } from '../collections/tickets.ts';
import type { Counted } from '../measure.ts';
import { DAY, type Row } from '../tables/table.ts';
import { daysSince, hasPassed } from './dates.ts';
import { folded } from './folds.ts';

/** Open tickets of which something is so at present; Manage keeps no history of it. */
const openNow = (name: string, says: string, counts: (row: Row) => boolean, more: Partial<Counted>): Counted => ({
  name,
  says,
  unit: 'number',
  collection: tickets,
  fold: 'sum',
  when: 'now',
  counts: (row) => !row.flag('isClosed') && counts(row),
  ...more,
});

const overBudget = openNow(
  'overBudgetTickets',
  'open service tickets with more actual hours than budget hours; by project or phase those of projects',
  (row) => row.number('budget') > 0 && row.number('hours') > row.number('budget'),
  { collection: ticketsWithHours, aliases: ['tickets over budget', 'over budget tickets'], isExplained: true },
);

const unassigned = openNow(
  'unassigned',
  'open service tickets that nobody owns or is scheduled on',
  (row) => !row.has('people'),
  {
    aliases: ['unassigned tickets', 'not assigned', 'no owner', 'without owner', 'without an owner', 'nobody assigned'],
    age: daysSince('entered'),
  },
);

const STALE_DAYS = 7;

const stale = openNow(
  'stale',
  `open service tickets that nobody has changed for ${STALE_DAYS} days`,
  (row) => daysSince('updated')(row) >= STALE_DAYS,
  {
    aliases: ['stale tickets', 'not updated', 'without update', 'no update', 'no activity', 'stagnant', 'forgotten'],
    age: daysSince('updated'),
    ages: 'days since the last change',
    isExplained: true,
  },
);

/** Whether something has not happened by its goal. */
const isPast =
  (goal: string, happened: string) =>
  (row: Row): boolean =>
    row.number(goal) < row.at && !row.has(happened);
const isPastResponse = isPast('respondBy', 'responded');
const isPastResolution = isPast('resolveBy', 'resolved');

const openSlaMissed = openNow(
  'openSlaMissed',
  'open service tickets past their response or resolution goal without it (respondByGoalUTC, resolutionGoalUTC)',
  (row) => isPastResponse(row) || isPastResolution(row),
  {
    aliases: [
      'open sla breaches',
      'open out of sla',
      'breaching',
      'breaching sla',
      'sla breaching',
      'currently breached',
      'open breached',
      'breached open tickets',
      'past sla',
      'past goal',
    ],
    age: daysSince('entered'),
    isExplained: true,
  },
);

const untouched = openNow(
  'untouched',
  'open service tickets on which no time was entered (no actual hours)',
  (row) => !(row.number('hours') > 0),
  {
    collection: ticketsWithHours,
    aliases: [
      'untouched tickets',
      'no time entered',
      'tickets without time',
      'tickets without time entries',
      'not started',
      'never touched',
      'not touched',
      'not worked',
    ],
    age: daysSince('entered'),
  },
);

const idleDays = folded({
  name: 'idleDays',
  aliases: ['idle', 'idle time', 'days idle', 'staleness', 'stale days', 'days since update', 'days untouched'],
  says: 'the days since open service tickets were last changed by anybody',
  unit: 'days',
  collection: tickets,
  when: 'now',
  counts: (row) => !row.flag('isClosed'),
  value: daysSince('updated'),
  age: daysSince('updated'),
  ages: 'days since the last change',
  lacks: 'a date of change',
  isExplained: true,
});

/** A due date without a time of day is midnight UTC, and passes with its day. */
const isOverdue =
  (dayOf: (moment: number) => number) =>
  (row: Row): boolean => {
    const due = row.number('due');
    return due % DAY === 0 ? hasPassed('due', dayOf)(row) : due < row.at;
  };

const overdueTickets = (dayOf: (moment: number) => number): Counted =>
  openNow('overdueTickets', 'open service tickets whose due date has passed', isOverdue(dayOf), {
    aliases: ['tickets overdue', 'late tickets', 'past due tickets', 'overdue tickets'],
  });

const unscheduled = openNow(
  'unscheduled',
  'open service tickets without a schedule entry that is still to come or running',
  (row) => row.number('booked') !== 1,
  {
    aliases: ['not scheduled', 'no next appointment', 'without appointment', 'unscheduled tickets'],
    collection: bookedTickets,
  },
);

/** What is so of open tickets at present. @param dayOf the number of the calendar day of a moment, in the zone of the report */
export const openTicketMeasures = (dayOf: (moment: number) => number): readonly Counted[] => [
  overBudget,
  overdueTickets(dayOf),
  unscheduled,
  untouched,
  unassigned,
  stale,
  openSlaMissed,
  ...idleDays,
];
