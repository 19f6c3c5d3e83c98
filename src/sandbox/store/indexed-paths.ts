/** Paths that are compared with values, and paths that are compared with moments. */
interface Indexed {
  readonly dates: readonly string[];
  readonly fields: readonly string[];
}

/**
 * What clients ask for most, by collection: these indexes stand ready soon after a large sandbox opens. Any other path gets its
 * index with the first query that could use one.
 */
export const INDEXED_PATHS: Readonly<Record<string, Indexed>> = {
  '/service/tickets': {
    dates: ['lastUpdated', 'dateEntered', 'closedDate'],
    fields: [
      'board/id',
      'board/name',
      'status/id',
      'status/name',
      'company/id',
      'company/identifier',
      'company/name',
      'contact/id',
      'owner/id',
      'priority/id',
      'type/id',
      'closedFlag',
      'parentTicketId',
    ],
  },
  '/project/tickets': {
    dates: ['lastUpdated'],
    fields: ['project/id', 'phase/id', 'board/id', 'status/id', 'company/id', 'closedFlag'],
  },
  '/time/entries': {
    dates: ['lastUpdated', 'timeStart'],
    fields: [
      'member/id',
      'member/identifier',
      'company/id',
      'chargeToId',
      'chargeToType',
      'ticket/id',
      'timeSheet/id',
      'status',
      'billableOption',
    ],
  },
  '/schedule/entries': {
    dates: ['dateStart'],
    fields: ['member/id', 'member/identifier', 'objectId', 'type/id', 'doneFlag'],
  },
  '/company/companies': { dates: ['lastUpdated'], fields: ['identifier', 'name'] },
  '/company/contacts': { dates: ['lastUpdated'], fields: ['company/id', 'company/identifier'] },
  '/company/configurations': { dates: ['lastUpdated'], fields: ['company/id', 'type/id', 'status/id'] },
};
