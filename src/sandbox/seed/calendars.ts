import type { DateTime } from 'luxon';
import { dateOnly, type Provider } from './provider.ts';

/** Days off of a year in the provider's country; the movable ones by weekday. */
function holidaysOf(
  year: number,
  at: (month: number, day: number) => DateTime,
): readonly (readonly [string, DateTime])[] {
  const first = (month: number, weekday: number): DateTime => {
    const start = at(month, 1);
    return start.plus({ days: (weekday - start.weekday + 7) % 7 });
  };
  const last = (month: number, weekday: number): DateTime => {
    const end = at(month, 1).endOf('month').startOf('day');
    return end.minus({ days: (end.weekday - weekday + 7) % 7 });
  };
  return [
    [`New Year ${year}`, at(1, 1)],
    ['Memorial Day', last(5, 1)],
    ['Independence Day', at(7, 4)],
    ['Labor Day', first(9, 1)],
    ['Thanksgiving', first(11, 4).plus({ weeks: 3 })],
    ['Christmas', at(12, 25)],
  ];
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const hours = (days: number, start: string, end: string): Record<string, string> =>
  Object.fromEntries(
    WEEKDAYS.slice(0, days).flatMap((day) => [
      [`${day}StartTime`, start],
      [`${day}EndTime`, end],
    ]),
  );

/** When the provider works, and the days on which it does not: last year's, this year's, next year's. */
export function seedCalendars(provider: Provider): void {
  const { now } = provider;
  const list = provider.put('/schedule/holidayLists', { name: 'Company holidays' });
  const listRef = provider.ref('HolidayListReference', list);
  for (const year of [now.year - 1, now.year, now.year + 1]) {
    const at = (month: number, day: number): DateTime => now.set({ year, month, day }).startOf('day');
    for (const [name, day] of holidaysOf(year, at)) {
      provider.put(
        '/schedule/holidayLists/{parentId}/holidays',
        { name, allDayFlag: true, date: dateOnly(day), holidayList: listRef },
        { parents: [list.id] },
      );
    }
  }
  provider.table('/schedule/calendars', [
    { name: 'Office hours', holidayList: listRef, ...hours(5, '08:30:00', '18:00:00') },
    { name: 'Around the clock', ...hours(7, '00:00:00', '23:59:59') },
  ]);
}

/** Days off that everybody has in a year, in hours. */
const YEARLY = [
  ['Vacation', 160],
  ['Sick', 64],
  ['Holiday', 48],
] as const;

/** What everybody may take off in a year, and the exceptions: carried over, bought, granted. */
export function seedAccruals(provider: Provider): void {
  const { now } = provider;
  const location = provider.named('/system/locations', 'Headquarters');
  const accrual = provider.put('/time/accruals', {
    location: provider.ref('SystemLocationReference', location),
    vacationFlag: true,
    vacationAvailableType: 'CalendarYear',
    vacationCarryoverAllowedFlag: true,
    vacationCarryoverLimit: 40,
    sickFlag: true,
    sickAvailableType: 'CalendarYear',
    sickCarryoverAllowedFlag: false,
    ptoFlag: false,
    holidayFlag: true,
    holidayAvailableType: 'CalendarYear',
  });
  for (const [accrualType, amount] of YEARLY) {
    provider.put(
      '/time/accruals/{parentId}/details',
      {
        accrualType,
        startYear: 0,
        endYear: 99,
        hours: amount,
        timeAccrual: { id: accrual.id, name: 'Headquarters' },
      },
      { parents: [accrual.id] },
    );
  }
  const people = provider
    .all('/system/members')
    .filter(({ licenseClass, inactiveFlag }) => licenseClass === 'F' && inactiveFlag !== true);
  for (const member of people) {
    const carried = (member.id * 8) % 40;
    const rows = [
      ...(carried > 0 ? [['Vacation', carried, `Carried over from ${now.year - 1}`] as const] : []),
      ...(member.id % 4 === 0 ? [['Sick', 8, 'Granted by the service manager'] as const] : []),
    ];
    for (const [accrualType, amount, reason] of rows) {
      provider.put(
        '/system/members/{parentId}/accruals',
        { accrualType, year: now.year, hours: amount, reason, member: provider.ref('MemberReference', member) },
        { parents: [member.id], at: now.startOf('year') },
      );
    }
  }
}
