import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { missing } from '../../contract/failure.ts';
import type { ActionRequest } from '../../contract/request.ts';
import { collectionOfReference } from '../../reference-places.ts';
import { expand, idOf, setDefault } from '../../references.ts';
import { stamp } from '../../store/memory-collection.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { agreement } from '../finance/agreement.ts';
import { project } from '../project/project.ts';
import { ticket } from '../service/ticket.ts';
import { become } from './conversion.ts';

const OPPORTUNITIES = '/sales/opportunities';
const ORDER_STATUSES = '/sales/orders/statuses';

export const opportunity: Behaviour = {
  collection: OPPORTUNITIES,
  resource: 'opportunity',
  label: 'Opportunity',
  derived: ['closedDate', 'closedBy'],

  defaults(record, { store, api, now }) {
    setDefault(record, 'status', 'OpportunityStatusReference', { store, api });
    setDefault(record, 'type', 'OpportunityTypeReference', { store, api });
    const company = store.collection('/company/companies').get(idOf(record.company) ?? 0);
    if (company?.site !== undefined) record.site ??= company.site;
    record.dateBecameLead ??= stamp(now);
    record.expectedCloseDate ??= `${new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
    record.locationId ??= 1;
    record.businessUnitId ??= 1;
  },

  beforeSave(record, { previous, store, api, caller, now }) {
    const status = store.collection('/sales/opportunities/statuses').get(idOf(record.status) ?? 0);
    if (status?.closedFlag !== true) {
      delete record.closedDate;
      delete record.closedBy;
    } else if (previous?.closedDate === undefined) {
      record.closedDate = stamp(now);
      const member = store.collection('/system/members').get(caller.memberId);
      if (member !== undefined) record.closedBy = expand(member, 'MemberReference', '/system/members', api);
    }
  },

  actions: {
    'POST /sales/opportunities/{id}/convertToAgreement': (request, context) => {
      const { source, body, reference } = conversion(request, context);
      return become(
        request,
        context,
        { template: '/finance/agreements', behaviour: agreement },
        {
          name: body.name ?? source.name,
          type: body.type ?? firstOf('AgreementTypeReference', context),
          startDate: body.startDate,
          endDate: body.endDate,
          noEndingDateFlag: body.noEndingDateFlag,
          company: source.company,
          contact: source.contact,
          opportunity: reference,
        },
      );
    },
    'POST /sales/opportunities/{id}/convertToProject': (request, context) => {
      const { source, body, reference } = conversion(request, context);
      const today = `${context.now.toISOString().slice(0, 10)}T00:00:00Z`;
      const isProjectBoard = ({ projectFlag }: SandboxRecord) => projectFlag === true;
      return become(
        request,
        context,
        { template: '/project/projects', behaviour: project },
        {
          name: body.name ?? source.name,
          board: body.board ?? firstOf('ProjectBoardReference', context, isProjectBoard),
          status: body.status,
          manager: body.manager,
          estimatedStart: body.estimatedStart ?? today,
          estimatedEnd: body.estimatedEnd ?? body.estimatedStart ?? today,
          billingMethod: 'ActualRates',
          company: source.company,
          contact: source.contact,
          opportunity: reference,
        },
      );
    },
    'POST /sales/opportunities/{id}/convertToSalesOrder': (request, context) => {
      const { source, reference } = conversion(request, context);
      const [status] = context.store.collection(ORDER_STATUSES).all();
      return become(
        request,
        context,
        { template: '/sales/orders' },
        {
          company: source.company,
          contact: source.contact,
          site: source.site,
          salesRep: source.primarySalesRep,
          status: { id: status?.id ?? 1, name: status?.name ?? 'New' },
          orderDate: `${context.now.toISOString().slice(0, 10)}T00:00:00Z`,
          opportunity: reference,
        },
      );
    },
    'POST /sales/opportunities/{id}/convertToServiceTicket': (request, context) => {
      const { source, body, reference } = conversion(request, context);
      return become(
        request,
        context,
        { template: '/service/tickets', behaviour: ticket },
        {
          summary: String(body.summary ?? source.name).slice(0, 100),
          company: source.company,
          contact: source.contact,
          opportunity: reference,
        },
      );
    },
  },
};

function conversion({ pathValues, body }: ActionRequest, { store, api }: HookContext) {
  const source = store.collection(OPPORTUNITIES).get(Number(pathValues.id));
  if (source === undefined) throw missing('Opportunity', pathValues.id);
  return {
    source,
    body: (body ?? {}) as Record<string, unknown>,
    reference: expand(source, 'OpportunityReference', OPPORTUNITIES, api),
  };
}

/** The first record of a table, where the request names none. Which one the real server takes is not known. */
function firstOf(
  schema: string,
  { store, api }: HookContext,
  fits: (record: SandboxRecord) => boolean = () => true,
): Record<string, unknown> | undefined {
  const template = collectionOfReference(schema) ?? '';
  const chosen = [...store.collection(template).all()].find(fits);
  return chosen && expand(chosen, schema, template, api);
}
