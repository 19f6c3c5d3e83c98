import type { Behaviour } from '../../contract/behaviour.ts';
/** What is asked of the system as a whole. */
export const system: Behaviour = {
  collection: '/system/info',
  actions: {
    'GET /system/info': (_, { timeZone }) => ({
      status: 200,
      body: {
        version: 'v2022.1.90000',
        isCloud: false,
        serverTimeZone: timeZone,
        licenseBits: [
          { name: 'Sandbox', activeFlag: true },
          { name: 'Marketing', activeFlag: false },
        ],
        cloudRegion: 'NA',
      },
    }),
  },
};
