import { hintOf, type Kind, table } from '../../src/names/kind.ts';

/** What people name in the marketing module. */
export const marketing = {
  campaign: {
    list: 'GET /marketing/campaigns',
    fields: ['id', 'name', 'status', 'startDate'],
    names: ['name'],
    large: true,
    hint: (row) => hintOf(row.status, String(row.startDate ?? '').slice(0, 10)),
    wrappings: ['campaign'],
  },
  campaignType: table('/marketing/campaigns/types', {
    info: 'GET /marketing/campaigns/types/info',
    fields: ['id', 'name', 'defaultFlag'],
  }),
  campaignSubType: table('/marketing/campaigns/subTypes', {
    fields: ['id', 'name', 'type', 'inactiveFlag'],
    hint: (row) => hintOf(row.type),
  }),
  campaignStatus: table('/marketing/campaigns/statuses'),
  marketingGroup: table('/marketing/groups', { fields: ['id', 'name', 'inactiveFlag'] }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof marketing, Kind> {}
}
