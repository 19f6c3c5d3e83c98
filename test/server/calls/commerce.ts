import { call } from './call.ts';

export const FINANCE_CALLS = [
  call('search_agreements', {}, { agreement: 'rows.0.0' }),
  call('get_agreement', { agreement: '$agreement' }),
  call('search_catalog', {}, { item: 'rows.0.1' }),
  call(
    'add_agreement_addition',
    { agreement: '$agreement', product: '$item', quantity: 1, allowDuplicate: true },
    { addition: 'id' },
  ),
  call('update_agreement_addition', { agreement: '$agreement', additionId: '$addition', quantity: 2 }),
  call('update_agreement', { agreement: '$agreement', purchaseOrder: 'PO-4711' }),
  call('add_agreement_adjustment', { agreement: '$agreement', amount: 10, description: 'Goodwill' }),
  call('search_invoices', { only: 'unpaid' }, { invoice: 'rows.0.0' }),
  call('get_invoice', { invoice: '$invoice' }),
  call('create_invoice', { company: 'Globex' }),
  call('add_invoice_payment', { invoice: '$invoice', amount: 0.5 }),
  call('find_unbilled'),
];

export const PROCUREMENT_CALLS = [
  call('search_catalog'),
  call('add_product', { product: '$item', ticketId: '$ticket', quantity: 1 }, { product: 'id' }),
  call('search_products', { ticketId: '$ticket' }),
  call('update_product', { productId: '$product', quantity: 2 }),
  call('search_purchase_orders', {}, { order: 'rows.0.0' }),
  call('get_purchase_order', { purchaseOrder: '$order' }),
  call('create_purchase_order', { vendor: 'Cyberdyne', lines: [{ product: '$item', quantity: 1 }] }, { ordered: 'id' }),
  call('receive_purchase_order', { purchaseOrder: '$ordered' }),
  call('get_inventory'),
  call('search_rmas'),
  call('save_catalog_item', { item: '$item', customerDescription: 'For protocols' }),
  call('save_rma', { product: '$item', company: 'Globex', problem: 'Broken' }),
];
