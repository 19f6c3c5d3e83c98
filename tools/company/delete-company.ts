import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { all, field } from '../../src/query/index.ts';
import { openCondition } from '../../src/tickets/open-statuses.ts';
import { defineLegacyTool as defineTool, fragments, removeRecord, ToolInputError } from '../../src/tool/index.ts';

export default defineTool({
  name: 'delete_company',
  title: 'Delete company',
  toolset: 'company',
  effect: 'delete',
  idempotent: true,
  uses: [
    'GET /company/companies/{id}',
    'DELETE /company/companies/{id}',
    'GET /service/tickets/count',
    'GET /finance/agreements/count',
  ],
  description:
    'Mark a company as deleted. One that left is better set to an inactive status, a duplicate better merged. The person has to agree.',
  input: z.strictObject({ company: z.string(), dryRun: fragments.dryRun, confirm: fragments.confirm }),
  aliases: { id: 'company', companyId: 'company', name: 'company', customer: 'company' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ company, dryRun, confirm }, context) {
    const { manage, names, signal, plain } = context;
    const { id } = await names.resolve('company', company, { argument: 'company' });
    const record = await manage.get<ManageRecord>('GET /company/companies/{id}', { path: { id }, signal });
    if (record.deletedFlag === true)
      throw new ToolInputError('company', `${plain(record.name)} (id ${id}) is deleted already.`);
    const own = field('company/id', '=', id);
    const open = all(own, await openCondition(names, true, undefined)) ?? own;
    const current = all(own, field('agreementStatus', '=', 'Active')) ?? own;
    const [tickets, agreements] = await Promise.all([
      manage.count('GET /service/tickets/count', { conditions: open, signal }),
      manage.count('GET /finance/agreements/count', { conditions: current, signal }),
    ]);
    const has = [
      [tickets, tickets === 1 ? 'open ticket' : 'open tickets'],
      [agreements, agreements === 1 ? 'active agreement' : 'active agreements'],
    ].flatMap(([count, noun]) => (count === 0 ? [] : [`${count} ${noun}`]));
    return removeRecord(context, {
      operation: 'DELETE /company/companies/{id}',
      path: { id },
      what: `company ${id}: ${plain(record.name)}${has.length > 0 ? `, which has ${has.join(' and ')}` : ''}`,
      dryRun,
      confirm,
    });
  },
});
