import { closest } from './closest.ts';
import type { Schema } from './index.ts';

/** What to write in place of a member that does not exist: other members, or where the thing is kept. */
interface FieldAdvice {
  readonly use: readonly string[];
  /** A sentence about where it is, for what no other member holds. */
  readonly advice?: string;
}

/**
 * Members that people, other clients and old documentation write and that the API does not have, with the ones that are meant.
 * `wrong=right` or `wrong=right+right`; letter case of the wrong ones does not matter.
 */
const USE: Readonly<Record<string, string>> = {
  'Company.Configuration':
    'ip=ipAddress ips=ipAddress mac=macAddress serial=serialNumber model=modelNumber active=activeFlag ' +
    'inactiveFlag=activeFlag customer=company warrantyExpiration=warrantyExpirationDate expirationDate=warrantyExpirationDate',
  ConfigurationStatus: 'name=description inactiveFlag=closedFlag',
  ConfigurationReference: 'configuration=id configurationId=id',
  CompanySite:
    'state=stateReference defaultMailing=defaultMailingFlag defaultPrimaryFlag=primaryAddressFlag defaultFlag=primaryAddressFlag ' +
    'address=addressLine1 phone=phoneNumber postalCode=zip',
  Company: 'address=addressLine1 phone=phoneNumber postalCode=zip owner=territory',
  Contact:
    'email=communicationItems emailAddress=communicationItems phone=communicationItems phoneNumber=communicationItems ' +
    'name=firstName+lastName',
  Ticket:
    'dueDate=requiredDate description=initialDescription notes=initialDescription subject=summary assignedTo=owner ' +
    'customer=company ticketNumber=id category=type statusId=status boardId=board companyId=company priorityId=priority',
  ProjectTicket:
    'dueDate=requiredDate description=initialDescription subject=summary assignedTo=owner ticketNumber=id ' +
    'statusId=status boardId=board priorityId=priority projectId=project phaseId=phase',
  Board: 'locationId=location businessUnitId=department departmentId=department inactive=inactiveFlag',
  BoardStatus: 'inactiveFlag=inactive closedFlag=closedStatus closed=closedStatus default=defaultFlag',
  BoardType: 'inactive=inactiveFlag',
  Member:
    'emailAddress=officeEmail+primaryEmail email=officeEmail+primaryEmail department=defaultDepartment location=defaultLocation ' +
    'phone=officePhone role=workRole+securityRole username=identifier name=firstName+lastName',
  TimeEntry:
    'dateStart=timeStart dateEnd=timeEnd start=timeStart end=timeEnd hours=actualHours ticketId=chargeToId+chargeToType ' +
    'date=timeStart billable=billableOption description=notes',
  TimeSheet: 'periodStart=dateStart periodEnd=dateEnd totalHours=hours',
  ScheduleEntry: 'start=dateStart end=dateEnd ticketId=objectId ticket=objectId memberId=member',
  Invoice: 'invoiceDate=date amount=total customer=company',
  Agreement: 'status=agreementStatus amount=billAmount',
  Opportunity: 'salesRep=primarySalesRep closeDate=expectedCloseDate',
  Activity: 'assignedTo=assignTo',
  Location:
    'address=overrideAddressLine1 addressLine1=overrideAddressLine1 city=overrideCity phone=overridePhoneNumber',
  ChargeCode: 'locationId=location departmentId=department businessUnitId=department description=name',
  WorkRole: 'rate=hourlyRate locationId=locationIds inactive=inactiveFlag',
};

const IN_QUESTIONS = 'Such facts are answers to the questions of its type: the list `questions`.';

const KEPT_ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Company.Configuration': Object.fromEntries(
    ['cntrlZip', 'cntrlPhone', 'localUserName', 'localPassword', 'typeSubcategory', 'snmpCommunity'].map((name) => [
      name.toLowerCase(),
      IN_QUESTIONS,
    ]),
  ),
  Priority: Object.fromEntries(
    ['respondHours', 'responseHours', 'planHours', 'resolutionHours', 'slaHours', 'planWithin'].map((name) => [
      name.toLowerCase(),
      'Hours are kept in the service levels, /service/SLAs and their priorities.',
    ]),
  ),
  Ticket: { resources: 'People are assigned by schedule entries: POST /schedule/entries.' },
  TimeSheet: { rejectionreason: 'Manage keeps no reason for a rejection.' },
};

/** Maps, because a caller may ask for `constructor` and `__proto__`. */
const ADVICE: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(KEPT_ELSEWHERE).map(([schema, texts]) => [schema, new Map(Object.entries(texts))]),
);

const TABLE: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map(
  Object.entries(USE).map(([schema, text]) => [
    schema,
    new Map(
      text.split(' ').map((pair) => {
        const [wrong = '', right = ''] = pair.split('=');
        return [wrong.toLowerCase(), right.split('+')] as const;
      }),
    ),
  ]),
);

/** Members of a schema that the list of mistakes leads to, and the mistakes themselves: for the test that keeps it true. */
export const WRONG_FIELDS = [...TABLE].flatMap(([schema, pairs]) =>
  [...pairs].map(([wrong, use]) => ({ schema, wrong, use })),
);

/** Members that are meant by one that is often written by mistake. */
export function knownMistake({ name, fields }: Schema, wrong: string): readonly string[] | undefined {
  const known = TABLE.get(name)
    ?.get(wrong.toLowerCase())
    ?.filter((member) => fields.has(member));
  return known !== undefined && known.length > 0 ? known : undefined;
}

/** What is meant by a member that a schema does not have: a known mistake first, else the members that look alike. */
export function adviseOnField(schema: Schema, wrong: string): FieldAdvice {
  const known = knownMistake(schema, wrong);
  if (known !== undefined) return { use: known };
  const advice = ADVICE.get(schema.name)?.get(wrong.toLowerCase());
  if (advice !== undefined) return { use: [], advice };
  return {
    use: closest(
      wrong,
      [...schema.fields.keys()].filter((member) => member !== '_info'),
    ),
  };
}
