import { dateOnly, readDay, toManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { resolveGiven } from '../../../src/names/index.ts';
import type { LegacyToolContext as ToolContext } from '../../../src/tool/index.ts';

/** What people say of an opportunity, when it is new as when it changes. */
export interface OpportunityInput {
  readonly name?: string | undefined;
  readonly rep?: string | undefined;
  readonly contact?: string | undefined;
  readonly stage?: string | undefined;
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly closes?: string | undefined;
  readonly notes?: string | undefined;
}

/** The members of an opportunity that were said, names as references. */
export async function opportunityMembers(
  input: OpportunityInput,
  companyId: number | undefined,
  { names, now }: Pick<ToolContext, 'names' | 'now'>,
): Promise<ManageRecord> {
  const scope = companyId === undefined ? {} : { companyId };
  const contact = await resolveGiven(names, 'contact', input.contact, { argument: 'contact', ...scope });
  const rep = await resolveGiven(names, 'member', input.rep, { argument: 'rep' });
  const stage = await resolveGiven(names, 'opportunityStage', input.stage, { argument: 'stage' });
  const status = await resolveGiven(names, 'opportunityStatus', input.status, { argument: 'status' });
  const type = await resolveGiven(names, 'opportunityType', input.type, { argument: 'type' });
  const closes =
    input.closes === undefined
      ? undefined
      : readDay(input.closes, { now: await now(), argument: 'closes', direction: 'ahead' }).at;
  return {
    ...(input.name !== undefined && { name: input.name }),
    ...(contact && { contact: { id: contact.id } }),
    ...(rep && { primarySalesRep: { id: rep.id } }),
    ...(stage && { stage: { id: stage.id } }),
    ...(status && { status: { id: status.id } }),
    ...(type && { type: { id: type.id } }),
    ...(closes && { expectedCloseDate: toManage(dateOnly(closes)) }),
    ...(input.notes !== undefined && { notes: input.notes }),
  };
}
