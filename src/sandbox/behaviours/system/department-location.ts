import type { Behaviour } from '../../contract/behaviour.ts';
import type { SandboxRecord, Store } from '../../store/store.ts';

export const DEPARTMENT_LOCATIONS = '/system/departments/{parentId}/locations';
const OF_LOCATION = '/system/locations/{parentId}/departments';
/** The same pairs, of all departments at once and for those with few rights. */
const INFO = '/system/info/departmentlocations';

/** A department at a location is seen from both ends: whoever adds it here finds it there under the same id. */
export function mirrorDepartmentLocation(record: SandboxRecord, store: Store): void {
  const { id, location, department } = record;
  const pair = { id, location, department };
  store.collection(INFO).put(pair);
  store.collection(OF_LOCATION).put(pair, { parentIds: [Number((location as { id?: number } | undefined)?.id)] });
}

/** Departments at locations. */
export const departmentLocation: Behaviour = {
  collection: DEPARTMENT_LOCATIONS,
  label: 'DepartmentLocation',
  defaults(record, { store, parentIds }) {
    const department = store.collection('/system/departments').get(parentIds[0] ?? 0);
    record.department ??= department && { id: department.id };
  },
  afterSave: (record, { store }) => mirrorDepartmentLocation(record, store),
  beforeDelete(record, { store }) {
    store.collection(INFO).remove(record.id);
    store.collection(OF_LOCATION).remove(record.id);
    return undefined;
  },
};
