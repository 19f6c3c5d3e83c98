import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { expand, idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';

const COMPANIES = '/company/companies';
const TYPES = '/company/companies/types';
const ASSOCIATIONS = '/company/companies/{parentId}/typeAssociations';

/** The types of a new company as records of their own. Gives the types as the company shows them. */
export function associateTypes(company: SandboxRecord, context: HookContext): Record<string, unknown>[] {
  const { store, api, caller, now } = context;
  const given = (Array.isArray(company.types) ? company.types : []) as { id?: number }[];
  const rows = [...new Set(given.map(({ id }) => Number(id)))].flatMap((id) => store.collection(TYPES).get(id) ?? []);
  return rows.map((row) => {
    const type = expand(row, 'CompanyTypeReference', TYPES, api);
    store
      .collection(ASSOCIATIONS)
      .put(
        { type, company: expand(company, 'CompanyReference', COMPANIES, api) },
        { parentIds: [company.id], by: caller.identifier, at: now },
      );
    return type;
  });
}

/** Sets a company's `types` to what its associations say, one of them left out when it is about to go. */
function deriveTypes(companyId: number, { store, caller, now }: HookContext, without?: number): void {
  const company = store.collection(COMPANIES).get(companyId);
  if (company === undefined) return;
  const rows = [...store.collection(ASSOCIATIONS).all([companyId])].filter(({ id }) => id !== without);
  store
    .collection(COMPANIES)
    .put({ ...company, types: rows.map(({ type }) => type) }, { by: caller.identifier, at: now });
}

export const companyTypeAssociation: Behaviour = {
  collection: ASSOCIATIONS,
  label: 'CompanyTypeAssociation',
  defaults(record, { store, api, parentIds }) {
    const company = store.collection(COMPANIES).get(parentIds[0] ?? 0);
    if (company !== undefined) record.company ??= expand(company, 'CompanyReference', COMPANIES, api);
  },
  validate(record, { previous, store, parentIds }) {
    const same = [...store.collection(ASSOCIATIONS).all(parentIds)].some(
      ({ id, type }) => id !== previous?.id && idOf(type) === idOf(record.type),
    );
    // The words for this are not known.
    return same ? [{ code: 'ObjectExists', message: 'The company already has this type.', field: 'type/id' }] : [];
  },
  afterSave: (_, context) => deriveTypes(context.parentIds[0] ?? 0, context),
  beforeDelete(record, context) {
    deriveTypes(context.parentIds[0] ?? 0, context, record.id);
    return undefined;
  },
};
