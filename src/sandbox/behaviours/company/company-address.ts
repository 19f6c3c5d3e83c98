import type { HookContext } from '../../contract/behaviour.ts';
import { expand, idOf } from '../../references.ts';
import type { SandboxRecord, Store } from '../../store/store.ts';

const SITES = '/company/companies/{parentId}/sites';

/** Members of an address that a company shows and its site keeps. */
const ADDRESS = ['addressLine1', 'addressLine2', 'city', 'zip', 'country'] as const;

const siteOf = (record: SandboxRecord, store: Store): SandboxRecord | undefined => {
  const id = idOf(record.site);
  return id === undefined ? undefined : store.collection(SITES).get(id);
};

/** The address of a company that keeps none of its own, by its site's members. */
export function addressOf(record: SandboxRecord, store: Store): Record<string, unknown> {
  const site = siteOf(record, store);
  const members = ADDRESS.map((member) => [member, record[member] ?? site?.[member]] as const);
  const state = record.state ?? (site?.stateReference as { identifier?: string } | undefined)?.identifier;
  return Object.fromEntries([...members, ['state', state] as const].filter(([, value]) => value !== undefined));
}

/** A company's address is its site's: what a change of the company says of it is stored there, and what it empties is gone there. */
export function moveAddressToSite(record: SandboxRecord, { store, api, caller, now }: HookContext): void {
  const site = siteOf(record, store);
  if (site === undefined) return;
  const next: Record<string, unknown> = { ...site };
  for (const member of ADDRESS) {
    if (record[member] === undefined) delete next[member];
    else next[member] = record[member];
    delete record[member];
  }
  const [state] = store.collection('/company/states').where('identifier', String(record.state ?? ''));
  // A state that the table does not have stays with the company.
  if (state !== undefined) {
    next.stateReference = expand(state, 'StateReference', '/company/states', api);
    delete record.state;
  } else if (record.state === undefined) delete next.stateReference;
  store.collection(SITES).put(next as SandboxRecord, { parentIds: [record.id], by: caller.identifier, at: now });
}
