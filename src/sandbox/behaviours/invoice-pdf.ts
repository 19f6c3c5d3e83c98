import type { ActionAnswer, ActionRequest, HookContext } from '../behaviour.ts';
import { textPdf } from '../files/pdf.ts';
import type { SandboxRecord } from '../store/store.ts';
import { missing } from './missing.ts';

const money = (value: unknown): string => `$${Number(value ?? 0).toFixed(2)}`;
const day = (value: unknown): string => String(value ?? '').slice(0, 10);

function linesOf(invoice: SandboxRecord): string[] {
  const company = (invoice.billToCompany ?? invoice.company) as { name?: string } | undefined;
  const parts = [
    ['Services', invoice.serviceTotal],
    ['Expenses', invoice.expenseTotal],
    ['Products', invoice.productTotal],
    ['Agreement', invoice.agreementAmount],
    ['Sales tax', invoice.salesTax],
    ['Total', invoice.total],
    ['Paid', invoice.payments],
    ['Balance due', invoice.balance],
  ].filter(([name, amount]) => Number(amount ?? 0) !== 0 || name === 'Total' || name === 'Balance due');
  return [
    `Bill to: ${company?.name ?? ''}`,
    `Date: ${day(invoice.date)}    Due: ${day(invoice.dueDate)}`,
    `Type: ${String(invoice.type)}`,
    '',
    ...parts.map(([name, amount]) => `${String(name)}: ${money(amount)}`),
  ];
}

/** An invoice as a document. What it looks like is this sandbox's own. */
export function invoicePdf({ pathValues }: ActionRequest, { store }: HookContext): ActionAnswer {
  const invoice = store.collection('/finance/invoices').get(Number(pathValues.id));
  if (invoice === undefined) throw missing('Invoice', pathValues.id);
  const number = String(invoice.invoiceNumber ?? invoice.id);
  return {
    status: 200,
    file: {
      bytes: textPdf(`Invoice ${number}`, linesOf(invoice)),
      contentType: 'application/pdf',
      fileName: `Invoice_${number}.pdf`,
    },
  };
}
