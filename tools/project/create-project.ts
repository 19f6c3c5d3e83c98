import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf, referenceTo } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { type Clean, cleanLine, lines, say } from '../../src/text/index.ts';
import {
  create,
  dayOf,
  defineTool,
  fragments,
  inThePast,
  newCustomFields,
  sameText,
  ToolInputError,
} from '../../src/tool/index.ts';

/** Longest name that Manage stores. */
const LONGEST_NAME = 100;

/** Who approves its time and expenses, whom Manage takes with the manager. */
const approversOf = ({ timeApprover, expenseApprover }: ManageRecord): (Clean | undefined)[] =>
  (
    [
      ['time approver', timeApprover],
      ['expense approver', expenseApprover],
    ] as const
  ).map(([title, approver]) => (approver ? say`${title}: ${cleanLine(nameOf(approver))}` : undefined));

export default defineTool({
  name: 'create_project',
  title: 'Create project',
  toolset: 'project',
  effect: 'create',
  uses: ['POST /project/projects', 'GET /project/projects'],
  description: 'Start a project of a customer. Refuses a name that the customer already has.',
  input: z.strictObject({
    name: z.string(),
    company: fragments.name('company'),
    start: fragments.day('ahead', 'Day'),
    end: fragments.day('ahead', 'Day', { after: 'start' }),
    board: fragments.name('board', { description: 'Project board' }).optional(),
    manager: fragments.name('member').optional(),
    billingMethod: z.enum(['ActualRates', 'FixedFee', 'NotToExceed', 'OverrideRate']).default('ActualRates'),
    budgetHours: fragments.hours(z.number().min(0).optional()),
    description: fragments.prose().optional(),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    customer: 'company',
    title: 'name',
    estimatedStart: 'start',
    estimatedEnd: 'end',
    projectManager: 'manager',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { names } = context;
    const { name, company, start, end, manager, budgetHours } = input;
    if (name.length > LONGEST_NAME)
      throw new ToolInputError('name', say`name has ${name.length} characters; Manage takes ${LONGEST_NAME}.`);
    const boards = (await names.list('board')).filter(({ record }) => record.projectFlag === true);
    const board = input.board ?? boards[0];
    if (board?.record.projectFlag !== true)
      throw new ToolInputError(
        'board',
        board === undefined
          ? say`There is no project board here.`
          : say`${cleanLine(board.label)} is not a project board.`,
        { allowed: boards.map(({ label }) => cleanLine(label)) },
      );
    if (end.at < start.at)
      throw new ToolInputError('end', say`end (${cleanLine(end.day)}) is before start (${cleanLine(start.day)}).`);
    const conditions = field('company/id', '=', company.id);
    return create(context, {
      operation: 'POST /project/projects',
      members: {
        name,
        company: referenceTo(company),
        board: referenceTo(board),
        manager: referenceTo(manager),
        estimatedStart: dayToManage(start),
        estimatedEnd: dayToManage(end),
        billingMethod: input.billingMethod,
        budgetHours,
        budgetFlag: budgetHours === undefined ? undefined : true,
        description: input.description,
        ...(await newCustomFields(context, 'GET /project/projects', input.customFields)),
      },
      duplicate: input.allowDuplicate
        ? undefined
        : {
            find: (signal) =>
              sameText(
                context,
                {
                  list: 'GET /project/projects',
                  member: 'name',
                  text: name,
                  owner: [company.label, company.identifier],
                  conditions,
                },
                signal,
              ),
            argument: 'name',
            says: (project) =>
              say`${cleanLine(company.label)} already has project ${Number(project.id)} "${cleanLine(project.name)}" (${cleanLine(nameOf(project.status))}). Use that one, or send allowDuplicate: true.`,
          },
      notes: [say`From ${cleanLine(start.echo)} to ${cleanLine(end.echo)}`],
      dryRun: input.dryRun,
      confirm: input.confirm,
      warnings: inThePast({ end }, await context.now()),
      question: say`Start the project "${cleanLine(name)}" for ${cleanLine(company.label)}?`,
      describe: (project) =>
        lines([
          say`project ${Number(project.id)}: ${cleanLine(project.name)} for ${cleanLine(nameOf(project.company))} on ${cleanLine(nameOf(project.board))}, ${dayOf(project.estimatedStart)} to ${dayOf(project.estimatedEnd)}`,
          ...approversOf(project),
        ]),
    });
  },
});
