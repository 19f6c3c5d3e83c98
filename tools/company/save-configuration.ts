import { z } from 'zod';
import type { Day } from '../../src/clock/index.ts';
import { dayToManage } from '../../src/clock/index.ts';
import { defined } from '../../src/json.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { AmbiguousName, idOf, type Named, nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import {
  create,
  defineTool,
  fragments,
  type NameWithin,
  newCustomFields,
  type Step,
  type ToolContext,
  ToolInputError,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';
import { otherFields } from './support/other-fields.ts';
import { answered, QUESTION_OPERATIONS } from './support/question-answers.ts';
import { alreadyThere, newDouble, sameDevice } from './support/same-device.ts';

const input = z.strictObject({
  configuration: fragments.nameWithin('configuration', 'The one to change').optional(),
  company: fragments.name('company').optional(),
  name: z.string().optional(),
  type: fragments.name('configurationType').optional(),
  status: fragments.name('configurationStatus').optional(),
  contact: fragments.nameWithin('contact').optional(),
  site: fragments.nameWithin('site').optional(),
  serialNumber: z.string().optional(),
  tagNumber: z.string().optional(),
  manufacturer: fragments.name('manufacturer').optional(),
  vendor: fragments.name('company').optional(),
  partOf: fragments.nameWithin('configuration', 'Another configuration').optional(),
  purchased: fragments.day('past', undefined, { only: true }).optional(),
  warrantyEnds: fragments.day('ahead').optional(),
  notes: fragments.prose().optional(),
  active: z.boolean().optional(),
  answers: fragments.values('question', "By the type's questions").optional(),
  fields: fragments.values('field', 'Others: ipAddress, macAddress, osInfo, ...').optional(),
  customFields: fragments.customFields,
  clear: fragments.clear([
    'contact',
    'site',
    'serialNumber',
    'tagNumber',
    'manufacturer',
    'vendor',
    'partOf',
    'purchased',
    'warrantyEnds',
    'notes',
  ]),
  clearAnswers: z.array(z.string()).optional().describe('Questions to empty'),
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});

type Input = z.output<typeof input>;

/** The one that is meant. Its company only tells several of a name apart, because it may be the one to move to. */
async function meant(given: NameWithin, company: Named | undefined): Promise<Named> {
  try {
    return await given.within({});
  } catch (error) {
    if (!(error instanceof AmbiguousName) || company === undefined) throw error;
    return given.within({ companyId: company.id });
  }
}

const reference = (named: Named | undefined) => named && { id: named.id, name: named.label };
const dateOf = (said: Day | undefined) => said && dayToManage(said);

/** What creating and updating send alike. `companyId` is whose contact and site are meant. */
async function membersOf(given: Input, companyId: number): Promise<ManageRecord> {
  const { clear = [] } = given;
  const own = { companyId };
  const [contact, site, partOf] = await Promise.all([
    given.contact?.within(own),
    given.site?.within(own),
    given.partOf?.within(own),
  ]);
  const cleared = (argument: (typeof clear)[number]) => (clear.includes(argument) ? null : undefined);
  return {
    name: given.name,
    serialNumber: given.serialNumber ?? cleared('serialNumber'),
    tagNumber: given.tagNumber ?? cleared('tagNumber'),
    notes: given.notes ?? cleared('notes'),
    purchaseDate: dateOf(given.purchased) ?? cleared('purchased'),
    warrantyExpirationDate: dateOf(given.warrantyEnds) ?? cleared('warrantyEnds'),
    status: reference(given.status),
    contact: reference(contact) ?? cleared('contact'),
    site: reference(site) ?? cleared('site'),
    manufacturer: reference(given.manufacturer) ?? cleared('manufacturer'),
    vendor: reference(given.vendor) ?? cleared('vendor'),
    parentConfigurationId: partOf?.id ?? cleared('partOf'),
    activeFlag: given.active,
  };
}

/** @throws {ToolInputError} for what a new configuration cannot be without */
function needed<T>(argument: 'name' | 'type' | 'company', value: T | undefined): T {
  if (value !== undefined) return value;
  throw new ToolInputError(
    argument,
    say`${argument} is missing: a new configuration needs name, type and company; configuration names one to change.`,
  );
}

async function add(given: Input, context: ToolContext) {
  const name = needed('name', given.name);
  const type = needed('type', given.type);
  const company = needed('company', given.company);
  if (given.clear !== undefined || given.clearAnswers !== undefined)
    throw new ToolInputError(
      'clear',
      say`clear: a new configuration has nothing to empty. Send configuration for the one to change.`,
    );
  const [typeName, companyName] = [cleanLine(type.label), cleanLine(company.label)];
  const { serialNumber } = given;
  const device = { serial: serialNumber, named: { name, companyId: company.id, serialNumber } };
  const find = (signal: AbortSignal) => sameDevice(device, context, signal);
  const questions = await answered(type, undefined, { set: given.answers }, context);
  return create(context, {
    operation: 'POST /company/configurations',
    members: {
      ...(await membersOf(given, company.id)),
      ...otherFields(given.fields, context),
      type: reference(type),
      company: reference(company),
      questions: questions.length > 0 ? questions : undefined,
      ...(await newCustomFields(context, 'GET /company/configurations', given.customFields)),
    },
    dryRun: given.dryRun,
    confirm: given.confirm,
    describe: (created) =>
      say`configuration ${Number(created.id)}: ${cleanLine(created.name)}, ${typeName}, ${companyName}`,
    duplicate: given.allowDuplicate
      ? undefined
      : {
          find,
          argument: 'name',
          says: alreadyThere,
        },
  });
}

const isAnswered = ({ answer }: { answer?: unknown }): boolean =>
  answer !== undefined && answer !== null && answer !== '';

/** Another type, which drops the answers to the questions of the old one. */
function retyping(before: ManageRecord, type: Named): { step: Step; question: Clean | undefined } {
  const id = Number(before.id);
  const [from, to] = [cleanLine(nameOf(before.type)), cleanLine(type.label)];
  const { length } = (Array.isArray(before.questions) ? before.questions : []).filter(isAnswered);
  const lost = length === 1 ? say`the answer to its question` : say`the answers to its ${length} questions`;
  return {
    step: {
      operation: 'PATCH /company/configurations/{id}/changeType',
      request: { path: { id }, body: [{ op: 'replace', path: 'type', value: { id: type.id } }] },
      does: length === 0 ? say`type: ${from} -> ${to}` : say`type: ${from} -> ${to}, which drops ${lost}`,
    },
    question:
      length === 0
        ? undefined
        : say`Change configuration ${id} (${cleanLine(before.name)}) from ${from} to ${to}? That drops ${lost}.`,
  };
}

/** A company beside the name of a configuration may be there to say whose it is: nothing is moved to it unasked. */
const moving = (before: ManageRecord, to: Named): Clean =>
  say`Move configuration ${Number(before.id)} (${cleanLine(before.name)}) from ${cleanLine(nameOf(before.company))} to ${cleanLine(to.label)}?`;

/** What belongs to the old company, and so cannot stay. */
const leftBehind = (before: ManageRecord): ManageRecord =>
  Object.fromEntries(
    ['contact', 'site', 'parentConfigurationId']
      .filter((member) => before[member] !== undefined && before[member] !== null)
      .map((member) => [member, null]),
  );

async function change(given: Input, named: Named, context: ToolContext) {
  const { company, answers, clearAnswers, customFields } = given;
  const path = { id: named.id };
  const before = await context.manage.get<ManageRecord>('GET /company/configurations/{id}', {
    path,
    signal: context.signal,
  });
  const partOf = await given.partOf?.within({ companyId: company?.id ?? idOf(before.company) });
  if (partOf?.id === named.id) throw new ToolInputError('partOf', say`partOf: a configuration is no part of itself.`);
  const type = given.type !== undefined && given.type.id !== idOf(before.type) ? given.type : undefined;
  const current = { id: idOf(before.type) ?? 0, label: nameOf(before.type) ?? '' };
  const asksNothing = answers === undefined && clearAnswers === undefined && type === undefined;
  const present = type === undefined ? (before.questions ?? []) : undefined;
  const asked = asksNothing
    ? undefined
    : await answered(type ?? current, present, { set: answers, cleared: clearAnswers }, context);
  const retyped = type && retyping(before, type);
  const isMoved = company !== undefined && company.id !== idOf(before.company);
  const consent = [retyped?.question, isMoved && moving(before, company)].filter((one) => one);
  return update(context, {
    operation: 'PATCH /company/configurations/{id}',
    path,
    before,
    duplicate: given.allowDuplicate ? undefined : newDouble(given, before, context),
    members: {
      company: isMoved ? reference(company) : undefined,
      ...(isMoved ? leftBehind(before) : {}),
      ...defined(await membersOf(given, company?.id ?? idOf(before.company) ?? 0)),
      ...otherFields(given.fields, context),
      questions: asked?.length === 0 ? undefined : asked,
      customFields: customFields && (await withCustomFields(context, before, customFields)),
    },
    first: retyped === undefined ? [] : [retyped.step],
    question: consent.length > 0 ? joined(consent, ' ') : undefined,
    asks: consent.length > 0,
    dryRun: given.dryRun,
    confirm: given.confirm,
    describe: (after) => say`configuration ${named.id}: ${cleanLine(after.name)}`,
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
    if (given.configuration === undefined) return add(given, context);
    return change(given, await meant(given.configuration, given.company), context);
  },
});
