import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { invalidObject, missing } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { cents, HOME_CURRENCY } from '../../records/currency.ts';
import { idOf, nameIn, resolveReferences } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { applyPatch } from '../../write/patch.ts';

const FORECAST = '/sales/opportunities/{parentId}/forecast';

/** An opportunity's forecast: its lines with what they come to, by kind. It has the opportunity's id and is never stored. */
function forecastOf(parentId: number, { store, reading }: HookContext): Record<string, unknown> {
  const items = [...store.collection(FORECAST).all([parentId])];
  const included = items.filter(({ includeFlag }) => includeFlag !== false);
  const totals = (own: readonly SandboxRecord[]) => {
    const sum = (member: string): number => cents(own.reduce((all, item) => all + Number(item[member] ?? 0), 0));
    const [revenue, cost] = [sum('revenue'), sum('cost')];
    const margin = cents(revenue - cost);
    return { id: parentId, revenue, cost, margin, percentage: revenue === 0 ? 0 : cents((margin / revenue) * 100) };
  };
  const revenue = (...kinds: readonly string[]) =>
    totals(included.filter(({ forecastType }) => kinds.includes(String(forecastType))));
  const statuses = store.collection('/sales/opportunities/statuses');
  const outcome = ({ status }: SandboxRecord): string => {
    const row = statuses.get(idOf(status) ?? 0);
    if (row?.wonFlag === true) return 'won';
    return row?.lostFlag === true || row?.closedFlag === true ? 'lost' : 'open';
  };
  const ending = (wanted: string) => totals(items.filter((item) => outcome(item) === wanted));
  const all = totals(included);
  const opportunity = store.collection('/sales/opportunities').get(parentId);
  const shownOf = (member: string): unknown => opportunity && reading('/sales/opportunities', [member])(opportunity);
  return {
    id: parentId,
    forecastItems: items,
    productRevenue: revenue('Product'),
    serviceRevenue: revenue('Service'),
    agreementRevenue: revenue('Agreement'),
    otherRevenue1: revenue('Other1'),
    otherRevenue2: revenue('Other2'),
    // Time and expenses that are estimated elsewhere; a forecast's own lines have no such kind.
    timeRevenue: totals([]),
    expenseRevenue: totals([]),
    forecastRevenueTotals: all,
    inclusiveRevenueTotals: all,
    wonRevenue: ending('won'),
    lostRevenue: ending('lost'),
    openRevenue: ending('open'),
    salesTaxRevenue: 0,
    forecastTotalWithTaxes: all.revenue,
    expectedProbability: Number(nameIn(opportunity?.probability) ?? 0),
    taxCode: shownOf('taxCode'),
    billingTerms: shownOf('billingTerms'),
    currency: HOME_CURRENCY,
    _info: opportunity?._info,
    recurringTotal: cents(included.reduce((all, { recurringRevenue }) => all + Number(recurringRevenue ?? 0), 0)),
  };
}

/** The same as an answer shows it: with whole lines. */
function shown(parentId: number, { whole }: ActionRequest, context: HookContext): Record<string, unknown> {
  const made = forecastOf(parentId, context);
  const lines = (made.forecastItems as SandboxRecord[]).map((line) => whole(line, 'ForecastItem'));
  return whole({ ...made, forecastItems: lines }, 'Forecast') as Record<string, unknown>;
}

function parentOf({ pathValues }: ActionRequest, { store }: HookContext): number {
  const id = Number(pathValues.parentId);
  if (store.collection('/sales/opportunities').get(id) === undefined) throw missing('Opportunity', pathValues.parentId);
  return id;
}

function clear(parentId: number, { store }: HookContext): void {
  const items = store.collection(FORECAST);
  for (const { id } of [...items.all([parentId])]) items.remove(id);
}

/** Takes lines, in the place of those that were there or beside them. */
function take(request: ActionRequest, context: HookContext, lines: unknown, replaces: boolean): ActionAnswer {
  const { store, api, caller, now } = context;
  const parentId = parentOf(request, context);
  const fields = api.schema('ForecastItem')?.fields ?? new Map();
  const drafts = (Array.isArray(lines) ? (lines as SandboxRecord[]) : []).map((line) => ({
    ...line,
    opportunity: { id: parentId },
  }));
  const errors = drafts.flatMap((draft) => {
    const required = ['status', 'forecastType']
      .filter((name) => (draft as Record<string, unknown>)[name] == null)
      .map((name) => ({ code: 'MissingRequiredField', message: `The ${name} field is required.`, field: name }));
    return [...required, ...resolveReferences(draft, fields, context)];
  });
  if (errors.length > 0) throw invalidObject('forecast', errors);
  if (replaces) clear(parentId, context);
  for (const { id: _, _info: __, ...draft } of drafts as SandboxRecord[])
    store
      .collection(FORECAST)
      .put({ includeFlag: true, quantity: 1, ...draft }, { parentIds: [parentId], by: caller.identifier, at: now });
  return { status: request.operation.response.status, body: shown(parentId, request, context) };
}

const linesOf = ({ body }: ActionRequest): unknown => (body as { forecastItems?: unknown } | undefined)?.forecastItems;

/** The lines of an opportunity's forecast. Whether a POST adds to what is there is not documented; here it does. */
export const forecast: Behaviour = {
  collection: FORECAST,
  resource: 'forecast',
  label: 'ForecastItem',
  defaults(record, { parentIds }) {
    record.opportunity ??= { id: parentIds[0] };
    record.includeFlag ??= true;
  },
  actions: {
    [`PATCH ${FORECAST}/`]: (request, context) => {
      const parentId = parentOf(request, context);
      const schema = context.api.schema('Forecast');
      const { forecastItems } = applyPatch(forecastOf(parentId, context), request.body, { schema, api: context.api });
      return { ...take(request, context, forecastItems, true), status: 200 };
    },
    [`DELETE ${FORECAST}/`]: (request, context) => {
      clear(parentOf(request, context), context);
      return { status: 204 };
    },
    [`POST ${FORECAST}/{id}`]: (request, context) => {
      const parentId = parentOf(request, context);
      take(request, context, [request.body], false);
      const [stored] = [...context.store.collection(FORECAST).all([parentId])].slice(-1);
      return { status: 201, body: stored && request.whole(stored, 'ForecastItem') };
    },
    [`POST ${FORECAST}/copy/{id}`]: (request, context) => {
      const found = context.store.collection(FORECAST).get(Number(request.pathValues.id));
      if (found === undefined) throw missing('ForecastItem', request.pathValues.id);
      take(request, context, [found], false);
      return { status: 200, body: { success: true, message: '' } };
    },
    [`GET ${FORECAST}`]: (request, context) => ({
      status: 200,
      body: [shown(parentOf(request, context), request, context)],
    }),
    [`POST ${FORECAST}`]: (request, context) => take(request, context, linesOf(request), false),
    [`PUT ${FORECAST}/`]: (request, context) => take(request, context, linesOf(request), true),
  },
};
