import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { Failure, notFound } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest, Query } from '../../contract/request.ts';
import { countOf, type ListRequest, listPage } from '../../list.ts';

const BUNDLES = '/system/bundles';
/** The most that one request may ask is not documented; this bounds what a hostile one asks. */
const MOST = 100;

/** Lists that a bundle can ask for, by the type that it names. Which types the real server knows is not documented. */
const RESOURCES: Readonly<Record<string, string>> = {
  activity: '/sales/activities',
  agreement: '/finance/agreements',
  company: '/company/companies',
  configuration: '/company/configurations',
  contact: '/company/contacts',
  expenseentry: '/expense/entries',
  invoice: '/finance/invoices',
  member: '/system/members',
  opportunity: '/sales/opportunities',
  project: '/project/projects',
  projectticket: '/project/tickets',
  scheduleentry: '/schedule/entries',
  ticket: '/service/tickets',
  timeentry: '/time/entries',
};

interface Part {
  readonly sequenceNumber?: number;
  readonly resourceType?: string;
  readonly version?: string;
  readonly apiRequest?: {
    readonly id?: number;
    readonly filters?: Readonly<Record<string, unknown>>;
    readonly page?: Readonly<Record<string, unknown>>;
    readonly fields?: string;
  };
}

/** Filters, paging and fields of a part as the query of a list. */
function queryOf({ apiRequest = {} }: Part): Query {
  const { filters, page, fields, id } = apiRequest;
  const given = Object.entries({ ...filters, ...page, ...(fields !== undefined && { fields }) });
  const query = new Map(given.map(([name, value]): [string, string] => [name.toLowerCase(), String(value ?? '')]));
  return id === undefined ? query : query.set('conditions', `id = ${id}`);
}

function listOf(part: Part, { store, api }: HookContext): ListRequest {
  const template = RESOURCES[String(part.resourceType).toLowerCase()];
  if (template === undefined) throw notFound(`Resource ${part.resourceType} not found`);
  const schema = api.find(`GET ${template}`)?.response.schema ?? '';
  return { collection: store.collection(template), parents: [], schema, query: queryOf(part), api };
}

/** Several lists, or counts, in one request; one that fails leaves the others alone. */
const bundled =
  (counts: boolean) =>
  ({ body, url }: ActionRequest, context: HookContext): ActionAnswer => {
    const { requests = [] } = (body ?? {}) as { requests?: readonly Part[] };
    const results = requests.slice(0, MOST).map((part, index) => {
      const { sequenceNumber = index + 1, resourceType, version } = part;
      const head = { sequenceNumber, ...(resourceType && { resourceType }), ...(version && { version }) };
      try {
        const list = listOf(part, context);
        const found = counts ? { count: countOf(list) } : { entities: listPage(list, url, false).rows };
        return { ...head, ...found, success: true, statusCode: 200 };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const { code, message } = error.body;
        return { ...head, success: false, statusCode: error.status, error: { code, message } };
      }
    });
    return { status: 200, body: { results } };
  };

export const bundle: Behaviour = {
  collection: `${BUNDLES}/{parentId}/results`,
  actions: { [`POST ${BUNDLES}`]: bundled(false), [`POST ${BUNDLES}/count`]: bundled(true) },
};
