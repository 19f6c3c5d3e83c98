import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf, referenceTo } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { HOME_CURRENCY, homeCurrency } from '../../src/revenue/currency.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import {
  cleared,
  create,
  type Duplicate,
  dayOf,
  defineTool,
  fragments,
  inThePast,
  type NameWithin,
  sameText,
  type ToolContext,
  ToolInputError,
  update,
} from '../../src/tool/index.ts';

const CAMPAIGNS = '/marketing/campaigns';

/** What a new campaign has to have. */
const NEEDED = ['name', 'type', 'subType', 'start'] as const;

const input = z.strictObject({
  campaign: fragments.name('campaign', { description: 'To change' }).optional(),
  name: z.string().optional(),
  type: fragments.name('campaignType').optional(),
  subType: fragments.nameWithin('campaignSubType').optional(),
  status: fragments.name('campaignStatus').optional(),
  start: fragments.day('ahead').optional(),
  end: fragments.day('ahead', undefined, { after: 'start' }).optional(),
  group: fragments.name('marketingGroup', { description: 'Audience' }).optional(),
  member: fragments.name('member').optional(),
  budgetCost: fragments.cost(z.number().optional()),
  actualCost: fragments.cost(z.number().optional()),
  budgetRevenue: fragments.cost(z.number().optional()),
  notes: fragments.prose().optional(),
  inactive: z.boolean().optional(),
  clear: fragments.clear(['end', 'group', 'member', 'budgetCost', 'actualCost', 'budgetRevenue', 'notes']),
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

const describe = (row: ManageRecord): Clean => {
  const days = say`${dayOf(row.startDate)} to ${row.endDate == null ? say`open` : dayOf(row.endDate)}`;
  const parts = [cleanLine(row.name), cleanLine(nameOf(row.type)), cleanLine(nameOf(row.status)), days];
  return say`campaign ${Number(row.id)}: ${joined(parts, ', ')}`;
};

/**
 * The subtype that is meant: the same name can be in several types.
 * @param typeId the campaign's type
 * @throws {ToolInputError} for a subtype of another type, with those of this one
 */
async function subTypeOf(said: NameWithin, typeId: number | undefined, { names }: ToolContext): Promise<Named> {
  const all = await names.list('campaignSubType');
  const own = typeId === undefined ? all : all.filter(({ record }) => idOf(record.type) === typeId);
  const [only, ...others] = own.filter(({ label }) => label.toLowerCase() === said.given.trim().toLowerCase());
  const found = only !== undefined && others.length === 0 ? only : await said.within({});
  if (own.some(({ id }) => id === found.id)) return found;
  throw new ToolInputError(
    'subType',
    say`${cleanLine(found.label)} is a subtype of ${cleanLine(found.hint)}, not of the campaign's type.`,
    { allowed: own.map(({ label }) => cleanLine(label)) },
  );
}

/** What is said of a campaign; `before` is the one that it changes. @throws {ToolInputError} for an end before the start */
async function membersOf(given: Input, before: ManageRecord, context: ToolContext): Promise<ManageRecord> {
  const { type, start, end } = given;
  if (
    type !== undefined &&
    given.subType === undefined &&
    idOf(before.subType) !== undefined &&
    type.id !== idOf(before.type)
  )
    throw new ToolInputError('subType', say`A subtype belongs to a type: send subType as well.`, {
      allowed: (await context.names.list('campaignSubType'))
        .filter(({ record }) => idOf(record.type) === type.id)
        .map(({ label }) => cleanLine(label)),
    });
  const subType = given.subType && (await subTypeOf(given.subType, type?.id ?? idOf(before.type), context));
  const startDate = start && dayToManage(start);
  const endDate = end && dayToManage(end);
  const isOpen = end === undefined && (given.clear?.includes('end') ?? false);
  const [first, last] = [dayOf(startDate ?? before.startDate), isOpen ? say`` : dayOf(endDate ?? before.endDate)];
  if ((start ?? end) !== undefined && first !== '' && last !== '' && last < first)
    throw new ToolInputError(
      end === undefined ? 'start' : 'end',
      say`The campaign would end (${last}) before it starts (${first}).`,
    );
  return {
    name: given.name,
    type: referenceTo(type),
    subType: referenceTo(subType),
    status: referenceTo(given.status),
    startDate,
    endDate,
    defaultGroup: referenceTo(given.group),
    member: referenceTo(given.member),
    budgetCost: given.budgetCost,
    actualCost: given.actualCost,
    budgetRevenue: given.budgetRevenue,
    notes: given.notes,
    inactive: given.inactive,
  };
}

/** Another campaign of the name that is given. */
function duplicateOf({ name, campaign, allowDuplicate }: Input, context: ToolContext): Duplicate | undefined {
  if (allowDuplicate || name === undefined) return undefined;
  const conditions = campaign && field('id', '!=', campaign.id);
  return {
    find: (signal) => sameText(context, { list: `GET ${CAMPAIGNS}`, member: 'name', text: name, conditions }, signal),
    argument: 'name',
    says: (row) =>
      say`There is already ${describe(row)}. Send campaign: "${Number(row.id)}" to change it, another name, or allowDuplicate: true.`,
  };
}

/** The currency of its amounts, and what is asked before a campaign is planned for days that have passed. */
const planOf = async ({ name, campaign, end, inactive, dryRun, confirm }: Input, context: ToolContext) => ({
  currency: await homeCurrency(context),
  dryRun,
  confirm,
  warnings: inactive ? [] : inThePast({ end }, await context.now()),
  question: say`Save the campaign ${cleanLine(name ?? campaign?.label)}?`,
});

async function newCampaign(given: Input, context: ToolContext) {
  const missing = NEEDED.find((argument) => given[argument] === undefined);
  if (missing !== undefined)
    throw new ToolInputError(
      missing,
      say`${missing} is missing: a new campaign needs name, type, subType and start; send campaign to change one that exists.`,
    );
  return create(context, {
    operation: `POST ${CAMPAIGNS}`,
    members: await membersOf(given, {}, context),
    duplicate: duplicateOf(given, context),
    ...(await planOf(given, context)),
    describe,
  });
}

export default defineTool({
  name: 'save_campaign',
  title: 'Save campaign',
  toolset: 'marketing',
  effect: 'update',
  uses: [`POST ${CAMPAIGNS}`, `GET ${CAMPAIGNS}`, `GET ${CAMPAIGNS}/{id}`, `PATCH ${CAMPAIGNS}/{id}`, HOME_CURRENCY],
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
    const { manage, signal } = context;
    if (given.campaign === undefined) return newCampaign(given, context);
    const path = { id: given.campaign.id };
    const before = await manage.get<ManageRecord>(`GET ${CAMPAIGNS}/{id}`, { path, signal });
    return update(context, {
      operation: `PATCH ${CAMPAIGNS}/{id}`,
      path,
      before,
      members: {
        ...(await membersOf(given, before, context)),
        ...cleared(given, {
          end: 'endDate',
          group: 'defaultGroup',
          member: 'member',
          budgetCost: 'budgetCost',
          actualCost: 'actualCost',
          budgetRevenue: 'budgetRevenue',
          notes: 'notes',
        }),
      },
      duplicate: duplicateOf(given, context),
      ...(await planOf(given, context)),
      describe,
    });
  },
});
