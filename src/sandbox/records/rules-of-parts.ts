import { isRecord } from '../../json.ts';
import { nameIn } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';
import { DEPARTMENT, firstOf, idOfFirst, LOCATION, ofCompany, own, type Rule, typeOfAgreement } from './rules.ts';
import type { Sources } from './sources.ts';

const projectOf = (sources: Sources, { projectId }: SandboxRecord): SandboxRecord | undefined =>
  sources.record('/project/projects', { id: projectId });

/** A member of the project that a part belongs to. */
const ofProject =
  (member: string): Rule =>
  (sources, record) =>
    projectOf(sources, record)?.[member];

/** A member of the customer whose project it is. */
const ofCustomer =
  (member: string): Rule =>
  (sources, record) => {
    const project = projectOf(sources, record);
    return project && (project[member] ?? sources.company(project)?.[member]);
  };

const departmentUnit: Rule = (sources) => {
  const department = sources.first(DEPARTMENT);
  return isRecord(department) ? { id: department.id, name: department.name } : undefined;
};

/** The member who entered the record. */
const entering: Rule = (sources, { _info }) => {
  const identifier = (_info as { enteredBy?: string } | undefined)?.enteredBy ?? '';
  const [member] = sources.store.collection('/system/members').where('identifier', identifier);
  return member && { id: member.id };
};

const unitOfItem: Rule = (sources, { catalogItem }) =>
  sources.record('/procurement/catalog', catalogItem)?.unitOfMeasure ?? sources.first('UnitOfMeasureReference');

/** Ids of the location and the department that a record has, else of the provider's first. */
const inOwnUnit = {
  locationId: idOfFirst('location', LOCATION),
  businessUnitId: idOfFirst('department', DEPARTMENT),
};

const noteType = { type: firstOf('NoteTypeReference') };

const fullName = own(({ firstName, lastName }) =>
  [firstName, lastName].filter((part) => typeof part === 'string').join(' '),
);

const GRADES = ['hi', 'med', 'low'] as const;
/** What priority an impact and an urgency make: hiImpactMedUrgency and the others. */
const URGENCIES = GRADES.flatMap((impact) => ['Hi', 'Med', 'Low'].map((urgency) => `${impact}Impact${urgency}Urgency`));

/** What parts of other records take over from the record that they are part of, and from the provider's own tables. */
export const OF_PARTS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  Ticket: { agreementType: typeOfAgreement },
  ProjectTicket: {
    agreementType: typeOfAgreement,
    priority: firstOf('PriorityReference'),
    serviceLocation: firstOf('ServiceLocationReference'),
    source: firstOf('ServiceSourceReference'),
    site: ofCompany('site'),
    siteName: (sources, record) => nameIn(sources.company(record)?.site),
  },
  Activity: {
    type: firstOf('ActivityTypeReference'),
    status: firstOf('ActivityStatusReference'),
    assignedBy: entering,
  },
  Opportunity: {
    type: firstOf('OpportunityTypeReference'),
    stage: firstOf('OpportunityStageReference'),
    probability: firstOf('OpportunityProbabilityReference'),
  },
  Agreement: { billingCycle: firstOf('BillingCycleReference'), billStartDate: own(({ startDate }) => startDate) },
  CatalogItem: { unitOfMeasure: firstOf('UnitOfMeasureReference') },
  ProductItem: {
    unitOfMeasure: unitOfItem,
    uom: (sources, record) => nameIn(record.unitOfMeasure ?? unitOfItem(sources, record)),
  },
  Member: {
    defaultLocation: firstOf(LOCATION),
    defaultDepartment: firstOf(DEPARTMENT),
    salesDefaultLocation: (sources, { defaultLocation }) => defaultLocation ?? sources.first(LOCATION),
    timeZone: firstOf('TimeZoneSetupReference'),
  },
  PurchaseOrderLineItem: {
    purchaseOrderNumber: (sources, { purchaseOrderId }) =>
      sources.record('/procurement/purchaseorders', { id: purchaseOrderId })?.poNumber,
  },
  CompanyNote: noteType,
  ContactNote: noteType,
  ProjectNote: noteType,
  OpportunityNote: noteType,
  PurchaseOrderNote: noteType,
  SLA: Object.fromEntries(URGENCIES.map((member) => [member, firstOf('PriorityReference')])),
  KnowledgeBaseArticle: inOwnUnit,
  ProjectPhase: {
    status: firstOf('PhaseStatusReference'),
    ...inOwnUnit,
    department: departmentUnit,
    billToCompany: ofProject('company'),
    shipToCompany: ofProject('company'),
    billToContact: ofCustomer('defaultContact'),
    shipToContact: ofCustomer('defaultContact'),
    billToSite: ofCustomer('site'),
    shipToSite: ofCustomer('site'),
    billingTerms: firstOf('BillingTermsReference'),
    taxCode: firstOf('TaxCodeReference'),
  },
  BoardTeam: inOwnUnit,
  AgreementWorkRole: { locationId: inOwnUnit.locationId },
  MemberInfo: { fullName },
  SchedulingMemberInfo: { fullName },
  BoardStatusInfo: {
    inactiveFlag: own(({ inactive }) => inactive === true),
    closedFlag: own(({ closedStatus }) => closedStatus === true),
  },
  CompanyTypeInfo: { isVendor: own(({ vendorFlag }) => vendorFlag === true) },
  WorkTypeInfo: { defaultFlag: own(({ overallDefaultFlag }) => overallDefaultFlag === true) },
  LocationInfo: { location_flag: own(({ locationFlag }) => locationFlag === true) },
};
