import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf, resolveGiven } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import {
  createRecord,
  dayOf,
  defineLegacyTool as defineTool,
  fragments,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  updateRecord,
} from '../../src/tool/index.ts';

const input = z.strictObject({
  campaign: z.string().optional().describe('To change'),
  name: z.string().optional(),
  type: z.string().optional(),
  subType: z.string().optional(),
  status: z.string().optional(),
  start: z.string().optional(),
  end: z.string().optional(),
  group: z.string().optional().describe('Audience'),
  member: z.string().optional(),
  budgetCost: z.number().optional(),
  actualCost: z.number().optional(),
  budgetRevenue: z.number().optional(),
  notes: z.string().optional(),
  inactive: z.boolean().optional(),
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

const reference = (named: Named): ManageRecord => ({ id: named.id, name: named.label });

/** Subtypes belong to types: the same name can be in several. */
async function subTypeOf(said: string, typeId: number | undefined, { names }: ToolContext): Promise<Named> {
  const all = await names.list('campaignSubType');
  const own = typeId === undefined ? all : all.filter(({ record }) => idOf(record.type) === typeId);
  const [only, ...others] = own.filter(({ label }) => label.toLowerCase() === said.trim().toLowerCase());
  const found =
    only !== undefined && others.length === 0
      ? only
      : await names.resolve('campaignSubType', said, { argument: 'subType' });
  if (own.includes(found) || own.some(({ id }) => id === found.id)) return found;
  throw new ToolInputError('subType', `${found.label} is a subtype of ${found.hint}, not of the campaign's type.`, {
    allowed: own.map(({ label }) => label),
  });
}

/** What is said of a campaign; `before` is the one that it changes. */
async function membersOf(given: Input, before: ManageRecord, context: ToolContext): Promise<ManageRecord> {
  const { names } = context;
  const now = await context.now();
  const [type, status, group, member] = await Promise.all([
    resolveGiven(names, 'campaignType', given.type, { argument: 'type' }),
    resolveGiven(names, 'campaignStatus', given.status, { argument: 'status' }),
    resolveGiven(names, 'marketingGroup', given.group, { argument: 'group' }),
    resolveGiven(names, 'member', given.member, { argument: 'member' }),
  ]);
  const subType =
    given.subType === undefined ? undefined : await subTypeOf(given.subType, type?.id ?? idOf(before.type), context);
  const day = (argument: 'start' | 'end') =>
    given[argument] === undefined
      ? undefined
      : dateOnly(readDay(given[argument], { now, argument, direction: 'ahead' }).at);
  const [start, end] = [day('start'), day('end')];
  const [first, last] = [start ? toManage(start) : before.startDate, end ? toManage(end) : before.endDate];
  if ((start ?? end) !== undefined && typeof first === 'string' && typeof last === 'string' && last < first)
    throw new ToolInputError(
      end === undefined ? 'start' : 'end',
      `The campaign would end (${dayOf(last)}) before it starts (${dayOf(first)}).`,
    );
  const members: ManageRecord = {
    name: given.name,
    type: type && reference(type),
    subType: subType && reference(subType),
    status: status && reference(status),
    startDate: start && toManage(start),
    endDate: end && toManage(end),
    defaultGroup: group && reference(group),
    member: member && reference(member),
    budgetCost: given.budgetCost,
    actualCost: given.actualCost,
    budgetRevenue: given.budgetRevenue,
    notes: given.notes === '' ? null : given.notes,
    inactive: given.inactive,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

async function create(given: Input, context: ToolContext, describe: (row: ManageRecord) => string) {
  const { manage } = context;
  const members = await membersOf(given, {}, context);
  const missing = (['name', 'type', 'subType', 'start'] as const).find((argument) => given[argument] === undefined);
  if (missing !== undefined)
    throw new ToolInputError(
      missing,
      `${missing} is missing: a new campaign needs name, type, subType and start; one that is there is changed with campaign.`,
    );
  const name = String(given.name);
  return createRecord(context, {
    operation: 'POST /marketing/campaigns',
    body: Object.fromEntries(
      Object.entries(members)
        .filter(([, value]) => value !== null)
        .map(([member, value]) => [member, idOf(value) === undefined ? value : { id: idOf(value) }]),
    ),
    dryRun: given.dryRun,
    describe,
    twin: {
      find: (signal) => manage.first('GET /marketing/campaigns', { conditions: field('name', '=', name), signal }),
      argument: 'name',
      says: (twin) => `There is ${describe(twin)} already. Send campaign: "${twin.id}" to change it, or another name.`,
    },
  });
}

export default defineTool({
  name: 'save_campaign',
  title: 'Save campaign',
  toolset: 'marketing',
  effect: 'update',
  uses: [
    'POST /marketing/campaigns',
    'GET /marketing/campaigns',
    'GET /marketing/campaigns/{id}',
    'PATCH /marketing/campaigns/{id}',
  ],
  description: 'Add a campaign, or change the one in campaign.',
  input,
  aliases: {
    id: 'campaign',
    campaignId: 'campaign',
    startDate: 'start',
    endDate: 'end',
    audience: 'group',
    defaultGroup: 'group',
    owner: 'member',
    cost: 'actualCost',
    budget: 'budgetCost',
    note: 'notes',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    const { manage, names, signal, plain } = context;
    const describe = (row: ManageRecord): string =>
      `campaign ${row.id}: ${[row.name, nameOf(row.type), nameOf(row.status), `${dayOf(row.startDate)} to ${dayOf(row.endDate) || 'open'}`].map(plain).join(', ')}`;
    if (given.campaign === undefined) return create(given, context, describe);
    const { id } = await names.resolve('campaign', given.campaign, { argument: 'campaign' });
    const path = { id };
    const before = await manage.get<ManageRecord>('GET /marketing/campaigns/{id}', { path, signal });
    return updateRecord(context, {
      operation: 'PATCH /marketing/campaigns/{id}',
      path,
      before,
      members: await membersOf(given, before, context),
      dryRun: given.dryRun,
      describe,
    });
  },
});
