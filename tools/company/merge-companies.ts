import { z } from 'zod';
import { Forbidden, type ManageRecord } from '../../src/manage/index.ts';
import type { Named } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import { defineTool, fragments, ToolInputError } from '../../src/tool/index.ts';

const MERGE = 'POST /company/companies/{id}/merge';

/** What can be moved or left behind, with the collections that it is about. */
const PARTS = {
  contacts: ['/company/contacts'],
  services: ['/service/tickets'],
  projects: ['/project/projects', '/project/tickets'],
  opportunities: ['/sales/opportunities'],
  activities: ['/sales/activities'],
  sites: ['/company/companies/{parentId}/sites'],
  notes: ['/company/companies/{parentId}/notes'],
  documents: [],
} as const;

const NOUNS = {
  '/company/contacts': ['contact', 'contacts'],
  '/service/tickets': ['service ticket', 'service tickets'],
  '/project/projects': ['project', 'projects'],
  '/project/tickets': ['project ticket', 'project tickets'],
  '/sales/opportunities': ['opportunity', 'opportunities'],
  '/sales/activities': ['activity', 'activities'],
  '/company/companies/{parentId}/sites': ['site', 'sites'],
  '/company/companies/{parentId}/notes': ['note', 'notes'],
} as const;

type List = keyof typeof NOUNS;
type Part = keyof typeof PARTS;
const ALL = Object.keys(PARTS) as [Part, ...Part[]];

const labelOf = ({ label, identifier, id }: Named): Clean =>
  say`${cleanLine(label)} (${cleanLine(identifier)}, id ${id})`;

/** @throws {ToolInputError} for a value that a merge does not take from the duplicate */
function takenValue(given: string, values: readonly string[]): string {
  const found = values.find((name) => name.toLowerCase() === given.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new ToolInputError('take', say`take: a merge cannot take over "${cleanLine(given)}".`, { allowed: values });
}

/** The members of a company that hold the values of a merge, where they are called otherwise. */
const MEMBERS: Readonly<Record<string, string>> = {
  phone: 'phoneNumber',
  fax: 'faxNumber',
  type: 'types',
  primaryAddress: 'addressLine1',
  primaryContact: 'defaultContact',
  revenue: 'annualRevenue',
  timeZone: 'timeZoneSetup',
  billingAddress: 'billingSite',
};

/** Whether the company that goes has a value to take. */
const hasValue = (record: ManageRecord, name: string): boolean => {
  const value = record[MEMBERS[name] ?? name];
  return !(value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0));
};

export default defineTool({
  name: 'merge_companies',
  title: 'Merge companies',
  toolset: 'company',
  effect: 'delete',
  uses: [MERGE, 'GET /company/companies/{id}', ...Object.keys(NOUNS).map((list) => `GET ${list}/count`)],
  description: 'Move what a duplicate company has to the one that stays, then delete it. Cannot be undone.',
  input: z.strictObject({
    duplicate: fragments.name('company'),
    into: fragments.name('company'),
    take: z.array(z.string()).optional().describe('Its values to keep: phone, website, ...'),
    leave: z.array(z.enum(ALL)).optional().describe('Not to be moved'),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { from: 'duplicate', source: 'duplicate', company: 'duplicate', to: 'into', target: 'into', keep: 'into' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, api, signal } = context;
    const { duplicate: from, into: to, leave = [] } = input;
    if (from.id === to.id)
      throw new ToolInputError(
        'into',
        say`duplicate and into are the same company, ${cleanLine(to.label)} (id ${to.id}).`,
      );
    const switches = [...(api.schema('CompanyMerge')?.fields ?? [])];
    const values = switches.filter(([, { enum: allowed }]) => allowed?.includes('From')).map(([name]) => name);
    const taken = (input.take ?? [])
      .flatMap((given) => given.split(/[,;]|\band\b/))
      .filter((given) => given.trim() !== '')
      .map((given) => takenValue(given, values));
    const loser =
      taken.length === 0
        ? {}
        : await manage.get<ManageRecord>('GET /company/companies/{id}', { path: { id: from.id }, signal });
    const missing = taken.filter((name) => !hasValue(loser, name));
    if (missing.length > 0)
      throw new ToolInputError(
        'take',
        say`${labelOf(from)} has no ${joined(missing.map(cleanLine), ', ')} to take over. Leave it out of take.`,
      );
    const moved = ALL.filter((part) => !leave.includes(part));
    // Nothing is left to what Manage does by itself: the step cannot be taken back.
    const body: ManageRecord = {
      toCompanyId: to.id,
      ...Object.fromEntries(values.map((name) => [name, taken.includes(name) ? 'From' : 'To'])),
      ...Object.fromEntries(ALL.map((part) => [part, moved.includes(part) ? 'Merge' : 'Discard'])),
    };
    /** `12 contacts`; what the role may not count is said to be so. */
    const counted = async (list: List): Promise<Clean | undefined> => {
      const [one, many] = NOUNS[list];
      const of = list.includes('{')
        ? { path: { parentId: from.id } }
        : { conditions: field('company/id', '=', from.id) };
      try {
        const count = await manage.count(`GET ${list}/count`, { ...of, signal });
        return count === 0 ? undefined : say`${count} ${count === 1 ? one : many}`;
      } catch (error) {
        if (error instanceof Forbidden) return say`${many} (which you may not count)`;
        throw error;
      }
    };
    const countsOf = async (parts: readonly Part[]): Promise<Clean> => {
      const lists = parts.flatMap((part): readonly List[] => PARTS[part]);
      return joined(await Promise.all(lists.map(counted)), ', ');
    };
    const [moves, stays] = await Promise.all([countsOf(moved), countsOf(leave)]);
    const says = joined(
      [
        say`Moves to ${labelOf(to)}: ${moves === '' ? say`nothing` : moves}${moved.includes('documents') ? ', and its documents' : ''}.`,
        stays === '' ? undefined : say`Does not move: ${stays}.`,
        taken.length > 0 ? say`Takes over: ${joined(taken.map(cleanLine), ', ')}.` : undefined,
        say`Then ${labelOf(from)} is deleted.`,
      ],
      ' ',
    );
    const path = { id: from.id };
    return context.send({
      steps: [
        {
          operation: MERGE,
          request: { path, body },
          does: say`merge ${labelOf(from)} into ${labelOf(to)}`,
          // The company that goes is deleted by the merge and by nothing else that this call does.
          settle: async () => {
            const record = await manage.get<ManageRecord>('GET /company/companies/{id}', { path, signal });
            return record.deletedFlag === true ? record : undefined;
          },
        },
      ],
      question: say`Merge ${labelOf(from)} into ${labelOf(to)}? ${says} This cannot be undone.`,
      dryRun: input.dryRun,
      confirm: input.confirm,
      answer: () => ({
        structured: { id: to.id, merged: from.id, moves },
        text: joined(
          [
            say`Merged ${labelOf(from)} into ${labelOf(to)}, and deleted it.`,
            say`Moved: ${moves === '' ? say`nothing` : moves}.`,
            stays === '' ? undefined : say`Not moved: ${stays}.`,
            taken.length > 0 ? say`Took over: ${joined(taken.map(cleanLine), ', ')}.` : undefined,
          ],
          ' ',
        ),
      }),
    });
  },
});
