import { z } from 'zod';
import { Forbidden, type ManageRecord } from '../../src/manage/index.ts';
import { field } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, legacyPreview, ToolInputError } from '../../src/tool/index.ts';

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

const NOUNS: Readonly<Record<string, string>> = {
  '/company/contacts': 'contacts',
  '/service/tickets': 'service tickets',
  '/project/projects': 'projects',
  '/project/tickets': 'project tickets',
  '/sales/opportunities': 'opportunities',
  '/sales/activities': 'activities',
  '/company/companies/{parentId}/sites': 'sites',
  '/company/companies/{parentId}/notes': 'notes',
};

type Part = keyof typeof PARTS;
const ALL = Object.keys(PARTS) as [Part, ...Part[]];

export default defineTool({
  name: 'merge_companies',
  title: 'Merge companies',
  toolset: 'company',
  effect: 'delete',
  uses: [MERGE, 'GET /company/companies/{id}', ...Object.keys(NOUNS).map((list) => `GET ${list}/count`)],
  description:
    'Move what a duplicate company has to the one that stays, then delete it. Cannot be undone; the person has to agree.',
  input: z.strictObject({
    duplicate: z.string(),
    into: z.string(),
    take: z.array(z.string()).optional().describe('Its values to keep: phone, website, ...'),
    leave: z.array(z.enum(ALL)).optional().describe('Not to be moved'),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { from: 'duplicate', source: 'duplicate', company: 'duplicate', to: 'into', target: 'into', keep: 'into' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, api, signal, plain } = context;
    const [from, to] = await Promise.all([
      names.resolve('company', input.duplicate, { argument: 'duplicate' }),
      names.resolve('company', input.into, { argument: 'into' }),
    ]);
    if (from.id === to.id)
      throw new ToolInputError('into', `duplicate and into are the same company, ${plain(to.label)} (id ${to.id}).`);
    const switches = [...(api.schema('CompanyMerge')?.fields ?? [])];
    const values = switches.filter(([, { enum: allowed }]) => allowed?.includes('From')).map(([name]) => name);
    const taken = (input.take ?? []).map((given) => {
      const found = values.find((name) => name.toLowerCase() === given.trim().toLowerCase());
      if (found === undefined)
        throw new ToolInputError(
          'take',
          `take: ${JSON.stringify(given)} is no value of a company that a merge takes.`,
          {
            allowed: values,
          },
        );
      return found;
    });
    const moved = ALL.filter((part) => !(input.leave ?? []).includes(part));
    // Nothing is left to what Manage does by itself: the step cannot be taken back.
    const body: ManageRecord = {
      toCompanyId: to.id,
      ...Object.fromEntries(values.map((name) => [name, taken.includes(name) ? 'From' : 'To'])),
      ...Object.fromEntries(ALL.map((part) => [part, moved.includes(part) ? 'Merge' : 'Discard'])),
    };
    /** How many rows of a collection the duplicate has; `undefined` where the role may not read it. */
    const count = (list: string): Promise<number | undefined> => {
      const of = list.includes('{')
        ? { path: { parentId: from.id } }
        : { conditions: field('company/id', '=', from.id) };
      return manage.count(`GET ${list}/count`, { ...of, signal }).catch((error: unknown) => {
        if (error instanceof Forbidden) return undefined;
        throw error;
      });
    };
    const counted = async (parts: readonly Part[]): Promise<string> => {
      const lists = parts.flatMap((part) => PARTS[part] as readonly string[]);
      const counts = await Promise.all(lists.map((list) => count(list)));
      const found = counts.flatMap((many, index) => {
        const noun = NOUNS[lists[index] ?? ''];
        return many === 0 ? [] : [many === undefined ? `${noun} (which you may not count)` : `${many} ${noun}`];
      });
      return found.join(', ') || 'nothing';
    };
    const [moves, stays] = await Promise.all([counted(moved), counted(input.leave ?? [])]);
    const label = (company: typeof from): string =>
      `${plain(company.label)} (${plain(company.identifier)}, id ${company.id})`;
    const says = [
      `Moves to ${label(to)}: ${moves}${moved.includes('documents') ? ', and its documents' : ''}.`,
      ...(stays === 'nothing' ? [] : [`Does not move: ${stays}.`]),
      ...(taken.length > 0 ? [`Takes over: ${taken.join(', ')}.`] : []),
      `Then ${label(from)} is deleted.`,
    ].join(' ');
    const path = { id: from.id };
    if (input.dryRun) return legacyPreview([manage.preview(MERGE, { path, body })], [], says);
    await context.confirm({
      question: `Merge ${label(from)} into ${label(to)}? ${says} This cannot be undone.`,
      ...(input.confirm !== undefined && { given: input.confirm }),
    });
    await manage.write(MERGE, {
      path,
      body,
      signal,
      // The company that goes is deleted by the merge and by nothing else that this call does.
      settle: async () => {
        const record = await manage.get<ManageRecord>('GET /company/companies/{id}', { path, signal });
        return record.deletedFlag === true ? record : undefined;
      },
    });
    return {
      structured: { id: to.id, merged: from.id, moves },
      text: `Merged ${label(from)} into ${label(to)}. ${says}`,
    };
  },
});
