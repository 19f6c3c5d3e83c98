import type { Behaviour } from '../../contract/behaviour.ts';
import { idOf, setDefault } from '../../references.ts';
import type { SandboxRecord, Store } from '../../store/store.ts';

const PROJECTS = '/project/projects';
const PHASES = '/project/projects/{parentId}/phases';
const BILLING = ['billTime', 'billExpenses', 'billProducts'] as const;

export const project: Behaviour = {
  collection: PROJECTS,
  resource: 'project',
  label: 'Project',
  derived: ['closedFlag', 'actualHours'],

  defaults(record, { store, api }) {
    setDefault(record, 'status', 'ProjectStatusReference', { store, api });
    setDefault(record, 'type', 'ProjectTypeReference', { store, api });
    for (const name of BILLING) record[name] ??= 'Billable';
    record.billingRateType ??= 'WorkRole';
    record.budgetAnalysis ??= 'ActualHours';
    record.actualHours ??= 0;
    const company = store.collection('/company/companies').get(idOf(record.company) ?? 0);
    if (company?.site !== undefined) record.site ??= company.site;
  },

  validate(record) {
    // The words are this sandbox's own.
    const [start, end] = [Date.parse(String(record.estimatedStart)), Date.parse(String(record.estimatedEnd))];
    return end < start
      ? [
          {
            code: 'InvalidField',
            message: 'The estimatedEnd must not be before the estimatedStart.',
            field: 'estimatedEnd',
          },
        ]
      : [];
  },

  beforeSave(record, { store }) {
    const status = store.collection('/project/statuses').get(idOf(record.status) ?? 0);
    record.closedFlag = status?.closedFlag === true;
  },
};

/** `2.1` is under `2`. */
function parentOf(store: Store, projectId: number, wbsCode: unknown): SandboxRecord | undefined {
  const outer = String(wbsCode ?? '')
    .split('.')
    .slice(0, -1)
    .join('.');
  return outer === ''
    ? undefined
    : [...store.collection(PHASES).all([projectId])].find((phase) => phase.wbsCode === outer);
}

/** Phases are placed by their code in the work breakdown; their parent follows from it. */
export const projectPhase: Behaviour = {
  collection: PHASES,
  resource: 'projectPhase',
  label: 'ProjectPhase',

  defaults(record, { store, parentIds }) {
    const projectId = parentIds[0] ?? 0;
    record.projectId = projectId;
    record.board ??= store.collection(PROJECTS).get(projectId)?.board;
    for (const name of BILLING) record[name] ??= 'NoDefault';
    const parent = record.wbsCode === undefined ? idOf(record.parentPhase) : undefined;
    const siblings = [...store.collection(PHASES).all([projectId])];
    const prefix = parent === undefined ? '' : `${siblings.find(({ id }) => id === parent)?.wbsCode ?? ''}.`;
    let next = 1;
    while (siblings.some(({ wbsCode }) => wbsCode === `${prefix}${next}`)) next += 1;
    record.wbsCode ??= `${prefix}${next}`;
  },

  validate: (record) =>
    record.billSeparatelyFlag === true && record.billingMethod === undefined
      ? [
          {
            code: 'MissingRequiredField',
            message: 'The billingMethod field is required.',
            field: 'billingMethod',
          },
        ]
      : [],

  beforeSave(record, { store, parentIds }) {
    const parent = parentOf(store, parentIds[0] ?? 0, record.wbsCode);
    if (parent === undefined) delete record.parentPhase;
    else record.parentPhase = { id: parent.id, name: parent.description };
  },
};

export const projectTeamMember: Behaviour = {
  collection: '/project/projects/{parentId}/teamMembers',
  resource: 'projectTeamMember',
  label: 'ProjectTeamMember',
  defaults(record, { parentIds }) {
    record.projectId = parentIds[0];
  },
};
