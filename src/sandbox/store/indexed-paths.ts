/**
 * What clients ask for most, by collection: these indexes stand ready when a sandbox opens. Any other path gets its index with the
 * first query that could use one.
 */
export const INDEXED_PATHS: Readonly<Record<string, readonly string[]>> = {
  '/service/tickets': [
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
  '/project/tickets': ['project/id', 'phase/id', 'board/id', 'status/id', 'company/id', 'closedFlag'],
  '/time/entries': [
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
  '/schedule/entries': ['member/id', 'member/identifier', 'objectId', 'type/id', 'doneFlag'],
  '/company/companies': ['identifier', 'name', 'status/id'],
  '/company/contacts': ['company/id', 'company/identifier'],
  '/company/configurations': ['company/id', 'type/id', 'status/id'],
};
