import { z } from 'zod';
import { type Named, type NameKind, type Names, nameOf } from '../../src/names/index.ts';
import { say } from '../../src/text/index.ts';
import { byBoard } from '../../src/tickets/boards.ts';
import { defineTool, fragments, ToolInputError, tableOutput, tableResult } from '../../src/tool/index.ts';

/** What can be looked up, by the word that a caller uses. */
const TABLES = {
  boards: 'board',
  statuses: 'status',
  types: 'type',
  subtypes: 'subtype',
  items: 'item',
  teams: 'team',
  priorities: 'priority',
  severities: 'severity',
  impacts: 'impact',
  sources: 'source',
  serviceLocations: 'serviceLocation',
  workTypes: 'workType',
  workRoles: 'workRole',
  chargeCodes: 'chargeCode',
  locations: 'location',
  departments: 'department',
  configurationTypes: 'configurationType',
  configurationStatuses: 'configurationStatus',
  companyTypes: 'companyType',
  companyStatuses: 'companyStatus',
  contactTypes: 'contactType',
  communicationTypes: 'communicationType',
  companyTeamRoles: 'teamRole',
  companyNoteTypes: 'companyNoteType',
  marketingGroups: 'marketingGroup',
  scheduleTypes: 'scheduleType',
  expenseTypes: 'expenseType',
  paymentMethods: 'paymentMethod',
  agreementTypes: 'agreementType',
  billingCycles: 'billingCycle',
  billingTerms: 'billingTerms',
  invoiceStatuses: 'billingStatus',
  taxCodes: 'taxCode',
  productTypes: 'productType',
  productSubcategories: 'productSubcategory',
  purchaseOrderStatuses: 'purchaseOrderStatus',
  rmaStatuses: 'rmaStatus',
  sites: 'site',
  agreements: 'agreement',
  projects: 'project',
  phases: 'phase',
  serviceTemplates: 'serviceTemplate',
  slas: 'sla',
  surveys: 'survey',
} as const satisfies Readonly<Record<string, NameKind>>;

type Table = keyof typeof TABLES;

/** The argument that says whose values a table has, where they belong to something. */
const BELONGS_TO: Partial<Record<Table, 'board' | 'company' | 'project'>> = {
  statuses: 'board',
  types: 'board',
  subtypes: 'board',
  items: 'board',
  teams: 'board',
  sites: 'company',
  agreements: 'company',
  projects: 'company',
  phases: 'project',
};

/** How people say whether time is billed. */
const BILLED: Readonly<Record<string, string>> = {
  Billable: 'billable',
  DoNotBill: 'not billable',
  NoCharge: 'no charge',
};

const NAMES = Object.keys(TABLES) as [Table, ...Table[]];

/** What else of a row matters to somebody who chooses from the table. */
function remark(row: Readonly<Record<string, unknown>>): string {
  const marks = [
    row.defaultFlag === true && 'default',
    (row.closedStatus === true || row.closedFlag === true) && 'closed',
    // An agreement that is over is listed as well.
    typeof row.endDate === 'string' && `until ${row.endDate.slice(0, 10)}`,
    row.timeEntryNotAllowed === true && 'no time entry',
    row.projectFlag === true && 'project board',
    row.timeEntryFlag === false && 'no time',
    row.expenseEntryFlag === true && 'expenses too',
    BILLED[String(row.billTime)],
    nameOf(row.workType),
    row.where,
    row.basedOn,
    row.summary,
    row.identifier,
  ];
  return marks.filter((mark) => typeof mark === 'string' && mark !== '').join(', ');
}

/** Teams of all boards, where they are: who looks for a team seldom knows its board. */
async function teamsOfAll(names: Names, signal: AbortSignal) {
  const boards = await byBoard(names, 'team', { fresh: true, signal });
  const rows = boards.flatMap(({ board, rows: teams }) =>
    teams.map(({ id, label, record }) => [id, label, [board.label, remark(record)].filter(Boolean).join(', ')]),
  );
  return tableResult({
    noun: 'teams',
    columns: ['id', 'name', 'board'],
    rows,
    total: rows.length,
    pageSize: rows.length,
  });
}

export default defineTool({
  name: 'lookup_values',
  title: 'Look up values',
  toolset: 'system',
  core: true,
  effect: 'read',
  uses: ['GET /service/boards'],
  description:
    'The values that a field can have here. statuses, types, subtypes, items need board; sites, agreements, projects need company; phases need project.',
  input: z.strictObject({
    table: z.enum(NAMES),
    board: fragments.name('board').optional(),
    company: fragments.name('company').optional(),
    project: fragments.name('project', { of: 'company' }).optional(),
  }),
  aliases: {
    kind: 'table',
    name: 'table',
    type: 'table',
    list: 'table',
    what: 'table',
    field: 'table',
    boardId: 'board',
    boardName: 'board',
  },
  output: tableOutput,
  async run({ table, board, company, project }, { names, signal }) {
    const owner = BELONGS_TO[table];
    if (table === 'teams' && (board ?? company ?? project) === undefined) return teamsOfAll(names, signal);
    if (owner !== undefined && { board, company, project }[owner] === undefined)
      throw new ToolInputError(owner, say`${table} belong to a ${owner}: send ${owner} as well.`, {
        next:
          owner === 'board'
            ? say`lookup_values {"table": "boards"} lists the boards.`
            : say`search for the ${owner} by name.`,
      });
    const other = (['board', 'company', 'project'] as const).find(
      (name) =>
        name !== owner &&
        { board, company, project }[name] !== undefined &&
        !(name === 'company' && owner === 'project'),
    );
    if (other !== undefined)
      throw new ToolInputError(other, say`${table} do not belong to a ${other}: leave ${other} out.`);
    const scope = { boardId: board?.id, companyId: company?.id, projectId: project?.id };
    const owned = owner && { board, company, project }[owner];
    // Where an installation orders its values, statuses and priorities, people look for them in that order.
    const order = ({ record }: Named): number => Number(record.sortOrder ?? 0);
    const rows = [...(await names.list(TABLES[table], { ...scope, fresh: true, signal }))].sort(
      (a, b) => order(a) - order(b),
    );
    return tableResult({
      noun: owned === undefined ? table : `${table} of ${owned.label}`,
      columns: ['id', 'name', 'remark'],
      rows: rows.map(({ id, label, record }) => [id, label, remark(record)]),
      total: rows.length,
      pageSize: rows.length,
    });
  },
});
