import type { ApiDescription, Field } from '../../../api/index.ts';
import type { ColumnType, View, ViewColumn } from './report-views.ts';

/** Further reports, by the collection whose rows they show. */
const NAMED = `
/finance/agreements AgreementList AgreementSummary AgreementInvoicing AgreementRevenue AgreementRecap
/finance/agreements/types AgreementType
/finance/agreements/{parentId}/additions AgreementAdditions AgreementDetail
/finance/invoices Invoices InvoiceHeader InvoiceDetail InvoiceAging InvoiceTax AccountsReceivable
/finance/billingStatuses BillingStatus
/finance/billingTerms BillingTerms
/finance/taxCodes TaxCode
/time/chargeCodes ChargeCode
/time/entries TimeEntry TimeDetail TimeUtilization TimeByMember TimeExpense UnbilledTime
/time/sheets TimeSheets TimeSheetStatus MissingTimeSheets
/time/workTypes WorkType
/time/workRoles WorkRole
/expense/entries Expense ExpenseDetail UnbilledExpense
/expense/reports ExpenseReport
/expense/types ExpenseType
/service/tickets ServiceTicket ServiceDetail ServiceMetrics ServiceMetricsAging ServiceMetricsOpen ServiceMetricsClosed TicketAudit TicketSummary SLAWorkflow
/service/boards ServiceBoard
/service/boards/{parentId}/statuses ServiceStatus
/service/boards/{parentId}/types ServiceType
/service/boards/{parentId}/subtypes ServiceSubType
/service/boards/{parentId}/items ServiceItem
/service/boards/{parentId}/teams ServiceTeam
/service/tickets/{parentId}/notes ServiceNotes
/service/priorities Priority
/service/sources ServiceSource
/service/SLAs SLA
/project/projects Project ProjectHeader ProjectList ProjectSummary ProjectBudget
/project/tickets ProjectTicket ProjectWorkplan
/project/projects/{parentId}/phases ProjectPhase
/project/projects/{parentId}/teamMembers ProjectTeam
/company/companies CompanyList CompanyAddress CompanyFinance
/company/companies/{parentId}/sites CompanySite
/company/companies/statuses CompanyStatus
/company/companies/types CompanyType
/company/contacts Contact ContactList ContactCommunication
/company/configurations Configuration ConfigurationList ConfigurationWarranty
/company/configurations/types ConfigurationType
/company/configurations/statuses ConfigurationStatus
/schedule/entries Schedule ScheduleDetail MemberSchedule
/sales/activities Activity ActivityList
/sales/opportunities Opportunity OpportunityList SalesFunnel SalesPipeline
/sales/orders SalesOrder SalesOrderDetail
/procurement/catalog ProductCatalog CatalogItem
/procurement/products Product ProductDetail
/procurement/purchaseorders PurchaseOrder PurchaseOrderHeader
/procurement/purchaseorders/{parentId}/lineitems PurchaseOrderDetail
/procurement/warehouses Warehouse
/marketing/campaigns MarketingCampaign
/marketing/groups MarketingGroup
/system/members MemberList MemberUtilization
/system/locations Location
/system/departments Department
`;

const TYPES: Partial<Record<Field['type'], ColumnType>> = {
  string: 'Text',
  integer: 'Numeric',
  number: 'Numeric',
  boolean: 'Boolean',
  datetime: 'DateTime',
};

/** `closedFlag` as such views call it: `Closed_Flag`. */
const columnName = (member: string): string =>
  member
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('_');

/** Every scalar member of a collection's records, references by id and name. */
function columnsOf(api: ApiDescription, collection: string): ViewColumn[] {
  const schema = api.schema(api.find(`GET ${collection}`)?.response.schema ?? '');
  return [...(schema?.fields ?? [])].flatMap(([member, field]): ViewColumn[] => {
    const name = columnName(member);
    const type = TYPES[field.type];
    if (member === 'id') return [{ name: 'RecID', type: 'Numeric', path: 'id' }];
    if (type !== undefined) return [{ name, type, path: member }];
    if (field.type !== 'reference') return [];
    return [
      { name: `${name}_RecID`, type: 'Numeric', path: `${member}/id` },
      { name: `${name}_Name`, type: 'Text', path: `${member}/name` },
    ];
  });
}

const known = new WeakMap<ApiDescription, readonly View[]>();

/** The reports besides those whose columns are written out. Their names are in Manage's style; their columns follow from the schemas. */
export function namedViews(api: ApiDescription): readonly View[] {
  const found = known.get(api);
  if (found !== undefined) return found;
  const made = NAMED.trim()
    .split('\n')
    .flatMap((line) => {
      const [collection = '', ...names] = line.split(' ');
      const columns = columnsOf(api, collection);
      return columns.length === 0 ? [] : names.map((name) => ({ name, collections: [collection], columns }));
    });
  known.set(api, made);
  return made;
}
