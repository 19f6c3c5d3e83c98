import { idOf, nameIn } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import type { Provider } from '../provider.ts';
import { type Details, day, ofCompany, oneOf, only, same, to, toNamed, type Value } from './details.ts';

const isClosed = ({ closedFlag }: SandboxRecord): boolean => closedFlag === true;
/** Low numbers are ordinary tickets, for whoever tries one. */
const isOldTicket = ({ id, closedFlag }: SandboxRecord): boolean => closedFlag === true && id > 20;
const isPaid = ({ balance }: SandboxRecord): boolean => balance === 0;

/** A reference to the closed ticket of the record's company. */
const closedTicket: Value = ({ company }, _, provider) => {
  const ticket = provider.store
    .collection('/service/tickets')
    .where('company/id', idOf(company) ?? 0)
    .find(isOldTicket);
  return ticket && provider.ref('TicketReference', ticket);
};

/** A deal of the record's company that is won or lost: an open one can still be converted. */
const endedOpportunity: Value = ({ company }, _, provider) => {
  const deal = provider.store
    .collection('/sales/opportunities')
    .where('company/id', idOf(company) ?? 0)
    .find(({ status }) => nameIn(status) !== 'Open');
  return deal && provider.ref('OpportunityReference', deal);
};

const firstCampaign: Value = (_, __, provider) => {
  const [campaign] = provider.store.collection('/marketing/campaigns').list();
  return campaign && provider.ref('CampaignReference', campaign);
};

/** The closed ticket before the record's own. */
const earlierTicket: Value = ({ id }, _, provider) => {
  const tickets = provider.store.collection('/service/tickets');
  for (let before = id - 1; before > 20; before -= 1) if (tickets.get(before)?.closedFlag === true) return before;
  return undefined;
};

/** The record's parent in the list that is called so. */
const ofParent =
  (template: string, read: (parent: SandboxRecord) => unknown): Value =>
  ({ id }, _, { store }) => {
    const [parents = ''] = template.split('/{parentId}');
    const parent = store.collection(parents).get(store.collection(template).parentsOf(id).at(-1) ?? 0);
    return parent && read(parent);
  };

const PHASES = '/project/projects/{parentId}/phases';
const TEAMS = '/company/companies/{parentId}/teams';
const contactOfTeam = ofParent(TEAMS, ({ defaultContact }) => defaultContact);

/** Where work and goods come from, for those that a ticket or a project brought. */
const SOURCES: Details['members'] = {
  ticket: closedTicket,
  project: to('ProjectReference'),
  phase: to('ProjectPhaseReference'),
};

/** Where in a store something lies. */
const PLACE: Details['members'] = {
  warehouseId: 1,
  warehouseBinId: 1,
  warehouse: 'Storeroom',
  warehouseBin: 'Shelf A',
  warehouseIdObject: to('WarehouseReference'),
  warehouseBinIdObject: to('WarehouseBinReference'),
};

/** Of old tickets of one customer, one that came from another and one that was merged into it. */
export function seedFamily(provider: Provider): void {
  const tickets = provider.store.collection('/service/tickets');
  const [first] = tickets.list().filter(isOldTicket);
  const [parent, child, merged] = tickets.where('company/id', idOf(first?.company) ?? 0).filter(isOldTicket);
  if (parent === undefined || child === undefined || merged === undefined) return;
  tickets.put({ ...parent, hasChildTicket: true, hasMergedChildTicketFlag: true });
  tickets.put({ ...child, parentTicketId: parent.id });
  tickets.put({ ...merged, mergedParentTicket: provider.ref('TicketReference', parent) });
}

/** What few records of a list have, all of them settled, so that no open work and no sum is touched by it. */
export const RARE: Readonly<Record<string, Details>> = {
  '/service/tickets': {
    where: isOldTicket,
    every: 40,
    members: {
      opportunity: endedOpportunity,
      hourlyRate: 0,
      subBillingAmount: 0,
      subDateAccepted: day(-40),
      predecessorType: 'Ticket',
      predecessorId: earlierTicket,
    },
  },
  '/service/tickets/{parentId}/tasks': {
    every: 9,
    members: { schedule: to('ScheduleEntryReference'), childScheduleAction: 'Done', childTicketId: same('ticketId') },
  },
  '/project/tickets/{parentId}/tasks': {
    every: 3,
    members: {
      schedule: to('ScheduleEntryReference'),
      resolution: 'Done and told.',
      member: toNamed('MemberReference', 'achen'),
      childScheduleAction: 'Done',
      childTicketId: same('ticketId'),
    },
  },
  '/project/tickets/{parentId}/notes': { every: 3, members: { contact: to('ContactReference', 4) } },
  '/sales/opportunities/{parentId}/team': { every: 2, members: { salesTeam: to('SalesTeamReference') } },
  '/service/templates': {
    members: {
      contact: ofCompany('ContactReference'),
      site: ofCompany('SiteReference'),
      agreement: ofCompany('AgreementReference'),
      billingAmount: 0,
    },
  },
  '/project/tickets': {
    where: isClosed,
    every: 4,
    members: { subBillingAmount: 0, subDateAccepted: day(-20), predecessorType: 'Ticket', predecessorId: same('id') },
  },
  // Before the phases, which are of the same agreement and deal.
  '/project/projects': {
    every: 3,
    members: { agreement: ofCompany('AgreementReference'), opportunity: endedOpportunity },
  },
  [PHASES]: {
    every: 4,
    members: {
      agreement: ofParent(PHASES, ({ agreement }) => agreement),
      opportunity: ofParent(PHASES, ({ opportunity }) => opportunity),
      actualEnd: day(-2),
    },
  },
  [TEAMS]: { every: 6, members: { contact: contactOfTeam } },
  '/time/entries': {
    where: ({ status }) => status === 'Billed',
    every: 9,
    members: { internalNotes: 'As agreed by telephone.', emailCc: 'office@customer.example', overageRate: 0 },
  },
  '/time/ticketstopwatches': {
    members: {
      internalNotes: 'Still looking.',
      serviceStatus: to('ServiceStatusReference'),
    },
  },
  '/expense/entries': {
    where: ({ status }) => status === 'Billed',
    every: 4,
    members: {
      agreement: ofCompany('AgreementReference'),
      project: to('ProjectReference'),
      phase: to('ProjectPhaseReference'),
      odometerStart: 41_200,
      odometerEnd: 41_260,
      invoice: ofCompany('InvoiceReference'),
      taxes: [{ id: 1, amount: 0, type: { id: 1, name: 'Sales tax' } }],
    },
  },
  '/finance/invoices': {
    where: isPaid,
    every: 30,
    members: {
      ...SOURCES,
      adjustmentReason: 'Agreed discount',
      adjustedBy: 'mobrien',
      salesOrder: to('SalesOrderReference'),
      unbatchedBatch: to('BatchReference'),
    },
  },
  '/finance/invoices/{parentId}/payments': {
    every: 20,
    members: {
      credit: to('InvoiceReference'),
      wisePayPayment: ({ paymentDate }) => ({ paymentDateUtc: paymentDate, wisePayReference: 'WP-1001' }),
    },
  },
  '/finance/agreements': {
    every: 6,
    members: {
      opportunity: endedOpportunity,
      workRole: toNamed('WorkRoleReference', 'Technician'),
      workType: toNamed('WorkTypeReference', 'Regular'),
      nextInvoiceDate: day(20),
      prorateFirstBill: 0,
    },
  },
  '/finance/taxCodes/{parentId}/taxCodeLevels': { members: { taxCodeXref: 'NY', agencyXref: 'State' } },
  '/sales/activities': { every: 5, members: { ticket: closedTicket, campaign: firstCampaign } },
  '/procurement/categories': { members: { priceLevelXref: 'Standard' } },
  '/procurement/rmaStatuses': { members: { emailTemplate: { id: 1, name: 'Returned goods' } } },
  '/procurement/pricingschedules': { members: { companies: [] } },
  '/procurement/products': {
    where: ({ cancelledFlag }) => cancelledFlag === true,
    members: {
      ...SOURCES,
      ...PLACE,
      agreement: ofCompany('AgreementReference'),
      salesOrder: to('SalesOrderReference'),
      entityType: to('EntityTypeReference'),
      forecastStatus: to('OpportunityStatusReference'),
      invoiceGrouping: { id: 1, name: 'Services' },
      subContractorShipToId: 1,
      serialNumberIds: [],
      serialNumbers: [],
      recurring: {
        recurringRevenue: 0,
        recurringCost: 0,
        billCycleId: 1,
        cycles: 0,
        cycleType: 'CalendarYear',
      },
    },
  },
  '/procurement/purchaseorders/{parentId}/lineitems': {
    where: isClosed,
    every: 11,
    members: {
      canceledBy: 'dlopez',
      canceledReason: 'The rest is no longer needed.',
      dateCanceled: day(-3),
      dateCanceledUtc: day(-3),
      unbatchedRecId: 1,
      salesOrder: [],
    },
  },
  '/procurement/rmaTags': {
    members: {
      ivDescription: same('productDescription'),
      mfgItemID: same('serialNumber'),
      purchasedContact: to('ContactReference', 4),
      purchasedInvoiceNumber: 'VI-6601',
      purchasedInvoiceDate: day(-200),
      purchasedVendorAction: to('RmaActionReference'),
      purchasedNotes: 'Bought with the first order.',
      warrantyCompany: same('purchasedCompany'),
      warrantyContact: to('ContactReference', 4),
      warrantyNotes: oneOf('Three years on site.', 'One year.'),
      repairCompany: same('purchasedCompany'),
      repairContact: to('ContactReference', 4),
      repairOrderNumber: 'R-501',
      repairNotes: 'Repaired by the vendor.',
      shipMethod: to('ShipmentMethodReference'),
      shippingTrackingNumber: '1Z50001',
      internalNotes: 'Lend a spare one.',
      accountManager: toNamed('MemberReference', 'bwest'),
      technicalContact: toNamed('MemberReference', 'achen'),
      serviceTicket: only(1, to('TicketReference', 30)),
      salesOrder: only(1, to('SalesOrderReference')),
      invoice: only(1, to('InvoiceReference')),
      project: only(1, to('ProjectReference')),
      closedBy: ({ dateClosed }, _, provider) =>
        dateClosed === undefined
          ? undefined
          : provider.ref('MemberReference', provider.named('/system/members', 'dlopez', 'identifier')),
    },
  },
  '/marketing/campaigns/{parentId}/formsSubmitted': {
    members: {
      queryString: 'source=newsletter',
      pageType: 'Form',
      pageSubType: 'Contact',
      version: '1',
      status: 'New',
    },
  },
  '/marketing/campaigns/{parentId}/linksClicked': { members: { queryString: 'source=newsletter' } },
  '/system/departments/{parentId}/locations': { members: { ldapConfig: { id: 1, name: 'Directory' } } },
};
