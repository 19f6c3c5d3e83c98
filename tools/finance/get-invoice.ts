import { z } from 'zod';
import { deliver } from '../../src/files/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  money,
  readablePart,
  recordView,
  shownCustomFields,
} from '../../src/tool/index.ts';

const MOST = 50;

export default defineTool({
  name: 'get_invoice',
  title: 'Get invoice',
  toolset: 'finance',
  effect: 'read',
  uses: [
    'GET /finance/invoices',
    'GET /finance/invoices/{id}',
    'GET /finance/invoices/{parentId}/payments',
    'GET /procurement/products',
    'GET /time/entries',
    'GET /expense/entries',
    'GET /finance/invoices/{id}/pdf',
  ],
  description: 'An invoice with its lines (products, time, expenses), payments and balance; pdf attaches the PDF.',
  input: z.strictObject({ invoice: z.string().describe('Number or id'), pdf: z.boolean().optional() }),
  aliases: {
    id: 'invoice',
    invoiceId: 'invoice',
    number: 'invoice',
    invoiceNumber: 'invoice',
    download: 'pdf',
    includePdf: 'pdf',
  },
  output: z.looseObject({ id: z.int() }),
  async run(input, { manage, names, signal, server }) {
    const { id } = await names.resolve('invoice', input.invoice, { argument: 'invoice', signal });
    const record = await manage.get<ManageRecord>('GET /finance/invoices/{id}', { path: { id }, signal });
    const of = { conditions: field('invoice/id', '=', id), pageSize: MOST, signal };
    const [payments, products, time, expenses] = await Promise.all([
      readablePart(
        manage.page<ManageRecord>('GET /finance/invoices/{parentId}/payments', {
          path: { parentId: id },
          pageSize: MOST,
          signal,
        }),
      ),
      readablePart(manage.page<ManageRecord>('GET /procurement/products', of)),
      readablePart(manage.page<ManageRecord>('GET /time/entries', of)),
      readablePart(manage.page<ManageRecord>('GET /expense/entries', of)),
    ]);
    const view = recordView({
      id,
      title: `Invoice ${record.invoiceNumber} (id ${id})`,
      facts: [
        ['company', nameOf(record.company)],
        ['type', record.type],
        ['status', nameOf(record.status)],
        ['date', dayOf(record.date)],
        ['due', dayOf(record.dueDate)],
        ['for', nameOf(record.agreement) ?? nameOf(record.project) ?? nameOf(record.salesOrder)],
        ['reference', record.reference],
        ['services', money(record.serviceTotal)],
        ['products', money(record.productTotal)],
        ['expenses', money(record.expenseTotal)],
        ['subtotal', money(record.subtotal)],
        ['tax', money(record.salesTax)],
        ['total', money(record.total)],
        ['paid', money(record.payments)],
        ['balance', money(record.balance)],
        ['currency', nameOf(record.currency)],
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'productLines',
          title: 'Products',
          columns: ['id', 'product', 'quantity', 'price'],
          rows: products.map((row) => [row.id, nameOf(row.catalogItem), row.quantity, money(row.price)]),
        },
        {
          key: 'timeLines',
          title: 'Time',
          columns: ['id', 'date', 'member', 'hours', 'notes'],
          rows: time.map((row) => [
            row.id,
            dayOf(row.timeStart),
            nameOf(row.member),
            row.invoiceHours ?? row.actualHours,
            String(row.notes ?? '').slice(0, 60),
          ]),
        },
        {
          key: 'expenseLines',
          title: 'Expenses',
          columns: ['id', 'date', 'member', 'type', 'amount'],
          rows: expenses.map((row) => [
            row.id,
            dayOf(row.date),
            nameOf(row.member),
            nameOf(row.type),
            money(row.invoiceAmount ?? row.amount),
          ]),
        },
        {
          key: 'paymentLines',
          title: 'Payments',
          columns: ['id', 'date', 'amount', 'type'],
          rows: payments.map((row) => [row.id, dayOf(row.paymentDate), money(row.amount), row.type]),
        },
      ],
    });
    if (!input.pdf) return view;
    const { bytes } = await manage.download('GET /finance/invoices/{id}/pdf', { path: { id }, signal });
    const file = {
      name: `Invoice ${record.invoiceNumber}.pdf`,
      contentType: 'application/pdf',
      bytes,
      uri: `cwm://invoices/${id}/pdf`,
    };
    const { said, structured, ...beside } = await deliver(file, server.files, 'pdf');
    return { structured: { ...view.structured, pdf: structured }, text: `${view.text}\n${said}`, ...beside };
  },
});
