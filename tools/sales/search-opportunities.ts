import { z } from 'zod';
import { readPeriod } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, field, within } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_opportunities',
  title: 'Search opportunities',
  toolset: 'sales',
  effect: 'read',
  uses: ['GET /sales/opportunities', 'GET /sales/opportunities/count'],
  description: 'Find sales opportunities by customer, sales rep, stage, or when they close. Open ones by default.',
  input: z.strictObject({
    text: z.string().optional(),
    company: z.string().optional(),
    rep: z.string().optional(),
    stage: z.string().optional(),
    status: z.string().optional(),
    state: z.enum(['open', 'closed', 'any']).default('open'),
    closing: z.string().optional().describe('Period'),
    ...fragments.list,
  }),
  aliases: {
    name: 'text',
    query: 'text',
    customer: 'company',
    salesRep: 'rep',
    primarySalesRep: 'rep',
    owner: 'rep',
    expectedCloseDate: 'closing',
  },
  output: listOutput,
  async run(input, context) {
    const { names, now } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const rep = await resolveGiven(names, 'member', input.rep, { argument: 'rep' });
    const stage = await resolveGiven(names, 'opportunityStage', input.stage, { argument: 'stage' });
    const status = await resolveGiven(names, 'opportunityStatus', input.status, { argument: 'status' });
    const closed = (await names.list('opportunityStatus'))
      .filter(({ record }) => record.closedFlag === true)
      .map(({ id }) => id);
    const period =
      input.closing === undefined
        ? undefined
        : readPeriod(input.closing, { now: await now(), argument: 'closing', direction: 'ahead' });
    const state =
      input.state === 'any' || closed.length === 0
        ? undefined
        : field('status/id', input.state === 'closed' ? 'in' : 'not in', closed);
    const conditions = all(
      input.text === undefined ? undefined : field('name', 'contains', input.text),
      company && field('company/id', '=', company.id),
      rep && field('primarySalesRep/id', '=', rep.id),
      stage && field('stage/id', '=', stage.id),
      status ? field('status/id', '=', status.id) : state,
      period && within('expectedCloseDate', period, { api: context.api, schema: 'Opportunity' }),
    );
    return listRecords(context, input, {
      list: 'GET /sales/opportunities',
      noun: `${input.state === 'any' || status ? '' : `${input.state} `}opportunities`,
      columns: [
        { title: 'id', field: 'id' },
        { title: 'name', field: 'name' },
        { title: 'company', field: 'company/name' },
        { title: 'stage', field: 'stage/name' },
        { title: 'status', field: 'status/name' },
        { title: 'probability', field: 'probability/name' },
        { title: 'rep', field: 'primarySalesRep/name' },
        { title: 'closes', field: 'expectedCloseDate', as: 'day' },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: ['expectedCloseDate asc', 'id asc'],
    });
  },
});
