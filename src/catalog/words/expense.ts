import type { GroupWords } from './words.ts';

/** Expenses. */
export const EXPENSE: GroupWords = {
  classifications: 'Classifications of expenses: personal or company | reimbursable company card personal class',
  entries:
    'Expense entries: mileage, meals, receipts | cost spent receipt reimbursement mileage travel hotel meal parking fuel lunch flight claim paid out of pocket money',
  'entries/audits': 'What changed on an expense entry | history',
  paymenttypes: 'How expenses were paid: cash, card | payment method credit card cash',
  reports: 'Expense reports: the periods that members hand in | expense sheet submitted claim reimbursement monthly',
  'reports/audits': 'Who submitted and approved an expense report | history',
  'reports/reverse': 'Take back the submission of an expense report | reopen unsubmit undo reverse recall',
  'reports/submit': 'Submit an expense report | hand in send claim',
  taxtypes: 'Taxes on expenses | tax vat gst expense',
  types: 'Expense types: mileage, meals, lodging | kind category of expense mileage rate',
};
