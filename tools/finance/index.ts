import type { ToolDefinition } from '../../src/tool/index.ts';
import addAgreementAddition from './add-agreement-addition.ts';
import addAgreementAdjustment from './add-agreement-adjustment.ts';
import addInvoicePayment from './add-invoice-payment.ts';
import createInvoice from './create-invoice.ts';
import findUnbilled from './find-unbilled.ts';
import getAgreement from './get-agreement.ts';
import getInvoice from './get-invoice.ts';
import searchAgreements from './search-agreements.ts';
import searchInvoices from './search-invoices.ts';
import updateAgreement from './update-agreement.ts';
import updateAgreementAddition from './update-agreement-addition.ts';

/** Agreements with additions and adjustments, invoices with lines and payments, what is not billed yet. */
export const finance: readonly ToolDefinition[] = [
  searchAgreements,
  getAgreement,
  updateAgreement,
  addAgreementAddition,
  updateAgreementAddition,
  addAgreementAdjustment,
  searchInvoices,
  getInvoice,
  createInvoice,
  addInvoicePayment,
  findUnbilled,
];
