import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import type { FieldError } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { expand, idOf, setDefault } from '../../references.ts';

const CAMPAIGNS = '/marketing/campaigns';

const percent = (part: number, whole: number): number | undefined =>
  whole === 0 ? undefined : Math.round((part / whole) * 10_000) / 100;

/** What a campaign led to, as references: opportunities and activities name their campaign. */
function led(template: string, schema: string) {
  return ({ pathValues, list }: ActionRequest, { store, api }: HookContext): ActionAnswer => {
    const rows = store.collection(template).where('campaign/id', Number(pathValues.id));
    return list(
      rows.map((row) => ({ id: row.id, ...expand(row, schema, template, api) })),
      { schema },
    );
  };
}

export const campaign: Behaviour = {
  collection: CAMPAIGNS,
  resource: 'campaign',
  label: 'Campaign',
  derived: ['budgetGrossMargin', 'budgetROI', 'actualGrossMargin', 'actualROI', 'emailsSent'],
  actions: {
    'GET /marketing/campaigns/{id}/opportunities': led('/sales/opportunities', 'OpportunityReference'),
    'GET /marketing/campaigns/{id}/opportunities/count': led('/sales/opportunities', 'OpportunityReference'),
    'GET /marketing/campaigns/{id}/activities': led('/sales/activities', 'ActivityReference'),
    'GET /marketing/campaigns/{id}/activities/count': led('/sales/activities', 'ActivityReference'),
  },

  defaults(record, { store, api, caller }) {
    setDefault(record, 'status', 'CampaignStatusReference', { store, api });
    const member = store.collection('/system/members').get(caller.memberId);
    if (member !== undefined) record.member ??= expand(member, 'MemberReference', '/system/members', api);
    record.locationId ??= 1;
    record.inactive ??= false;
    record.emailsSent ??= 0;
  },

  validate(record, { store }): FieldError[] {
    const subType = store.collection('/marketing/campaigns/subTypes').get(idOf(record.subType) ?? 0);
    if (subType !== undefined && idOf(subType.type) !== idOf(record.type))
      return [{ code: 'NotFound', message: `subType ${subType.id} not found`, field: 'subType/id' }];
    const [start, end] = [Date.parse(String(record.startDate)), Date.parse(String(record.endDate))];
    return end < start
      ? [{ code: 'InvalidField', message: 'The endDate must not be before the startDate.', field: 'endDate' }]
      : [];
  },

  beforeSave(record) {
    for (const kind of ['budget', 'actual']) {
      const [revenue, cost] = [Number(record[`${kind}Revenue`] ?? 0), Number(record[`${kind}Cost`] ?? 0)];
      record[`${kind}GrossMargin`] = revenue - cost;
      record[`${kind}ROI`] = percent(revenue - cost, cost);
    }
  },
};
