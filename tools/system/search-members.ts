import { z } from 'zod';
import { closest } from '../../src/api/closest.ts';
import { Forbidden, type ManageRecord, type Whole } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { matcher, pathsIn, wordsIn } from '../../src/query/index.ts';
import { cleanLine, joined, lines, say } from '../../src/text/index.ts';
import {
  defineTool,
  fragments,
  narrowed,
  pageAsked,
  type ToolContext,
  tableOutput,
  tableResult,
} from '../../src/tool/index.ts';

const input = z.strictObject({
  text: z.string().optional().describe('In name, identifier, e-mail or title'),
  includeInactive: z.boolean().optional(),
  ...fragments.list,
});
type Input = z.output<typeof input>;

const FULL = {
  list: 'GET /system/members',
  schema: 'Member',
  fields: ['id', 'identifier', 'firstName', 'lastName', 'title', 'officeEmail', 'workRole', 'timeZone', 'inactiveFlag'],
  searched: ['firstName', 'lastName', 'identifier', 'officeEmail', 'title'],
} as const;

/** The list for callers with few rights knows less of each member. */
const LITTLE = {
  list: 'GET /system/info/members',
  schema: 'MemberInfo',
  fields: ['id', 'identifier', 'firstName', 'lastName', 'inactiveFlag'],
  searched: ['firstName', 'lastName', 'identifier'],
} as const;

type Source = typeof FULL | typeof LITTLE;

const fullName = ({ firstName, lastName }: ManageRecord): string => [firstName, lastName].filter(Boolean).join(' ');

/**
 * The members that the filters leave, those of them that fit the text, and those of them that are asked for. There are few
 * members, so all are read and the text is compared here.
 */
async function membersOf(source: Source, given: Input, context: ToolContext) {
  const { manage, signal } = context;
  const { list, schema, fields, searched } = source;
  const { query } = await narrowed(context, {}, given, schema);
  const everybody = await manage.all<ManageRecord>(list, { ...query, fields, orderBy: ['lastName asc'], signal });
  // "Alex Chen <achen@example.com>" is how mail programs write people.
  const words = wordsIn('text', (given.text ?? '').replace(/[<>(),;]/g, ' '));
  const fits = words === undefined ? undefined : matcher(words);
  const textOf = (row: ManageRecord) => ({ text: searched.map((member) => row[member] ?? '').join(' ') });
  const fitting = fits === undefined ? everybody : everybody.filter((row) => fits(textOf(row)));
  const paths = pathsIn(query.conditions);
  // Whoever filters by it means it.
  const saysInactive = paths.some((path) => path.toLowerCase() === 'inactiveflag');
  const wanted = given.includeInactive === true || saysInactive;
  return {
    source,
    wanted,
    everybody,
    fitting,
    found: wanted ? fitting : fitting.filter(({ inactiveFlag }) => inactiveFlag !== true),
  };
}

/** What to try where nobody was found. */
function hint(text: string | undefined, fitting: Whole<ManageRecord>, everybody: Whole<ManageRecord>) {
  if (fitting.length > 0) return say`Nobody active fits; with includeInactive: true there would be ${fitting.length}.`;
  // By any part of a name as well: "Jorden" is near Jordan Doe.
  const called = new Map(
    everybody.flatMap((row) =>
      [fullName(row), row.identifier, row.firstName, row.lastName].map(
        (name) => [String(name), fullName(row)] as const,
      ),
    ),
  );
  const near =
    text === undefined ? [] : [...new Set(closest(text, [...called.keys()]).map((name) => called.get(name)))];
  return near.length === 0 ? undefined : say`Closest: ${joined(near.map(cleanLine), ', ')}.`;
}

export default defineTool({
  name: 'search_members',
  title: 'Search members',
  toolset: 'system',
  core: true,
  effect: 'read',
  uses: ['GET /system/members', 'GET /system/info/members'],
  description: 'Find members (employees, technicians) by name, identifier, e-mail or title.',
  input,
  aliases: { name: 'text', query: 'text', search: 'text', member: 'text', identifier: 'text', email: 'text' },
  output: tableOutput,
  async run(given, context) {
    const asking = pageAsked(given);
    const { page, limit } = asking;
    const { source, wanted, everybody, fitting, found } = await membersOf(FULL, given, context).catch(
      (error: unknown) => {
        if (error instanceof Forbidden) return membersOf(LITTLE, given, context);
        throw error;
      },
    );
    const { rows: shown, pageSize } = asking.shown([...found].slice((page - 1) * limit, page * limit), found.length);
    const hasInactive = found.some(({ inactiveFlag }) => inactiveFlag === true);
    return tableResult({
      noun: wanted ? 'members' : 'active members',
      head: lines([
        source === LITTLE && say`This role may read names alone: titles and e-mails are neither searched nor shown.`,
        found.length === 0 ? hint(given.text, fitting, everybody) : undefined,
      ]),
      columns: ['id', 'identifier', 'name', 'title', 'e-mail', 'work role', 'zone', ...(hasInactive ? ['state'] : [])],
      rows: shown.map((row) => [
        row.id,
        row.identifier,
        fullName(row),
        row.title,
        row.officeEmail,
        nameOf(row.workRole),
        nameOf(row.timeZone),
        ...(hasInactive ? [row.inactiveFlag === true ? 'inactive' : ''] : []),
      ]),
      total: found.length,
      page,
      pageSize,
    });
  },
});
