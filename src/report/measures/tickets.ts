import { reopenedTickets, workedTickets } from '../collections/ticket-work.ts';
import { tickets, ticketsWithHours } from '../collections/tickets.ts';
import { type Counted, type Derived, percent } from '../measure.ts';
import { HOUR, type Row } from '../tables/table.ts';
import { daysSince } from './dates.ts';
import { folded } from './folds.ts';
import { openTicketMeasures } from './open-tickets.ts';

const isClosed = (row: Row): boolean => row.flag('isClosed') && row.has('closed');

const opened: Counted = {
  name: 'opened',
  aliases: [
    'tickets',
    'ticket count',
    'created',
    'new tickets',
    'tickets opened',
    'tickets created',
    'volume',
    'incoming',
  ],
  says: 'service tickets by when they were entered',
  unit: 'number',
  collection: tickets,
  fold: 'sum',
  when: { by: 'entered' },
};

const closed: Counted = {
  name: 'closed',
  aliases: ['tickets closed', 'resolved', 'completed', 'tickets resolved'],
  says: 'service tickets by when they were closed, those that are still closed',
  unit: 'number',
  collection: tickets,
  fold: 'sum',
  when: { by: 'closed' },
  counts: isClosed,
};

/** From being entered until being closed; what is open has no end. */
const whileOpen = {
  during: {
    from: (row: Row): number => row.number('entered'),
    until: (row: Row): number => (isClosed(row) ? row.number('closed') : Number.POSITIVE_INFINITY),
  },
};

const daysOpen = daysSince('entered');

const backlog: Counted = {
  name: 'backlog',
  aliases: ['open', 'queue', 'open tickets', 'tickets open', 'unresolved'],
  says: 'service tickets that were open at the end of the period (a ticket that was closed and opened again counts as open all along)',
  unit: 'number',
  collection: tickets,
  fold: 'sum',
  when: whileOpen,
  age: daysOpen,
};

const killRate: Derived = {
  name: 'killRate',
  aliases: ['close rate', 'closure rate', 'kill ratio'],
  says: 'closed / opened in the same period, in percent',
  unit: 'percent',
  of: [closed, opened],
  combine: percent,
};

const reopened: Counted = {
  name: 'reopened',
  aliases: ['reopens', 'tickets reopened', 're-opened'],
  says: 'service tickets whose audit trail shows a change from a closed status to an open one in the period',
  unit: 'number',
  collection: reopenedTickets,
  fold: 'sum',
  when: { by: 'reopened' },
};

/** A share of the tickets that were closed. */
const ofClosed = (name: string, says: string, value: (row: Row) => number, more: Partial<Counted> = {}): Counted => ({
  name,
  says,
  unit: 'percent',
  collection: tickets,
  fold: 'share',
  when: { by: 'closed' },
  counts: isClosed,
  value,
  ...more,
});

const sameDay = (dayOf: (moment: number) => number): Counted =>
  ofClosed(
    'sameDay',
    'share of closed tickets that were closed on the calendar day on which they were entered',
    (row) => (row.has('entered') ? Number(dayOf(row.number('entered')) === dayOf(row.number('closed'))) : Number.NaN),
    { aliases: ['same day', 'same day close', 'same day resolution'] },
  );

const countedOnce =
  (column: string) =>
  (row: Row): number =>
    row.has(column) ? Number(row.number(column) === 1) : Number.NaN;

const oneTouch = ofClosed(
  'oneTouch',
  'share of closed tickets that took one time entry, of those with any',
  countedOnce('entries'),
  {
    aliases: [
      'one touch',
      'first touch',
      'first contact resolution',
      'fcr',
      'first call resolution',
      'one touch resolution',
    ],
    collection: workedTickets,
    lacks: 'a time entry',
  },
);

const oneTechnician = ofClosed(
  'oneTechnician',
  'share of closed tickets on which one person entered time, of those with any',
  countedOnce('workers'),
  { aliases: ['one technician', 'one tech', 'no handoff'], collection: workedTickets, lacks: 'a time entry' },
);

const slaMet = ofClosed(
  'slaMet',
  'share of closed tickets with an SLA that were in it (isInSla)',
  (row) => (row.has('sla') ? row.number('inSla') : Number.NaN),
  { aliases: ['sla', 'sla met', 'sla compliance', 'within sla', 'sla hit rate', 'sla attainment'], lacks: 'an SLA' },
);

const slaMissed: Counted = {
  ...slaMet,
  name: 'slaMissed',
  aliases: ['missed sla', 'sla breaches', 'sla breached', 'sla violations', 'out of sla'],
  says: 'service tickets with an SLA that were closed in the period and not in it; openSlaMissed counts open ones',
  unit: 'number',
  fold: 'sum',
  counts: (row) => isClosed(row) && row.has('sla') && !row.flag('inSla'),
  value: () => 1,
  isExplained: true,
};

const reopenRate: Derived = {
  name: 'reopenRate',
  aliases: ['reopen percentage'],
  says: 'reopened / closed in the same period, in percent',
  unit: 'percent',
  of: [reopened, closed],
  combine: percent,
};

/** A share of tickets by whether something happened by its goal; what is still to come lacks it. */
const byGoal =
  (happened: string, goal: string) =>
  (row: Row): number =>
    row.has(happened) && row.has(goal) ? Number(row.number(happened) <= row.number(goal)) : Number.NaN;

const responseSla = ofClosed(
  'responseSla',
  'share of closed tickets with a response goal that met it (dateResponded by respondByGoalUTC)',
  byGoal('responded', 'respondBy'),
  {
    aliases: ['response sla', 'sla response', 'response goal met', 'responded within sla'],
    lacks: 'a response or its goal',
  },
);

const resolutionSla = ofClosed(
  'resolutionSla',
  'share of closed tickets with a resolution goal that met it (dateResolved by resolutionGoalUTC)',
  byGoal('resolved', 'resolveBy'),
  {
    aliases: ['resolution sla', 'sla resolution', 'resolution goal met', 'resolved within sla'],
    lacks: 'a resolution or its goal',
  },
);

const hoursBetween =
  (from: string, until: string) =>
  (row: Row): number => {
    const hours = (row.number(until) - row.number(from)) / HOUR;
    return hours < 0 ? Number.NaN : hours;
  };

const responseHours = folded({
  name: 'responseHours',
  aliases: [
    'response time',
    'first response time',
    'time to respond',
    'response',
    'first response',
    'time to first response',
  ],
  says: 'the hours on the clock from entry to response of the tickets opened in the period',
  unit: 'hours',
  collection: tickets,
  when: { by: 'entered' },
  value: hoursBetween('entered', 'responded'),
  lacks: 'a response',
  isExplained: true,
});

const resolutionHours = folded({
  name: 'resolutionHours',
  aliases: [
    'resolution time',
    'time to resolve',
    'time to resolution',
    'mttr',
    'cycle time',
    'time to close',
    'resolution',
  ],
  says: 'the hours on the clock from entry to resolution (else closing) of the tickets closed in the period',
  unit: 'hours',
  collection: tickets,
  when: { by: 'closed' },
  counts: isClosed,
  value: (row) => hoursBetween('entered', row.has('resolved') ? 'resolved' : 'closed')(row),
  lacks: 'a time of entry',
  isExplained: true,
});

const age = folded({
  name: 'age',
  aliases: ['ticket age', 'days open', 'open days'],
  says: 'the days that tickets had been open at the end of the period',
  unit: 'days',
  collection: tickets,
  when: whileOpen,
  value: daysOpen,
  age: daysOpen,
});

const ticketHours = folded({
  name: 'ticketHours',
  aliases: [
    'hours per ticket',
    'time per ticket',
    'time spent per ticket',
    'hours per closed ticket',
    'handle time',
    'ticket effort',
  ],
  says: 'the actual hours of the service tickets that were closed in the period, whenever they were worked',
  unit: 'hours',
  collection: ticketsWithHours,
  when: { by: 'closed' },
  counts: isClosed,
  value: (row) => row.number('hours'),
  lacks: 'actual hours',
  isExplained: true,
});

/** @param dayOf the number of the calendar day of a moment, in the zone of the report */
export const ticketMeasures = (dayOf: (moment: number) => number) => [
  opened,
  closed,
  backlog,
  killRate,
  reopened,
  sameDay(dayOf),
  oneTouch,
  oneTechnician,
  slaMet,
  slaMissed,
  reopenRate,
  responseSla,
  resolutionSla,
  ...openTicketMeasures(dayOf),
  ...responseHours,
  ...resolutionHours,
  ...ticketHours,
  ...age,
];
