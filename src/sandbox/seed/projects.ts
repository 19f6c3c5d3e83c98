import { DateTime } from 'luxon';
import type { SandboxRecord } from '../store/store.ts';
import { dateOnly, type Provider } from './provider.ts';
import { boardData, ticketFacts, ticketTables, workingTime } from './tickets.ts';

const PROJECTS = [
  'Cloud migration',
  'Office move',
  'Server refresh',
  'Wi-Fi deployment',
  'Security assessment',
  'Telephony rollout',
];
const PHASES = ['Plan', 'Build', 'Hand over'];
const WORK = [
  'Survey the site',
  'Order hardware',
  'Configure the tenant',
  'Migrate mailboxes',
  'Train the users',
  'Write the documentation',
];

const hoursOf = (tickets: readonly SandboxRecord[]): number =>
  tickets.reduce((sum, { actualHours }) => sum + Number(actualHours), 0);

/** Hours of each project and phase from the time on its tickets, known once there is time; two of them are over their budget. */
export function settleProjects(provider: Provider): void {
  const projects = provider.store.collection('/project/projects');
  const tickets = provider.store.collection('/project/tickets');
  for (const project of provider.all('/project/projects')) {
    const hours = hoursOf(tickets.where('project/id', project.id));
    const isOver = project.id % 3 === 2;
    const budgetHours = Math.max(10, Math.round((hours * (isOver ? 0.8 : 1.7)) / 10) * 10);
    projects.put({ ...project, actualHours: hours, budgetHours, estimatedHours: budgetHours });
    const phases = provider.store.collection('/project/projects/{parentId}/phases');
    for (const phase of [...phases.all([project.id])])
      phases.put({ ...phase, actualHours: hoursOf(tickets.where('phase/id', phase.id)) });
  }
}

/** Projects with phases and tickets of their own collection. */
export function seedProjects(provider: Provider): void {
  provider.random.begin('projects');
  const { random, now } = provider;
  const data = boardData(provider, provider.named('/service/boards', 'Projects'));
  const tables = ticketTables(provider);
  const companies = provider.all('/company/companies').slice(1);
  const manager = provider.named('/system/members', 'klind', 'identifier');
  const people = provider.all('/system/members').slice(0, 7);
  // Everybody who delivers; whoever sells is not on the teams.
  const team = [...people, manager, provider.named('/system/members', 'tmoreau', 'identifier')];
  PROJECTS.forEach((name, index) => {
    const company = companies[index * 3] ?? random.pick(companies);
    const start = now.minus({ days: 90 - index * 10 });
    const project = provider.put('/project/projects', {
      name: `${company.identifier} ${name}`,
      company: provider.ref('CompanyReference', company),
      board: provider.ref('ProjectBoardReference', data.board),
      billingMethod: 'ActualRates',
      billTime: 'Billable',
      estimatedStart: dateOnly(start),
      estimatedEnd: dateOnly(start.plus({ days: 150 })),
      budgetHours: 80,
      estimatedHours: 80,
      actualHours: 0,
      percentComplete: 0.3 + index * 0.1,
      manager: provider.ref('MemberReference', manager),
      status: { id: 1, name: 'Open' },
      closedFlag: false,
    });
    for (const [place, member] of team.entries())
      provider.put(
        '/project/projects/{parentId}/teamMembers',
        {
          projectId: project.id,
          member: provider.ref('MemberReference', member),
          projectRole: {
            id: member.id === manager.id ? 2 : 1,
            identifier: member.id === manager.id ? 'Project Lead' : 'Project Member',
          },
          workRole: member.workRole,
          hours: place < 2 ? 40 : 16,
        },
        { parents: [project.id], at: start, by: 'klind' },
      );
    const phases: SandboxRecord[] = [];
    PHASES.forEach((description, order) => {
      // One project hands over as a part of building; places 1 to 4 in a phase are its tickets.
      const parentPhase = index === 2 && order === 2 ? phases[1] : undefined;
      const wbsCode = parentPhase === undefined ? String(order + 1) : `${parentPhase.wbsCode}.5`;
      const phase = provider.put(
        '/project/projects/{parentId}/phases',
        {
          projectId: project.id,
          description,
          wbsCode,
          ...(parentPhase && { parentPhase: { id: parentPhase.id, name: parentPhase.description } }),
          board: provider.ref('ProjectBoardReference', data.board),
          billTime: 'NoDefault',
          budgetHours: 25,
        },
        { parents: [project.id], at: start, by: 'klind' },
      );
      phases.push(phase);
      for (let count = 0; count < 4; count += 1) {
        const entered = workingTime(provider, random.int(5, 80));
        const member = random.pick(people);
        const { facts } = ticketFacts(provider, tables, data, { company, entered, closed: random.chance(0.3) });
        provider.put(
          '/project/tickets',
          {
            ...facts,
            summary: random.pick(WORK),
            isIssueFlag: false,
            project: provider.ref('ProjectReference', project),
            phase: { id: phase.id, name: description },
            wbsCode: `${wbsCode}.${count + 1}`,
            budgetHours: 6,
            resources: member.identifier,
            owner: provider.ref('MemberReference', member),
          },
          { at: DateTime.fromMillis(entered), by: 'klind' },
        );
      }
    });
  });
}
