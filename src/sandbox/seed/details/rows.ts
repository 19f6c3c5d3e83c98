import { idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import type { Provider } from '../provider.ts';
import { day, to, toNamed, type Value } from './details.ts';

/** Rows inside of other records: of which parents, and what is in a row. */
interface Rows {
  readonly template: string;
  /** Every how many-th parent has them. */
  readonly every: number;
  readonly rows: (parent: SandboxRecord) => readonly Readonly<Record<string, Value>>[];
}

const ref =
  (template: string, schema: string): Value =>
  (record, _, provider) => {
    const parent = provider.store.collection(template).get(Number(record.id));
    return parent && provider.ref(schema, parent);
  };
const company = ref('/company/companies', 'CompanyReference');
const member = ref('/system/members', 'MemberReference');

const NOTE = { type: to('NoteTypeReference'), flagged: false, enteredBy: 'bwest' } as const;
const HEADQUARTERS = toNamed('SystemLocationReference', 'Headquarters');

/** Small lists that hang on records, in the state that a provider of some years has them in. */
const ROWS: readonly Rows[] = [
  {
    template: '/company/companies/{parentId}/notes',
    every: 4,
    rows: () => [{ ...NOTE, text: 'Prefers calls before ten.', company }],
  },
  {
    template: '/company/contacts/{parentId}/notes',
    every: 6,
    rows: ({ id }) => [{ ...NOTE, contactId: id, text: 'Met at the trade fair.' }],
  },
  {
    template: '/company/contacts/{parentId}/tracks',
    every: 9,
    rows: () => [
      {
        trackId: 1,
        name: 'New customer',
        startDate: day(-40),
        endDate: day(20),
        actionTaken: 2,
        actionRemaining: 3,
        startedBy: 'bwest',
        contact: ref('/company/contacts', 'ContactReference'),
        company: ({ id }, _, { store }) => store.collection('/company/contacts').get(id)?.company,
      },
    ],
  },
  {
    template: '/company/companies/{parentId}/tracks',
    every: 9,
    rows: () => [
      {
        trackId: 1,
        name: 'New customer',
        startDate: day(-40),
        endDate: day(20),
        actionTaken: 2,
        actionRemaining: 3,
        startedBy: 'bwest',
        company,
      },
    ],
  },
  {
    template: '/company/companies/{parentId}/customStatusNotes',
    every: 10,
    rows: () => [{ customNote: 'Pays in advance.', status: to('CompanyStatusReference'), company }],
  },
  {
    template: '/finance/agreements/{parentId}/boardDefaults',
    every: 4,
    rows: ({ id }) => [
      {
        agreementId: id,
        board: toNamed('BoardReference', 'Help Desk'),
        serviceType: to('ServiceTypeReference'),
        defaultFlag: true,
      },
    ],
  },
  {
    template: '/finance/agreements/{parentId}/sites',
    every: 4,
    rows: ({ id, company: owner }) => [
      { agreementId: id, company: owner as Record<string, unknown>, site: siteOf(idOf(owner)) },
    ],
  },
  {
    template: '/project/projects/{parentId}/notes',
    every: 2,
    rows: ({ id }) => [
      {
        projectId: id,
        text: 'Kick-off held, minutes are with the customer.',
        type: to('NoteTypeReference'),
        flagged: false,
      },
    ],
  },
  {
    template: '/project/projects/{parentId}/contacts',
    every: 2,
    rows: ({ id, company: owner }) => [{ projectId: id, contact: contactOf(idOf(owner)) }],
  },
  {
    template: '/sales/opportunities/{parentId}/notes',
    every: 3,
    rows: ({ id }) => [{ ...NOTE, opportunityId: id, text: 'Asked for references.' }],
  },
  {
    template: '/sales/opportunities/{parentId}/contacts',
    every: 3,
    rows: ({ id, contact, company: owner }) => [
      {
        opportunityId: id,
        ...(contact !== undefined && { contact: contact as Record<string, unknown> }),
        company: owner as Record<string, unknown>,
        role: { id: 1, name: 'Decision maker' },
        notes: 'Decides with the board.',
        referralFlag: false,
        phoneNumber: '5185550140',
        emailAddress: 'office@customer.example',
      },
    ],
  },
  {
    template: '/procurement/purchaseorders/{parentId}/notes',
    every: 3,
    rows: ({ id }) => [{ ...NOTE, purchaseHeaderRecID: id, text: 'Confirmed by the vendor.', enteredBy: 'dlopez' }],
  },
  {
    template: '/system/members/{parentId}/delegations',
    every: 8,
    rows: () => [
      {
        delegationType: 'Approval',
        delegatedTo: toNamed('MemberReference', 'klind'),
        dateStart: day(20),
        dateEnd: day(34),
        member,
      },
    ],
  },
  {
    template: '/system/members/{parentId}/notificationSettings',
    every: 2,
    rows: () => [{ notificationType: 'Email', notificationTrigger: 'TicketStatusChange' }],
  },
  {
    template: '/service/boards/{parentId}/notifications',
    every: 2,
    rows: () => [
      {
        notifyWho: { id: 2, identifier: 'Owner', name: 'Owner' },
        member: toNamed('MemberReference', 'mobrien'),
        email: 'lead@northwind-it.example',
      },
    ],
  },
  {
    template: '/service/boards/{parentId}/autoAssignResources',
    every: 3,
    rows: () => [
      { notifyWho: { id: 2, identifier: 'Owner', name: 'Owner' }, member: toNamed('MemberReference', 'achen') },
    ],
  },
  {
    template: '/sales/salesTeams/{parentId}/members',
    every: 1,
    rows: () => [
      {
        member: toNamed('MemberReference', 'bwest'),
        location: HEADQUARTERS,
        department: toNamed('SystemDepartmentReference', 'Sales'),
        allowAccessFlag: true,
      },
    ],
  },
  {
    template: '/time/workRoles/{parentId}/locations',
    every: 2,
    rows: () => [{ location: HEADQUARTERS, hourlyRate: 150, workRole: ref('/time/workRoles', 'WorkRoleReference') }],
  },
  {
    template: '/finance/taxCodes/{parentId}/taxCodeLevels',
    every: 1,
    rows: ({ levelOneRate }) => [
      {
        taxLevel: 1,
        taxRate: Number(levelOneRate ?? 0),
        rateType: 'Percent',
        taxableMax: 0,
        caption: 'State',
        taxServicesFlag: true,
        taxExpensesFlag: true,
        taxProductsFlag: true,
      },
    ],
  },
];

const siteOf =
  (companyId: number | undefined): Value =>
  (_, __, { store }) =>
    store.collection('/company/companies').get(companyId ?? 0)?.site;

/** The first contact of a company. */
const contactOf =
  (companyId: number | undefined): Value =>
  (_, __, provider) => {
    const found = provider.all('/company/contacts').find(({ company: owner }) => idOf(owner) === companyId);
    return found && provider.ref('ContactReference', found);
  };

/** Fills lists inside of records that nothing else of the seed fills. */
export function addRows(provider: Provider): void {
  const at = provider.now.minus({ days: 30 });
  for (const { template, every, rows } of ROWS) {
    if (!provider.api.find(`GET ${template}`)) continue;
    const [owners = ''] = template.split('/{parentId}');
    const parents = provider
      .all(owners)
      .filter(({ deletedFlag }, index) => deletedFlag !== true && index % every === every - 1)
      .slice(0, 20);
    for (const parent of parents) {
      if ([...provider.store.collection(template).all([parent.id])].length > 0) continue;
      for (const [index, row] of rows(parent).entries()) {
        const made = Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'function' ? value(parent, index, provider) : value,
        ]);
        provider.put(template, Object.fromEntries(made), { parents: [parent.id], at, by: 'bwest' });
      }
    }
  }
}
