import { nameIn } from '../references.ts';
import { dateOnly, type Provider } from './provider.ts';

/** Sales orders: what became of the deals that were won, some on their way and some delivered. */
export function seedOrders(provider: Provider): void {
  provider.random.begin('orders');
  const { random, now } = provider;
  const [placed, shipped] = provider.all('/sales/orders/statuses');
  const seller = provider.ref('MemberReference', provider.named('/system/members', 'bwest', 'identifier'));
  const won = provider.all('/sales/opportunities').filter(({ status }) => nameIn(status) === 'Won');
  if (placed === undefined || shipped === undefined) return;
  won.forEach((opportunity, index) => {
    const isDelivered = index >= won.length / 2;
    const at = now.minus({ days: isDelivered ? random.int(30, 70) : random.int(2, 8) });
    const subTotal = random.int(8, 90) * 50;
    provider.put(
      '/sales/orders',
      {
        company: opportunity.company,
        contact: opportunity.contact,
        site: opportunity.site,
        status: provider.ref('OrderStatusReference', isDelivered ? shipped : placed),
        opportunity: provider.ref('OpportunityReference', opportunity),
        salesRep: seller,
        orderDate: dateOnly(at),
        dueDate: dateOnly(at.plus({ days: 14 })),
        poNumber: `C-${4100 + index}`,
        description: opportunity.name,
        subTotal,
        taxTotal: 0,
        total: subTotal,
      },
      { at, by: 'bwest' },
    );
  });
}
