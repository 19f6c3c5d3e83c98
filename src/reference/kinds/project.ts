import { type Kind, referenceName } from './kind.ts';

/** What people name in the project module. */
export const project = {
  project: {
    list: 'GET /project/projects',
    fields: ['id', 'name', 'company', 'closedFlag'],
    names: ['name'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hint: (row) => referenceName(row.company),
  },
  phase: {
    list: 'GET /project/projects/{parentId}/phases',
    fields: ['id', 'description', 'wbsCode'],
    names: ['description', 'wbsCode'],
    parent: { scope: 'projectId', path: 'parentId', required: true },
  },
} as const satisfies Readonly<Record<string, Kind>>;
