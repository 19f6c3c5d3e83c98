import { type Day, dateOnly, toManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { type Named, referenceTo } from '../../../src/names/index.ts';

/** What people say of an opportunity, when it is new as when it changes. */
export interface OpportunityInput {
  readonly name?: string | undefined;
  readonly rep?: Named | undefined;
  readonly contact?: Named | undefined;
  readonly stage?: Named | undefined;
  readonly status?: Named | undefined;
  readonly type?: Named | undefined;
  readonly closes?: Day | undefined;
  readonly notes?: string | undefined;
}

/** The members of an opportunity that were said; what was not said is `undefined`. */
export const opportunityMembers = (input: OpportunityInput): ManageRecord => ({
  name: input.name,
  contact: referenceTo(input.contact),
  primarySalesRep: referenceTo(input.rep),
  stage: referenceTo(input.stage),
  status: referenceTo(input.status),
  type: referenceTo(input.type),
  expectedCloseDate: input.closes && toManage(dateOnly(input.closes.at)),
  notes: input.notes,
});
