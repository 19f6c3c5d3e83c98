import { dateOnly } from '../provider.ts';
import { type Details, day, numbered, oneOf, only, onlyWhere, same, to, toNamed, type Value } from './details.ts';

/** The customer that something is delivered to. */
const customer = toNamed('CompanyReference', 'Acme');

const whenClosed = (value: Value): Value => onlyWhere(({ closedFlag }) => closedFlag === true, value);

/** A date so many days ago, of what has been received. */
const receivedAgo = (days: number): Value =>
  onlyWhere(
    ({ receivedStatus }) => receivedStatus === 'FullyReceived',
    (_, __, { now }) => dateOnly(now.minus({ days })),
  );

/** What buying and marketing keep besides the necessary. */
export const OF_PROCUREMENT: Readonly<Record<string, Details>> = {
  '/procurement/catalog': {
    every: 2,
    members: {
      priceAttribute: 'TimeAndMaterials',
      manufacturer: to('ManufacturerReference'),
      vendor: toNamed('CompanyReference', 'Cyberdyne'),
      notes: 'In stock at the vendor.',
      integrationXRef: same('identifier'),
      sla: to('SLAReference'),
      recurringBillCycle: to('BillingCycleReference'),
      recurringCycleType: 'CalendarYear',
      entityType: to('EntityTypeReference'),
      agreementType: to('AgreementTypeReference'),
    },
  },
  '/procurement/products': {
    every: 3,
    members: {
      vendor: toNamed('CompanyReference', 'Cyberdyne'),
      internalNotes: 'Ask before ordering.',
      integrationXRef: numbered('P-', 101),
      purchaseDate: day(-20),
      shipSet: '1',
      discount: 0,
      sla: to('SLAReference'),
    },
  },
  '/procurement/purchaseorders': {
    every: 2,
    members: {
      internalNotes: 'Ordered by telephone.',
      shippingInstructions: 'Deliver to the storeroom.',
      trackingNumber: whenClosed(numbered('1Z', 40_001)),
      // One is delivered to the customer.
      customerCompany: only(1, customer),
      customerName: only(1, 'Acme Corporation'),
      customerContact: only(1, to('ContactReference', 4)),
      customerPhone: only(1, '5185550140'),
      customerExtension: only(1, '11'),
      customerSite: only(1, to('SiteReference', 2)),
      customerSiteName: only(1, 'Main'),
      customerStreetLine1: only(1, '72 Station Avenue'),
      customerStreetLine2: only(1, 'Suite 200'),
      customerCity: only(1, 'Rochester'),
      customerState: only(1, 'NY'),
      customerZip: only(1, '14604'),
      customerCountry: only(1, to('CountryReference')),
      warehouseContact: only(0, to('ContactReference')),
      freightPackingSlip: numbered('PS-', 71),
      vendorOrderNumber: numbered('VO-', 8801),
      vendorInvoiceNumber: whenClosed(numbered('VI-', 6601)),
      vendorInvoiceDate: whenClosed(same('poDate')),
      shipmentDate: whenClosed(same('poDate')),
      closedBy: whenClosed('dlopez'),
    },
  },
  '/procurement/purchaseorders/{parentId}/lineitems': {
    every: 3,
    members: {
      internalNotes: 'Any colour.',
      packingSlip: numbered('PS-', 71),
      vendorOrderNumber: numbered('VO-', 8801),
      vendorSku: numbered('CY-', 410),
      warehouse: to('WarehouseReference'),
      warehouseBin: to('WarehouseBinReference'),
      shipmentMethod: to('ShipmentMethodReference'),
      shipSet: '1',
      trackingNumber: whenClosed(numbered('1Z', 40_001)),
      serialNumbers: whenClosed(numbered('S-', 2001)),
      expectedArrivalDate: same('expectedShipDate'),
      dateReceived: receivedAgo(30),
      shipDate: receivedAgo(33),
    },
  },
  '/procurement/types': { members: { typeXref: oneOf('Service', 'InventoryPart') } },
  '/procurement/shipmentmethods': { members: { trackingUrl: 'https://tracking.example/' } },
  '/procurement/subcategories': { members: { integrationXRef: same('name'), integrationXref: same('name') } },
  '/procurement/purchaseorderstatuses': { every: 3, members: { emailTemplate: { id: 1, name: 'Standard' } } },
  '/procurement/warehouseBins': {
    every: 2,
    members: {
      manager: toNamed('MemberReference', 'dlopez'),
      company: toNamed('CompanyReference', 'Cyberdyne'),
      overflowBin: to('WarehouseBinReference'),
      transferBin: to('WarehouseBinReference'),
    },
  },
  '/procurement/categories': { members: { integrationXref: same('name') } },
  '/procurement/unitOfMeasures': { members: { uomScheduleXref: same('name') } },
  '/procurement/warehouses': {
    members: {
      locationXref: same('name'),
      company: to('CompanyReference'),
      contact: to('ContactReference'),
      site: to('SiteReference'),
    },
  },
  '/marketing/campaigns': {
    members: {
      notes: 'By e-mail and telephone.',
      impressions: 1200,
      inactiveDaysAfterEnd: 30,
      marketingManagerDefaultTrackId: 1,
      opportunityDefaultTrackId: 2,
    },
  },
};
