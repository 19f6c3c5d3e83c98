import { idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { type Details, day, numbered, oneOf, onlyWhere, same, to, toNamed, type Value } from './details.ts';

/** Low numbers are ordinary tickets, for whoever tries one; what is open takes time by other rules. */
const isOldWork = ({ id, closedFlag }: SandboxRecord): boolean => closedFlag === true && id > 20;

const indicator = { statusIndicator: to('StatusIndicatorReference'), customStatusIndicatorName: same('name') };

/** A status of the board at hand that means this. */
const statusOf =
  (closed: boolean): Value =>
  ({ id }, _, provider) => {
    for (const status of provider.store.collection('/service/boards/{parentId}/statuses').all([id]))
      if ((status.closedStatus === true) === closed) return provider.ref('ServiceStatusReference', status);
    return undefined;
  };

/** A row of a table of the board that the record at hand is on. */
const ofBoard =
  (table: string, schema: string): Value =>
  ({ board }, _, provider) => {
    const [row] = provider.store.collection(`/service/boards/{parentId}/${table}`).all([idOf(board) ?? 0]);
    return row && provider.ref(schema, row);
  };
const itemOfBoard = ofBoard('items', 'ServiceItemReference');

/** Of tickets of both kinds. */
const OF_TICKETS: Details['members'] = {
  addressLine2: oneOf('Suite 200', '2nd floor'),
  contactPhoneExtension: oneOf('11', '24'),
  workRole: toNamed('WorkRoleReference', 'Technician'),
  workType: toNamed('WorkTypeReference', 'Regular'),
  item: itemOfBoard,
  knowledgeBaseCategoryId: 1,
  knowledgeBaseSubCategoryId: 1,
  knowledgeBaseLinkId: 1,
  knowledgeBaseLinkType: 'KnowledgeBaseArticle',
  automaticEmailCc: 'office@customer.example;',
  lagDays: 0,
  lagNonworkingDaysFlag: false,
};

/** What service and projects keep besides the necessary. */
export const OF_SERVICE: Readonly<Record<string, Details>> = {
  '/service/tickets': {
    where: isOldWork,
    every: 7,
    members: {
      ...OF_TICKETS,
      externalXRef: numbered('ERP-', 5001),
      poNumber: numbered('4500', 100),
      estimatedStartDate: ({ _info }) =>
        `${String((_info as { dateEntered?: string }).dateEntered).slice(0, 10)}T00:00:00Z`,
      duration: 1,
      integratorTags: ['Monitored'],
    },
  },
  '/service/tickets/{parentId}/tasks': {
    every: 3,
    members: {
      code: to('ServiceCodeReference'),
      resolution: 'Done and told.',
      summary: same('notes'),
      member: to('MemberReference'),
    },
  },
  '/service/boards': {
    members: {
      signOffTemplate: { id: 1, name: 'Standard' },
      contactTemplate: to('ServiceEmailTemplateReference'),
      resourceTemplate: to('ServiceEmailTemplateReference', 1),
      boardIcon: { id: 1, name: 'board.png' },
      serviceManagerMember: toNamed('MemberReference', 'mobrien'),
      dutyManagerMember: toNamed('MemberReference', 'mobrien'),
      oncallMember: toNamed('MemberReference', 'achen'),
      autoCloseStatus: statusOf(true),
      emailConnectorReopenStatus: statusOf(false),
      notifyEmailFrom: 'help@northwind-it.example',
      notifyEmailFromName: 'Northwind IT Services',
      internalAnalysisSort: 'Descending',
      allSort: 'Descending',
      emailConnectorReopenDaysLimit: 30,
      emailConnectorReopenDaysClosedLimit: 14,
      autoAssignLimitAmount: 20,
    },
  },
  '/service/boards/{parentId}/statuses': {
    every: 2,
    members: {
      customerPortalDescription: same('name'),
      emailTemplate: to('ServiceEmailTemplateReference'),
      ...indicator,
    },
  },
  '/service/boards/{parentId}/types': {
    every: 2,
    members: {
      location: toNamed('SystemLocationReference', 'Headquarters'),
      department: toNamed('SystemDepartmentReference', 'Professional Services'),
      skillCategory: { id: 1, name: 'Networking' },
      skill: to('SkillReference'),
      integrationXref: same('name'),
    },
  },
  '/service/priorities': {
    members: {
      urgencySortOrder: ({ sortOrder }) => String(sortOrder ?? 1),
      level: oneOf('Critical', 'High', 'Medium', 'Low'),
      imageLink: 'priority.png',
    },
  },
  '/service/codes': { members: { boardId: 1, locationId: 1, businessUnitId: 1 } },
  '/service/emailTemplates': {
    members: {
      serviceSurvey: to('ServiceSurveyReference'),
      serviceBoard: toNamed('BoardReference', 'Help Desk'),
      serviceStatus: to('ServiceStatusReference'),
      firstName: 'Northwind',
      lastName: 'Help Desk',
      emailAddress: 'help@northwind-it.example',
      body: 'Ticket [ticketnumber]: [summary]',
    },
  },
  '/service/surveys': {
    members: {
      footerText: 'Thank you for your time.',
      notifyMember: toNamed('MemberReference', 'mobrien'),
      notifyWho: { id: 1, identifier: 'Owner', name: 'Owner' },
    },
  },
  '/service/templates': {
    members: {
      type: ofBoard('types', 'ServiceTypeReference'),
      subtype: ofBoard('subtypes', 'ServiceSubTypeReference'),
      item: itemOfBoard,
      status: ofBoard('statuses', 'ServiceStatusReference'),
      team: ofBoard('teams', 'ServiceTeamReference'),
      serviceLocation: to('ServiceLocationReference'),
      source: to('ServiceSourceReference'),
      priority: to('PriorityReference'),
      company: toNamed('CompanyReference', 'Cyberdyne'),
      internalAnalysis: 'See the checklist.',
      purchaseOrderNumber: '4500200',
      reference: 'Yearly',
      assignedBy: toNamed('MemberReference', 'dlopez'),
      scheduleDaysBefore: 7,
      serviceDaysBefore: 14,
      emailCC: 'office@customer.example',
    },
  },
  '/service/knowledgeBaseCategories': {
    members: {
      approver: toNamed('MemberReference', 'mobrien'),
      location: to('SystemLocationReference'),
      department: to('SystemDepartmentReference'),
    },
  },
  '/service/knowledgeBaseSubCategories': {
    members: { location: to('SystemLocationReference'), department: to('SystemDepartmentReference') },
  },
  '/project/projects': {
    members: {
      billingStartDate: same('estimatedStart'),
      actualStart: same('estimatedStart'),
      scheduledStart: same('estimatedStart'),
      scheduledEnd: same('estimatedEnd'),
      customerPO: numbered('4500', 300),
      billingAttention: 'Accounts payable',
      projectTemplateId: 1,
    },
  },
  '/project/projects/{parentId}/phases': {
    every: 2,
    members: {
      notes: 'As agreed at the start of the project.',
      poNumber: '4500310',
      deadlineDate: day(30),
      billingStartDate: day(-60),
      startDate: day(-60),
      endDate: day(30),
      scheduledStart: day(-60),
      scheduledEnd: day(30),
      actualStart: day(-58),
    },
  },
  '/project/projects/{parentId}/teamMembers': { every: 2, members: { startDate: day(-90), endDate: day(60) } },
  '/project/tickets': {
    where: ({ closedFlag }) => closedFlag === true,
    every: 3,
    members: {
      ...OF_TICKETS,
      requiredDate: day(-5),
      scheduleStartDate: day(-20),
      scheduleEndDate: day(-6),
      opportunity: to('OpportunityReference'),
      estimatedStartDate: day(-20),
      duration: 2,
    },
  },
  '/project/phaseStatuses': { members: indicator },
  '/project/statuses': { members: indicator },
  '/project/statusIndicators': {
    members: { color: oneOf('#7fba00', '#ffb900', '#f25022'), icon: oneOf('check', 'warning', 'alert') },
  },
  '/schedule/entries': {
    every: 6,
    members: {
      where: to('ServiceLocationReference'),
      reminder: to('ReminderReference', 2),
      span: { id: 1, identifier: 'N' },
      acknowledgedDate: same('dateStart'),
      closeDate: onlyWhere(({ doneFlag }) => doneFlag === true, same('dateEnd')),
      notificationResponse: 'Accepted',
      ticketType: 'Service ticket',
    },
  },
  '/schedule/types': {
    members: {
      where: to('ServiceLocationReference'),
      chargeCode: onlyWhere(({ identifier }) => identifier === 'O', to('ChargeCodeReference')),
    },
  },
  '/service/knowledgeBaseArticles': { members: { subCategoryId: 1 } },
  '/project/projectTypes': { members: { integrationXref: same('name') } },
  '/time/timePeriodSetups': {
    members: { monthlyPeriodEnds: 31, semiMonthlyFirstPeriod: 15, semiMonthlySecondPeriod: 31 },
  },
  '/system/locations': {
    members: {
      ownerLevelId: same('id'),
      manager: toNamed('MemberReference', 'mobrien'),
      salesRep: 'bwest',
      timeZoneSetup: oneOf({ id: 1, name: 'Eastern' }),
      overrideAddressLine1: oneOf('1 Northwind Plaza', '200 Pacific Avenue'),
      overrideAddressLine2: '3rd floor',
      overrideCity: oneOf('Albany', 'Seattle'),
      overrideState: oneOf('NY', 'WA'),
      overrideZip: oneOf('12207', '98101'),
      overrideCountry: to('CountryReference'),
      overridePhoneNumber: oneOf('5185550100', '2065550100'),
      overrideFaxNumber: oneOf('5185550199', '2065550199'),
      owaUrl: 'https://mail.northwind-it.example',
      payrollXref: oneOf('ALB', 'SEA'),
      reportsTo: ({ id }) => (id === 1 ? undefined : { id: 1, name: 'Headquarters' }),
    },
  },
  '/system/members/{parentId}/skills': { members: { notes: 'Seen at work.' } },
  '/system/links': { members: { url: 'https://status.northwind-it.example' } },
  '/system/departments/{parentId}/locations': {
    members: {
      serviceManager: toNamed('MemberReference', 'mobrien'),
      dutyManager: toNamed('MemberReference', 'mobrien'),
    },
  },
  '/system/members/{parentId}/certifications': {
    members: { notes: 'Renewed online.', company: toNamed('CompanyReference', 'Cyberdyne') },
  },
  '/system/securityroles': { members: { roleType: 'Custom' } },
  '/system/userDefinedFields': { every: 3, members: { helpText: same('caption') } },
  '/time/chargeCodes': {
    members: { integrationXref: same('name'), workRole: toNamed('WorkRoleReference', 'Technician') },
  },
  '/time/workTypes': { members: { integrationXRef: same('name') } },
  '/time/workRoles': { members: { integrationXref: same('name') } },
};
