import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { type FieldError, missing } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { textPdf } from '../../files/pdf.ts';
import { currencyOf } from '../../records/billed-in.ts';
import { cents } from '../../records/currency.ts';
import { expand, idOf, nameIn, setDefault } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';

const INVOICES = '/finance/invoices';
const PAYMENTS = '/finance/invoices/{parentId}/payments';
const PARTS = ['serviceTotal', 'expenseTotal', 'productTotal', 'agreementAmount'] as const;

/** Totals from the parts; what is still owed from the payments. */
function total(record: SandboxRecord, { store }: Pick<HookContext, 'store'>): void {
  record.subtotal = cents(PARTS.reduce((sum, part) => sum + Number(record[part] ?? 0), 0));
  record.total = cents(Number(record.subtotal) + Number(record.salesTax ?? 0));
  const paid = record.id === undefined ? [] : [...store.collection(PAYMENTS).all([record.id])];
  record.payments = cents(paid.reduce((sum, { amount }) => sum + Number(amount ?? 0), 0));
  record.balance = cents(Number(record.total) - Number(record.payments) - Number(record.credits ?? 0));
}

export const invoice: Behaviour = {
  collection: INVOICES,
  resource: 'invoice',
  label: 'Invoice',
  derived: ['subtotal', 'total', 'payments', 'balance'],

  defaults(record, { store, api, now }) {
    const today = `${now.toISOString().slice(0, 10)}T00:00:00Z`;
    record.currency ??= currencyOf(record.company, store);
    record.date ??= today;
    record.dueDate ??= new Date(Date.parse(String(record.date)) + 30 * 86_400_000).toISOString().replace('.000', '');
    record.applyToType ??= 'All';
    record.locationId ??= 1;
    record.billToCompany ??= record.company;
    record.shipToCompany ??= record.company;
    setDefault(record, 'status', 'BillingStatusReference', { store, api });
  },

  validate(record, { previous }): FieldError[] {
    // The rule is the real server's, the words are this sandbox's.
    return previous === undefined && record.type === 'Agreement'
      ? [
          {
            code: 'InvalidField',
            message: 'Agreement invoices cannot be created through the Invoicing API.',
            field: 'type',
          },
        ]
      : [];
  },

  beforeSave(record, context) {
    if (record.invoiceNumber === undefined) {
      const numbers = [...context.store.collection(INVOICES).all()].map(({ invoiceNumber }) => Number(invoiceNumber));
      record.invoiceNumber = String(Math.max(10_000, ...numbers.filter(Number.isFinite)) + 1);
    }
    total(record, context);
  },

  actions: { 'GET /finance/invoices/{id}/pdf': invoicePdf },

  beforeDelete(record, { store }) {
    const payments = store.collection(PAYMENTS);
    for (const { id } of [...payments.all([record.id])]) payments.remove(id);
    return undefined;
  },
};

/** The invoice of a payment again, after its payments changed. */
function recount(context: HookContext): void {
  const invoices = context.store.collection(INVOICES);
  const found = invoices.get(context.parentIds[0] ?? 0);
  if (found === undefined) return;
  const next = { ...found };
  total(next, context);
  invoices.put(next, { by: context.caller.identifier, at: context.now });
}

/** What an invoice bills of a product: nothing of what is cancelled, or not to be billed. */
const billed = ({ billableOption, quantity, quantityCancelled, price }: SandboxRecord): number =>
  (billableOption ?? 'Billable') === 'Billable'
    ? (Number(quantity ?? 0) - Number(quantityCancelled ?? 0)) * Number(price ?? 0)
    : 0;

/** An invoice again, after its products changed. The amount of an agreement covers what is on its invoice. */
export function recountProducts(invoiceId: number | undefined, { store, caller, now }: HookContext): void {
  const invoices = store.collection(INVOICES);
  const found = invoices.get(invoiceId ?? 0);
  if (found === undefined || found.type === 'Agreement') return;
  const own = [...store.collection('/procurement/products').all()].filter(({ invoice }) => idOf(invoice) === invoiceId);
  const next = { ...found, productTotal: cents(own.reduce((sum, line) => sum + billed(line), 0)) };
  total(next, { store });
  invoices.put(next, { by: caller.identifier, at: now });
}

export const payment: Behaviour = {
  collection: PAYMENTS,
  resource: 'payment',
  label: 'Payment',

  defaults(record, { store, api, parentIds, caller, now }) {
    const parent = store.collection(INVOICES).get(parentIds[0] ?? 0);
    if (parent !== undefined) record.invoice = expand(parent, 'InvoiceReference', INVOICES, api);
    record.type ??= 'Payment';
    record.paymentDate ??= `${now.toISOString().slice(0, 10)}T00:00:00Z`;
    record.appliedBy ??= caller.identifier;
  },

  afterSave: (_, context) => recount(context),

  beforeDelete(record, context) {
    context.store.collection(PAYMENTS).remove(record.id);
    recount(context);
    return 'keep';
  },
};

const money = (value: unknown): string => `$${Number(value ?? 0).toFixed(2)}`;
const day = (value: unknown): string => String(value ?? '').slice(0, 10);

function linesOf(invoice: SandboxRecord): string[] {
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
    `Bill to: ${nameIn(invoice.billToCompany ?? invoice.company) ?? ''}`,
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
