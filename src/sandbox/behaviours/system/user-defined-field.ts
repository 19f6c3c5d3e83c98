import type { Behaviour } from '../../contract/behaviour.ts';
import type { SandboxRecord, Store } from '../../store/store.ts';
import { DEFINITIONS, definitionsOf, type Entry, fillCustomFields, SCREENS } from '../../write/custom-fields.ts';

/** Collections whose records are on a screen. */
const collectionsOf = (pod: unknown): readonly string[] => SCREENS[Number(pod) - 1]?.[1].split(' ') ?? [];

/** Gives every record of a screen its fields anew, after one was defined, renamed or taken away. */
function refill({ podId }: SandboxRecord, store: Store): void {
  for (const collection of collectionsOf(podId)) {
    const records = store.collection(collection);
    const known = new Set(definitionsOf(collection, store).map(({ id }) => id));
    for (const record of [...records.all()]) {
      const fields = Array.isArray(record.customFields) ? (record.customFields as Entry[]) : [];
      const filled = { ...record, customFields: fields.filter(({ id }) => id === undefined || known.has(id)) };
      fillCustomFields(filled, collection, store);
      records.put(filled);
    }
  }
}

/** Custom fields are on every record of their screen from the moment that they are defined, and gone when they are deleted. */
export const userDefinedField: Behaviour = {
  collection: DEFINITIONS,
  label: 'UserDefinedField',
  afterSave: (record, { store }) => refill(record, store),
  beforeDelete(record, { store }) {
    const definitions = store.collection(DEFINITIONS);
    definitions.remove(record.id);
    refill(record, store);
    return undefined;
  },
};
