import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf, resolveGiven } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool, fragments, legacyPreview } from '../../src/tool/index.ts';

const ROUTES = {
  agreement: 'POST /sales/opportunities/{id}/convertToAgreement',
  project: 'POST /sales/opportunities/{id}/convertToProject',
  salesOrder: 'POST /sales/opportunities/{id}/convertToSalesOrder',
  serviceTicket: 'POST /sales/opportunities/{id}/convertToServiceTicket',
} as const;

const WORDS = {
  agreement: 'agreement',
  project: 'project',
  salesOrder: 'sales order',
  serviceTicket: 'service ticket',
} as const;

export default defineTool({
  name: 'convert_opportunity',
  title: 'Convert opportunity',
  toolset: 'sales',
  effect: 'create',
  uses: [...Object.values(ROUTES), 'GET /sales/opportunities/{id}'],
  description:
    'Make an agreement, project, sales order or service ticket of an opportunity, with its notes, documents and products. The person has to agree.',
  input: z.strictObject({
    opportunity: z.string(),
    to: z.enum(['agreement', 'project', 'salesOrder', 'serviceTicket']),
    name: z.string().optional(),
    agreementType: z.string().optional(),
    board: z.string().optional().describe('For a project'),
    start: z.string().optional(),
    end: z.string().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'opportunity', opportunityId: 'opportunity', target: 'to', summary: 'name', type: 'agreementType' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, now, plain } = context;
    const { id } = await names.resolve('opportunity', input.opportunity, { argument: 'opportunity' });
    const record = await manage.get<ManageRecord>('GET /sales/opportunities/{id}', { path: { id }, signal });
    const type = await resolveGiven(names, 'agreementType', input.agreementType, { argument: 'agreementType' });
    const board = await resolveGiven(names, 'board', input.board, { argument: 'board' });
    const present = await now();
    const day = (argument: 'start' | 'end'): string | undefined => {
      const said = input[argument];
      return said === undefined
        ? undefined
        : toManage(dateOnly(readDay(said, { now: present, argument, direction: 'ahead' }).at));
    };
    const [start, end] = [day('start'), day('end')];
    const name = input.name ?? String(record.name);
    const dates =
      input.to === 'project'
        ? { ...(start && { estimatedStart: start }), ...(end && { estimatedEnd: end }) }
        : input.to === 'agreement'
          ? { ...(start && { startDate: start }), ...(end && { endDate: end }) }
          : {};
    const body: ManageRecord = {
      ...(input.to === 'serviceTicket' ? { summary: name.slice(0, 100) } : { name }),
      ...dates,
      ...(input.to === 'agreement' && type && { type: { id: type.id } }),
      ...(input.to === 'project' && board && { board: { id: board.id } }),
      includeAllNotesFlag: true,
      includeAllDocumentsFlag: true,
      includeAllProductsFlag: true,
    };
    const operation = ROUTES[input.to];
    if (input.dryRun) return legacyPreview([manage.preview(operation, { path: { id }, body })]);
    await context.confirm({
      question: `Make a ${WORDS[input.to]} of opportunity ${id} (${plain(record.name)}, ${plain(nameOf(record.company))})?`,
      ...(input.confirm !== undefined && { given: input.confirm }),
    });
    const made = await manage.write<ManageRecord>(operation, { path: { id }, body, signal });
    return {
      structured: { id: Number(made.id), kind: input.to, opportunityId: id },
      text: `Made ${WORDS[input.to]} ${made.id}: ${plain(made.name ?? made.summary ?? made.description ?? name)} of opportunity ${id}.`,
    };
  },
});
