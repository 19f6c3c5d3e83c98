import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf, referenceTo } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { checkBoardKind } from '../../src/tickets/boards.ts';
import {
  dayOf,
  defineTool,
  fragments,
  inThePast,
  sentBody,
  ToolInputError,
  withSynonyms,
} from '../../src/tool/index.ts';

const TARGETS = {
  agreement: {
    words: say`an agreement`,
    operation: 'POST /sales/opportunities/{id}/convertToAgreement',
    list: 'GET /finance/agreements',
    takes: ['name', 'agreementType', 'start', 'end'],
  },
  project: {
    words: say`a project`,
    operation: 'POST /sales/opportunities/{id}/convertToProject',
    list: 'GET /project/projects',
    takes: ['name', 'board', 'start', 'end'],
  },
  salesOrder: {
    words: say`a sales order`,
    operation: 'POST /sales/opportunities/{id}/convertToSalesOrder',
    list: 'GET /sales/orders',
    takes: ['name'],
  },
  serviceTicket: {
    words: say`a service ticket`,
    operation: 'POST /sales/opportunities/{id}/convertToServiceTicket',
    list: 'GET /service/tickets',
    takes: ['name'],
  },
} as const;

/** The longest summary of a ticket. */
const LONGEST_SUMMARY = 100;

/** What it has now, which nobody may have chosen: Manage takes the first board or type, and its own day. */
const storedOf = (made: ManageRecord, today: string): (Clean | undefined)[] => [
  ...(
    [
      ['Type', cleanLine(nameOf(made.type))],
      ['Board', cleanLine(nameOf(made.board))],
      ['Start', dayOf(made.startDate ?? made.estimatedStart)],
      ['End', dayOf(made.endDate ?? made.estimatedEnd)],
      ['Order date', dayOf(made.orderDate)],
    ] as const
  ).map(([title, value]) => (value === '' ? undefined : say`${title}: ${value}`)),
  // The conversion takes no date.
  made.orderDate !== undefined && dayOf(made.orderDate) !== today
    ? say`Manage dated the order by its own zone; here it is ${cleanLine(today)}.`
    : undefined,
];

export default defineTool({
  name: 'convert_opportunity',
  title: 'Convert opportunity',
  toolset: 'sales',
  effect: 'create',
  uses: [
    ...Object.values(TARGETS).flatMap(({ operation, list }) => [operation, list]),
    'GET /sales/opportunities/{id}',
  ],
  description:
    'Make an agreement, project, sales order or service ticket of an opportunity, with its notes, documents and products.',
  input: z.strictObject({
    opportunity: fragments.name('opportunity'),
    to: withSynonyms(z.enum(['agreement', 'project', 'salesOrder', 'serviceTicket']), {
      contract: 'agreement',
      order: 'salesOrder',
      ticket: 'serviceTicket',
    }),
    name: z.string().optional(),
    agreementType: fragments.name('agreementType').optional(),
    board: fragments.name('board', { description: 'For a project' }).optional(),
    start: fragments.day('ahead').optional(),
    end: fragments.day('ahead', undefined, { after: 'start' }).optional(),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'opportunity', opportunityId: 'opportunity', target: 'to', summary: 'name', type: 'agreementType' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal } = context;
    const { to, start, end } = input;
    const { id } = input.opportunity;
    const { words, operation, list, takes } = TARGETS[to];
    for (const argument of ['agreementType', 'board', 'start', 'end'] as const)
      if (input[argument] !== undefined && !(takes as readonly string[]).includes(argument))
        throw new ToolInputError(argument, say`${argument} does not belong to ${words}: leave it out.`);
    await checkBoardKind(input.board, 'project', context);
    if (start !== undefined && end !== undefined && end.day < start.day)
      throw new ToolInputError(
        'end',
        say`The end, ${cleanLine(end.day)}, is before the start, ${cleanLine(start.day)}.`,
      );
    const record = await manage.get<ManageRecord>('GET /sales/opportunities/{id}', { path: { id }, signal });
    const name = input.name ?? String(record.name);
    if (to === 'serviceTicket' && name.length > LONGEST_SUMMARY)
      throw new ToolInputError(
        'name',
        say`A summary has at most ${LONGEST_SUMMARY} characters; this one has ${name.length}.`,
      );
    const now = await context.now();
    // Left out, it would be the day of Manage's own zone.
    const first = dayToManage(start ?? now);
    const last = end && dayToManage(end);
    const body = sentBody({
      [to === 'serviceTicket' ? 'summary' : 'name']: name,
      ...(to === 'agreement' && { startDate: first, endDate: last, type: referenceTo(input.agreementType) }),
      ...(to === 'project' && { estimatedStart: first, estimatedEnd: last, board: referenceTo(input.board) }),
      includeAllNotesFlag: true,
      includeAllDocumentsFlag: true,
      includeAllProductsFlag: true,
    });
    const what = say`opportunity ${id} (${cleanLine(record.name)}, ${cleanLine(nameOf(record.company))})`;
    const alike = (within: AbortSignal) =>
      manage.all<ManageRecord>(list, { conditions: field('opportunity/id', '=', id), signal: within });
    const chosen = [
      input.agreementType && say`Type: ${cleanLine(input.agreementType.label)}`,
      input.board && say`Board: ${cleanLine(input.board.label)}`,
      to === 'agreement' || to === 'project' ? say`Start: ${dayOf(first)}` : undefined,
      end && say`End: ${cleanLine(end.day)}`,
    ];
    return context.send({
      steps: [{ operation, request: { path: { id }, body }, does: say`make ${words} of ${what}`, alike }],
      dryRun: input.dryRun,
      confirm: input.confirm,
      warnings: inThePast({ end }, now),
      question: lines([
        say`Make ${words} of ${what}, with its notes, documents and products?`,
        say`Name: ${cleanLine(name)}`,
        ...chosen,
      ]),
      duplicate: input.allowDuplicate
        ? undefined
        : {
            find: async (within) => (await alike(within)).at(-1),
            argument: 'opportunity',
            says: (duplicate) =>
              say`There is already ${words} of ${what}: ${Number(duplicate.id)}. Use that one, or send allowDuplicate: true.`,
          },
      answer: ({ made: [made = {}] }) => ({
        structured: { id: Number(made.id), kind: cleanLine(to), opportunityId: id },
        text: lines([
          say`Made ${words} of ${what}: ${joined([cleanLine(made.id), cleanLine(made.name ?? made.summary ?? made.description)], ', ')}.`,
          ...storedOf(made, now.toISODate()),
        ]),
      }),
    });
  },
});
