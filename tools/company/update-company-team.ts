import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf, resolveGiven } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  patchOf,
  type LegacyStep as Step,
  ToolInputError,
  writeSteps,
} from '../../src/tool/index.ts';

const TEAMS = '/company/companies/{parentId}/teams';

export default defineTool({
  name: 'update_company_team',
  title: 'Update company team',
  toolset: 'company',
  effect: 'update',
  idempotent: true,
  uses: [`GET ${TEAMS}`, `POST ${TEAMS}`, `PATCH ${TEAMS}/{id}`, `DELETE ${TEAMS}/{id}`],
  description:
    'Say who looks after a company in a role, such as Account Manager: set replaces whoever has it, add and remove leave the others.',
  input: z.strictObject({
    company: z.string(),
    role: z.string(),
    member: z.string().optional(),
    contact: z.string().optional().describe("Of the company, in a member's place"),
    action: z.enum(['set', 'add', 'remove']).default('set'),
    dryRun: fragments.dryRun,
  }),
  aliases: { customer: 'company', teamRole: 'role', accountManager: 'member', person: 'member' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const { company: given, action } = input;
    const company = await names.resolve('company', given, { argument: 'company' });
    const parentId = company.id;
    const path = { parentId };
    const [role, member, contact] = await Promise.all([
      names.resolve('teamRole', input.role, { argument: 'role' }),
      resolveGiven(names, 'member', input.member, { argument: 'member' }),
      resolveGiven(names, 'contact', input.contact, { argument: 'contact', companyId: parentId }),
    ]);
    if (member !== undefined && contact !== undefined)
      throw new ToolInputError('contact', 'A place in the team is for a member or a contact: send one of the two.');
    const person = member ?? contact;
    if (person === undefined && action !== 'remove')
      throw new ToolInputError('member', `member is missing: who is to be ${plain(role.label)}?`);
    const read = async (): Promise<readonly ManageRecord[]> =>
      (await manage.page<ManageRecord>(`GET ${TEAMS}`, { path, pageSize: 200, signal })).rows.filter(
        (row) => idOf(row.teamRole) === role.id,
      );
    const rows = await read();
    const is = (row: ManageRecord, who: Named): boolean => idOf(row[member ? 'member' : 'contact']) === who.id;
    const drop = (row: ManageRecord): Step => ({
      operation: `DELETE ${TEAMS}/{id}`,
      request: { path: { ...path, id: Number(row.id) } },
      does: `${plain(nameOf(row.member) ?? nameOf(row.contact))} is no longer ${plain(role.label)}`,
    });
    const put = (who: Named, place: ManageRecord | undefined): Step => {
      const flags = Object.fromEntries(
        ['accountManagerFlag', 'techFlag', 'salesFlag'].map((flag) => [flag, role.record[flag] === true]),
      );
      const as = { [member ? 'member' : 'contact']: { id: who.id } };
      const before = place && plain(nameOf(place.member) ?? nameOf(place.contact));
      const other = member ? 'contact' : 'member';
      return place === undefined
        ? {
            operation: `POST ${TEAMS}`,
            request: {
              path,
              body: { teamRole: { id: role.id }, ...as, ...flags },
              settle: async () => (await read()).find((row) => is(row, who)),
            },
            does: `${plain(who.label)} is ${plain(role.label)}`,
          }
        : {
            operation: `PATCH ${TEAMS}/{id}`,
            request: {
              path: { ...path, id: Number(place.id) },
              body: patchOf({ ...as, ...(place[other] !== undefined && { [other]: null }) }),
            },
            does: `${plain(role.label)}: ${before} -> ${plain(who.label)}`,
          };
    };
    const holds = person === undefined ? undefined : rows.find((row) => is(row, person));
    const steps = ((): Step[] => {
      if (action === 'remove') return rows.filter((row) => person === undefined || row === holds).map(drop);
      if (person === undefined) return [];
      if (action === 'add') return holds === undefined ? [put(person, undefined)] : [];
      const [first, ...more] = rows;
      return holds === undefined
        ? [put(person, first), ...more.map(drop)]
        : rows.filter((row) => row !== holds).map(drop);
    })();
    if (steps.length === 0) {
      const who = person === undefined ? 'Nobody' : plain(person.label);
      const state = action === 'remove' ? `${who} is not` : `${who} is already`;
      return {
        structured: { id: parentId, changes: [] },
        text: `Nothing to change: ${state.replace('Nobody is not', 'nobody is')} ${plain(role.label)} of ${plain(company.label)}.`,
      };
    }
    const does = steps.map((step) => step.does);
    if (input.dryRun)
      return legacyPreview(
        steps.map(({ operation, request }) => manage.preview(operation, request)),
        [],
        does.join('\n'),
      );
    await writeSteps(context, steps);
    return {
      structured: { id: parentId, changes: does },
      text: [`Updated the team of ${plain(company.label)}`, ...does].join('\n'),
    };
  },
});
