import { AmbiguousName, idOf, memberZones, type Named, nameOf, UnknownName } from '../names/index.ts';
import { type Clean, cleanLine, counted, joined, say } from '../text/index.ts';
import { type ToolContext, ToolInputError } from '../tool/index.ts';
import { inCountingZones } from './member-zone.ts';

/** A member whose days are looked at. */
export interface Person {
  readonly id: number;
  readonly name: Clean;
  /** IANA zone in which this member's days and working hours are counted. */
  readonly zone: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Operations that finding people needs. */
export const PEOPLE_OPERATIONS = ['GET /system/timeZoneSetups'] as const;

/** Whether somebody has to enter time, so that hours are due from them. */
export const owesTime = ({ record }: Person): boolean => record.requireTimeSheetEntryFlag !== false;

const EVERYONE = /^(all|everyone|everybody|any|the team|us)$/i;

/** Operations that finding teams needs. */
export const TEAM_OPERATIONS = ['GET /service/boards', 'GET /service/boards/{parentId}/teams'] as const;

/** API members own no time and no calendar. */
const isPerson = ({ record }: Named): boolean => record.licenseClass !== 'A';

const idsIn = (team: Named): readonly number[] => (Array.isArray(team.record.members) ? team.record.members : []);

/** A team with the board that it belongs to. */
interface BoardTeam {
  readonly board: string;
  readonly team: Named;
}

/** Teams of all boards. The same name on several boards is one team to who says it. */
async function teams({ names, signal }: ToolContext): Promise<readonly BoardTeam[]> {
  const boards = await names.list('board', { signal }).catch(() => []);
  const lists = await Promise.all(
    boards.map(async ({ id, label }) =>
      (await names.list('team', { boardId: id }).catch(() => [])).map((team) => ({ board: label, team })),
    ),
  );
  return lists.flat();
}

/** The names of the teams that members are in, on any board, by the id of the member; who is in none is not in it. */
export async function teamsOfMembers(context: ToolContext): Promise<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, string[]>();
  for (const { team } of await teams(context)) {
    for (const id of idsIn(team)) {
      const own = found.get(id) ?? [];
      if (!own.includes(team.label)) own.push(team.label);
      found.set(id, own);
    }
  }
  return found;
}

/** Words that can be nobody but one member. */
const ONE = /^(me|myself|i|#?\d+)$/i;

async function group(
  said: string,
  members: readonly Named[],
  argument: string,
  context: ToolContext,
): Promise<readonly Named[]> {
  const text = said.trim().toLowerCase();
  if (ONE.test(text)) return [await context.names.resolve('member', said, { argument })];
  const [ofTeams, departments] = await Promise.all([
    teams(context),
    context.names.list('department').catch((): readonly Named[] => []),
  ]);
  const called = (name: string | undefined): boolean =>
    name !== undefined &&
    [
      name,
      name.replace(/ (?:team|department)$/i, ''),
      `${name}s`,
      `${name} team`,
      `${name} department`,
      `the ${name}`,
    ].some((form) => form.toLowerCase() === text);
  // Who says a board means the teams that work on it.
  const found =
    [ofTeams.filter(({ team }) => called(team.label)), ofTeams.filter(({ board }) => called(board))].find(
      (list) => list.length > 0,
    ) ?? [];
  if (found.length > 0) {
    const ids = new Set(found.flatMap(({ team }) => idsIn(team)));
    return members.filter(({ id }) => ids.has(id));
  }
  /** Says which group it is: the word can be a job as well, or a part of somebody's name. */
  const told = (kind: 'department' | 'work role', name: unknown, people: readonly Named[]): readonly Named[] => {
    context.remark(
      say`${cleanLine(argument)} "${cleanLine(said)}": the ${kind} ${cleanLine(name)}, ${counted(people.length, 'member')}.`,
    );
    return people;
  };
  const department = departments.find(({ label, identifier }) => called(label) || called(identifier));
  if (department !== undefined)
    return told(
      'department',
      department.label,
      members.filter(({ record }) => idOf(record.defaultDepartment) === department.id),
    );
  const inRole = members.filter(({ record }) => called(nameOf(record.workRole)));
  if (inRole.length > 0) return told('work role', nameOf(inRole[0]?.record.workRole), inRole);
  try {
    return [await context.names.resolve('member', said, { argument })];
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    const closest = joined(error.closest.map(cleanLine), ' or ');
    const near = closest === '' ? say`` : say` Did you mean ${closest}?`;
    const allowed = [
      ...[...ofTeams.map(({ team }) => team), ...departments].map(({ label }) => label),
      ...members.flatMap(({ record }) => nameOf(record.workRole) ?? []),
    ];
    throw new ToolInputError(
      argument,
      say`There is no member, team, department or work role "${cleanLine(said)}".${near}`,
      { allowed: [...new Set(allowed)].map(cleanLine), next: say`search_members lists the members.` },
    );
  }
}

/** Several names in one text: "Sam and Blake", "Service Team, Escalations". */
const BETWEEN = /\s*[,;&]\s*|\s+and\s+/i;

/** The people of one text, which may hold several names; a name that holds a comma itself comes first. */
async function groups(
  said: string,
  members: readonly Named[],
  argument: string,
  context: ToolContext,
): Promise<readonly Named[]> {
  const parts = said.split(BETWEEN).filter((part) => part !== '');
  try {
    return await group(said, members, argument, context);
  } catch (error) {
    const isName = error instanceof ToolInputError || error instanceof AmbiguousName;
    if (!isName || parts.length < 2) throw error;
  }
  return (await Promise.all(parts.map((part) => group(part, members, argument, context)))).flat();
}

/**
 * The people that somebody said: members by name, teams, boards (their teams), departments, work roles, "me", or everyone when nothing is said.
 * @param argument the one that said it, for errors
 * @returns them by name, each once, with their own zones; a member without one counts in the conversation's
 * @throws {ToolInputError} for a name that is nobody's, and for a team without members
 */
export async function readPeople(
  said: readonly string[] | undefined,
  context: ToolContext,
  argument = 'who',
): Promise<Person[]> {
  const { names, signal } = context;
  const members = (await names.list('member', { checked: true, signal })).filter(isPerson);
  const everyone = said === undefined || said.length === 0 || said.some((word) => EVERYONE.test(word.trim()));
  const found = everyone
    ? members
    : (await Promise.all(said.map((word) => groups(word, members, argument, context)))).flat();
  if (found.length === 0) {
    const nobodys = joined((said ?? []).map(cleanLine), ', ');
    throw new ToolInputError(argument, say`Nobody active is in ${nobodys}.`);
  }
  const unique = [...new Map(found.map((member) => [member.id, member])).values()];
  // They have no more time to enter and no more work to do.
  for (const { label, inactive } of unique)
    if (inactive === true) context.remark(say`${cleanLine(label)} is inactive.`);
  const [zoneOf, local] = await Promise.all([
    memberZones(
      names,
      unique.map(({ record }) => record),
      signal,
    ),
    context.zone(),
  ]);
  return unique
    .map(({ id, label, record }) => ({ id, name: cleanLine(label), zone: zoneOf(record) ?? local, record }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The people that somebody said as `readPeople` finds them, each in the zone in which their days are counted: the person of the
 * conversation in its zone.
 * @throws {ToolInputError} as `readPeople` does
 */
export const readCountedPeople = async (
  said: readonly string[] | undefined,
  context: ToolContext,
): Promise<readonly Person[]> => inCountingZones(await readPeople(said, context), context);
