import { z } from 'zod';
import { fromManage } from '../../src/clock/index.ts';
import { deliver, pdfBeginning } from '../../src/files/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { worthOf } from '../../src/revenue/unbilled.ts';
import { clean, cleanFacts, cleanLine, excerptLine, lines, say } from '../../src/text/index.ts';
import {
  amountTitle,
  billingWords,
  dayOf,
  defineTool,
  exactMoney,
  fragments,
  money,
  readable,
  recordView,
  shownCustomFields,
} from '../../src/tool/index.ts';

/** Lines of a kind that are shown. */
const MOST = 50;
const LONGEST_NOTE = 60;

const PAYMENTS = 'GET /finance/invoices/{parentId}/payments';
const LINES = ['GET /procurement/products', 'GET /time/entries', 'GET /expense/entries'] as const;

/** Hours that the invoice charges, with why there are none: work that is free still stands on it. */
const billedHours = ({ invoiceHours, actualHours, billableOption }: ManageRecord): unknown =>
  Number(invoiceHours) === 0 && billableOption !== 'Billable' && billableOption !== undefined
    ? say`0 (${billingWords(billableOption)})`
    : (invoiceHours ?? actualHours);

const amountOf = ({ invoiceHours, actualHours, hourlyRate }: ManageRecord): unknown =>
  hourlyRate === undefined ? undefined : money(Number(invoiceHours ?? actualHours ?? 0) * Number(hourlyRate));

/** Why lines with amounts add nothing to an agreement's invoice. */
function coverage(
  { agreementAmount, serviceTotal }: ManageRecord,
  time: readonly ManageRecord[] = [],
): string | undefined {
  const isFlat = Number(agreementAmount ?? 0) > 0 && Number(serviceTotal ?? 0) === 0;
  if (!isFlat || time.length === 0) return undefined;
  // What an agreement does not cover stands on its invoice as well.
  return time.some((row) => Number(row.agreementAmount ?? 0) > 0)
    ? 'the agreement amount covers the time below; nothing is added for it'
    : 'the time below is not covered by the agreement, and nothing is added for it';
}

export default defineTool({
  name: 'get_invoice',
  title: 'Get invoice',
  toolset: 'finance',
  effect: 'read',
  uses: [
    'GET /finance/invoices',
    'GET /finance/invoices/{id}',
    PAYMENTS,
    ...LINES.flatMap((list) => [list, `${list}/count`]),
    'GET /finance/invoices/{id}/pdf',
  ],
  description:
    'Read an invoice by its number: lines (products, time, expenses), payments and balance; pdf attaches the PDF with its text.',
  input: z.strictObject({
    invoice: fragments.name('invoice', { description: 'Number or id' }),
    pdf: z.boolean().optional(),
  }),
  aliases: {
    id: 'invoice',
    invoiceId: 'invoice',
    number: 'invoice',
    invoiceNumber: 'invoice',
    download: 'pdf',
    includePdf: 'pdf',
  },
  output: z.looseObject({ id: z.int() }),
  async run({ invoice: { id }, pdf }, { manage, signal, server, ...context }) {
    const of = { conditions: field('invoice/id', '=', id), limit: MOST, signal };
    const [record, zone, payments, ...found] = await Promise.all([
      manage.get<ManageRecord>('GET /finance/invoices/{id}', { path: { id }, signal }),
      context.zone(),
      // Manage does not count payments.
      readable(manage.all(PAYMENTS, { path: { parentId: id }, signal })),
      ...LINES.map((list) => readable(manage.list(list, of))),
    ]);
    const [products, time, expenses] = found;
    const { currency } = record;
    const view = await recordView({
      id,
      title: say`Invoice ${cleanLine(record.invoiceNumber)} (id ${id})`,
      facts: [
        ['company', nameOf(record.company)],
        ['type', record.type],
        ['status', nameOf(record.status)],
        ['date', dayOf(record.date)],
        ['due', dayOf(record.dueDate)],
        ['for', nameOf(record.agreement) ?? nameOf(record.project) ?? nameOf(record.salesOrder)],
        ['reference', record.reference],
        ['services', money(record.serviceTotal, currency)],
        ['products', money(record.productTotal, currency)],
        ['expenses', money(record.expenseTotal, currency)],
        ['agreement', money(record.agreementAmount, currency)],
        ['time', coverage(record, time?.rows)],
        ['subtotal', money(record.subtotal, currency)],
        ['tax', money(record.salesTax, currency)],
        ['total', money(record.total, currency)],
        ['paid', money(record.payments, currency)],
        ['balance', money(record.balance, currency)],
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'productLines',
          title: 'Products',
          columns: ['id', 'product', 'quantity', amountTitle('price', currency), amountTitle('amount', currency)],
          total: products?.total,
          rows: products?.rows.map((row) => [
            row.id,
            nameOf(row.catalogItem),
            row.quantity,
            exactMoney(row.price),
            money(worthOf('products', row)?.worth ?? 0),
          ]),
        },
        {
          key: 'timeLines',
          title: 'Time',
          columns: [
            'id',
            'date',
            'member',
            'hours worked',
            'hours billed',
            ...['rate', 'amount', 'covered'].map((title) => amountTitle(title, currency)),
            'notes',
          ],
          total: time?.total,
          rows: time?.rows.map((row) => [
            row.id,
            fromManage(row.timeStart, zone)?.toISODate(),
            nameOf(row.member),
            row.actualHours,
            billedHours(row),
            money(row.hourlyRate),
            amountOf(row),
            money(row.agreementAmount),
            excerptLine(row.notes, LONGEST_NOTE),
          ]),
        },
        {
          key: 'expenseLines',
          title: 'Expenses',
          columns: ['id', 'date', 'member', 'type', amountTitle('amount', currency)],
          total: expenses?.total,
          rows: expenses?.rows.map((row) => [
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
          columns: ['id', 'date', amountTitle('amount', currency), 'type'],
          total: payments?.length,
          rows: payments?.slice(0, MOST).map((row) => [row.id, dayOf(row.paymentDate), money(row.amount), row.type]),
        },
      ],
    });
    if (!pdf) return view;
    const { bytes } = await manage.download('GET /finance/invoices/{id}/pdf', { path: { id }, signal });
    const file = {
      name: `Invoice ${record.invoiceNumber}.pdf`,
      contentType: 'application/pdf',
      bytes,
      uri: `cwm://invoices/${id}/pdf`,
    };
    const { said, structured, ...beside } = await deliver(file, server.files, 'pdf');
    const { text, says } = await pdfBeginning(bytes, signal, context.quote);
    return {
      structured: { ...view.structured, pdf: { ...cleanFacts(structured), text, notes: says } },
      text: lines([view.text, clean(said), text, says]),
      ...beside,
    };
  },
});
