import { z } from 'zod';
import { all, field, pathsIn, within, wordsIn } from '../../src/query/index.ts';
import { datesFor, defineTool, fragments, listOutput, listRecords, narrowed } from '../../src/tool/index.ts';
import { inState, STATE, stateOf } from './support/state.ts';

const SCHEMA = 'Opportunity';

export default defineTool({
  name: 'search_opportunities',
  title: 'Search opportunities',
  toolset: 'sales',
  effect: 'read',
  uses: ['GET /sales/opportunities', 'GET /sales/opportunities/count'],
  description: 'Find sales opportunities by customer, sales rep, stage, or when they close. Open ones by default.',
  input: z.strictObject({
    text: z.string().optional(),
    company: fragments.filterName('company').optional(),
    rep: fragments.filterName('member').optional(),
    stage: fragments.filterName('opportunityStage').optional(),
    status: fragments.filterName('opportunityStatus').optional(),
    state: STATE.optional(),
    closing: fragments.days('ahead', 'Period').optional(),
    ...fragments.list,
  }),
  aliases: {
    ...datesFor('closing'),
    name: 'text',
    query: 'text',
    customer: 'company',
    salesRep: 'rep',
    primarySalesRep: 'rep',
    owner: 'rep',
    expectedCloseDate: 'closing',
  },
  output: listOutput,
  async run({ text, company, rep, stage, status, closing, ...input }, context) {
    const said = await narrowed(context, {}, input, SCHEMA);
    const paths = pathsIn(said.query.conditions);
    const elsewhere = paths.some((path) => /^(status|closedDate|closedFlag)\b/i.test(path));
    const state = stateOf({ state: input.state, status, elsewhere });
    const conditions = all(
      text === undefined ? undefined : wordsIn('name', text),
      company && field('company/id', '=', company.id),
      rep && field('primarySalesRep/id', '=', rep.id),
      stage && field('stage/id', '=', stage.id),
      status && field('status/id', '=', status.id),
      await inState(state, 'opportunityStatus', context),
      closing && within('expectedCloseDate', closing, { api: context.api, schema: SCHEMA }),
    );
    return listRecords(context, input, {
      list: 'GET /sales/opportunities',
      noun: state === 'any' ? 'opportunities' : `${state} opportunities`,
      columns: [
        { title: 'id', field: 'id' },
        { title: 'name', field: 'name' },
        { title: 'company', field: 'company/name' },
        { title: 'stage', field: 'stage/name' },
        { title: 'status', field: 'status/name' },
        { title: 'probability', field: 'probability/name' },
        { title: 'rep', field: 'primarySalesRep/name' },
        { title: 'closes', field: 'expectedCloseDate' },
      ],
      filteredBy: { name: 'text', primarySalesRep: 'rep', expectedCloseDate: 'closing', status: 'status or state' },
      near: text === undefined ? undefined : { kind: 'opportunity', name: text },
      own: { conditions },
      orderBy: ['expectedCloseDate asc', 'id asc'],
    });
  },
});
