import { type ManageClient, type ManageRecord, NoSuchOperation } from '../manage/index.ts';
import { quotedSetting } from '../may-be-key.ts';
import { any, field } from '../query/index.ts';
import { NoMember } from './errors.ts';
import type { Named } from './kind.ts';
import type { Names } from './names.ts';
import { idOf } from './reference.ts';
import { memberZones } from './zones.ts';

/** The person that the server works for. */
export interface Me {
  readonly memberId: number;
  readonly identifier: string;
  readonly name: string;
  /** IANA zone in which this person's wall clock is read and shown. */
  readonly timeZone: string;
  /** Default work role, department and location ids, where the member has them. */
  readonly workRoleId?: number;
  readonly departmentId?: number;
  readonly locationId?: number;
  /** The whole member record. */
  readonly record: Readonly<Record<string, unknown>>;
}

export interface MeDependencies {
  readonly manage: ManageClient;
  readonly names: Pick<Names, 'list'>;
  /** `CWM_MEMBER`: identifier, e-mail or id. */
  readonly member?: string;
  /** `CWM_TIME_ZONE`; the member's own when left out. */
  readonly timeZone?: string | undefined;
  /** The zone of a member whose own is not known. */
  readonly elseTimeZone?: string | undefined;
  /** Whether the member comes from a sign-in, and not from `CWM_MEMBER`. */
  readonly signedIn?: boolean;
}

const WHO = 'Set CWM_MEMBER to the identifier, e-mail or id of the person that the server works for.';
const ASK = 'Ask the administrator of this server which member the sign-in stands for.';

/** How the member is called in errors, and what to do about it. */
const wordsOf = ({ member, signedIn }: MeDependencies): { readonly called: string; readonly next: string } =>
  signedIn === true
    ? { called: `The member of this sign-in, ${quotedSetting(member ?? '')},`, next: ASK }
    : { called: `CWM_MEMBER ${quotedSetting(member ?? '')}`, next: WHO };

/** Whether a member is who `CWM_MEMBER` names. */
const isCalled =
  (member: string) =>
  ({ id, identifier, record: { officeEmail } }: Named): boolean =>
    [String(id), identifier, officeEmail].some((own) => String(own).toLowerCase() === member.toLowerCase());

/** The configured member. The table of members, which most calls need anyway, is read beside that of zones; who is not in it is asked for. */
async function findMember(dependencies: MeDependencies, member: string): Promise<ManageRecord> {
  const { manage, names } = dependencies;
  const { called, next } = wordsOf(dependencies);
  const known = (await names.list('member').catch((): readonly Named[] => [])).filter(isCalled(member));
  const [only, second] = known;
  if (only !== undefined && second === undefined && only.record.timeZone !== undefined) return only.record;
  const conditions = /^\d+$/.test(member)
    ? field('id', '=', Number(member))
    : any(field('identifier', '=', member), field('officeEmail', '=', member));
  const { rows } = await manage
    .list<ManageRecord>('GET /system/members', { conditions, limit: 2 })
    .catch((error: unknown) => {
      if (!(error instanceof NoSuchOperation)) throw error;
      throw new NoMember(
        'The description in CWM_CATALOG lacks GET /system/members, so CWM_MEMBER cannot be looked up. CWM_TIME_ZONE is enough for times; catalog import --merge keeps the operations that the document leaves out.',
      );
    });
  const [found, other] = rows;
  if (found === undefined) throw new NoMember(`${called} is not a member of this Manage. ${next}`);
  if (other !== undefined) throw new NoMember(`${called} fits several members; an identifier or id fits one alone.`);
  if (found.inactiveFlag === true) throw new NoMember(`${called} is an inactive member. ${next}`);
  return found;
}

async function loadMe(dependencies: MeDependencies): Promise<Me> {
  const { names, member, timeZone, elseTimeZone } = dependencies;
  if (member === undefined || member === '') {
    throw new NoMember(
      dependencies.signedIn === true
        ? `This sign-in stands for no member, so "me" is nobody. ${ASK}`
        : `Nobody is configured to work for: the keys belong to an API member, which can own no time and has no tickets. ${WHO}`,
    );
  }
  // Both tables are asked for at once.
  if (timeZone === undefined) void names.list('timeZone').catch(() => undefined);
  const record = await findMember(dependencies, member);
  const zone = timeZone ?? (await memberZones(names, [record]))(record) ?? elseTimeZone;
  if (zone === undefined)
    throw new NoMember(`The time zone of ${member} is not known. Set CWM_TIME_ZONE, for example America/Chicago.`);
  return {
    memberId: Number(record.id),
    identifier: String(record.identifier),
    name: [record.firstName, record.lastName].filter((part) => typeof part === 'string').join(' '),
    timeZone: zone,
    workRoleId: idOf(record.workRole),
    departmentId: idOf(record.defaultDepartment),
    locationId: idOf(record.defaultLocation),
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
