import { associateType } from './company-setup.ts';
import { dateOnly, type Provider } from './provider.ts';

/** What is in the warehouse, by catalog item: on hand, and how little is too little. */
const STOCK: readonly (readonly [identifier: string, onHand: number, minimum: number])[] = [
  ['FW-60', 3, 2],
  ['SW-24', 1, 3],
  ['LT-14', 7, 5],
  ['MON-27', 0, 4],
  ['DOCK', 12, 4],
];

/** Customers that things are ordered from as well. */
function markVendors(provider: Provider): void {
  const companies = provider.store.collection('/company/companies');
  const vendor = provider.ref('CompanyTypeReference', provider.named('/company/companies/types', 'Vendor'));
  for (const identifier of ['Cyberdyne', 'Hooli']) {
    const company = provider.named('/company/companies', identifier, 'identifier');
    companies.put({ ...company, types: [...((company.types ?? []) as unknown[]), vendor] });
    associateType(provider, company, vendor);
  }
}

/** The storeroom: what is on hand with its serial numbers, what is nearly gone, and what comes back broken. */
export function seedStock(provider: Provider): void {
  markVendors(provider);
  const location = provider.ref('SystemLocationReference', provider.named('/system/locations', 'Headquarters'));
  const department = provider.ref(
    'SystemDepartmentReference',
    provider.named('/system/departments', 'Professional Services'),
  );
  const manager = provider.ref('MemberReference', provider.named('/system/members', 'dlopez', 'identifier'));
  const warehouse = provider.put('/procurement/warehouses', {
    name: 'Storeroom',
    location,
    department,
    manager,
    locationDefaultFlag: true,
    overallDefaultFlag: true,
    inactiveFlag: false,
    lockedFlag: false,
  });
  provider.put('/procurement/warehouses', { name: 'Van', location, department, manager, inactiveFlag: false });
  const warehouseRef = provider.ref('WarehouseReference', warehouse);
  const [bin] = ['Shelf A', 'Shelf B'].map((name, index) =>
    provider.put('/procurement/warehouseBins', {
      name,
      warehouse: warehouseRef,
      location,
      department,
      defaultFlag: index === 0,
      inactiveFlag: false,
      quantityOnHand: index === 0 ? STOCK.reduce((sum, [, onHand]) => sum + onHand, 0) : 0,
    }),
  );
  if (bin === undefined) return;
  const binRef = provider.ref('WarehouseBinReference', bin);
  for (const [identifier, onHand, minimum] of STOCK) {
    const item = provider.named('/procurement/catalog', identifier, 'identifier');
    const catalogItem = provider.ref('CatalogItemReference', item);
    const place = { catalogItem, warehouse: warehouseRef, warehouseBin: binRef };
    const serials = Array.from(
      { length: onHand },
      (_, index) => `${identifier}-${String(4100 + item.id * 100 + index)}`,
    );
    const serialNumbers = serials.map((serial) => {
      const { id } = provider.put('/procurement/onhandserialnumbers', { serial, ...place });
      return { id, serialNumber: serial };
    });
    provider.put(
      '/procurement/catalog/{parentId}/inventory',
      { ...place, onHand, serialNumbers },
      { parents: [item.id] },
    );
    provider.put(
      '/procurement/warehouseBins/{parentId}/inventoryOnHand',
      { ...place, onHand, serialNumbers },
      { parents: [bin.id] },
    );
    provider.put(
      '/procurement/catalog/{parentId}/minimumStockByWarehouse',
      { warehouse: warehouseRef, minimumStock: minimum },
      { parents: [item.id] },
    );
    provider.store.collection('/procurement/catalog').put({ ...item, minStockLevel: minimum, serializedFlag: true });
  }
  seedReturns(provider);
}

const RETURNS = [
  ['Open', 'MON-27', 'Monitor flickers', 'No picture after ten minutes.'],
  ['Sent to vendor', 'LT-14', 'Laptop with a dead battery', 'Does not start without the power supply.'],
  ['Closed', 'SW-24', 'Switch with a dead port', 'Port 7 gives no link.'],
] as const;

/** Returned goods: one that came in, one that is at the vendor, one that is settled. */
function seedReturns(provider: Provider): void {
  const { now } = provider;
  const statuses = provider.table('/procurement/rmaStatuses', [
    { name: 'Open', defaultFlag: true, sortOrder: 1, closedFlag: false },
    { name: 'Sent to vendor', sortOrder: 2, closedFlag: false },
    { name: 'Closed', sortOrder: 3, closedFlag: true },
  ]);
  const [disposition] = provider.table('/procurement/RMADispositions', [
    { name: 'Repair', defaultFlag: true },
    { name: 'Replace' },
    { name: 'Credit' },
  ]);
  provider.table('/procurement/rmaActions', [{ name: 'Ship', defaultFlag: true }, { name: 'Scrap' }]);
  const vendor = provider.ref('CompanyReference', provider.named('/company/companies', 'Cyberdyne', 'identifier'));
  const location = provider.ref('SystemLocationReference', provider.named('/system/locations', 'Headquarters'));
  const department = provider.ref(
    'SystemDepartmentReference',
    provider.named('/system/departments', 'Professional Services'),
  );
  const customers = provider.all('/company/companies').slice(1, 4);
  RETURNS.forEach(([name, identifier, summary, problemDescription], index) => {
    const item = provider.named('/procurement/catalog', identifier, 'identifier');
    const status = statuses.find((row) => row.name === name);
    const customer = customers[index];
    if (status === undefined || disposition === undefined || customer === undefined) return;
    const at = now.minus({ days: 4 + index * 16 });
    provider.put(
      '/procurement/rmaTags',
      {
        summary,
        product: provider.ref('IvItemReference', item),
        productDescription: item.description,
        serialNumber: `${identifier}-${3900 + index}`,
        status: provider.ref('RmaStatusReference', status),
        listPrice: item.price,
        unitPrice: item.price,
        location,
        department,
        problemDescription,
        returnedCompany: provider.ref('CompanyReference', customer),
        returnedContact: customer.defaultContact,
        returnedSite: customer.site,
        rmaDisposition: provider.ref('RmaDispositionReference', disposition),
        purchasedCompany: vendor,
        purchasedOrderNumber: `PO-${1005 + index}`,
        ...(index > 0 && { purchasedVendorRmaNumber: `V${771 + index}`, shippingDate: dateOnly(at.plus({ days: 2 })) }),
        ...(name === 'Closed' && {
          dateClosed: dateOnly(at.plus({ days: 12 })),
          closingNotes: 'The vendor sent a new one.',
        }),
      },
      { at, by: 'dlopez' },
    );
  });
}
