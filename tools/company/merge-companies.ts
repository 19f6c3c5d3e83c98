import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { type Clean, cleanLine, counted, joined, say } from '../../src/text/index.ts';
import { defineTool, fragments, readable, type ToolContext, ToolInputError } from '../../src/tool/index.ts';

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
  '/company/configurations': ['configuration', 'configurations'],
  '/finance/agreements': ['agreement', 'agreements'],
  '/time/entries': ['time entry', 'time entries'],
} as const;

/** What no switch of the merge is about: where it goes is seen afterwards. */
const UNSAID = ['/company/configurations', '/finance/agreements', '/time/entries'] as const;

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

const memberOf = (name: string): string => MEMBERS[name] ?? name;

/** Whether two values are the same to a reader: references by what they refer to. */
const sameValue = (one: unknown, other: unknown): boolean =>
  idOf(one) === undefined ? isDeepStrictEqual(one, other) : idOf(one) === idOf(other);

/** Whether the company that goes has a value to take. */
const hasValue = (record: ManageRecord, name: string): boolean => {
  const value = record[memberOf(name)];
  return !(value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0));
};

/** How many records of a list a company has; `undefined` where the role may not count them. */
interface Counted {
  readonly list: List;
  readonly count: number | undefined;
}

const listsOf = (parts: readonly Part[]): readonly List[] => parts.flatMap((part): readonly List[] => PARTS[part]);

const countsOf = (
  lists: readonly List[],
  companyId: number,
  { manage, signal }: ToolContext,
): Promise<readonly Counted[]> =>
  Promise.all(
    lists.map(async (list) => {
      const of = list.includes('{')
        ? { path: { parentId: companyId } }
        : { conditions: field('company/id', '=', companyId) };
      return { list, count: await readable(manage.count(`GET ${list}/count`, { ...of, signal })) };
    }),
  );

/** `12 contacts, 1 site`; what the role may not count is said to be so. */
const countsText = (counts: readonly Counted[]): Clean =>
  joined(
    counts.map(({ list, count }) => {
      const [one, many] = NOUNS[list];
      if (count === undefined) return say`${many} (which you may not count)`;
      return count === 0 ? undefined : counted(count, one, many);
    }),
    ', ',
  );

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
    const [moving, staying, unsaid] = await Promise.all([
      countsOf(listsOf(moved), from.id, context),
      countsOf(listsOf(leave), from.id, context),
      countsOf(UNSAID, from.id, context),
    ]);
    const [moves, stays, besides] = [countsText(moving), countsText(staying), countsText(unsaid)];
    const says = joined(
      [
        say`Moves to ${labelOf(to)}: ${moves === '' ? say`nothing` : moves}${moved.includes('documents') ? ', and its documents' : ''}.`,
        stays === '' ? undefined : say`Does not move: ${stays}.`,
        besides === '' ? undefined : say`Manage decides on its ${besides}.`,
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
      async answer() {
        const read = (id: number) => manage.get<ManageRecord>('GET /company/companies/{id}', { path: { id }, signal });
        const before = [...moving, ...unsaid];
        const lists = before.map(({ list }) => list);
        const [gone, kept, left] = await Promise.all([read(from.id), read(to.id), countsOf(lists, from.id, context)]);
        const went = countsText(
          before.map(({ list, count }, index) => ({ list, count: count && count - (left[index]?.count ?? 0) })),
        );
        const stayed = joined([stays, countsText(left.filter(({ count }) => count !== undefined))], ', ');
        const isTaken = (name: string): boolean => sameValue(loser[memberOf(name)], kept[memberOf(name)]);
        const [got, lost] = [taken.filter(isTaken), taken.filter((name) => !isTaken(name))];
        return {
          structured: { id: to.id, merged: from.id, moves: went, deleted: gone.deletedFlag === true },
          text: joined(
            [
              say`Merged ${labelOf(from)} into ${labelOf(to)}, ${gone.deletedFlag === true ? 'and deleted it' : 'and it is not deleted'}.`,
              say`Moved: ${went === '' ? say`nothing` : went}.`,
              stayed === '' ? undefined : say`Not moved: ${stayed}.`,
              got.length > 0 ? say`Took over: ${joined(got.map(cleanLine), ', ')}.` : undefined,
              lost.length > 0 ? say`Not taken over: ${joined(lost.map(cleanLine), ', ')}.` : undefined,
            ],
            ' ',
          ),
        };
      },
    });
  },
});
