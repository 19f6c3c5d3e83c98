import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { field } from '../../src/query/index.ts';
import { type Clean, cleanLine, counted, joined, lines, say } from '../../src/text/index.ts';
import {
  cleared,
  create,
  type Duplicate,
  defineTool,
  fragments,
  sameText,
  type ToolContext,
  ToolInputError,
  update,
} from '../../src/tool/index.ts';
import { addition, MEMBER_OPERATIONS, type MemberChange, memberIds, memberSteps } from './support/group-members.ts';

/** More changes than this are for a person to agree to. */
const MANY = 10;

const input = z.strictObject({
  group: fragments.name('marketingGroup', { inactive: true, description: 'To change' }).optional(),
  name: z.string().optional(),
  description: fragments.prose().optional(),
  public: z.boolean().optional(),
  inactive: z.boolean().optional(),
  contacts: fragments.names('contact', { description: 'To add' }).optional(),
  companies: fragments.names('company').optional(),
  remove: z.boolean().optional().describe('Take these out instead'),
  clear: fragments.clear(['description']),
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

const membersOf = ({ name, description, public: isPublic, inactive }: Input): ManageRecord => ({
  name,
  publicDescription: description,
  publicFlag: isPublic,
  inactiveFlag: inactive,
});

/** Who is to be added, or with `remove` taken out. */
function changesOf({ contacts = [], companies = [], remove }: Input): readonly MemberChange[] {
  if (remove && contacts.length + companies.length === 0)
    throw new ToolInputError('remove', say`Send contacts or companies as well: those to take out.`);
  const change = (kind: MemberChange['kind'], members: MemberChange['add']): MemberChange =>
    remove ? { kind, add: [], remove: members } : { kind, add: members, remove: [] };
  return [change('contact', contacts), change('company', companies)];
}

const describe = (group: ManageRecord): Clean => say`marketing group ${Number(group.id)}: ${cleanLine(group.name)}`;

/** Another group of the name that is given. */
function duplicateOf({ name, group, allowDuplicate }: Input, context: ToolContext): Duplicate | undefined {
  if (allowDuplicate || name === undefined) return undefined;
  const conditions = group && field('id', '!=', group.id);
  return {
    find: (signal) =>
      sameText(context, { list: 'GET /marketing/groups', member: 'name', text: name, conditions }, signal),
    argument: 'name',
    says: (row) =>
      say`There is already ${describe(row)}. Send group: "${Number(row.id)}" to change it, or allowDuplicate: true.`,
  };
}

/** What a person is asked before many members come or go. */
function consent(steps: readonly { readonly does: Clean }[], label: unknown) {
  const does = joined(
    steps.map((step) => step.does),
    '; ',
  );
  return {
    asks: steps.length > MANY,
    question: say`Change ${counted(steps.length, 'member')} of the marketing group ${cleanLine(label)}? ${does}.`,
  };
}

/** Minutes in which a group counts as one whose making broke off. */
const BROKEN_OFF = 15;

/** The group that an earlier call of the same arguments began: of this name, made just now, with some of these members and no others. */
async function begunGroup(name: string, given: Input, context: ToolContext): Promise<ManageRecord | undefined> {
  const { signal, now } = context;
  const changes = changesOf(given).filter(({ add }) => add.length > 0);
  if (changes.length === 0 || given.allowDuplicate) return undefined;
  const group = await sameText(context, { list: 'GET /marketing/groups', member: 'name', text: name }, signal);
  const { dateEntered, lastUpdated } = (group?._info ?? {}) as ManageRecord;
  const since = (await now()).toMillis() - Date.parse(String(dateEntered ?? lastUpdated));
  if (group === undefined || !(since < BROKEN_OFF * 60_000)) return undefined;
  const inside = await Promise.all(changes.map(({ kind }) => memberIds(Number(group.id), kind, context)));
  const wanted = changes.map(({ add }) => add.map(({ id }) => id));
  const isPart = inside.every((ids, index) => ids.every((id) => wanted[index]?.includes(id)));
  return isPart && inside.flat().length < wanted.flat().length ? group : undefined;
}

async function newGroup(name: string, given: Input, context: ToolContext) {
  const { names } = context;
  if (given.remove) throw new ToolInputError('group', say`Send group: the one to take them out of.`);
  const steps = changesOf(given).flatMap(({ kind, add }) =>
    add.map((member) => addition(kind, member, 'made', context)),
  );
  const begun = await begunGroup(name, given, context);
  const result = await create(context, {
    operation: 'POST /marketing/groups',
    begun,
    members: { ...membersOf(given), publicFlag: given.public ?? false },
    duplicate: duplicateOf(given, context),
    also: steps,
    ...consent(steps, name),
    dryRun: given.dryRun,
    confirm: given.confirm,
    describe: (group) => lines([describe(group), ...steps.map(({ does }) => does)]),
  });
  names.refresh();
  return result;
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
    const { group, name } = given;
    if (group === undefined) {
      if (name !== undefined) return newGroup(name, given, context);
      throw new ToolInputError('name', say`Send name for a new group, or group for the one to change.`);
    }
    const path = { id: group.id };
    const before = await manage.get<ManageRecord>('GET /marketing/groups/{id}', { path, signal });
    const found = await Promise.all(changesOf(given).map((change) => memberSteps(group.id, change, context)));
    const steps = found.flatMap((change) => change.steps);
    const says = found.flatMap((change) => change.says);
    const members = { ...membersOf(given), ...cleared(given, { description: 'publicDescription' }) };
    if (steps.length === 0 && says.length > 0 && Object.values(members).every((value) => value === undefined))
      throw new ToolInputError('group', say`Nothing to change: ${joined(says, '; ')}.`);
    const result = await update(context, {
      operation: 'PATCH /marketing/groups/{id}',
      path,
      before,
      members,
      duplicate: duplicateOf(given, context),
      also: steps,
      ...consent(steps, before.name),
      notes: says,
      dryRun: given.dryRun,
      confirm: given.confirm,
      describe: (after) => lines([describe(after), ...says]),
    });
    names.refresh();
    return result;
  },
});
