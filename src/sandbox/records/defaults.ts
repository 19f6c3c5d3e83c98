import type { Field, Schema } from '../../api/index.ts';

/** What a request tells the server to do, and no record shows. */
const COMMANDS =
  /^(process|skip|bypass|ignorePricing|addAll|removeAll|addComponents|addMember|delete(?!dFlag|Notify)|updateAll|displayVendor|predecessorClosed|lagNonworking|fromMember)/;

/** Amounts that are not there until somebody sets one: all others are 0. */
const OPTIONAL_NUMBERS =
  /^(budgetHours|hourlyRate|overageRate|billingAmount|subBillingAmount|prorateFirstBill|odometer|discount|calculated(Price|Cost)$|latitude|longitude)/;

/** Whole numbers that count something are 0; others, such as ids, are not there until they are set. */
const COUNTERS = /^(backup|minutes|escalationLevel$|invoiceReady$)|(Minutes|Decimals|Count|Quantity|sortOrder|Points)$/;

/** Lists that are shown empty: types, taxes, and ids of what a row of setup goes for. What only a create takes is left out, as other lists are. */
const EMPTY_LISTS = /^(types|teams|taxes|companies|taxableLevels)$|Ids$/;
const CREATE_ONLY_LISTS = /^(typeIds|serialNumberIds)$/;

/** Schemas whose amounts are all 0 until somebody sets one; a budget stays one that nobody gave. */
const FULL_OF_NUMBERS = new Set([
  'Project',
  'ProjectPhase',
  'ProjectBillingRate',
  'WorkRole',
  'WorkRoleLocation',
  'AgreementWorkType',
  'AgreementTypeWorkType',
]);

/** What the server fills in beyond the kind of a member, by schema. Texts that it keeps as empty ones are `''`. */
const OWN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Ticket: {
    recordType: 'ServiceTicket',
    severity: 'Medium',
    impact: 'Medium',
    billingMethod: 'ActualRates',
    subBillingMethod: 'ActualRates',
    approved: true,
    isInSla: true,
  },
  ProjectTicket: { billingMethod: 'ActualRates', subBillingMethod: 'ActualRates', approved: true, isInSla: true },
  Company: { faxNumber: '', accountNumber: '', vendorIdentifier: '', taxIdentifier: '' },
  Contact: { relationshipOverride: '', disablePortalLoginFlag: true, portalSecurityLevel: 1 },
  Agreement: { employeeCompRate: 'Hourly', employeeCompNotExceed: 'Billing', invoicingCycle: 'ContractYear' },
  'Company.Configuration': { activeFlag: true },
  Invoice: { reference: '', topComment: '', bottomComment: '', templateSetupId: 1, emailTemplateId: 1 },
  ProductItem: { vendorSku: '', billableOption: 'Billable' },
  Board: {
    problemSort: 'Ascending',
    resolutionSort: 'Ascending',
    internalAnalysisSort: 'Ascending',
    allSort: 'Ascending',
    percentageCalculation: 'ActualHours',
    notifyEmailFrom: '',
    notifyEmailFromName: '',
  },
  BoardStatus: { escalationStatus: 'NoEscalation' },
  CatalogItem: { productClass: 'NonInventory' },
  UserDefinedField: { entryTypeIdentifier: 'EntryField' },
  SLA: { respondPercent: 0, planWithinPercent: 0, resolutionPercent: 0, applicationOrder: 0 },
  SLAPriority: { respondPercent: 0, planWithinPercent: 0, resolutionPercent: 0 },
  Project: { billingAttention: '', customerPO: '' },
  ProjectPhase: { billingMethod: 'ActualRates' },
  Member: {
    notes: '',
    daysTolerance: 0,
    companyActivityTabFormat: 'SummaryList',
    invoiceTimeTabFormat: 'SummaryList',
    invoiceScreenDefaultTabFormat: 'ShowInvoicingTab',
    invoicingDisplayOptions: 'RemainOnInvoicingScreen',
    agreementInvoicingDisplayOptions: 'RemainOnInvoicingScreen',
  },
  Activity: { notes: '' },
  'Finance.Currency': { displaySymbolFlag: true },
};

/** Schemas whose texts are all kept as empty ones, but for links and what its maker says. */
const EMPTY_TEXTS = new Set(['Company.Configuration']);
const NO_EMPTY_TEXT = /link$|^manufacturer/i;

/** Options of enumerations that mean that nothing was chosen. */
const UNCHOSEN = 'NoDefault';

/** @param isTold whether the schema tells which members may be null: a number that may not is 0, also where it is an id */
function byKind(schema: string, name: string, field: Field, isTold: boolean): unknown {
  switch (field.type) {
    case 'boolean':
      return COMMANDS.test(name) ? undefined : false;
    case 'number':
      return OPTIONAL_NUMBERS.test(name) && (!FULL_OF_NUMBERS.has(schema) || name === 'budgetHours') ? undefined : 0;
    case 'integer':
      return COUNTERS.test(name) || (isTold && field.nullable !== true && !COMMANDS.test(name)) ? 0 : undefined;
    case 'array':
      // Where an administrator defined none for a screen.
      if (field.items?.schema === 'CustomFieldValue') return [];
      return EMPTY_LISTS.test(name) && !CREATE_ONLY_LISTS.test(name) ? [] : undefined;
    case 'string':
      if (field.enum !== undefined) return field.enum.includes(UNCHOSEN) ? UNCHOSEN : undefined;
      return EMPTY_TEXTS.has(schema) && field.format !== 'uuid' && !NO_EMPTY_TEXT.test(name) ? '' : undefined;
    default:
      return undefined;
  }
}

/**
 * What the server shows for a member that was never set, where that is the same for every record: `false`, 0, an option that means
 * nothing, an empty text. Members that stay absent are not in the result. From recordings of real servers.
 */
export function defaultsOf(schema: Schema): ReadonlyMap<string, unknown> {
  const own = OWN[schema.name] ?? {};
  const isTold = [...schema.fields.values()].some(({ nullable }) => nullable === true);
  return new Map(
    [...schema.fields].flatMap(([name, field]) => {
      const value = Object.hasOwn(own, name) ? own[name] : byKind(schema.name, name, field, isTold);
      return value === undefined || name === 'id' ? [] : [[name, value] as const];
    }),
  );
}
