import type { ApiDescription, Operation } from './index.ts';

/** What a security role says of a function: to look, to add, to change, to delete. */
export type RightLevel = 'inquire' | 'add' | 'edit' | 'delete';

export interface Right {
  /** Module and function as the security role screen has them: `Service Desk > Service Tickets`. */
  readonly name: string;
  readonly level: RightLevel;
}

/** What a security role says of a right. `not listed`: it does not tell. */
export type Verdict = 'granted' | 'own records only' | 'missing' | 'not listed';

/**
 * Functions of the security role screen by what they cover: literal segments of paths, lower case, the first that fits. Which
 * function lets an operation through is published for few of them (those that integrations ask for); the rest is what the
 * screens in which people do the same need. Roles decide in the end, and a 403 says so.
 */
const FUNCTIONS: readonly (readonly [prefixes: string, name: string])[] = [
  ['company/companies/notes company/contacts/notes', 'Companies > Notes'],
  ['company/companies/teams', 'Companies > Team Members'],
  ['company/companies/tracks company/contacts/tracks', 'Companies > Tracks'],
  ['company/companies/statuses company/companies/types', 'System > Table Setup'],
  ['company/companies company/companytypeassociations company/companypickeritems', 'Companies > Company Maintenance'],
  ['company/companyfinance finance/companyfinance', 'Companies > Company/Contact Finance'],
  ['company/contacts/types company/contacts/departments company/contacts/relationships', 'System > Table Setup'],
  ['company/contacts company/contacttypeassociations company/m365contact', 'Companies > Contacts'],
  ['company/configurations/statuses company/configurations/types configurations', 'System > Table Setup'],
  ['company/configurations', 'Companies > Configurations'],
  ['expense/entries/audits expense/entries expense/reports', 'Time & Expense > Expense Entry'],
  ['finance/accounting', 'Finance > Accounting Interface'],
  ['finance/agreements/types finance/agreementtypes', 'System > Table Setup'],
  ['finance/agreements finance/agreementrecap', 'Finance > Agreements'],
  ['finance/invoices finance/closedinvoices finance/invoice', 'Finance > Invoicing'],
  ['marketing/campaigns/statuses marketing/campaigns/types marketing/campaigns/subtypes', 'System > Table Setup'],
  ['marketing/campaigns marketing/groups', 'Marketing > Marketing Management'],
  ['procurement/catalog procurement/pricingschedules', 'Procurement > Product Catalog'],
  ['procurement/adjustments/types', 'System > Table Setup'],
  [
    'procurement/adjustments procurement/onhandserialnumbers procurement/warehousebins/inventoryonhand',
    'Procurement > Inventory',
  ],
  ['procurement/products', 'Procurement > Products'],
  [
    'procurement/purchaseorders procurement/purchasingdemands procurement/changeorder procurement/changeorders',
    'Procurement > Purchase Orders',
  ],
  ['procurement/rmatags', 'Procurement > RMA'],
  ['project/projects/phases', 'Project > Project Phase'],
  ['project/projects/notes', 'Project > Project Notes'],
  ['project/projects/teammembers', 'Project > Project Teams'],
  ['project/projects/contacts', 'Project > Project Contacts'],
  ['project/projects project/billingrates project/projecttemplates', 'Project > Project Headers'],
  ['project/tickets project/ticketnote', 'Project > Project Tickets'],
  ['sales/activities/statuses sales/activities/types', 'System > Table Setup'],
  ['sales/activities', 'Sales > Sales Activity'],
  ['sales/opportunities/ratings sales/opportunities/statuses sales/opportunities/types', 'System > Table Setup'],
  ['sales/opportunities', 'Sales > Opportunity'],
  ['sales/orders/statuses', 'System > Table Setup'],
  ['sales/orders', 'Sales > Sales Orders'],
  ['schedule/entries schedule/details', 'Service Desk > Resource Scheduling'],
  ['service/tickets/merge', 'Service Desk > Merge Tickets'],
  ['service/tickets/products', 'Procurement > Products'],
  ['service/tickets service/ticketlinks service/ticketsyncs service/servicesignoff', 'Service Desk > Service Tickets'],
  ['service/templates', 'Service Desk > Ticket Templates'],
  ['service/knowledgebasearticles', 'Service Desk > Knowledge Base'],
  ['system/audittrail', 'what the audited record needs'],
  ['system/documents', 'what the record of the document needs'],
  ['system/customreports system/reportcards system/reports system/portalreports', 'System > API Reports'],
  [
    'system/members system/membertemplates system/mymembers system/ssousers system/apimembers',
    'System > Member Maintenance',
  ],
  ['system/securityroles project/securityroles', 'System > Security Roles'],
  ['system/mycompany system/locations system/departments', 'System > My Company'],
  ['system/importmassmaintenance', 'System > Mass Maintenance'],
  ['time/entries time/changelogs', 'Time & Expense > Time Entry'],
  ['time/sheets', 'Time & Expense > Time Entry'],
  ['time/ticketstopwatches time/activitystopwatches time/schedulestopwatches', 'Time & Expense > Time Entry'],
];

/** The beginning of a path, and the function that it belongs to; the first that fits counts. */
const BEGINNINGS = FUNCTIONS.flatMap(([prefixes, name]) =>
  prefixes.split(' ').map((prefix) => ({ path: prefix, under: `${prefix}/`, name })),
);

/** What every member may do for himself. */
const OWN = /^(system\/(myaccount|mysecurity|info)|company\/contacts\/validateportalcredentials)(\/|$)/;

const literalOf = (path: string): string =>
  path
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '' && !segment.startsWith('{'))
    .join('/');

function levelOf({ method, path, request, response }: Operation): RightLevel {
  if (method === 'GET' || /\/(search|default|defaults|pricing)\/?$/i.test(path)) return 'inquire';
  if (method === 'DELETE') return 'delete';
  if (method === 'POST' && /\/copy\/?$/i.test(path)) return 'add';
  // Approving, merging and converting change existing records.
  const acts = method === 'POST' && (request === undefined || request.schema !== response.schema);
  return method === 'POST' && !acts ? 'add' : 'edit';
}

/**
 * The right that an operation needs in the caller's security role; `undefined` for what everybody may do: their own profile, and
 * the `info` paths of set-up tables, which Manage has for callers without rights.
 */
export function rightOf(operation: Operation): Right | undefined {
  const literal = literalOf(operation.path);
  if (OWN.test(literal) || /(^|\/)info(\/|$)/.test(literal)) return undefined;
  const found = BEGINNINGS.find(({ path, under }) => literal === path || literal.startsWith(under));
  return { name: found?.name ?? 'System > Table Setup', level: levelOf(operation) };
}

/** Each of some operations with the right that it needs. What is not an operation (`GET *`), or needs no right, is left out. */
export const rightsNeeded = (
  api: ApiDescription,
  operations: readonly string[],
): { readonly operation: Operation; readonly right: Right }[] =>
  operations.flatMap((name) => {
    const operation = api.find(name);
    const right = operation && rightOf(operation);
    return operation === undefined || right === undefined ? [] : [{ operation, right }];
  });

export const LEVELS: readonly RightLevel[] = ['inquire', 'add', 'edit', 'delete'];

/**
 * The rights that a tool needs for the operations that it may call, as `Service Desk > Service Tickets: inquire, edit`; those of
 * set-up tables last. Anything that is not an operation (`GET *`) is left out.
 */
export function rightsOf(api: ApiDescription, operations: readonly string[]): readonly string[] {
  const levels = new Map<string, Set<RightLevel>>();
  for (const { right } of rightsNeeded(api, operations))
    levels.set(right.name, (levels.get(right.name) ?? new Set()).add(right.level));
  return [...levels]
    .sort(([a], [b]) => Number(a.endsWith('Table Setup')) - Number(b.endsWith('Table Setup')))
    .map(([name, needed]) => `${name}: ${LEVELS.filter((level) => needed.has(level)).join(', ')}`);
}
