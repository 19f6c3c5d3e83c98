import { idOf } from '../../references.ts';
import { type Details, oneOf, same, to, toNamed, type Value } from './details.ts';

const numbered =
  (prefix: string, first: number): Value =>
  (_, index) =>
    `${prefix}${first + index}`;

/** The further levels of a tax, which are not raised. */
const LEVELS: Readonly<Record<string, Value>> = Object.fromEntries(
  [
    ['Two', 'County'],
    ['Three', 'City'],
    ['Four', 'Country'],
    ['Five', 'Composite'],
    ['Six', 'Other'],
  ].flatMap(([level, caption]): [string, Value][] => [
    [`level${level}Caption`, caption ?? ''],
    [`level${level}RateType`, 'Percent'],
    [`level${level}TaxCodeXref`, `NY-${level}`],
    [`level${level}AgencyXref`, caption ?? ''],
  ]),
);

/** A record of the same customer. */
const ofCompany =
  (template: string, schema: string): Value =>
  ({ company }, _, provider) => {
    const [found] = provider.store.collection(template).where('company/id', idOf(company) ?? 0);
    return found && provider.ref(schema, found);
  };

/** What billing and selling keep besides the necessary. */
export const OF_FINANCE: Readonly<Record<string, Details>> = {
  '/finance/agreements': {
    every: 4,
    members: {
      customerPO: numbered('45004', 10),
      workOrder: numbered('WO-', 301),
      internalNotes: 'Renew three months before the end.',
      invoiceDescription: 'Managed services',
      expiredDays: 30,
      limit: 1,
      sla: to('SLAReference'),
      billingTerms: to('BillingTermsReference'),
      projectType: to('ProjectTypeReference'),
      invoiceTemplate: to('InvoiceTemplateReference'),
      periodType: 'Current',
      shipToContact: same('contact'),
      subContractCompany: toNamed('CompanyReference', 'Cyberdyne'),
      subContractContact: same('contact'),
    },
  },
  '/finance/agreements/types': {
    members: {
      location: toNamed('SystemLocationReference', 'Headquarters'),
      department: toNamed('SystemDepartmentReference', 'Professional Services'),
      sla: to('SLAReference'),
      applicationUnits: 'Hours',
      applicationCycle: 'CalendarMonth',
      billingCycle: to('BillingCycleReference'),
      billingTerms: to('BillingTermsReference'),
      invoiceDescription: 'Managed services',
      workRole: toNamed('WorkRoleReference', 'Technician'),
      workType: toNamed('WorkTypeReference', 'Regular'),
      projectType: to('ProjectTypeReference'),
      invoiceTemplate: to('InvoiceTemplateReference'),
      emailTemplate: to('EmailTemplateReference'),
      prefixSuffixOption: 'Prefix',
      invoicePreSuffix: 'A',
      integrationXRef: same('name'),
      expiredDays: 30,
      limit: 1,
    },
  },
  '/finance/agreements/{parentId}/additions': {
    every: 5,
    members: {
      serialNumber: numbered('SN-', 9001),
      invoiceDescription: same('description'),
      uom: 'Each',
      agreementStatus: 'Active',
      opportunity: to('OpportunityReference'),
      invoiceGrouping: { id: 1, name: 'Services' },
    },
  },
  '/finance/invoices': {
    every: 6,
    members: {
      shipToAttention: 'Accounts payable',
      customerPO: numbered('45005', 10),
      internalNotes: 'Sent by e-mail.',
      invoiceTemplate: { id: 1, name: 'Agreement' },
    },
  },
  '/finance/invoices/{parentId}/payments': {
    every: 2,
    members: {
      source: 'Bank',
      paymentSyncStatus: 'Synced',
      paymentSyncDate: same('paymentDate'),
      glBatchID: 'GL-0001',
      paymentAccount: '1010',
      aRPaymentAccount: '1100',
    },
  },
  '/finance/billingSetups': {
    members: {
      addressOne: '1 Northwind Plaza',
      addressTwo: '3rd floor',
      city: 'Albany',
      state: toNamed('StateReference', 'NY'),
      zip: '12207',
      country: to('CountryReference'),
      localizedCountry: to('CountryReference'),
      phone: '5185550100',
      topcomment: 'Thank you for your business.',
      invoiceFooter: 'Northwind IT Services',
      quoteFooter: 'Valid for 30 days.',
      standardInvoiceActual: to('InvoiceTemplateReference'),
      standardInvoiceFixed: to('InvoiceTemplateReference'),
      progressInvoice: to('InvoiceTemplateReference', 2),
      agreementInvoice: to('InvoiceTemplateReference', 1),
      creditMemoInvoice: to('InvoiceTemplateReference'),
      downPaymentInvoice: to('InvoiceTemplateReference'),
      miscInvoice: to('InvoiceTemplateReference'),
      salesOrderInvoice: to('InvoiceTemplateReference'),
    },
  },
  '/finance/billingTerms': { members: { termsXref: same('name') } },
  '/finance/taxCodes': {
    members: {
      country: to('CountryReference'),
      levelOneTaxCodeXref: same('identifier'),
      levelOneAgencyXref: 'State',
      ...LEVELS,
      cancelDate: ({ identifier }) => (identifier === 'EXEMPT' ? '2040-01-01T00:00:00Z' : undefined),
    },
  },
  '/expense/types': { members: { integrationXRef: same('name') } },
  '/sales/opportunities': {
    every: 3,
    members: {
      notes: 'Wants a proposal in writing.',
      secondarySalesRep: toNamed('MemberReference', 'mobrien'),
      customerPO: numbered('45006', 10),
      pipelineChangeDate: same('dateBecameLead'),
      shipToContact: same('contact'),
      technicalContact: same('contact'),
    },
  },
  '/sales/opportunities/statuses': { members: { enteredBy: 'setup' } },
  '/sales/stages': {
    members: {
      color: oneOf('#7fba00', '#ffb900', '#f25022'),
      sequenceNumber: same('id'),
      probability: to('OpportunityProbabilityReference'),
    },
  },
  '/sales/activities': {
    every: 3,
    members: {
      email: ({ contact }) => (contact === undefined ? undefined : 'office@customer.example'),
      notes: 'Bring the figures of last year.',
      where: to('ServiceLocationReference'),
      phoneExtension: '11',
      dateEndUtc: same('dateEnd'),
      dateClosedUtc: ({ status, dateEnd }) => ((status as { name?: string })?.name === 'Closed' ? dateEnd : undefined),
      agreement: ofCompany('/finance/agreements', 'AgreementReference'),
    },
  },
  '/sales/activities/types': { members: { points: oneOf(1, 5, 3) } },
  '/sales/orders': {
    members: {
      phone: '5185550140',
      phoneExt: '11',
      email: 'office@customer.example',
      billingTerms: to('BillingTermsReference'),
      notes: 'Deliver to the front desk.',
      shipToContact: same('contact'),
    },
  },
  '/sales/orders/statuses': { every: 2, members: { emailTemplate: { id: 1, name: 'Standard' } } },
};
