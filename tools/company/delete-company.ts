import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { all, field } from '../../src/query/index.ts';
import { cleanLine, joined, say } from '../../src/text/index.ts';
import { countOpenTickets, OPEN_TICKETS } from '../../src/tickets/open-tickets.ts';
import { defineTool, fragments, readable, remove, ToolInputError } from '../../src/tool/index.ts';

export default defineTool({
  name: 'delete_company',
  title: 'Delete company',
  toolset: 'company',
  effect: 'delete',
  idempotent: true,
  uses: [
    'GET /company/companies/{id}',
    'DELETE /company/companies/{id}',
    ...OPEN_TICKETS,
    'GET /finance/agreements/count',
  ],
  description:
    'Mark a company as deleted. One that left is better set to an inactive status, a duplicate better merged.',
  input: z.strictObject({
    company: fragments.name('company', { inactive: true }),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'company', companyId: 'company', name: 'company', customer: 'company' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ company: { id }, dryRun, confirm }, context) {
    const { manage, signal } = context;
    const own = field('company/id', '=', id);
    const conditions = all(own, field('agreementStatus', '=', 'Active'));
    const [record, tickets, agreements] = await Promise.all([
      manage.get<ManageRecord>('GET /company/companies/{id}', { path: { id }, signal }),
      countOpenTickets(own, context),
      readable(manage.count('GET /finance/agreements/count', { conditions, signal })),
    ]);
    const name = cleanLine(record.name);
    if (record.deletedFlag === true) throw new ToolInputError('company', say`${name} (id ${id}) is already deleted.`);
    const has = joined(
      [
        tickets ? say`${tickets} open ${tickets === 1 ? 'ticket' : 'tickets'}` : undefined,
        agreements ? say`${agreements} active ${agreements === 1 ? 'agreement' : 'agreements'}` : undefined,
      ],
      ' and ',
    );
    return remove(context, {
      operation: 'DELETE /company/companies/{id}',
      path: { id },
      what: say`company ${id}: ${name}${has === '' ? '' : say`, which has ${has}`}`,
      dryRun,
      confirm,
    });
  },
});
