import type { Behaviour } from '../../contract/behaviour.ts';
/** What is asked of the system as a whole. */
export const system: Behaviour = {
  collection: '/system/info',
  actions: {
    // Whom a tenant of Microsoft 365 has is made up: its ids are texts, as no other list's.
    'GET /system/office365/emailSetups/{id}/getEmails': (request) =>
      request.list([
        {
          id: '5b8f8f0e-3f3d-4f0e-9a53-5b1f6d2f9b01',
          displayName: 'Support',
          userPrincipalName: 'support@northwind.example',
        },
      ]),
    'GET /system/info': (_, { timeZone, api }) => ({
      status: 200,
      body: {
        version: `v${api.version}.90000`,
        isCloud: false,
        serverTimeZone: timeZone,
        licenseBits: [
          { name: 'Sandbox', activeFlag: true },
          { name: 'Marketing', activeFlag: false },
        ],
        cloudRegion: 'NA',
        ...(api.schema('Info')?.fields.has('maxWorkFlowRecordsAllowed') && { maxWorkFlowRecordsAllowed: 500 }),
      },
    }),
  },
};
