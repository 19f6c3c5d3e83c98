import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  updateRecord,
  writeSteps,
} from '../../src/tool/index.ts';
import { MEMBER_OPERATIONS, type MemberChange, memberSteps, readMembers } from './support/group-members.ts';

/** More changes than this are for a person to agree to. */
const MANY = 10;

const input = z.strictObject({
  group: z.string().optional().describe('To change'),
  name: z.string().optional(),
  description: z.string().optional(),
  public: z.boolean().optional(),
  inactive: z.boolean().optional(),
  contacts: z.array(z.string()).optional().describe('To add'),
  companies: z.array(z.string()).optional(),
  remove: z.boolean().optional().describe('Take these out instead'),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

const membersOf = (given: Input): ManageRecord =>
  Object.fromEntries(
    Object.entries({
      name: given.name,
      publicDescription: given.description === '' ? null : given.description,
      publicFlag: given.public,
      inactiveFlag: given.inactive,
    }).filter(([, value]) => value !== undefined),
  );

/** Who is to be added, or with `remove` taken out. */
async function changesOf(given: Input, context: ToolContext): Promise<readonly MemberChange[]> {
  const [contacts, companies] = await Promise.all([
    readMembers('contact', given.contacts, 'contacts', context),
    readMembers('company', given.companies, 'companies', context),
  ]);
  if (given.remove && contacts.length + companies.length === 0)
    throw new ToolInputError('remove', 'Send contacts or companies as well: those to take out.');
  const change = (kind: MemberChange['kind'], members: MemberChange['add']): MemberChange =>
    given.remove ? { kind, add: [], remove: members } : { kind, add: members, remove: [] };
  return [change('contact', contacts), change('company', companies)];
}

async function agree(count: number, label: string, given: Input, context: ToolContext): Promise<void> {
  if (count <= MANY || given.dryRun) return;
  await context.confirm({
    question: `Change ${count} members of the marketing group ${context.plain(label)}?`,
    ...(given.confirm !== undefined && { given: given.confirm }),
  });
}

const describe =
  ({ plain }: ToolContext) =>
  (group: ManageRecord): string =>
    `marketing group ${group.id}: ${plain(group.name)}`;

async function create(name: string, given: Input, context: ToolContext) {
  const { manage } = context;
  if (given.remove) throw new ToolInputError('group', 'Send group: the one to take them out of.');
  const changes = await changesOf(given, context);
  const adds = changes.flatMap(({ kind, add }) => add.map(({ label }) => `${kind} ${context.plain(label)}`));
  await agree(adds.length, name, given, context);
  const created = await createRecord(context, {
    operation: 'POST /marketing/groups',
    body: Object.fromEntries(
      Object.entries({ publicFlag: false, ...membersOf(given) }).filter(([, value]) => value !== null),
    ),
    dryRun: given.dryRun,
    describe: describe(context),
    note: adds.length === 0 ? '' : `Then added: ${adds.join(', ')}`,
    twin: {
      find: (signal) => manage.first('GET /marketing/groups', { conditions: field('name', '=', name), signal }),
      argument: 'name',
      says: (twin) => `There is ${describe(context)(twin)} already. Send group: "${twin.id}" to change it.`,
    },
  });
  context.names.refresh();
  const id = Number(created.structured.id);
  if (given.dryRun || adds.length === 0) return created;
  const steps = (await Promise.all(changes.map((change) => memberSteps(id, change, context)))).flatMap(
    (change) => change.steps,
  );
  await writeSteps(context, steps);
  return { ...created, text: [created.text, ...steps.map(({ does }) => does)].join('\n') };
}

export default defineTool({
  name: 'save_marketing_group',
  title: 'Save marketing group',
  toolset: 'marketing',
  effect: 'update',
  uses: [
    'POST /marketing/groups',
    'GET /marketing/groups',
    'GET /marketing/groups/{id}',
    'PATCH /marketing/groups/{id}',
    ...MEMBER_OPERATIONS,
  ],
  description: 'Add a marketing group, or change one and who is in it.',
  input,
  aliases: {
    id: 'group',
    groupId: 'group',
    addContacts: 'contacts',
    addCompanies: 'companies',
    members: 'contacts',
    publicDescription: 'description',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    const { manage, names, signal } = context;
    if (given.group === undefined) {
      if (given.name !== undefined && given.name !== '') return create(given.name, given, context);
      throw new ToolInputError('name', 'Send name for a new group, or group for the one to change.');
    }
    // Names leave out inactive groups; an id reaches them.
    const id = /^\d+$/.test(given.group)
      ? Number(given.group)
      : (await names.resolve('marketingGroup', given.group, { argument: 'group' })).id;
    const path = { id };
    const before = await manage.get<ManageRecord>('GET /marketing/groups/{id}', { path, signal });
    const changes = await changesOf(given, context);
    const found = await Promise.all(changes.map((change) => memberSteps(id, change, context)));
    const steps = found.flatMap((change) => change.steps);
    const says = found.flatMap((change) => change.says);
    const members = membersOf(given);
    if (steps.length === 0 && Object.keys(members).length === 0 && says.length > 0)
      throw new ToolInputError('group', `Nothing to change: ${says.join('; ')}.`);
    await agree(steps.length, String(before.name), given, context);
    const result = await updateRecord(context, {
      operation: 'PATCH /marketing/groups/{id}',
      path,
      before,
      members,
      also: steps,
      says,
      dryRun: given.dryRun,
      describe: describe(context),
    });
    names.refresh();
    return result;
  },
});
