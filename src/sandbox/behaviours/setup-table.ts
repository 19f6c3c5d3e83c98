import type { Behaviour } from '../contract/behaviour.ts';

/** Where rows are used: a collection and the path to the reference's id. */
type Use = readonly [collection: string, path: string];

const TABLES: readonly (readonly [collection: string, label: string, uses: readonly Use[]])[] = [
  [
    '/service/boards',
    'Board',
    [
      ['/service/tickets', 'board/id'],
      ['/project/tickets', 'board/id'],
    ],
  ],
  ['/service/boards/{parentId}/types', 'Service Type', [['/service/tickets', 'type/id']]],
  ['/service/boards/{parentId}/teams', 'Service Team', [['/service/tickets', 'team/id']]],
  [
    '/service/priorities',
    'Priority',
    [
      ['/service/tickets', 'priority/id'],
      ['/project/tickets', 'priority/id'],
    ],
  ],
  ['/service/sources', 'Source', [['/service/tickets', 'source/id']]],
  ['/time/workTypes', 'WorkType', [['/time/entries', 'workType/id']]],
  [
    '/time/workRoles',
    'WorkRole',
    [
      ['/time/entries', 'workRole/id'],
      ['/system/members', 'workRole/id'],
    ],
  ],
  ['/company/companies/statuses', 'CompanyStatus', [['/company/companies', 'status/id']]],
  ['/company/configurations/types', 'ConfigurationType', [['/company/configurations', 'type/id']]],
  ['/company/configurations/statuses', 'ConfigurationStatus', [['/company/configurations', 'status/id']]],
  ['/finance/agreements/types', 'AgreementType', [['/finance/agreements', 'type/id']]],
];

/** Rows of setup tables cannot be deleted while records have them. The status is the real server's, the words are not known. */
export const setupTables: readonly Behaviour[] = TABLES.map(([collection, label, uses]) => ({
  collection,
  label,
  beforeDelete(record, { store, fail }) {
    const isUsed = uses.some(([template, path]) => [...store.collection(template).where(path, record.id)].length > 0);
    return isUsed
      ? fail(409, { code: 'ObjectInUse', message: `${label} ${record.id} is in use and cannot be deleted.` })
      : undefined;
  },
}));
