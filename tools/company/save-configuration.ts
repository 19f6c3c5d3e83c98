import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { AmbiguousName, idOf, type Named, nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  newCustomFields,
  type LegacyStep as Step,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';
import { answered, QUESTION_OPERATIONS } from './support/question-answers.ts';

const input = z.strictObject({
  configuration: z.string().optional().describe('The one to change'),
  company: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  status: z.string().optional(),
  contact: z.string().optional(),
  site: z.string().optional(),
  serialNumber: z.string().optional(),
  tagNumber: z.string().optional(),
  manufacturer: z.string().optional(),
  vendor: z.string().optional(),
  partOf: z.string().optional().describe('Another configuration'),
  purchased: z.string().optional(),
  warrantyEnds: z.string().optional(),
  notes: z.string().optional(),
  active: z.boolean().optional(),
  answers: z.looseObject({}).optional().describe("By the type's questions"),
  fields: z.looseObject({}).optional().describe('Others: ipAddress, macAddress, osInfo, ...'),
  customFields: fragments.customFields,
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});

type Input = z.output<typeof input>;

/** The one that is meant. Its company only tells several of a name apart, because it may be the one to move to. */
async function named(given: string, company: Named | undefined, { names }: ToolContext): Promise<Named> {
  try {
    return await names.resolve('configuration', given, { argument: 'configuration' });
  } catch (error) {
    if (!(error instanceof AmbiguousName) || company === undefined) throw error;
    return names.resolve('configuration', given, { argument: 'configuration', companyId: company.id });
  }
}

/** Whether a person has agreed is asked only where answers get lost. */
async function typeSteps(before: ManageRecord, type: Named, given: Input, context: ToolContext): Promise<Step[]> {
  const answers = (Array.isArray(before.questions) ? before.questions : []).filter(
    ({ answer }: { answer?: unknown }) => answer !== undefined && answer !== null && answer !== '',
  );
  const lost = answers.length === 1 ? 'the answer to its question' : `the answers to its ${answers.length} questions`;
  if (answers.length > 0 && !given.dryRun)
    await context.confirm({
      question: `Change configuration ${before.id} (${context.plain(before.name)}) from ${context.plain(nameOf(before.type))} to ${context.plain(type.label)}? That drops ${lost}.`,
      ...(given.confirm !== undefined && { given: given.confirm }),
    });
  return [
    {
      operation: 'PATCH /company/configurations/{id}/changeType',
      request: {
        path: { id: Number(before.id) },
        body: [{ op: 'replace', path: 'type', value: { id: type.id } }],
      },
      does: `type: ${context.plain(nameOf(before.type))} -> ${context.plain(type.label)}`,
    },
  ];
}

/** What create and update send alike. `companyId` is whose contact and site are meant. */
async function membersOf(given: Input, companyId: number, context: ToolContext): Promise<ManageRecord> {
  const { names, now } = context;
  const own = { companyId };
  const [status, contact, site, manufacturer, vendor, partOf] = await Promise.all([
    resolveGiven(names, 'configurationStatus', given.status, { argument: 'status' }),
    resolveGiven(names, 'contact', given.contact || undefined, { argument: 'contact', ...own }),
    resolveGiven(names, 'site', given.site, { argument: 'site', ...own }),
    resolveGiven(names, 'manufacturer', given.manufacturer, { argument: 'manufacturer' }),
    resolveGiven(names, 'company', given.vendor, { argument: 'vendor' }),
    resolveGiven(names, 'configuration', given.partOf || undefined, { argument: 'partOf', ...own }),
  ]);
  const reference = (named: Named): ManageRecord => ({ id: named.id, name: named.label });
  const day = async (argument: 'purchased' | 'warrantyEnds'): Promise<string | null | undefined> => {
    const said = given[argument];
    if (said === undefined || said === '') return said === '' ? null : undefined;
    return toManage(dateOnly(readDay(said, { now: await now(), direction: 'past', argument }).at));
  };
  const members: ManageRecord = {
    name: given.name,
    serialNumber: given.serialNumber,
    tagNumber: given.tagNumber,
    notes: given.notes,
    purchaseDate: await day('purchased'),
    warrantyExpirationDate: await day('warrantyEnds'),
    status: status && reference(status),
    contact: given.contact === '' ? null : contact && reference(contact),
    site: site && reference(site),
    manufacturer: manufacturer && reference(manufacturer),
    vendor: vendor && reference(vendor),
    parentConfigurationId: given.partOf === '' ? null : partOf?.id,
    activeFlag: given.active,
    ...given.fields,
  };
  return Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== undefined)
      .map(([member, value]) => [member, value === '' ? null : value]),
  );
}

async function create(given: Input, context: ToolContext) {
  const { manage, names, plain } = context;
  const need = (argument: 'name' | 'type' | 'company'): string => {
    const value = given[argument];
    if (value !== undefined && value !== '') return value;
    throw new ToolInputError(
      argument,
      `${argument} is missing: a new configuration needs name, type and company; one that is there is changed with configuration.`,
    );
  };
  const name = need('name');
  const type = await names.resolve('configurationType', need('type'), { argument: 'type' });
  const company = await names.resolve('company', need('company'), { argument: 'company' });
  const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
    const conditions = all(
      field('company/id', '=', company.id),
      field('name', '=', name),
      given.serialNumber === undefined ? undefined : field('serialNumber', '=', given.serialNumber),
    );
    return manage.first('GET /company/configurations', { conditions, signal });
  };
  const { questions } = await answered(type, undefined, given.answers ?? {}, context);
  const members = Object.entries(await membersOf(given, company.id, context)).filter(([, value]) => value !== null);
  return createRecord(context, {
    operation: 'POST /company/configurations',
    body: {
      ...Object.fromEntries(members),
      type: { id: type.id },
      company: { id: company.id },
      ...(questions.length > 0 && { questions }),
      ...(await newCustomFields(context, 'GET /company/configurations', given.customFields)),
    },
    dryRun: given.dryRun,
    describe: (created) =>
      `configuration ${created.id}: ${plain(created.name)}, ${plain(type.label)}, ${plain(company.label)}`,
    twin: given.allowDuplicate
      ? undefined
      : {
          find,
          argument: 'name',
          says: (twin) =>
            `${plain(company.label)} has ${plain(twin.name)} (configuration ${twin.id}) already. Send configuration: "${twin.id}" to change it, or allowDuplicate: true.`,
        },
  });
}

export default defineTool({
  name: 'save_configuration',
  title: 'Add or change configuration',
  toolset: 'company',
  effect: 'update',
  uses: [
    ...QUESTION_OPERATIONS,
    'GET /company/configurations',
    'GET /company/configurations/{id}',
    'POST /company/configurations',
    'PATCH /company/configurations/{id}',
    'PATCH /company/configurations/{id}/changeType',
  ],
  description:
    'Add a configuration (asset, device) with name, type and company, or change the one in configuration. Another type drops its answers.',
  input,
  aliases: {
    id: 'configuration',
    configurationId: 'configuration',
    asset: 'configuration',
    device: 'configuration',
    customer: 'company',
    serial: 'serialNumber',
    tag: 'tagNumber',
    parent: 'partOf',
    warranty: 'warrantyEnds',
    questions: 'answers',
    user: 'contact',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    if (given.configuration === undefined) return create(given, context);
    const { manage, names, signal, plain } = context;
    const company = await resolveGiven(names, 'company', given.company, { argument: 'company' });
    const { id } = await named(given.configuration, company, context);
    const before = await manage.get<ManageRecord>('GET /company/configurations/{id}', { path: { id }, signal });
    const current = { id: idOf(before.type) ?? 0, label: nameOf(before.type) ?? '' };
    const type = await resolveGiven(names, 'configurationType', given.type, { argument: 'type' });
    const isOther = type !== undefined && type.id !== current.id;
    const answers =
      given.answers === undefined && !isOther
        ? undefined
        : await answered(type ?? current, isOther ? undefined : (before.questions ?? []), given.answers ?? {}, context);
    return updateRecord(context, {
      operation: 'PATCH /company/configurations/{id}',
      path: { id },
      before,
      members: {
        ...(company && company.id !== idOf(before.company) && { company: { id: company.id, name: company.label } }),
        ...(await membersOf(given, company?.id ?? idOf(before.company) ?? 0, context)),
        ...(answers && answers.says.length > 0 && { questions: answers.questions }),
        ...(given.customFields && { customFields: withCustomFields(before, given.customFields) }),
      },
      first: isOther ? await typeSteps(before, type, given, context) : [],
      says: answers?.says ?? [],
      dryRun: given.dryRun,
      describe: (after) => `configuration ${id}: ${plain(after.name)}`,
    });
  },
});
