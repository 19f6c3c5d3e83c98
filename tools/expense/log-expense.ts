import { z } from 'zod';
import { checkOwner } from '../../src/approval/owner.ts';
import { dayToManage, showDay } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { all, field, numberSaid } from '../../src/query/index.ts';
import { HOME_CURRENCY, homeCurrency } from '../../src/revenue/currency.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import {
  billingWords,
  create,
  type Duplicate,
  defineTool,
  fragments,
  money,
  newCustomFields,
  type ToolContext,
  ToolInputError,
  together,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';
import { CHARGE_OPERATIONS, type Charge, expenseCharge, sameCharge } from './support/charge.ts';
import { distance, IN_ITS_UNIT, inMiles } from './support/distance.ts';
import {
  type Amounts,
  amountsOf,
  chargesOf,
  EXPENSE_OPERATIONS,
  editableExpense,
  expenseLine,
} from './support/entries.ts';
import { checkReport, reportSaid } from './support/report.ts';
import { type ReadType, readNewType, readType } from './support/type.ts';

const input = z.strictObject({
  expenseId: z.int().optional(),
  amount: fragments.money(z.number().min(0.01).optional().describe('Miles for mileage'), { inCents: true }),
  ticketId: z.int().optional(),
  company: fragments.name('company').optional(),
  project: fragments.name('project', { of: 'company' }).optional(),
  chargeCode: fragments.name('chargeCode').optional(),
  type: z.string().optional(),
  date: fragments.day('past', undefined, { only: true }).optional(),
  notes: fragments.prose().optional(),
  billable: fragments.billable.optional(),
  paymentMethod: fragments.name('paymentMethod').optional(),
  taxes: fragments.values('tax', 'Part of the amount').optional(),
  member: fragments.name('member').optional(),
  customFields: fragments.customFields,
  clear: fragments.clear(['notes', 'taxes']),
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

/** Taxes as an expense holds them. */
interface Taxes {
  readonly rows: readonly ManageRecord[];
  /** `taxes: GST 3.75 USD`. */
  readonly says: Clean;
}

/** The taxes that were said, by their names. @throws {ToolInputError} for one without an amount, and for more than the expense */
async function taxesOf(
  { taxes }: Input,
  { amount, currency }: { readonly amount: number; readonly currency: unknown },
  { names, signal }: ToolContext,
): Promise<Taxes | undefined> {
  if (taxes === undefined) return undefined;
  const rows = await Promise.all(
    Object.entries(taxes).map(async ([name, value]) => {
      const said = typeof value === 'string' ? numberSaid(value) : undefined;
      const tax = said !== undefined && 'value' in said ? said.value : value;
      if (typeof tax !== 'number' || !Number.isFinite(tax) || tax < 0)
        throw new ToolInputError(
          'taxes',
          say`The tax "${cleanLine(name)}" needs an amount, like {"tax": "${cleanLine(name)}", "value": 3.75}.`,
        );
      const { id, label } = await names.resolve('expenseTaxType', name, { argument: 'taxes', signal });
      return { id, name: label, tax };
    }),
  );
  const sum = rows.reduce((total, { tax }) => total + tax, 0);
  if (sum >= amount)
    throw new ToolInputError(
      'taxes',
      say`The taxes (${money(sum, currency)}) are part of the amount (${money(amount, currency)}), so they are less.`,
    );
  return {
    rows: rows.map(({ id, name, tax }) => ({ type: { id, name }, amount: tax })),
    says: say`taxes: ${joined(
      rows.map(({ name, tax }) => say`${cleanLine(name)} ${money(tax, currency)}`),
      ', ',
    )}`,
  };
}

/** What has to be said of the type: how it was found, and what it allows. */
function remarks({ type, found }: ReadType, amount: number, currency: unknown): Clean[] {
  // The amount of mileage is a distance: the most that is paid for it says nothing of that.
  const most = type.record.mileageFlag === true ? 0 : Number(type.record.maxAmount ?? 0);
  const label = cleanLine(type.label);
  return [
    ...(found === undefined ? [] : [say`type ${label}, ${found}; send type for another`]),
    ...(most > 0 && amount > most
      ? [say`${money(amount, currency)} is more than the ${money(most, currency)} that ${label} allows`]
      : []),
  ];
}

/** Members that were said; only those, and what is not in `before` cannot be emptied. */
function membersOf(
  given: Input,
  { charge, type, taxes }: { charge: Charge | undefined; type: ReadType | undefined; taxes: Taxes | undefined },
  before: ManageRecord,
): ManageRecord {
  const { clear = [], paymentMethod } = given;
  const members: ManageRecord = {
    ...charge?.members,
    type: type && { id: type.type.id, name: type.type.label },
    amount: given.amount,
    date: given.date && dayToManage(given.date),
    paymentMethod: paymentMethod && { id: paymentMethod.id, name: paymentMethod.label },
    billableOption: given.billable,
    notes: clear.includes('notes') ? null : given.notes,
    taxes: clear.includes('taxes') ? null : taxes?.rows,
  };
  return Object.fromEntries(
    Object.entries(members).filter(([name, value]) => value !== null || (before[name] ?? undefined) !== undefined),
  );
}

/** An expense with the same member, day, amount, type and charge. */
const duplicateOf = (body: ManageRecord, charge: Charge, amounts: Amounts, { manage }: ToolContext): Duplicate => ({
  find(signal) {
    const conditions = all(
      field('member/id', '=', idOf(body.member) ?? 0),
      field('date', '=', new Date(String(body.date))),
      field('amount', '=', Number(body.amount)),
      field('type/id', '=', idOf(body.type) ?? 0),
      sameCharge(charge),
    );
    return manage.first('GET /expense/entries', { conditions, signal });
  },
  argument: 'amount',
  says: (known) =>
    say`There is already ${expenseLine(known, amounts, charge.label)}. Send expenseId: ${Number(known.id)} to correct it, or allowDuplicate: true if this is another one.`,
});

/** What a new expense was for. @throws {ToolInputError} where nobody said */
async function newCharge(given: Partial<Input>, context: ToolContext): Promise<Charge> {
  const charge = await expenseCharge(given, context);
  if (charge !== undefined) return charge;
  throw new ToolInputError('company', say`Say what the expense was for: company, ticketId, project or chargeCode.`);
}

async function logNew(given: Input, context: ToolContext) {
  const { names } = context;
  const { amount } = given;
  if (amount === undefined)
    throw new ToolInputError('amount', say`Send amount for a new expense, or expenseId for one to correct.`);
  if (given.clear !== undefined)
    throw new ToolInputError('clear', say`A new expense has nothing to clear. Send expenseId to correct one.`);
  const now = await context.now();
  const member = given.member ?? (await names.resolve('member', 'me', { argument: 'CWM_MEMBER' }));
  checkOwner(member, 'expenses');
  const [charge, type] = await together([newCharge(given, context), readType(given, context)]);
  const day = given.date?.at ?? now.startOf('day');
  const [currency] = await Promise.all([homeCurrency(context), checkReport(member, day, context)]);
  const taxes = await taxesOf(given, { amount, currency }, context);
  const members: ManageRecord = {
    ...membersOf(given, { charge, type, taxes }, {}),
    member: { id: member.id, name: member.label },
    date: dayToManage(day),
    ...(await newCustomFields(context, 'GET /expense/entries', given.customFields)),
  };
  const amounts = await amountsOf(names);
  const more = [...remarks(type, amount, currency), taxes?.says];
  return create(context, {
    operation: 'POST /expense/entries',
    members,
    currency,
    dryRun: given.dryRun,
    duplicate: given.allowDuplicate ? undefined : duplicateOf(members, charge, amounts, context),
    describe: (row) =>
      lines([
        expenseLine(row, amounts, charge.label),
        joined(
          [billingWords(row.billableOption), ...[row.paymentMethod, row.member].map((one) => cleanLine(nameOf(one)))],
          ', ',
        ),
        reportSaid(row),
        ...more,
      ]),
    notes: [
      say`${cleanLine(member.label)}: ${amounts.show({ ...members, currency })} on ${charge.label}, ${cleanLine(showDay(day))}, ${cleanLine(type.type.label)}`,
      ...more,
    ],
    structured: (row) => ({
      type: cleanLine(nameOf(row.type)),
      date: cleanLine(row.date).slice(0, 10),
      billable: cleanLine(row.billableOption),
      report: cleanLine(nameOf(row.expenseReport)),
    }),
  });
}

/** Said of an expense that moves between a customer's work and a charge code: Manage leaves its billing as it was. */
function staysBilled(given: Input, charge: Charge | undefined, before: ManageRecord): Clean | undefined {
  const isOwn = (chargeToType: unknown): boolean => chargeToType === 'ChargeCode';
  if (charge === undefined || given.billable !== undefined) return undefined;
  if (isOwn(charge.members.chargeToType) === isOwn(before.chargeToType)) return undefined;
  return say`Stays ${billingWords(before.billableOption)}: send billable for another.`;
}

async function correct(expenseId: number, given: Input, context: ToolContext) {
  const { names } = context;
  const before = await editableExpense(expenseId, context);
  if (given.member !== undefined && given.member.id !== idOf(before.member))
    throw new ToolInputError('member', say`An expense stays with its member: delete it and log it for the other one.`);
  const [charge, type] = await together([expenseCharge(given, context), readNewType(given, before, context)]);
  const { currency } = before;
  const taxes = await taxesOf(given, { amount: given.amount ?? Number(before.amount), currency }, context);
  const [amounts, on] = await Promise.all([amountsOf(names), chargesOf(names)]);
  const stays = staysBilled(given, charge, before);
  return update(context, {
    operation: 'PATCH /expense/entries/{id}',
    path: { id: expenseId },
    before,
    members: {
      ...membersOf(given, { charge, type, taxes }, before),
      customFields: given.customFields && (await withCustomFields(context, before, given.customFields)),
    },
    // Another day may be of another report, which may be rejected.
    shows: ['status'],
    notes: [charge?.label, taxes?.says, stays],
    dryRun: given.dryRun,
    describe: (after) => lines([expenseLine(after, amounts, on(after)), taxes?.says, stays]),
  });
}

export default defineTool({
  name: 'log_expense',
  title: 'Log expense',
  toolset: 'expense',
  effect: 'update',
  uses: [
    'POST /expense/entries',
    'PATCH /expense/entries/{id}',
    'GET /expense/entries',
    'GET /expense/reports',
    ...EXPENSE_OPERATIONS,
    ...CHARGE_OPERATIONS,
    HOME_CURRENCY,
  ],
  description: 'Log an expense, or correct one with expenseId. The type follows from the notes unless sent.',
  input,
  aliases: {
    id: 'expenseId',
    expense: 'expenseId',
    ticket: 'ticketId',
    customer: 'company',
    client: 'company',
    note: 'notes',
    description: 'notes',
    what: 'notes',
    expenseType: 'type',
    category: 'type',
    price: 'amount',
    cost: 'amount',
    amount: inMiles,
    miles: distance,
    mileage: distance,
    kilometers: { instead: IN_ITS_UNIT },
    km: { instead: IN_ITS_UNIT },
    day: 'date',
    when: 'date',
    billableOption: 'billable',
    payment: 'paymentMethod',
    paidWith: 'paymentMethod',
    tax: 'taxes',
  },
  output: z.looseObject({ id: z.int().optional() }),
  looksUp: (given, context, refused) => [
    given.type !== undefined || (given.expenseId === undefined && !refused.has('type'))
      ? readType(given.expenseId === undefined ? given : { type: given.type }, context)
      : undefined,
    ['company', 'ticketId', 'project', 'chargeCode'].some((name) => refused.has(name))
      ? undefined
      : (given.expenseId === undefined ? newCharge : expenseCharge)(given, context),
  ],
  run: (given, context) =>
    given.expenseId === undefined ? logNew(given, context) : correct(given.expenseId, given, context),
});
