import { idOf } from '../../references.ts';
import type { Provider } from '../provider.ts';
import { type Details, day, ofCompany, same, to, toItself, told, toNamed } from './details.ts';

/** What is in the one row that some records of a list have inside of them; values are told from that record. */
interface Row extends Pick<Details, 'members'> {
  /** Every how many-th record has it. */
  readonly every: number;
}

const company = toItself('CompanyReference');
const member = toItself('MemberReference');

const NOTE = { type: to('NoteTypeReference'), flagged: false, enteredBy: 'bwest' } as const;
const TRACK = {
  trackId: 1,
  name: 'New customer',
  startDate: day(-40),
  endDate: day(20),
  actionTaken: 2,
  actionRemaining: 3,
  startedBy: 'bwest',
} as const;
const HEADQUARTERS = toNamed('SystemLocationReference', 'Headquarters');
const OWNER = { id: 2, identifier: 'Owner', name: 'Owner' } as const;

/** Small lists that hang on records, in the state that a provider of some years has them in. */
const ROWS: Readonly<Record<string, Row>> = {
  '/company/companies/{parentId}/notes': {
    every: 4,
    members: { ...NOTE, text: 'Prefers calls before ten.', company },
  },
  '/company/contacts/{parentId}/notes': {
    every: 6,
    members: { ...NOTE, contactId: same('id'), text: 'Met at the trade fair.' },
  },
  '/company/contacts/{parentId}/tracks': {
    every: 9,
    members: { ...TRACK, contact: toItself('ContactReference'), company: same('company') },
  },
  '/company/companies/{parentId}/tracks': { every: 9, members: { ...TRACK, company } },
  '/company/companies/{parentId}/customStatusNotes': {
    every: 10,
    members: { customNote: 'Pays in advance.', status: to('CompanyStatusReference'), company },
  },
  '/finance/agreements/{parentId}/boardDefaults': {
    every: 4,
    members: {
      agreementId: same('id'),
      board: toNamed('BoardReference', 'Help Desk'),
      serviceType: to('ServiceTypeReference'),
      defaultFlag: true,
    },
  },
  '/finance/agreements/{parentId}/sites': {
    every: 4,
    members: {
      agreementId: same('id'),
      company: same('company'),
      site: ({ company: owner }, _, { store }) => store.collection('/company/companies').get(idOf(owner) ?? 0)?.site,
    },
  },
  '/finance/agreements/{parentId}/workroles': {
    every: 8,
    members: {
      agreementId: same('id'),
      agreement: toItself('AgreementReference'),
      workRole: toNamed('WorkRoleReference', 'Technician'),
      location: HEADQUARTERS,
      rateType: 'Custom',
      rate: 135,
      limitTo: 0,
      effectiveDate: day(-300),
      endingDate: day(400),
    },
  },
  '/finance/agreements/{parentId}/worktypes': {
    every: 8,
    members: {
      agreementId: same('id'),
      agreement: toItself('AgreementReference'),
      company: same('company'),
      workType: toNamed('WorkTypeReference', 'Regular'),
      location: HEADQUARTERS,
      rateType: 'Multiplier',
      rate: 1,
      billTime: 'Billable',
      hoursMin: 0.25,
      hoursMax: 8,
      roundBillHours: 0.25,
      overageRateType: 'Multiplier',
      effectiveDate: day(-300),
      endingDate: day(400),
    },
  },
  '/project/tickets/{parentId}/notes': {
    every: 10,
    members: {
      ticketId: same('id'),
      text: 'Agreed with the customer.',
      detailDescriptionFlag: true,
      internalAnalysisFlag: false,
      resolutionFlag: false,
      internalFlag: false,
      externalFlag: true,
      member: toNamed('MemberReference', 'bwest'),
    },
  },
  '/project/tickets/{parentId}/tasks': {
    every: 10,
    members: {
      ticketId: same('id'),
      notes: 'Check the cabling',
      summary: 'Check the cabling',
      closedFlag: false,
      priority: 1,
      code: to('ServiceCodeReference'),
    },
  },
  '/sales/opportunities/{parentId}/team': {
    every: 9,
    members: {
      opportunityId: same('id'),
      type: 'Individual',
      member: toNamed('MemberReference', 'bwest'),
      commissionPercent: 100,
      responsibleFlag: true,
    },
  },
  '/project/projects/{parentId}/notes': {
    every: 2,
    members: {
      projectId: same('id'),
      text: 'Kick-off held, minutes are with the customer.',
      type: to('NoteTypeReference'),
      flagged: false,
    },
  },
  '/project/projects/{parentId}/contacts': {
    every: 2,
    members: { projectId: same('id'), contact: ofCompany('ContactReference') },
  },
  '/sales/opportunities/{parentId}/notes': {
    every: 3,
    members: { ...NOTE, opportunityId: same('id'), text: 'Asked for references.' },
  },
  '/sales/opportunities/{parentId}/contacts': {
    every: 3,
    members: {
      opportunityId: same('id'),
      contact: same('contact'),
      company: same('company'),
      role: { id: 1, name: 'Decision maker' },
      notes: 'Decides with the board.',
      referralFlag: false,
      phoneNumber: '5185550140',
      emailAddress: 'office@customer.example',
    },
  },
  '/procurement/purchaseorders/{parentId}/notes': {
    every: 3,
    members: { ...NOTE, purchaseHeaderRecID: same('id'), text: 'Confirmed by the vendor.', enteredBy: 'dlopez' },
  },
  '/system/members/{parentId}/delegations': {
    every: 8,
    members: {
      delegationType: 'Approval',
      delegatedTo: toNamed('MemberReference', 'klind'),
      dateStart: day(20),
      dateEnd: day(34),
      member,
    },
  },
  '/system/members/{parentId}/notificationSettings': {
    every: 2,
    members: { notificationType: 'Email', notificationTrigger: 'TicketStatusChange' },
  },
  '/service/boards/{parentId}/notifications': {
    every: 2,
    members: {
      notifyWho: OWNER,
      member: toNamed('MemberReference', 'mobrien'),
      email: 'lead@northwind-it.example',
    },
  },
  '/service/boards/{parentId}/autoAssignResources': {
    every: 3,
    members: { notifyWho: OWNER, member: toNamed('MemberReference', 'achen') },
  },
  '/sales/salesTeams/{parentId}/members': {
    every: 1,
    members: {
      member: toNamed('MemberReference', 'bwest'),
      location: HEADQUARTERS,
      department: toNamed('SystemDepartmentReference', 'Sales'),
      allowAccessFlag: true,
    },
  },
  '/time/workRoles/{parentId}/locations': {
    every: 2,
    members: { location: HEADQUARTERS, hourlyRate: 150, workRole: toItself('WorkRoleReference') },
  },
  '/finance/taxCodes/{parentId}/taxCodeLevels': {
    every: 1,
    members: {
      taxLevel: 1,
      taxRate: ({ levelOneRate }) => Number(levelOneRate ?? 0),
      rateType: 'Percent',
      taxableMax: 0,
      caption: 'State',
      taxServicesFlag: true,
      taxExpensesFlag: true,
      taxProductsFlag: true,
    },
  },
};

/** Fills lists inside of records that nothing else of the seed fills. */
export function addRows(provider: Provider): void {
  const at = provider.now.minus({ days: 30 });
  for (const [template, { every, members }] of Object.entries(ROWS)) {
    if (!provider.api.find(`GET ${template}`)) continue;
    const [owners = ''] = template.split('/{parentId}');
    const parents = provider
      .all(owners)
      .filter(({ deletedFlag }, index) => deletedFlag !== true && index % every === every - 1)
      .slice(0, 20);
    for (const parent of parents) {
      if (provider.store.collection(template).idsUnder([parent.id]).length > 0) continue;
      const row = Object.entries(members).map(([name, value]) => [name, told(value, parent, 0, provider)]);
      provider.put(template, Object.fromEntries(row), { parents: [parent.id], at, by: 'bwest' });
    }
  }
}
