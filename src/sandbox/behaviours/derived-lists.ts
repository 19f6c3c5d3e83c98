import type { Behaviour, HookContext } from '../contract/behaviour.ts';
import { notFound } from '../contract/failure.ts';
import { expand, idOf } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';

/** Rows of a list that nobody stores, and their names in messages. */
interface Derived {
  readonly list: string;
  readonly label: string;
  readonly schema: string;
  /** What the path of a single row ends in, where there is one. */
  readonly item: 'id' | 'externalId' | undefined;
  readonly isCounted: boolean;
  readonly rows: (context: HookContext) => readonly Record<string, unknown>[];
}

type Action = NonNullable<Behaviour['actions']>[string];

const day = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, 10) : undefined);

/** What is billed, bought or spent and not handed to accounting: closed with its paying or receiving. */
const unpostedInvoices: Derived = {
  list: '/finance/accounting/unpostedinvoices',
  label: 'Unposted Invoice',
  schema: 'UnpostedInvoice',
  item: 'id',
  isCounted: true,
  rows: ({ store }) => {
    const statuses = store.collection('/finance/billingStatuses');
    const terms = store.collection('/finance/billingTerms');
    return [...store.collection('/finance/invoices').all()]
      .filter(({ status }) => statuses.get(idOf(status) ?? 0)?.closedFlag !== true)
      .map((invoice) => ({
        id: invoice.id,
        billingLogId: invoice.id,
        company: invoice.company,
        billToCompany: invoice.billToCompany,
        shipToCompany: invoice.shipToCompany,
        invoiceNumber: invoice.invoiceNumber,
        invoiceDate: invoice.date,
        invoiceType: invoice.type,
        description: `Invoice ${String(invoice.invoiceNumber)}`,
        dueDays: String(terms.get(idOf(invoice.billingTerms) ?? 1)?.dueDays ?? 30),
        dueDate: invoice.dueDate,
        currency: invoice.currency,
        subTotal: invoice.subtotal,
        total: invoice.total,
        hasTime: Number(invoice.serviceTotal ?? 0) > 0,
        hasExpenses: Number(invoice.expenseTotal ?? 0) > 0,
        hasProducts: Number(invoice.productTotal ?? 0) > 0,
        invoiceTaxableFlag: true,
        itemTaxableFlag: true,
        salesTaxAmount: invoice.salesTax ?? 0,
        dateClosed: invoice.date,
        _info: invoice._info,
      }));
  },
};

const unpostedExpenses: Derived = {
  list: '/finance/accounting/unpostedexpenses',
  label: 'Unposted Expense',
  schema: 'UnpostedExpense',
  item: 'id',
  isCounted: true,
  rows: ({ store }) =>
    [...store.collection('/expense/entries').all()].map((entry) => ({
      id: entry.id,
      company: entry.company,
      expenseDetailId: entry.id,
      expenseType: entry.type,
      classification: 'Reimbursable',
      glType: 'EE',
      member: entry.member,
      dateExpense: entry.date,
      chargeDescription: entry.notes,
      inPolicy: true,
      paymentMethod: entry.paymentMethod,
      total: entry.amount,
      billableAmount: entry.billableOption === 'Billable' ? entry.amount : 0,
      nonBillableAmount: entry.billableOption === 'Billable' ? 0 : entry.amount,
      agreement: entry.agreement,
      ticket: entry.ticket,
      project: entry.project,
      _info: entry._info,
    })),
};

const unpostedProcurement: Derived = {
  list: '/finance/accounting/unpostedprocurement',
  label: 'Unposted Procurement',
  schema: 'UnpostedProcurement',
  item: 'id',
  isCounted: true,
  rows: ({ store, api }) =>
    [...store.collection('/procurement/purchaseorders').all()]
      .filter(({ closedFlag }) => closedFlag === true)
      .map((order) => ({
        id: order.id,
        description: `Purchase order ${String(order.poNumber)}`,
        unpostedProductId: String(order.id),
        locationId: order.locationId ?? 1,
        departmentId: order.businessUnitId ?? 1,
        procurementType: 'Purchase',
        purchaseOrder: expand(order, 'PurchaseOrderReference', '/procurement/purchaseorders', api),
        purchaseDate: order.poDate,
        billingTerms: order.terms,
        total: order.total,
        vendor: order.vendorCompany,
        dateClosed: order.dateClosed,
        _info: order._info,
      })),
};

/** The levels of a tax that such a row is taxed by: one, the state's. */
const levelsOf = (of: Derived): Derived => ({
  list: `${of.list}/{parentId}/taxableLevels`,
  label: `${of.label} Taxable Level`,
  schema: `${of.schema}TaxableLevel`,
  item: 'id',
  isCounted: true,
  rows: (context) => {
    const [parent = 0] = context.parentIds;
    if (!of.rows(context).some(({ id }) => id === parent)) throw notFound(`${of.label} ${parent} not found`);
    return [{ id: parent * 10 + 1, taxLevel: 1, taxAmount: 0 }];
  },
});

const BOARD = '/service/boards/{parentId}';

/** Which items go with which types and subtypes of a board: every item with every subtype, unless a subtype leaves a type out. */
const triples: Derived = {
  list: `${BOARD}/typeSubTypeItemAssociations`,
  label: 'Board Type Subtype Item Association',
  schema: 'BoardTypeSubTypeItemAssociation',
  item: 'id',
  isCounted: true,
  rows: ({ store, api, parentIds }) => {
    const [boardId = 0] = parentIds;
    const under = (table: string): SandboxRecord[] => [...store.collection(`${BOARD}/${table}`).all(parentIds)];
    const reference = (table: string, schema: string, record: SandboxRecord): Record<string, unknown> =>
      expand(record, schema, { template: `${BOARD}/${table}`, parentIds }, api);
    const board = store.collection('/service/boards').get(boardId);
    const [subTypes, items] = [under('subtypes'), under('items')];
    const found = under('types').flatMap((type) =>
      subTypes
        .filter(({ typeAssociationIds: ids }) => !Array.isArray(ids) || ids.includes(type.id))
        .flatMap((subType) =>
          items.map((item) => ({
            type: reference('types', 'ServiceTypeReference', type),
            subType: reference('subtypes', 'ServiceSubTypeReference', subType),
            item: reference('items', 'ServiceItemReference', item),
            board: board && expand(board, 'BoardReference', '/service/boards', api),
          })),
        ),
    );
    return found.map((row, index) => ({ id: boardId * 10_000 + index + 1, ...row }));
  },
};

/** Teams of all boards, and who leads them. */
const teams: Derived = {
  list: '/service/teams',
  label: 'Service Team',
  schema: 'ServiceTeam',
  item: 'id',
  isCounted: true,
  rows: ({ store }) => {
    const collection = store.collection(`${BOARD}/teams`);
    const boards = store.collection('/service/boards');
    return [...collection.all()].map((team) => {
      const board = boards.get(collection.parentsOf(team.id)[0] ?? 0);
      return {
        id: team.id,
        name: team.name,
        leader: team.teamLeader,
        location: board?.location,
        department: board?.department,
        _info: team._info,
      };
    });
  },
};

const DAY_MS = 86_400_000;
const PERIODS: Readonly<Record<string, number>> = { Weekly: 7, BiWeekly: 14, SemiMonthly: 15, Monthly: 30 };

/** The periods of a year from the end of the first, each as long as its setup says; months count as thirty days here. */
const periods: Derived = {
  list: '/time/timePeriodSetups/{parentId}/periods',
  label: 'Time Period',
  schema: 'TimePeriod',
  item: 'id',
  isCounted: true,
  rows: ({ store, api, parentIds }) => {
    const setup = store.collection('/time/timePeriodSetups').get(parentIds[0] ?? 0);
    const end = Date.parse(String(setup?.firstPeriodEndDate));
    if (setup === undefined || Number.isNaN(end)) return [];
    const days = PERIODS[String(setup.type)] ?? 7;
    const at = (time: number): string => `${new Date(time).toISOString().slice(0, 10)}T00:00:00Z`;
    return Array.from({ length: Math.floor(365 / days) + 1 }, (_, index) => {
      const last = end + index * days * DAY_MS;
      return {
        id: setup.id * 1000 + index + 1,
        timePeriodSetup: expand(setup, 'TimePeriodSetupReference', '/time/timePeriodSetups', api),
        period: index + 1,
        startDate: at(last - (days - 1) * DAY_MS),
        endDate: at(last),
        deadlineDate: at(last + Number(setup.daysPastEndDate ?? 0) * DAY_MS),
      };
    });
  },
};

const people = ({ store }: HookContext): SandboxRecord[] =>
  [...store.collection('/system/members').all()].filter(
    ({ licenseClass, inactiveFlag }) => licenseClass !== 'A' && inactiveFlag !== true,
  );

const ssoOf = ({ id, identifier, primaryEmail }: SandboxRecord): Record<string, unknown> => ({
  ssoUserId: `sso-${id}`,
  userName: primaryEmail ?? identifier,
  email: primaryEmail,
});

/** Members who sign in through the provider's identity service: everybody but integrations. */
const membersWithSso: Derived = {
  list: '/system/members/withSso',
  label: 'Member',
  schema: 'Member',
  item: undefined,
  isCounted: false,
  rows: (context) => people(context).map((member) => ({ ...member, ssoSettings: { id: member.id, ...ssoOf(member) } })),
};

const ssoUsers: Derived = {
  list: '/system/ssoUsers',
  label: 'SSO User',
  schema: 'SsoUser',
  item: 'externalId',
  isCounted: true,
  rows: (context) =>
    people(context).map((member) => ({
      id: member.id,
      ...ssoOf(member),
      firstName: member.firstName,
      lastName: member.lastName,
      emailConfirmed: true,
      linkedFlag: true,
      dateEntered: `${day(member.hireDate) ?? '2020-01-01'}T00:00:00Z`,
      lastUpdated: `${day(member.hireDate) ?? '2020-01-01'}T00:00:00Z`,
      linkedMember: expand(member, 'MemberReference', '/system/members', context.api),
    })),
};

const DERIVED: readonly Derived[] = [
  unpostedInvoices,
  unpostedExpenses,
  unpostedProcurement,
  levelsOf(unpostedInvoices),
  levelsOf(unpostedExpenses),
  levelsOf(unpostedProcurement),
  triples,
  teams,
  periods,
  membersWithSso,
  ssoUsers,
];

/** All rows of such a list, under each parent where it has parents; `undefined` for a list that is stored. */
export function derivedRows(list: string, context: HookContext): readonly Record<string, unknown>[] | undefined {
  const found = DERIVED.find((derived) => derived.list === list);
  if (found === undefined) return undefined;
  const [parents = '', inside] = list.split('/{parentId}');
  if (inside === undefined) return found.rows(context);
  return [...context.store.collection(parents).all()].flatMap(({ id }) => found.rows({ ...context, parentIds: [id] }));
}

/** Lists that are worked out from other records when they are asked for: read, counted and queried, never written. */
export const derivedLists: readonly Behaviour[] = DERIVED.map(({ list, label, schema, item, isCounted, rows }) => {
  const listed: Action = (request, context) => request.list(rows(context), { schema });
  const one: Action = (request, context) => {
    const given = request.pathValues[item ?? ''] ?? '';
    const found = rows(context).find((row) => String(row.id) === given || row.ssoUserId === given);
    if (found === undefined) throw notFound(`${label} ${given} not found`);
    return { status: 200, body: request.whole(found, schema) };
  };
  return {
    collection: list,
    label,
    actions: {
      [`GET ${list}`]: listed,
      ...(isCounted && { [`GET ${list}/count`]: listed }),
      ...(item !== undefined && { [`GET ${list}/{${item}}`]: one }),
    },
  };
});
