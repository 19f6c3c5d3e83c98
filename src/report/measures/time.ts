import { BY_MEMBER } from '../collection.ts';
import { capacityDays } from '../collections/capacity.ts';
import { schedule } from '../collections/others.ts';
import { staffNow } from '../collections/staff.ts';
import { OF_MEMBERS, timeEntries } from '../collections/time.ts';
import { outsideHours, overtimeWeeks } from '../collections/working-hours.ts';
import { type Counted, type Derived, percent } from '../measure.ts';
import type { Row } from '../tables/table.ts';

/** A measure of time entries by when the work began, in hours where nothing else is said. */
export const entered = (name: string, says: string, more: Partial<Counted> = {}): Counted => ({
  name,
  says,
  unit: 'hours',
  collection: timeEntries,
  fold: 'sum',
  when: { by: 'start' },
  value: (row) => row.number('hours'),
  lacks: 'hours',
  ...more,
});

const isBillable = (row: Row): boolean => row.text('billable') === 'Billable';
const isNoCharge = (row: Row): boolean => row.text('billable') === 'NoCharge';

/** What is no time off. */
const isWork =
  (leave: ReadonlySet<number>) =>
  (row: Row): boolean =>
    !leave.has(row.number('workType'));

export const hours = entered('hours', 'time entries by their start, time off included', {
  aliases: [
    'time',
    'hours worked',
    'hours entered',
    'actual hours',
    'worked',
    'hours logged',
    'time logged',
    'logged',
    'time spent',
    'time entered',
    'hours spent',
    'labour hours',
    'labor hours',
  ],
});

const billable = entered('billable', 'hours of time entries that are marked Billable', {
  aliases: ['billable hours', 'billable time', 'chargeable'],
  counts: isBillable,
});

const nonBillable = entered('nonBillable', 'hours of time entries that are not marked Billable', {
  aliases: [
    'non billable',
    'nonbillable hours',
    'unbillable',
    'not billable',
    'internal hours',
    'nonbillable time',
    'non billable time',
  ],
  counts: (row) => !isBillable(row),
});

const capacity: Counted = {
  name: 'capacity',
  aliases: ['available hours', 'hours due', 'availability'],
  says: "hours due by each active member's calendar and daily capacity, less holidays and time off, up to today",
  unit: 'hours',
  collection: capacityDays,
  fold: 'sum',
  when: { by: 'day' },
  value: (row) => row.number('hours'),
};

/** The same hours, told apart by whose they are, as capacity is. */
const entriesOfMembers = { ...timeEntries, ways: BY_MEMBER, paths: { member: 'member/id' } } as const;

const share = (name: string, of: Counted, says: string, aliases: readonly string[]): Derived => ({
  name,
  aliases,
  says,
  unit: 'percent',
  of: [of, capacity],
  combine: percent,
});

const timeMeasures = (leave: ReadonlySet<number>): readonly (Counted | Derived)[] => {
  const worked: Counted = { ...workedHours(leave), collection: entriesOfMembers };
  const billableOfMembers = { ...billable, collection: entriesOfMembers };
  return [
    {
      ...share(
        'utilization',
        worked,
        'hours worked (time entries without time off) / capacity (hours due by calendar, less holidays and time off, up to today)',
        ['total utilization', 'utilisation', 'resource utilization', 'technician utilization'],
      ),
      wider: hours,
    },
    {
      ...share(
        'billableUtilization',
        billableOfMembers,
        'billable hours / capacity (hours due by calendar, less holidays and time off, up to today)',
        ['billable utilisation', 'utilization billable', 'chargeability'],
      ),
      wider: billableShare,
    },
  ];
};

const billedHours = entered(
  'billedHours',
  'hours of Billable entries as they are billed (hoursBilled), written-off ones as none',
  {
    aliases: ['hours billed', 'invoiced hours'],
    counts: isBillable,
    value: (row) => (row.text('status') === 'WrittenOff' ? 0 : row.number('billed')),
    lacks: 'billed hours',
  },
);

const billableShare: Derived = {
  name: 'billableShare',
  aliases: [
    'billable percentage',
    'billable percent',
    'billable ratio',
    'billable rate',
    'percent billable',
    '% billable',
    'billable %',
  ],
  says: 'billable hours / hours of time entries, in percent',
  unit: 'percent',
  of: [billable, hours],
  combine: percent,
};

const timeOffOf = (leave: ReadonlySet<number>): Counted =>
  entered('timeOff', 'hours of time entries on work types for vacation, sickness and other leave', {
    aliases: ['leave', 'pto', 'vacation', 'vacation hours', 'sick', 'sick time', 'absence', 'hours off'],
    collection: { ...timeEntries, ways: OF_MEMBERS },
    counts: (row) => leave.has(row.number('workType')),
    needs: 'leave',
  });

const overtime: Counted = {
  ...capacity,
  name: 'overtime',
  aliases: ['overtime hours', 'extra hours', 'hours over capacity', 'overworked'],
  says: 'hours worked (time off left out) beyond the hours due, week by week for each member; a week that the period cuts counts with the days in it',
  collection: overtimeWeeks,
  value: (row) => row.number('overtime'),
  isExplained: true,
};

const realization: Derived = {
  name: 'realization',
  aliases: ['realisation', 'realization rate'],
  says: 'hours billed (hoursBilled of Billable entries, 0 where written off) / Billable hours worked',
  unit: 'percent',
  of: [billedHours, billable],
  combine: percent,
};

const touched = entered('touched', 'different tickets, service and project, on which time was entered', {
  aliases: ['tickets touched', 'tickets worked', 'worked tickets', 'tickets worked on', 'tickets with time'],
  unit: 'number',
  fold: 'distinct',
  counts: (row) => row.has('ticket'),
  value: (row) => row.number('ticket'),
  isExplained: true,
});

const afterHoursOf = (leave: ReadonlySet<number>): Counted =>
  entered(
    'afterHours',
    "hours of time entries outside of the working hours of the member's calendar, holidays and weekends among them, in the member's own zone; time off left out",
    {
      aliases: [
        'after hours',
        'out of hours',
        'after hours work',
        'off hours',
        'on call hours',
        'outside business hours',
      ],
      collection: outsideHours,
      counts: isWork(leave),
      value: (row) => row.number('outside'),
      isExplained: true,
      needs: 'leave',
    },
  );

const noCharge = entered(
  'noCharge',
  'hours of time entries that are marked NoCharge: done for the customer and given away',
  {
    aliases: ['no charge', 'no charge hours', 'given away', 'free work', 'free hours'],
    counts: isNoCharge,
  },
);

const noChargeValue = entered('noChargeValue', 'hours of time entries that are marked NoCharge, at their hourly rate', {
  aliases: ['no charge amount', 'value given away', 'no charge revenue', 'lost revenue from no charge'],
  unit: 'money',
  inCompanyCurrency: true,
  counts: isNoCharge,
  value: (row) => row.number('hours') * row.number('rate'),
  lacks: 'an hourly rate',
});

const labourValue = entered(
  'labourValue',
  'hours of Billable entries as they are billed (hoursBilled), at their hourly rate, whether an agreement covers them or not; written-off ones as none',
  {
    aliases: [
      'labor value',
      'labour revenue',
      'labor revenue',
      'time revenue',
      'value of work',
      'billable value',
      'billable amount',
    ],
    unit: 'money',
    inCompanyCurrency: true,
    counts: isBillable,
    value: (row) => (row.text('status') === 'WrittenOff' ? 0 : row.number('billed') * row.number('rate')),
    lacks: 'an hourly rate',
    isExplained: true,
  },
);

const entries = entered('entries', 'number of time entries by when the work began', {
  aliases: ['time entries', 'number of entries'],
  unit: 'number',
  value: () => 1,
});

const staff: Counted = {
  name: 'staff',
  aliases: ['headcount', 'employees', 'employee', 'people', 'person', 'members', 'fte', 'team size'],
  says: 'active members who owe time',
  unit: 'number',
  collection: staffNow,
  fold: 'sum',
  when: 'now',
};

const scheduled: Counted = {
  name: 'scheduled',
  aliases: ['booked', 'scheduled hours', 'booked hours', 'workload'],
  says: 'hours of schedule entries by when they begin',
  unit: 'hours',
  collection: schedule,
  fold: 'sum',
  when: { by: 'start' },
  value: (row) => (row.has('hours') ? row.number('hours') : 0),
  ahead: true,
};

/** Hours without time off. @param leave ids of the work types that stand for it */
export const workedHours = (leave: ReadonlySet<number>): Counted => ({
  ...hours,
  name: 'worked',
  counts: isWork(leave),
  needs: 'leave',
});

/** @param leave ids of the work types that stand for time off */
export const allTimeMeasures = (leave: ReadonlySet<number>) => [
  hours,
  billable,
  nonBillable,
  capacity,
  ...timeMeasures(leave),
  billableShare,
  billedHours,
  timeOffOf(leave),
  overtime,
  afterHoursOf(leave),
  noCharge,
  noChargeValue,
  labourValue,
  realization,
  entries,
  touched,
  scheduled,
  staff,
];
