import type { GroupWords } from '../../src/api/search/group-words.ts';

/** Expenses. */
export const EXPENSE: GroupWords = {
  classifications:
    'Classifications of expenses: personal or company | reimbursable company card personal class reimburse private',
  entries:
    'Expense entries: mileage, meals, receipts | cost spent receipt reimbursement mileage travel hotel meal parking fuel lunch flight claim paid out of pocket money taxi train per diem kilometre kilometer miles tip toll bill drove trip',
  'entries/audits': 'What changed on an expense entry | history who changed',
  paymenttypes:
    'How expenses were paid: cash, card | payment method credit card cash paid how company own money wallet',
  reports:
    'Expense reports: the periods that members hand in | expense sheet submitted claim reimbursement monthly travel costs trip claims approved waiting approval sheets',
  'reports/audits': 'Who submitted and approved an expense report | history who approved when',
  'reports/reverse':
    'Take back the submission of an expense report | reopen unsubmit undo reverse recall withdraw approval unapprove',
  'reports/submit': 'Submit an expense report | hand in send claim travel costs turn over approval',
  taxtypes: 'Taxes on expenses | tax vat gst expense',
  types:
    'Expense types: mileage, meals, lodging | kind category of expense mileage rate meals hotel parking kinds airfare categories',
  'reports/approve': 'Approve an expense report | sign off accept ok expenses sheet',
  'reports/reject': 'Reject an expense report | refuse decline send back expenses sheet',
};
