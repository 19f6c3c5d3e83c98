import { DateTime } from 'luxon';
import { closest } from '../api/closest.ts';
import type { Config } from '../config/config.ts';
import { Forbidden, type ManageClient, type ManageRecord } from '../manage/index.ts';
import { createMe, type Me, memberZones, type Names, NoMember } from '../names/index.ts';
import { field } from '../query/index.ts';
import { bad, type Finding, ok, said, warn } from './finding.ts';

/** Where members are looked up. */
interface Lookup {
  readonly manage: ManageClient;
  readonly names: Names;
}

/** The person that the server works for, as far as found. */
interface Found {
  readonly finding: Finding;
  readonly me?: Me;
}

const WHO = 'CWM_MEMBER: the identifier, e-mail or id of the person whose time is logged.';

/** People who are called much like that. */
async function similar(member: string, names: Names): Promise<readonly string[]> {
  const people = await names.list('member').catch(() => []);
  const isPerson = ({ record }: (typeof people)[number]): boolean =>
    record.licenseClass !== 'A' && record.inactiveFlag !== true;
  const known = people
    .filter(isPerson)
    .flatMap(({ identifier, label, record: { officeEmail } }) =>
      [identifier, officeEmail, label].flatMap((called) =>
        typeof called === 'string' ? [{ called, identifier: identifier ?? label }] : [],
      ),
    );
  const near = closest(
    member,
    known.map(({ called }) => called),
    6,
  );
  return [...new Set(near.flatMap((called) => known.find((one) => one.called === called)?.identifier ?? []))].slice(
    0,
    3,
  );
}

/** Whether an API member is called that; some sites list them apart from people. */
async function isApiMember(member: string, manage: ManageClient): Promise<boolean> {
  const conditions = field('identifier', '=', member);
  const found = await manage
    .first<ManageRecord>('GET /system/apiMembers', { conditions })
    .catch((): undefined => undefined);
  return found !== undefined;
}

const apiMember = (member: string): Finding =>
  bad(
    `${member} is an API member, which can own no time and has no tickets`,
    `${WHO} The keys stay those of the API member.`,
  );

async function notFound(member: string, error: NoMember, { names, manage }: Lookup): Promise<Finding> {
  if (await isApiMember(member, manage)) return apiMember(member);
  const near = await similar(member, names);
  return bad(error.message, near.length === 0 ? WHO : `${WHO} Closest: ${near.join(', ')}.`);
}

/** Who `CWM_MEMBER` names: somebody, active, and a person. */
export async function findMember(config: Config, { manage, names }: Lookup): Promise<Found> {
  const { member } = config;
  try {
    // The zone is looked at apart, so that a member without one is found all the same.
    const me = await createMe({ manage, names, member, timeZone: config.timeZone ?? 'UTC' })();
    if (me.record.licenseClass === 'A') return { finding: apiMember(me.identifier) };
    return { me, finding: ok(`${me.name} (${me.identifier})`) };
  } catch (error) {
    if (error instanceof Forbidden)
      return {
        finding: bad(
          said(error),
          'The API member cannot read members: give its security role Inquire on System > Member Maintenance.',
        ),
      };
    const finding =
      error instanceof NoMember && member !== undefined
        ? await notFound(member, error, { names, manage })
        : bad(said(error), WHO);
    return { finding };
  }
}

/** Offsets in winter and summer, in minutes: what tells two zones apart for whoever reads a clock. */
function offsets(zone: string): readonly [number, number] {
  const { year } = DateTime.now();
  const at = (month: number): number => DateTime.fromObject({ year, month, day: 15 }, { zone }).offset;
  return [at(1), at(7)];
}

/** The zone that times are read and shown in, against the member's own. */
export async function checkZone(config: Config, me: Me, names: Names): Promise<Finding> {
  const own = await memberZones(names, [me.record])
    .then((zoneOf) => zoneOf(me.record))
    .catch((): undefined => undefined);
  const zone = config.timeZone ?? own;
  if (zone === undefined)
    return bad(`the time zone of ${me.identifier} is not known`, 'CWM_TIME_ZONE: an IANA zone like America/Chicago.');
  if (config.timeZone === undefined)
    return /^UTC[+-]/.test(zone)
      ? warn(
          `${zone}, from Manage's time zone setup, which names no place: summer time is not known`,
          'CWM_TIME_ZONE: an IANA zone like America/Chicago.',
        )
      : ok(`${zone}, the member's own`);
  if (own === undefined || own === zone) return ok(`${zone} (CWM_TIME_ZONE)`);
  const [here, there] = [offsets(zone), offsets(own)];
  const hasSummer = ([winter, summer]: readonly [number, number]): boolean => winter !== summer;
  if (here[0] === there[0] && here[1] === there[1]) return ok(`${zone} (CWM_TIME_ZONE), the same clock as ${own}`);
  const isHalf = hasSummer(there) && !hasSummer(here) && there.includes(here[0]);
  return warn(
    isHalf
      ? `${zone} has no daylight saving; ${me.identifier}'s own zone, ${own}, has: for half of the year times are an hour off`
      : `${zone}; ${me.identifier}'s own zone in Manage is ${own}`,
    `CWM_TIME_ZONE: leave it out, or write ${own}, unless ${me.identifier} works elsewhere.`,
  );
}
