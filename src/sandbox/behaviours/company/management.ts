import type { Behaviour } from '../../contract/behaviour.ts';
import { missing } from '../../contract/failure.ts';
import { stamp } from '../../store/memory-collection.ts';

const SOLUTIONS = '/company/management';

/** What an integration of managed devices wrote down. The text is this sandbox's own. */
export const managementLog: Behaviour = {
  collection: SOLUTIONS,
  actions: {
    'GET /company/management/{id}/log/download': ({ pathValues }, { store, now }) => {
      const solutions = store.collection(SOLUTIONS);
      if (solutions.size > 0 && !solutions.has(Number(pathValues.id))) throw missing('Management', pathValues.id);
      const text = `${stamp(now)} Managed devices were synchronised: 0 added, 0 changed, 0 removed.\r\n`;
      return {
        status: 200,
        file: { bytes: Buffer.from(text), contentType: 'text/plain', fileName: `management-${pathValues.id}.log` },
      };
    },
  },
};
