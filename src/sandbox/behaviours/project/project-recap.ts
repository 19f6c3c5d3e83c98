import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { missing } from '../../contract/failure.ts';
import { cents } from '../../records/currency.ts';
import { nameIn } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';

const PROJECTS = '/project/projects';

function projectAt(id: string | undefined, { store }: HookContext): SandboxRecord {
  const project = store.collection(PROJECTS).get(Number(id));
  if (project === undefined) throw missing('Project', id);
  return project;
}

const estimated = (project: SandboxRecord, what: 'Revenue' | 'Cost'): number =>
  cents(['Time', 'Expense', 'Product'].reduce((sum, kind) => sum + Number(project[`estimated${kind}${what}`] ?? 0), 0));

/** What a project brings in and costs: time on its tickets at its rates, and what of that is on an invoice. */
function recapOf(project: SandboxRecord, { store }: HookContext): Record<string, unknown> {
  const entries = store.collection('/time/entries').where('project/id', project.id);
  const worth = (entry: SandboxRecord): number => Number(entry.actualHours ?? 0) * Number(entry.hourlyRate ?? 0);
  const sum = (rows: readonly SandboxRecord[]): number => cents(rows.reduce((all, entry) => all + worth(entry), 0));
  const billable = entries.filter(({ billableOption }) => billableOption === 'Billable');
  const billed = billable.filter(({ invoice }) => invoice !== undefined);
  const actual = sum(billable);
  return {
    recID: project.id,
    displayID: String(project.id),
    description: project.name,
    companyName: nameIn(project.company),
    status: nameIn(project.status),
    isProject: true,
    isPhase: false,
    isTicket: false,
    isIssue: false,
    billingMethod: project.billingMethod,
    revenueEstimate: estimated(project, 'Revenue'),
    revenueActual: actual,
    revenueBilled: sum(billed),
    revenueUnbilled: cents(actual - sum(billed)),
    costEstimate: estimated(project, 'Cost'),
    costActual: cents(
      entries.reduce((all, one) => all + Number(one.actualHours ?? 0) * Number(one.hourlyCost ?? 0), 0),
    ),
  };
}

/** The plan of 2025.1 and the recap of 2026.4: worked out from the project, its phases and its time. */
export const projectRecap: Behaviour = {
  collection: '/project/projectRecap',
  actions: {
    'GET /project/projects/{id}/projectRecap': ({ pathValues }, context) => ({
      status: 200,
      body: recapOf(projectAt(pathValues.id, context), context),
    }),
    'GET /project/projects/{id}/projectWorkplan': ({ pathValues }, context) => {
      const project = projectAt(pathValues.id, context);
      const phases = [...context.store.collection(`${PROJECTS}/{parentId}/phases`).all([project.id])];
      return {
        status: 200,
        body: {
          projectId: project.id,
          phases: phases.map(({ id, description, status, wbsCode, notes, budgetHours, actualHours, ...phase }) => ({
            id,
            projectId: project.id,
            description,
            status,
            wbsCode,
            notes,
            markAsMilestoneFlag: phase.markAsMilestoneFlag === true,
            startDate: phase.scheduledStart,
            endDate: phase.scheduledEnd ?? phase.deadlineDate,
            budgetHours,
            actualHours,
            billableHours: actualHours,
            scheduled_Hours: phase.scheduledHours,
          })),
        },
      };
    },
  },
};
