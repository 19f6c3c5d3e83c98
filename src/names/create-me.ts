import type { ManageClient } from '../manage/index.ts';
import { any, field } from '../query/index.ts';
import { NoMember } from './errors.ts';
import type { Me } from './me.ts';
import { memberZones } from './member-zones.ts';

type Row = Record<string, unknown>;

export interface MeDependencies {
  readonly manage: ManageClient;
  /** `CWM_MEMBER`: identifier, e-mail or id. */
  readonly member?: string;
  /** `CWM_TIME_ZONE`; the member's own when left out. */
  readonly timeZone?: string;
}

const idOf = (value: unknown): number | undefined => {
  const id = (value as { id?: unknown } | undefined)?.id;
  return typeof id === 'number' ? id : undefined;
};

const WHO = 'Set CWM_MEMBER to the identifier, e-mail or id of the person that the server works for.';

async function findMember(manage: ManageClient, member: string): Promise<Row> {
  const conditions = /^\d+$/.test(member)
    ? field('id', '=', Number(member))
    : any(field('identifier', '=', member), field('officeEmail', '=', member));
  const { rows } = await manage.page<Row>('GET /system/members', { conditions, pageSize: 2 });
  const [found, other] = rows;
  if (found === undefined)
    throw new NoMember(`CWM_MEMBER ${JSON.stringify(member)} is no member of this Manage. ${WHO}`);
  if (other !== undefined)
    throw new NoMember(`CWM_MEMBER ${JSON.stringify(member)} fits several members. Set it to an identifier or id.`);
  if (found.inactiveFlag === true)
    throw new NoMember(`CWM_MEMBER ${JSON.stringify(member)} is an inactive member. ${WHO}`);
  return found;
}

async function loadMe({ manage, member, timeZone }: MeDependencies): Promise<Me> {
  if (member === undefined || member === '') {
    throw new NoMember(
      `Nobody is configured to work for: the keys belong to an API member, which can own no time and has no tickets. ${WHO}`,
    );
  }
  const record = await findMember(manage, member);
  const zone = timeZone ?? (await memberZones(manage, [record]))(record);
  if (zone === undefined)
    throw new NoMember(`The time zone of ${member} is not known. Set CWM_TIME_ZONE, for example America/Chicago.`);
  const workRoleId = idOf(record.workRole);
  const departmentId = idOf(record.defaultDepartment);
  const locationId = idOf(record.defaultLocation);
  return {
    memberId: Number(record.id),
    identifier: String(record.identifier),
    name: [record.firstName, record.lastName].filter((part) => typeof part === 'string').join(' '),
    timeZone: zone,
    ...(workRoleId !== undefined && { workRoleId }),
    ...(departmentId !== undefined && { departmentId }),
    ...(locationId !== undefined && { locationId }),
    record,
  };
}

/** The person that the server works for, looked up once; a failure is tried again at the next call. */
export function createMe(dependencies: MeDependencies): () => Promise<Me> {
  let known: Promise<Me> | undefined;
  return () => {
    known ??= loadMe(dependencies).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
