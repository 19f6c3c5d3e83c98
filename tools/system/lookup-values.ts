import { z } from 'zod';
import { type NameKind, nameOf } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool, ToolInputError, tableOutput, tableResult } from '../../src/tool/index.ts';

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

const OF_BOARD: ReadonlySet<string> = new Set(['statuses', 'types', 'subtypes', 'items', 'teams']);
const NAMES = Object.keys(TABLES) as [keyof typeof TABLES, ...(keyof typeof TABLES)[]];

/** What else of a row matters to somebody who chooses from the table. */
function remark(row: Readonly<Record<string, unknown>>): string {
  const marks = [
    row.defaultFlag === true && 'default',
    row.closedStatus === true && 'closed',
    row.timeEntryNotAllowed === true && 'no time entry',
    row.projectFlag === true && 'project board',
    row.timeEntryFlag === false && 'no time',
    row.expenseEntryFlag === true && 'expenses too',
    row.billTime,
    nameOf(row.workType),
    row.where,
    row.basedOn,
    row.summary,
    row.identifier,
  ];
  return marks.filter((mark) => typeof mark === 'string' && mark !== '').join(', ');
}

export default defineTool({
  name: 'lookup_values',
  title: 'Look up values',
  toolset: 'system',
  core: true,
  effect: 'read',
  uses: ['GET /service/boards'],
  description:
    'The values that a field can have here. statuses, types, subtypes, items, teams need board; sites, agreements, projects need company; phases need project.',
  input: z.strictObject({
    table: z.enum(NAMES),
    board: z.string().optional(),
    company: z.string().optional(),
    project: z.string().optional(),
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
  async run({ table, board, company, project }, { names, signal, plain }) {
    const need = (argument: string): never => {
      throw new ToolInputError(argument, `${table} belong to a ${argument}: send ${argument} as well.`, {
        next:
          argument === 'board'
            ? 'lookup_values {"table": "boards"} lists the boards.'
            : `search for the ${argument} by name.`,
      });
    };
    if (OF_BOARD.has(table) && board === undefined) need('board');
    if ((table === 'sites' || table === 'agreements' || table === 'projects') && company === undefined) need('company');
    if (table === 'phases' && project === undefined) need('project');
    const on = board === undefined ? undefined : await names.resolve('board', board, { argument: 'board' });
    const of = company === undefined ? undefined : await names.resolve('company', company, { argument: 'company' });
    const within =
      project === undefined
        ? undefined
        : await names.resolve('project', project, { argument: 'project', ...(of && { companyId: of.id }) });
    const scope = {
      ...(on && { boardId: on.id }),
      ...(of && { companyId: of.id }),
      ...(within && { projectId: within.id }),
    };
    const rows = await names.list(TABLES[table], { ...scope, signal });
    const cells = rows.map(({ id, label, record }) => [id, plain(label), plain(remark(record))]);
    const noun = `${table}${on ? ` of ${on.label}` : ''}`;
    return tableResult({
      noun,
      columns: ['id', 'name', 'remark'],
      rows: cells,
      total: rows.length,
      pageSize: rows.length,
    });
  },
});
