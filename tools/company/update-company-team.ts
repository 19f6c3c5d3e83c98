import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, lines, say } from '../../src/text/index.ts';
import { defineTool, fragments, patchOf, type Step, ToolInputError } from '../../src/tool/index.ts';

const TEAMS = '/company/companies/{parentId}/teams';

/** Who has a place in the team: a member, or a contact of the company. */
interface Person extends Named {
  readonly as: 'member' | 'contact';
}

const holds = (row: ManageRecord, { as, id }: Person): boolean => idOf(row[as]) === id;

/** Who has a place: a member, a contact, or a member with a contact beside. */
const whoIn = ({ member, contact }: ManageRecord): Clean => {
  const [first, beside] = [nameOf(member), nameOf(contact)];
  return first === undefined || beside === undefined
    ? cleanLine(first ?? beside)
    : say`${cleanLine(first)} (with the contact ${cleanLine(beside)})`;
};

export default defineTool({
  name: 'update_company_team',
  title: 'Update company team',
  toolset: 'company',
  effect: 'update',
  idempotent: true,
  uses: [`GET ${TEAMS}`, `POST ${TEAMS}`, `PATCH ${TEAMS}/{id}`, `DELETE ${TEAMS}/{id}`],
  description: 'Say who looks after a company in a role: set replaces whoever has it, add and remove leave the others.',
  input: z.strictObject({
    company: fragments.name('company'),
    role: fragments.name('teamRole'),
    member: fragments.name('member').optional(),
    contact: fragments
      .name('contact', { of: 'company', description: "Of the company, in a member's place" })
      .optional(),
    action: z.enum(['set', 'add', 'remove']).default('set'),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { customer: 'company', teamRole: 'role', accountManager: 'member', person: 'member' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ company, role, member, contact, action, dryRun, confirm }, context) {
    const { manage, signal } = context;
    const parentId = company.id;
    const path = { parentId };
    const [called, owner] = [cleanLine(role.label), cleanLine(company.label)];
    if (member !== undefined && contact !== undefined)
      throw new ToolInputError('contact', say`A place in the team is for a member or a contact: send one of the two.`);
    const named = member ?? contact;
    const person: Person | undefined = named && { ...named, as: member === undefined ? 'contact' : 'member' };
    if (person === undefined && action !== 'remove')
      throw new ToolInputError('member', say`member is missing: who is to be ${called}?`);
    const read = async (): Promise<readonly ManageRecord[]> =>
      (await manage.all<ManageRecord>(`GET ${TEAMS}`, { path, signal })).filter(
        (row) => idOf(row.teamRole) === role.id,
      );
    const rows = await read();
    if (person === undefined && rows.length > 1)
      throw new ToolInputError(
        'member',
        say`Several are ${called} of ${owner}: send the member or contact to remove.`,
        {
          allowed: rows.map(whoIn),
        },
      );
    const drop = (row: ManageRecord): Step => ({
      operation: `DELETE ${TEAMS}/{id}`,
      request: { path: { ...path, id: Number(row.id) } },
      link: true,
      does: say`${whoIn(row)} is no longer ${called}`,
    });
    const add = (who: Person): Step => {
      const flags = Object.fromEntries(
        ['accountManagerFlag', 'techFlag', 'salesFlag'].map((flag) => [flag, role.record[flag] === true]),
      );
      return {
        operation: `POST ${TEAMS}`,
        request: { path, body: { teamRole: { id: role.id }, [who.as]: { id: who.id }, ...flags } },
        settle: async () => (await read()).find((row) => holds(row, who)),
        does: say`${cleanLine(who.label)} is ${called}`,
      };
    };
    const leave = (row: ManageRecord, who: Person): Step => {
      const other = row[who.as === 'member' ? 'contact' : 'member'];
      // Of two in one place the other one, whom nobody named, keeps it.
      if (other === undefined) return drop(row);
      return {
        operation: `PATCH ${TEAMS}/{id}`,
        request: { path: { ...path, id: Number(row.id) }, body: patchOf({ [who.as]: null }) },
        does: say`${cleanLine(nameOf(row[who.as]))} is no longer ${called} (${cleanLine(nameOf(other))} stays ${called})`,
      };
    };
    const replace = (place: ManageRecord, who: Person): Step => {
      const as = who.as === 'member' ? 'contact' : 'member';
      const [own, other] = [place[who.as], place[as]];
      // Where both have the place, the other one stays.
      const bothHave = own !== undefined && other !== undefined;
      const stays = bothHave ? say` (${cleanLine(nameOf(other))} stays ${called})` : say``;
      return {
        operation: `PATCH ${TEAMS}/{id}`,
        request: {
          path: { ...path, id: Number(place.id) },
          body: patchOf({ [who.as]: { id: who.id }, [as]: other === undefined || bothHave ? undefined : null }),
        },
        does: say`${called}: ${cleanLine(nameOf(own ?? other))} -> ${cleanLine(who.label)}${stays}`,
      };
    };
    const present = person && rows.find((row) => holds(row, person));
    const stepsFor = (who: Person): Step[] => {
      if (action === 'remove') return rows.filter((row) => holds(row, who)).map((row) => leave(row, who));
      if (action === 'add') return present === undefined ? [add(who)] : [];
      if (present !== undefined) return rows.filter((row) => row !== present).map(drop);
      const [first, ...more] = rows;
      return first === undefined ? [add(who)] : [replace(first, who), ...more.map(drop)];
    };
    const steps = person === undefined ? rows.map(drop) : stepsFor(person);
    if (steps.length === 0) {
      const who = person === undefined ? say`nobody` : cleanLine(person.label);
      const is = person !== undefined && action === 'remove' ? 'is not' : 'is';
      const already = person !== undefined && action !== 'remove' ? ' already' : '';
      return {
        structured: { id: parentId, changes: [] },
        text: say`Nothing to change: ${who} ${is}${already} ${called} of ${owner}.`,
      };
    }
    const does = steps.map((step) => step.does);
    return context.send({
      steps,
      dryRun,
      confirm,
      // A preview of several requests says each of them by itself.
      notes: steps.length === 1 ? does : [],
      answer: () => ({
        structured: { id: parentId, changes: does },
        text: lines([say`Updated the team of ${owner}`, ...does]),
      }),
    });
  },
});
