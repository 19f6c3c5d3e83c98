import { hintOf, type Kind, table } from '../../src/names/kind.ts';

/** What people name in the project module. */
export const project = {
  project: {
    list: 'GET /project/projects',
    fields: ['id', 'name', 'company', 'closedFlag'],
    names: ['name'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hint: (row) => hintOf(row.company),
    wrappings: ['project'],
  },
  phase: {
    list: 'GET /project/projects/{parentId}/phases',
    fields: ['id', 'description', 'wbsCode'],
    names: ['description', 'wbsCode'],
    parent: { scope: 'projectId', path: 'parentId', required: true },
  },
  projectStatus: table('/project/statuses', { fields: ['id', 'name', 'closedFlag', 'inactiveFlag', 'defaultFlag'] }),
  phaseStatus: table('/project/phaseStatuses', { fields: ['id', 'name', 'closedFlag', 'defaultFlag'] }),
  projectRole: table('/project/securityRoles', { fields: ['id', 'name'] }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof project, Kind> {}
}
