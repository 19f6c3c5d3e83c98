import type { HttpMethod } from '../model.ts';

/**
 * Words that people use for things that the API calls otherwise. Every word of a line stands for every other of its line; the
 * first is the API's own.
 */
const SYNONYMS: readonly (readonly string[])[] = [
  ['company', 'customer', 'client', 'account', 'vendor'],
  ['contact', 'person', 'people', 'user'],
  ['configuration', 'asset', 'device', 'machine', 'computer', 'laptop', 'server', 'equipment'],
  ['member', 'employee', 'technician', 'staff', 'engineer', 'colleague', 'agent'],
  ['agreement', 'contract', 'subscription'],
  ['callback', 'webhook', 'hook'],
  ['document', 'attachment', 'file', 'upload', 'download', 'attach'],
  ['accrual', 'sick', 'leave', 'vacation', 'pto', 'holiday balance'],
  ['schedule', 'calendar', 'appointment', 'dispatch', 'booking'],
  ['ticket', 'issue', 'case', 'incident', 'request'],
  ['board', 'queue', 'servicedesk', 'helpdesk'],
  ['purchaseorder', 'po', 'purchase'],
  ['warehouse', 'stock', 'inventory', 'onhand', 'bin'],
  ['invoice', 'bill', 'billing'],
  ['opportunity', 'deal', 'lead', 'pipeline', 'quote'],
  ['activity', 'followup', 'call', 'todo'],
  ['expense', 'cost', 'reimbursement', 'mileage'],
  ['sheet', 'timesheet'],
  ['entry', 'log', 'record'],
  ['audittrail', 'history', 'change', 'changed', 'audit', 'who'],
  ['userdefinedfields', 'customfield', 'udf', 'custom'],
  ['securityrole', 'permission', 'right', 'role', 'access'],
  ['knowledgebasearticles', 'kb', 'article', 'knowledge'],
  ['sla', 'servicelevel'],
  ['survey', 'satisfaction', 'csat', 'feedback'],
  ['catalog', 'item', 'sku', 'part'],
  ['product', 'goods', 'hardware'],
  ['rma', 'return'],
  ['tax', 'vat', 'gst'],
  ['department', 'businessunit', 'division'],
  ['location', 'office', 'branch', 'territory'],
  ['site', 'address'],
  ['note', 'comment', 'remark'],
  ['task', 'checklist', 'step'],
  ['project', 'job'],
  ['phase', 'milestone', 'stage'],
  ['campaign', 'mailing', 'marketing'],
  ['report', 'reporting', 'bi'],
  ['workrole', 'rate'],
  ['worktype', 'kind of work'],
  ['holiday', 'dayoff', 'bankholiday'],
  ['email', 'mail'],
  ['merge', 'combine', 'dedupe'],
  ['copy', 'clone', 'duplicate'],
  ['addition', 'addon', 'line'],
  ['adjustment', 'correction', 'credit'],
  ['payment', 'paid', 'receipt'],
  ['ticketstopwatch', 'stopwatch', 'timer'],
  ['tokens', 'impersonate', 'impersonation'],
];

/** Verbs that tell the method. */
const VERBS: Readonly<Record<string, readonly HttpMethod[]>> = {
  create: ['POST'],
  add: ['POST'],
  new: ['POST'],
  insert: ['POST'],
  register: ['POST'],
  start: ['POST'],
  log: ['POST'],
  submit: ['POST'],
  approve: ['POST'],
  reject: ['POST'],
  reverse: ['POST'],
  upload: ['POST'],
  convert: ['POST'],
  merge: ['POST'],
  attach: ['POST'],
  link: ['POST'],
  update: ['PATCH'],
  edit: ['PATCH'],
  change: ['PATCH'],
  modify: ['PATCH'],
  set: ['PATCH'],
  rename: ['PATCH'],
  amend: ['PATCH'],
  correct: ['PATCH'],
  replace: ['PUT'],
  overwrite: ['PUT'],
  delete: ['DELETE'],
  remove: ['DELETE'],
  cancel: ['DELETE'],
  list: ['GET'],
  get: ['GET'],
  show: ['GET'],
  find: ['GET'],
  search: ['GET', 'POST'],
  read: ['GET'],
  see: ['GET'],
  which: ['GET'],
  what: ['GET'],
  how: ['GET'],
  many: ['GET'],
  count: ['GET'],
  download: ['GET'],
  export: ['GET'],
};

const STOP: ReadonlySet<string> = new Set(
  'a an the of for to in on at my our all and or is are do does i me we it its this that from with by be can please any'.split(
    ' ',
  ),
);

/** `serviceTickets` and `service-tickets` are two words; `purchaseorders` is one, as the API writes it. */
export const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

/** `entries` gives `entry`, `statuses` `status`, `boards` `board`. */
export const singular = (word: string): string =>
  word.length < 4
    ? word
    : word
        .replace(/ies$/, 'y')
        .replace(/(us|ss|x|ch)es$/, '$1')
        .replace(/([^su])s$/, '$1');

const byWord = new Map<string, string[]>();
for (const line of SYNONYMS) {
  for (const word of line) byWord.set(word, [...(byWord.get(word) ?? []), line[0] ?? word]);
}

export interface ReadQuery {
  /** Words to look for, the API's own beside those that were said. */
  readonly words: readonly string[];
  /** Methods that the verbs of the query point to; empty when they tell nothing. */
  readonly methods: readonly HttpMethod[];
  readonly counts: boolean;
}

/** What a question in plain words asks for. */
export function readQuery(text: string): ReadQuery {
  const said = wordsOf(text);
  const methods = said.flatMap((word) => VERBS[word] ?? []);
  const content = said.filter(
    (word) =>
      !STOP.has(word) &&
      (VERBS[word] === undefined ||
        byWord.has(singular(word)) ||
        ['approve', 'submit', 'reject', 'reverse', 'merge', 'convert', 'attach', 'search', 'download'].includes(word)),
  );
  const counts = /\bhow many\b|\bcount\b|\bnumber of\b/i.test(text);
  const words = (content.length > 0 ? content : said).flatMap((word) => {
    const one = singular(word);
    // A word that the API uses otherwise is looked for as the API's own, not as itself: an attachment is a document.
    const own = byWord.get(one) ?? byWord.get(word);
    return own === undefined ? [one] : [one, ...own];
  });
  // Two words that the API writes as one: "purchase order", "work role".
  const joined = said.slice(1).map((word, index) => singular(`${said[index]}${word}`));
  // What two words of the query point to counts twice.
  return { words: [...words, ...joined], methods: [...new Set(methods)], counts };
}
