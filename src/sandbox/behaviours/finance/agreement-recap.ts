import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { missing } from '../../contract/failure.ts';
import { cents } from '../../records/currency.ts';
import { nameIn } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { agreementStatus } from './agreement.ts';

const AGREEMENTS = '/finance/agreements';
const total = (rows: Iterable<SandboxRecord>, member: string): number => {
  let sum = 0;
  for (const row of rows) sum += Number(row[member] ?? 0);
  return cents(sum);
};

/** How much of an agreement is used and what it is billed, worked out as far as the sandbox knows it: since it began. */
function recapOf(agreement: SandboxRecord, { store, now }: HookContext): Record<string, unknown> {
  const { id, name, company, applicationLimit, applicationUnits, billAmount, nextInvoiceDate } = agreement;
  const starting = Number(applicationLimit ?? 0);
  const adjusted = total(store.collection(`${AGREEMENTS}/{parentId}/adjustments`).all([id]), 'amount');
  const entries = store.collection('/time/entries').where('agreement/id', id);
  const used = total(entries, applicationUnits === 'Hours' ? 'agreementHours' : 'agreementAmount');
  const available = cents(starting + adjusted);
  const isUnlimited = agreement.applicationUnlimitedFlag === true;
  const invoices = store.collection('/finance/invoices').where('agreement/id', id);
  const last = invoices.sort((a, b) => String(a.date).localeCompare(String(b.date))).at(-1);
  const additions = total(store.collection(`${AGREEMENTS}/{parentId}/additions`).all([id]), 'extPrice');
  return {
    id,
    name,
    companyName: nameIn(company),
    agreementStatus: agreementStatus(agreement, now),
    isUnlimited: String(isUnlimited),
    startingAmount: starting,
    adjustmentAmount: adjusted,
    availableAmount: available,
    usedAmount: used,
    remainingAmount: isUnlimited ? 0 : cents(Math.max(0, available - used)),
    overrunAmount: isUnlimited ? 0 : cents(Math.max(0, used - available)),
    ...(last && {
      lastInvoiceNumber: last.invoiceNumber,
      lastInvoiceDate: last.date,
      lastInvoiceAmount: String(last.total ?? 0),
    }),
    nextInvoiceDate,
    nextInvoiceAmount: cents(Number(billAmount ?? 0) + additions),
    unbilledOverageAmount: 0,
    unbilledPeriods: 0,
  };
}

/** Recaps of 2025.1 and later: worked out, never stored. */
export const agreementRecap: Behaviour = {
  collection: '/finance/agreementrecap',
  actions: {
    'GET /finance/agreementrecap': ({ list }, context) =>
      list([...context.store.collection(AGREEMENTS).all()].map((one) => recapOf(one, context))),
    'GET /finance/agreementrecap/{id}': ({ pathValues }, context) => {
      const agreement = context.store.collection(AGREEMENTS).get(Number(pathValues.id));
      if (agreement === undefined) throw missing('Agreement', pathValues.id);
      return { status: 200, body: recapOf(agreement, context) };
    },
  },
};
