import type { HookContext } from '../../contract/behaviour.ts';
import { invalidObject, missing } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { expand } from '../../references.ts';
import { stamp } from '../../store/memory-collection.ts';
import type { SandboxRecord } from '../../store/store.ts';

const COMPANIES = '/company/companies';
const SITES = '/company/companies/{parentId}/sites';
const NOTES = '/company/companies/{parentId}/notes';

/** What goes over to the company that stays, by the switch of the request that says so. */
const MOVED: readonly (readonly [option: string, collection: string])[] = [
  ['contacts', '/company/contacts'],
  ['services', '/service/tickets'],
  ['projects', '/project/projects'],
  ['projects', '/project/tickets'],
  ['opportunities', '/sales/opportunities'],
  ['activities', '/sales/activities'],
];
/** Members that may be taken from the company that goes: switch and member, where their names differ. */
const TAKEN: Readonly<Record<string, string>> = {
  phone: 'phoneNumber',
  fax: 'faxNumber',
  primaryContact: 'defaultContact',
};
const OPTIONAL = ['status', 'website', 'territory', 'numberOfEmployees', 'timeZone', 'accountNumber', 'billingTerms'];

function companyAt(id: number, field: string | undefined, { store }: HookContext): SandboxRecord {
  const found = store.collection(COMPANIES).get(id);
  if (found !== undefined) return found;
  if (field === undefined) throw missing('company', id);
  throw invalidObject('companyMerge', [{ code: 'NotFound', message: `company ${id} not found`, field }]);
}

function moveUnder(template: string, from: SandboxRecord, to: SandboxRecord, context: HookContext): void {
  const rows = context.store.collection(template);
  for (const { id: _, ...row } of [...rows.all([from.id])]) {
    const company = row.company === undefined ? undefined : expand(to, 'CompanyReference', COMPANIES, context.api);
    // The company that stays keeps its own first site.
    const first = row.primaryAddressFlag === undefined ? {} : { primaryAddressFlag: false };
    rows.put({ ...row, ...first, ...(company && { company }) }, { parentIds: [to.id] });
    rows.remove(_);
  }
}

/**
 * Merges the company of the path into `toCompanyId`: what is switched to `Merge` goes over, members switched to `From` are
 * taken, and the company that is left is deleted softly. That configurations and agreements always go over is this sandbox's choice.
 */
export function mergeCompany({ pathValues, body }: ActionRequest, context: HookContext): ActionAnswer {
  const { store, api, caller, now } = context;
  const options = (body ?? {}) as Record<string, unknown>;
  if (typeof options.toCompanyId !== 'number')
    throw invalidObject('companyMerge', [
      { code: 'MissingRequiredField', message: 'The toCompanyId field is required.', field: 'toCompanyId' },
    ]);
  const from = companyAt(Number(pathValues.id), undefined, context);
  const to = companyAt(options.toCompanyId, 'toCompanyId', context);
  if (from.id === to.id)
    throw invalidObject('companyMerge', [
      { code: 'InvalidField', message: 'A company cannot be merged into itself.', field: 'toCompanyId' },
    ]);
  const written = { by: caller.identifier, at: now };
  const taken: Record<string, unknown> = {};
  for (const option of [...OPTIONAL, ...Object.keys(TAKEN)]) {
    const member = TAKEN[option] ?? option;
    if (options[option] === 'From' && from[member] !== undefined) taken[member] = from[member];
  }
  const merged = store.collection(COMPANIES).put({ ...to, ...taken }, written);
  const reference = expand(merged, 'CompanyReference', COMPANIES, api);
  const always = ['/company/configurations', '/finance/agreements'];
  const moved = MOVED.filter(([option]) => options[option] === 'Merge').map(([, template]) => template);
  for (const template of [...moved, ...always]) {
    const rows = store.collection(template);
    for (const row of [...rows.where('company/id', from.id)]) {
      const first = template === '/company/contacts' ? { defaultFlag: false } : {};
      rows.put({ ...row, ...first, company: reference }, written);
    }
  }
  if (options.sites === 'Merge') moveUnder(SITES, from, to, context);
  if (options.notes === 'Merge') moveUnder(NOTES, from, to, context);
  store
    .collection(COMPANIES)
    .put({ ...from, deletedFlag: true, dateDeleted: stamp(now), deletedBy: caller.identifier }, written);
  return { status: 200, body: { success: true, message: '' } };
}
