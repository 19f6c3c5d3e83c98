import type { DateTime } from 'luxon';
import { HOME_CURRENCY } from '../records/currency.ts';
import type { SandboxRecord } from '../store/store.ts';
import { dateOnly, type Provider, utc } from './provider.ts';

const withDefault = (rows: readonly Record<string, unknown>[]): Record<string, unknown>[] =>
  rows.map((row, index) => ({ ...row, defaultFlag: index === 0 }));

const ITEMS: readonly (readonly [identifier: string, description: string, price: number, cost: number])[] = [
  ['MS-SEAT', 'Managed seat, monthly', 95, 40],
  ['MS-SERVER', 'Managed server, monthly', 220, 90],
  ['BKP-1TB', 'Cloud backup, 1 TB', 60, 22],
  ['FW-60', 'Firewall, branch office', 890, 610],
  ['SW-24', 'Switch, 24 ports', 540, 380],
  ['LT-14', 'Laptop, 14 inch', 1290, 1010],
  ['MON-27', 'Monitor, 27 inch', 310, 225],
  ['DOCK', 'Docking station', 190, 120],
];

function seedTables(provider: Provider): void {
  provider.table(
    '/finance/billingStatuses',
    withDefault([{ name: 'New' }, { name: 'Sent', sentFlag: true }, { name: 'Paid', closedFlag: true }]),
  );
  provider.table('/finance/billingTerms', withDefault([{ name: 'Net 30 days' }, { name: 'Due on receipt' }]));
  provider.table('/expense/types', [
    { name: 'Mileage', amountCaption: 'Miles', mileageFlag: true, reimbursementRate: 0.67 },
    { name: 'Parking', amountCaption: 'Amount', defaultFlag: true },
    { name: 'Hardware', amountCaption: 'Amount' },
  ]);
  provider.table(
    '/sales/opportunities/statuses',
    withDefault([
      { name: 'Open' },
      { name: 'Won', wonFlag: true, closedFlag: true },
      { name: 'Lost', closedFlag: true },
    ]),
  );
  provider.table('/sales/opportunities/types', [{ description: 'New Business' }, { description: 'Renewal' }]);
  provider.table('/sales/stages', [{ name: 'Prospect' }, { name: 'Quote' }, { name: 'Decision' }]);
  provider.table('/sales/activities/statuses', withDefault([{ name: 'Open' }, { name: 'Closed', closedFlag: true }]));
  provider.table('/sales/activities/types', withDefault([{ name: 'Call' }, { name: 'Meeting' }, { name: 'Quote' }]));
  provider.table('/sales/orders/statuses', withDefault([{ name: 'New' }, { name: 'Shipped', closedFlag: true }]));
  provider.table(
    '/procurement/purchaseorderstatuses',
    withDefault([{ name: 'New' }, { name: 'Ordered' }, { name: 'Received', closedFlag: true }]),
  );
  provider.table('/procurement/unitOfMeasures', withDefault([{ name: 'Each' }, { name: 'Month' }]));
  provider.table('/procurement/types', [{ name: 'Service' }, { name: 'Hardware' }]);
  provider.table(
    '/finance/taxCodes',
    withDefault([
      { identifier: 'NY', description: 'New York sales tax', levelOneRate: 4, levelOneCaption: 'State' },
      { identifier: 'EXEMPT', description: 'Tax exempt', levelOneRate: 0, levelOneCaption: 'None' },
    ]).map((code) => ({
      ...code,
      invoiceCaption: 'Sales tax',
      effectiveDate: '2020-01-01T00:00:00Z',
      levelOneRateType: 'Percent',
    })),
  );
  const [category] = provider.table('/procurement/categories', [{ name: 'Equipment' }, { name: 'Subscriptions' }]);
  // The first is the one that every item of the seed is in.
  provider.table(
    '/procurement/subcategories',
    ['General', 'Accessories', 'Licences'].map((name) => ({
      name,
      ...(category && { category: provider.ref('ProductCategoryReference', category) }),
    })),
  );
  provider.table('/project/securityRoles', [{ name: 'Project Member' }, { name: 'Project Lead' }]);
}

function seedCatalog(provider: Provider): SandboxRecord[] {
  const unit = provider.named('/procurement/unitOfMeasures', 'Each');
  return ITEMS.map(([identifier, description, price, cost]) => {
    const type = provider.named('/procurement/types', identifier.startsWith('MS') ? 'Service' : 'Hardware');
    return provider.put('/procurement/catalog', {
      identifier,
      description,
      customerDescription: description,
      inactiveFlag: false,
      subcategory: { id: 1, name: 'General' },
      type: provider.ref('ProductTypeReference', type),
      unitOfMeasure: provider.ref('UnitOfMeasureReference', unit),
      productClass: identifier.startsWith('MS') ? 'Agreement' : 'NonInventory',
      price,
      cost,
      taxableFlag: true,
      recurringFlag: identifier.startsWith('MS'),
    });
  });
}

/** Bills so many of a catalog item under an agreement every month, from its start. */
export function putAddition(provider: Provider, agreement: SandboxRecord, item: SandboxRecord, quantity: number): void {
  const [price, cost] = [Number(item.price), Number(item.cost)];
  provider.put(
    '/finance/agreements/{parentId}/additions',
    {
      agreementId: agreement.id,
      product: provider.ref('IvItemReference', item),
      description: item.description,
      quantity,
      lessIncluded: 0,
      billedQuantity: quantity,
      unitPrice: price,
      unitCost: cost,
      extPrice: quantity * price,
      extCost: quantity * cost,
      margin: quantity * (price - cost),
      billCustomer: 'Billable',
      effectiveDate: agreement.startDate,
      taxableFlag: true,
    },
    { parents: [agreement.id] },
  );
}

/** What is billed every month besides time. */
function seedAdditions(provider: Provider, items: readonly SandboxRecord[]): void {
  for (const agreement of provider.all('/finance/agreements'))
    for (const item of items.slice(0, 1 + (agreement.id % 3)))
      putAddition(provider, agreement, item, provider.random.int(3, 40));
}

/** Monthly invoices of the last half year: the old ones are paid, the newest are not, one is overdue in part. */
function seedInvoices(provider: Provider): void {
  const { now, random } = provider;
  let number = 10_000;
  const months = [6, 5, 4, 3, 2, 1].map((back) => now.minus({ months: back }).startOf('month'));
  const billedUnder = billedTime(provider, months);
  for (const agreement of provider.all('/finance/agreements')) {
    for (const [place, date] of months.entries()) {
      const back = months.length - place;
      const total = random.int(4, 60) * 50;
      const isPaid = back > 2;
      const isHalfPaid = agreement.id % 5 === 0 && back === 2;
      const part = isHalfPaid ? total / 2 : 0;
      const paid = isPaid ? total : part;
      const status = provider.named('/finance/billingStatuses', isPaid ? 'Paid' : 'Sent');
      number += 1;
      const invoice = provider.put(
        '/finance/invoices',
        {
          invoiceNumber: String(number),
          type: 'Agreement',
          status: provider.ref('BillingStatusReference', status),
          company: agreement.company,
          billToCompany: agreement.company,
          shipToCompany: agreement.company,
          applyToType: 'Agreement',
          applyToId: agreement.id,
          agreement: provider.ref('AgreementReference', agreement),
          currency: HOME_CURRENCY,
          date: dateOnly(date),
          dueDate: dateOnly(date.plus({ days: 30 })),
          agreementAmount: total,
          subtotal: total,
          salesTax: 0,
          total,
          payments: paid,
          balance: total - paid,
        },
        { at: date },
      );
      const reference = provider.ref('InvoiceReference', invoice);
      for (const entry of billedUnder.get(agreement.id)?.[place] ?? []) entry.invoice = reference;
      if (paid === 0) continue;
      provider.put(
        '/finance/invoices/{parentId}/payments',
        {
          type: 'Payment',
          invoice: provider.ref('InvoiceReference', invoice),
          amount: paid,
          paymentDate: dateOnly(date.plus({ days: random.int(3, 28) })),
          appliedBy: 'mobrien',
        },
        { parents: [invoice.id], at: date },
      );
    }
  }
}

/**
 * Billed time by its agreement and the invoice that it stands on: that of the month after.
 * @param months when the invoices are made, oldest first
 */
function billedTime(
  provider: Provider,
  months: readonly DateTime[],
): ReadonlyMap<number, readonly (readonly SandboxRecord[])[]> {
  const found = new Map<number, SandboxRecord[][]>();
  const [first] = months;
  const begin = first === undefined ? '' : utc(first.minus({ months: 1 }));
  const ends = months.map(utc);
  for (const entry of provider.all('/time/entries')) {
    const agreement = (entry.agreement as { id: number } | undefined)?.id;
    if (agreement === undefined || !String(entry.status).startsWith('Billed')) continue;
    const start = String(entry.timeStart);
    const place = start < begin ? -1 : ends.findIndex((end) => start < end);
    if (place < 0) continue;
    const known = found.get(agreement) ?? months.map((): SandboxRecord[] => []);
    found.set(agreement, known);
    known[place]?.push(entry);
  }
  return found;
}

function seedPurchaseOrders(provider: Provider, items: readonly SandboxRecord[]): void {
  const { now, random } = provider;
  const vendor = provider.named('/company/companies', 'Cyberdyne', 'identifier');
  const unit = provider.ref('UnitOfMeasureReference', provider.named('/procurement/unitOfMeasures', 'Each'));
  const terms = provider.ref('BillingTermsReference', provider.named('/finance/billingTerms', 'Net 30 days'));
  for (let index = 0; index < 8; index += 1) {
    const at = now.minus({ days: 6 + index * 9 });
    const isReceived = index > 3;
    const status = provider.named('/procurement/purchaseorderstatuses', isReceived ? 'Received' : 'Ordered');
    const lines = items.slice(3).filter((_, line) => (line + index) % 3 !== 0);
    const counts = lines.map(() => random.int(1, 6));
    const total = lines.reduce((sum, { cost }, line) => sum + Number(cost) * (counts[line] ?? 0), 0);
    const order = provider.put(
      '/procurement/purchaseorders',
      {
        poNumber: `PO-${1001 + index}`,
        poDate: dateOnly(at),
        status: provider.ref('PurchaseOrderStatusReference', status),
        terms,
        vendorCompany: provider.ref('CompanyReference', vendor),
        locationId: 1,
        businessUnitId: 1,
        closedFlag: isReceived,
        ...(isReceived && { dateClosed: utc(at.plus({ days: 5 })) }),
        currency: HOME_CURRENCY,
        enteredBy: 'dlopez',
        subTotal: total,
        total,
      },
      { at, by: 'dlopez' },
    );
    lines.forEach((item, line) => {
      provider.put(
        '/procurement/purchaseorders/{parentId}/lineitems',
        {
          purchaseOrderId: order.id,
          lineNumber: line + 1,
          product: provider.ref('IvItemReference', item),
          description: item.description,
          quantity: counts[line],
          unitCost: item.cost,
          unitOfMeasure: unit,
          // One order came in part; the rest of it is overdue.
          receivedStatus: isReceived || (index === 2 && line === 0) ? 'FullyReceived' : 'Waiting',
          ...(!isReceived && { expectedShipDate: dateOnly(at.plus({ days: 14 })) }),
          closedFlag: isReceived || (index === 2 && line === 0),
          canceledFlag: false,
        },
        { parents: [order.id], at, by: 'dlopez' },
      );
    });
  }
}

/** What the provider sells, buys and bills: catalog, additions, invoices with payments, purchase orders. */
export function seedCommerce(provider: Provider): void {
  provider.random.begin('commerce');
  seedTables(provider);
  const items = seedCatalog(provider);
  seedAdditions(provider, items);
  seedInvoices(provider);
  seedPurchaseOrders(provider, items);
}
