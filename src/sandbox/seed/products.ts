import { dateOnly, type Provider } from './provider.ts';

/** Lines sold with opportunities: most are invoiced and paid, a few were cancelled before they came. None is left to bill. */
export function seedProducts(provider: Provider): void {
  const { now } = provider;
  const items = provider.all('/procurement/catalog');
  const invoices = provider.all('/finance/invoices').filter(({ balance }) => balance === 0);
  const [unit] = provider.all('/procurement/unitOfMeasures');
  const deals = provider.all('/sales/opportunities');
  deals.slice(0, 14).forEach((opportunity, index) => {
    const item = items[index % items.length];
    const invoice = invoices.find(
      ({ company }) => (company as { id: number }).id === (opportunity.company as { id: number }).id,
    );
    const isCancelled = index % 5 === 4 || invoice === undefined;
    if (item === undefined) return;
    const quantity = 1 + (index % 4);
    provider.put(
      '/procurement/products',
      {
        catalogItem: provider.ref('CatalogItemReference', item),
        description: item.description,
        customerDescription: item.customerDescription,
        sequenceNumber: index + 1,
        quantity,
        unitOfMeasure: unit && provider.ref('UnitOfMeasureReference', unit),
        price: item.price,
        cost: item.cost,
        extPrice: quantity * Number(item.price),
        extCost: quantity * Number(item.cost),
        margin: quantity * (Number(item.price) - Number(item.cost)),
        listPrice: item.price,
        uom: unit?.name,
        ...(index % 5 === 0 && { priceMethod: 'FlatRateForRange' }),
        billableOption: 'Billable',
        locationId: 1,
        businessUnitId: 1,
        taxableFlag: item.taxableFlag,
        opportunity: provider.ref('OpportunityReference', opportunity),
        forecastDetailId: index + 1,
        company: opportunity.company,
        productClass: item.productClass,
        cancelledFlag: isCancelled,
        quantityCancelled: isCancelled ? quantity : 0,
        ...(isCancelled && {
          cancelledReason: 'The customer chose another model',
          cancelledBy: 10,
          cancelledDate: dateOnly(now.minus({ days: 20 + index })),
        }),
        ...(!isCancelled && { invoice: provider.ref('InvoiceReference', invoice) }),
      },
      { at: now.minus({ days: 60 - index }), by: 'bwest' },
    );
  });
}
