import type { Behaviour } from '../../contract/behaviour.ts';
import { missing } from '../../contract/failure.ts';
import { ticket } from '../service/ticket.ts';
import { become } from './conversion.ts';

const ORDERS = '/sales/orders';

/** Sales orders, which become tickets of those who deliver them. */
export const order: Behaviour = {
  collection: ORDERS,
  label: 'Order',
  defaults(record, { now }) {
    record.orderDate ??= `${now.toISOString().slice(0, 10)}T00:00:00Z`;
    record.locationId ??= 1;
  },
  actions: {
    'POST /sales/orders/{id}/convertToServiceTicket': (request, context) => {
      const source = context.store.collection(ORDERS).get(Number(request.pathValues.id));
      if (source === undefined) throw missing('Order', request.pathValues.id);
      // What the ticket is called is this sandbox's choice.
      return become(
        request,
        context,
        { template: '/service/tickets', behaviour: ticket },
        {
          summary: `Sales order ${source.id}`,
          company: source.company,
          contact: source.contact,
          opportunity: source.opportunity,
        },
      );
    },
  },
};
