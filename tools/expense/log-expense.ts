import { z } from 'zod';
import { checkOwner } from '../../src/approval/owner.ts';
import { dateOnly, readDay, showDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  money,
  newCustomFields,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';
import { CHARGE_OPERATIONS, type Charge, expenseCharge, sameCharge } from './support/charge.ts';
import { amountsOf, chargesOf, EXPENSE_OPERATIONS, editableExpense, expenseLine } from './support/entries.ts';
import { BILLABLE, expenseMembers } from './support/members.ts';
import { checkReport } from './support/report.ts';
import { type ReadType, readType } from './support/type.ts';

const input = z.strictObject({
  expenseId: z.int().optional(),
  amount: z.number().min(0.01).optional().describe('Miles for mileage'),
  ticketId: z.int().optional(),
  company: z.string().optional(),
  project: z.string().optional(),
  chargeCode: z.string().optional(),
  type: z.string().optional(),
  date: z.string().optional(),
  notes: z.string().optional(),
  billable: z.enum(BILLABLE).optional(),
  paymentMethod: z.string().optional(),
  taxes: z.looseObject({}).optional().describe('{"GST": 2.5}'),
  member: z.string().optional(),
  customFields: fragments.customFields,
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

const remarks = ({ type, found }: ReadType, amount: number): string[] => {
  const most = Number(type.record.maxAmount ?? 0);
  return [
    ...(found === undefined ? [] : [`type ${type.label}, ${found}; send type for another`]),
    ...(most > 0 && amount > most
      ? [`${money(amount)} is more than the ${money(most)} that ${type.label} allows`]
      : []),
  ];
};

/** A new record needs no emptying, and references go by their ids. */
const forCreation = (members: ManageRecord): ManageRecord =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, idOf(value) === undefined ? value : { id: idOf(value) }]),
  );

/** An expense with the same member, day, amount, type and charge. */
function twinOf(body: ManageRecord, charge: Charge, { manage }: ToolContext) {
  return (signal: AbortSignal): Promise<ManageRecord | undefined> => {
    const conditions = all(
      field('member/id', '=', idOf(body.member) ?? 0),
      field('date', '=', new Date(String(body.date))),
      field('amount', '=', Number(body.amount)),
      field('type/id', '=', idOf(body.type) ?? 0),
      sameCharge(charge),
    );
    return manage.first('GET /expense/entries', { conditions, signal });
  };
}

async function create(input: Input, context: ToolContext) {
  const { names, plain } = context;
  const { amount: total } = input;
  if (total === undefined)
    throw new ToolInputError('amount', 'Send amount for a new expense, or expenseId for one to correct.');
  const now = await context.now();
  const member = await names.resolve('member', input.member ?? 'me', {
    argument: input.member === undefined ? 'CWM_MEMBER' : 'member',
  });
  checkOwner(member, 'expenses');
  const charge = await expenseCharge(input, context);
  if (charge === undefined)
    throw new ToolInputError('company', 'Say what the expense was for: company, ticketId, project or chargeCode.');
  const read = await readType(input.type, input.notes, context);
  const day = dateOnly(
    input.date === undefined ? now : readDay(input.date, { now, direction: 'past', argument: 'date' }).at,
  );
  await checkReport(member, day, context);
  const body: ManageRecord = {
    ...forCreation({ ...charge.members, ...(await expenseMembers(input, total, context)) }),
    type: { id: read.type.id },
    member: { id: member.id },
    date: toManage(day),
    ...(await newCustomFields(context, 'GET /expense/entries', input.customFields)),
  };
  const amounts = await amountsOf(names);
  const line = (row: ManageRecord): string => plain(expenseLine(row, amounts, charge.label));
  const more = remarks(read, total).map(plain);
  return createRecord(context, {
    operation: 'POST /expense/entries',
    body,
    dryRun: input.dryRun,
    describe: (row) =>
      [
        line(row),
        [row.billableOption, nameOf(row.paymentMethod), nameOf(row.member)].filter(Boolean).map(plain).join(', '),
        `on the expense report ${plain(nameOf(row.expenseReport))}`,
        ...more,
      ].join('\n'),
    note: [`${plain(charge.label)}, ${showDay(day)}, ${plain(read.type.label)}`, ...more].join('\n'),
    structured: (row) => ({
      type: plain(nameOf(row.type)),
      date: String(row.date).slice(0, 10),
      billable: row.billableOption,
      report: plain(nameOf(row.expenseReport)),
    }),
    twin: input.allowDuplicate
      ? undefined
      : {
          find: twinOf(body, charge, context),
          argument: 'amount',
          says: (twin) =>
            `There is ${line(twin)} already. Send expenseId: ${twin.id} to correct it, or allowDuplicate: true if this is another one.`,
        },
  });
}

async function correct(expenseId: number, input: Input, context: ToolContext) {
  const { manage, names, signal, plain } = context;
  if (input.member !== undefined)
    throw new ToolInputError('member', 'An expense stays with its member: delete it and log it for the other one.');
  const before = await editableExpense(manage, expenseId, signal);
  const charge = await expenseCharge(input, context);
  const read = input.type === undefined ? undefined : await readType(input.type, undefined, context);
  const members: ManageRecord = {
    ...charge?.members,
    ...(read && { type: { id: read.type.id, name: read.type.label } }),
    ...(await expenseMembers(input, input.amount ?? Number(before.amount), context)),
    ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
  };
  const [amounts, on] = await Promise.all([amountsOf(names), chargesOf(names)]);
  return updateRecord(context, {
    operation: 'PATCH /expense/entries/{id}',
    path: { id: expenseId },
    before,
    // What is not there cannot be emptied.
    members: Object.fromEntries(
      Object.entries(members).filter(([name, value]) => value !== null || before[name] !== undefined),
    ),
    says: input.taxes === undefined ? [] : ['taxes set'],
    dryRun: input.dryRun,
    describe: (after) => plain(expenseLine(after, amounts, on(after))),
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
    miles: 'amount',
    day: 'date',
    when: 'date',
    billableOption: 'billable',
    payment: 'paymentMethod',
    paidWith: 'paymentMethod',
    tax: 'taxes',
  },
  output: z.looseObject({ id: z.int().optional() }),
  run: (input, context) =>
    input.expenseId === undefined ? create(input, context) : correct(input.expenseId, input, context),
});
