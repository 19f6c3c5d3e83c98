import { DateTime } from 'luxon';
import { fromManage } from '../../../src/clock/index.ts';
import { type ManageRecord, sumOf, type Whole } from '../../../src/manage/index.ts';
import { idOf } from '../../../src/names/index.ts';
import { all, field } from '../../../src/query/index.ts';
import { dayOf, type ToolContext } from '../../../src/tool/index.ts';
import type { Person } from '../../../src/working-time/people.ts';

/** Kinds of paid time off that Manage knows, with the members of the set-up that speak of them. */
const TYPES = { Vacation: 'vacation', Sick: 'sick', PTO: 'pto', Holiday: 'holiday' } as const;
type AccrualType = keyof typeof TYPES;

/** Operations that reading accruals needs. */
export const ACCRUAL_OPERATIONS = [
  'GET /time/accruals',
  'GET /time/accruals/{parentId}/details',
  'GET /system/members/{parentId}/accruals',
  'GET /time/workTypes',
  'GET /time/entries',
] as const;

/** What a member may take off of one kind, and what is left of it, in hours. */
export interface AccrualBalance {
  readonly type: AccrualType;
  /** First and last day of the year that is counted. */
  readonly from: string;
  readonly to: string;
  readonly allowance: number;
  /** Carried over, bought, granted. */
  readonly adjusted: number;
  readonly used: number;
  /** Entered ahead, for days to come. */
  readonly planned: number;
  readonly left: number;
}

const round = (hours: number): number => Math.round(hours * 100) / 100;

/** The year that a kind is counted in: of the calendar, or from one anniversary of the hiring to the next. */
function yearOf(anniversary: boolean, hired: DateTime | undefined, now: DateTime): { start: DateTime; end: DateTime } {
  if (!anniversary || hired === undefined)
    return { start: now.startOf('year'), end: now.plus({ years: 1 }).startOf('year') };
  const passed = Math.floor(now.diff(hired, 'years').years);
  return { start: hired.plus({ years: passed }), end: hired.plus({ years: passed + 1 }) };
}

/** Hours taken in a year on work types of a kind, up to now and after it. */
function taken(
  entries: readonly ManageRecord[],
  types: ReadonlySet<number>,
  year: { start: DateTime; end: DateTime },
  now: DateTime,
): { used: number; planned: number } {
  let [used, planned] = [0, 0];
  for (const entry of entries) {
    const start = fromManage(entry.timeStart, now.zoneName ?? 'utc');
    if (start === undefined || !types.has(idOf(entry.workType) ?? 0) || start < year.start || start >= year.end)
      continue;
    const hours = Number(entry.actualHours ?? 0);
    if (start > now) planned += hours;
    else used += hours;
  }
  return { used: round(used), planned: round(planned) };
}

/** The set-up that all members share, and what they took. */
interface Leave {
  readonly setups: readonly ManageRecord[];
  /** By set-up. */
  readonly details: ReadonlyMap<number, Whole<ManageRecord>>;
  readonly workTypes: readonly ManageRecord[];
  /** By member. */
  readonly entries: ReadonlyMap<number, readonly ManageRecord[]>;
}

async function readLeave(people: readonly Person[], now: DateTime, { manage, signal }: ToolContext): Promise<Leave> {
  const [setups, types] = await Promise.all([
    manage.all<ManageRecord>('GET /time/accruals', { signal }),
    manage.all<ManageRecord>('GET /time/workTypes', { fields: ['id', 'accrualType'], signal }),
  ]);
  const details = new Map(
    await Promise.all(
      [...setups].map(async ({ id }) => {
        const path = { parentId: Number(id) };
        const rows = await manage.all<ManageRecord>('GET /time/accruals/{parentId}/details', { path, signal });
        return [Number(id), rows] as const;
      }),
    ),
  );
  const workTypes = types.filter(({ accrualType }) => typeof accrualType === 'string' && accrualType in TYPES);
  const entries = new Map<number, ManageRecord[]>();
  if (workTypes.length > 0) {
    const conditions = all(
      field(
        'member/id',
        'in',
        people.map(({ id }) => id),
      ),
      field(
        'workType/id',
        'in',
        workTypes.map(({ id }) => Number(id)),
      ),
      // The year of an anniversary can have begun almost a year ago.
      field('timeStart', '>=', now.startOf('year').minus({ years: 1 })),
    );
    const fields = ['id', 'member', 'timeStart', 'actualHours', 'workType'];
    for await (const entry of manage.stream<ManageRecord>('GET /time/entries', { conditions, fields, signal })) {
      const member = idOf(entry.member) ?? 0;
      entries.set(member, [...(entries.get(member) ?? []), entry]);
    }
  }
  return { setups, details, workTypes, entries };
}

/** What one member has left, of the kinds that are set up for the member's location. */
function balances(
  person: Person,
  adjustments: Whole<ManageRecord>,
  { setups, details, workTypes, entries }: Leave,
  now: DateTime,
): AccrualBalance[] {
  const location = idOf(person.record.defaultLocation);
  const setup = setups.find((row) => idOf(row.location) === location);
  if (setup === undefined) return [];
  const local = now.setZone(person.zone);
  const hired =
    typeof person.record.hireDate === 'string'
      ? DateTime.fromISO(dayOf(person.record.hireDate), { zone: person.zone })
      : undefined;
  const kinds = (Object.keys(TYPES) as AccrualType[]).filter((type) => setup[`${TYPES[type]}Flag`] === true);
  return kinds.map((type) => {
    const year = yearOf(setup[`${TYPES[type]}AvailableType`] === 'AnniversaryYear', hired, local);
    const service = hired === undefined ? 0 : Math.floor(year.start.diff(hired, 'years').years);
    const ofType = (row: ManageRecord): boolean => row.accrualType === type;
    const rules = details
      .get(Number(setup.id))
      ?.filter((row) => ofType(row) && Number(row.startYear) <= service && service <= Number(row.endYear));
    const allowance = rules === undefined ? 0 : sumOf(rules, 'hours');
    const adjusted = sumOf(
      adjustments.filter((row) => ofType(row) && row.year === year.start.year),
      'hours',
    );
    const types = new Set(workTypes.filter(ofType).map(({ id }) => Number(id)));
    const { used, planned } = taken(entries.get(person.id) ?? [], types, year, local);
    return {
      type,
      from: year.start.toISODate() ?? '',
      to: year.end.minus({ days: 1 }).toISODate() ?? '',
      allowance: round(allowance),
      adjusted: round(adjusted),
      used,
      planned,
      left: round(allowance + adjusted - used - planned),
    };
  });
}

/**
 * What members have left: the yearly hours of their location and years of service, what was carried over or granted, less the
 * time entered on work types of that kind, in each member's own days.
 * @returns for each of the people in turn; nothing when no accruals are set up for the member's location
 */
export async function readAccruals(
  people: readonly Person[],
  now: DateTime,
  context: ToolContext,
): Promise<AccrualBalance[][]> {
  const { manage, signal } = context;
  const leave = await readLeave(people, now, context);
  return Promise.all(
    people.map(async (person) => {
      const path = { parentId: person.id };
      const rows = await manage.all<ManageRecord>('GET /system/members/{parentId}/accruals', { path, signal });
      return balances(person, rows, leave, now);
    }),
  );
}
