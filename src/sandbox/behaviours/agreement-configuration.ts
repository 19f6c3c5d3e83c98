import type { Behaviour } from '../behaviour.ts';
import { invalidObject } from '../failure.ts';
import { expand } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';
import { missing } from './missing.ts';

const LIST = '/finance/agreements/{parentId}/configurations';
const CONFIGURATIONS = '/company/configurations';

/** A configuration can be under many agreements: a row has an id of its own, which nobody sees, beside the configuration's. */
const shown = ({ configurationId, ...row }: SandboxRecord): SandboxRecord => ({ ...row, id: Number(configurationId) });

/** Configurations that an agreement covers, by the configuration's id. */
export const agreementConfiguration: Behaviour = {
  collection: LIST,
  label: 'Configuration',
  present: shown,
  actions: {
    [`POST ${LIST}`]: ({ body }, { store, api, parentIds, caller, now }) => {
      const { id: wanted } = (body ?? {}) as { id?: number };
      if (wanted === undefined)
        throw invalidObject('configuration', [
          { code: 'MissingRequiredField', message: 'id or deviceIdentifier is required.', field: 'id' },
        ]);
      const found = store.collection(CONFIGURATIONS).get(wanted);
      if (found === undefined) throw missing('Configuration', wanted);
      const rows = store.collection(LIST);
      const { id, ...facts } = expand(found, 'ConfigurationReference', CONFIGURATIONS, api);
      if (![...rows.all(parentIds)].some(({ configurationId }) => configurationId === id))
        rows.put({ ...facts, configurationId: id }, { parentIds, by: caller.identifier, at: now });
      return { status: 201, body: { id, ...facts } };
    },
    [`GET ${LIST}/{id}`]: ({ pathValues }, { store, parentIds }) => {
      const rows = [...store.collection(LIST).all(parentIds)];
      const found = rows.find(({ configurationId }) => configurationId === Number(pathValues.id));
      if (found === undefined) throw missing('Configuration', pathValues.id);
      return { status: 200, body: shown(found) };
    },
    [`DELETE ${LIST}/{id}`]: ({ pathValues }, { store, parentIds }) => {
      const rows = store.collection(LIST);
      const found = [...rows.all(parentIds)].find(({ configurationId }) => configurationId === Number(pathValues.id));
      if (found === undefined) throw missing('Configuration', pathValues.id);
      rows.remove(found.id);
      return { status: 204 };
    },
  },
};
