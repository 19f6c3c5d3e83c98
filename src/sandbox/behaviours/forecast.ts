import type { ActionAnswer, ActionRequest, Behaviour, HookContext } from '../behaviour.ts';
import { invalidObject } from '../failure.ts';
import { resolveReferences } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';
import { missing } from './missing.ts';

const FORECAST = '/sales/opportunities/{parentId}/forecast';

const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** An opportunity's forecast: its lines with what they come to, by kind. It has the opportunity's id and is never stored. */
function forecastOf(parentId: number, { store }: HookContext): Record<string, unknown> {
  const items = [...store.collection(FORECAST).all([parentId])];
  const included = items.filter(({ includeFlag }) => includeFlag !== false);
  const revenue = (kinds: readonly string[]) => {
    const own = included.filter(({ forecastType }) => kinds.includes(String(forecastType)));
    const sum = (member: string): number => cents(own.reduce((all, item) => all + Number(item[member] ?? 0), 0));
    return { id: parentId, revenue: sum('revenue'), cost: sum('cost'), margin: cents(sum('revenue') - sum('cost')) };
  };
  return {
    id: parentId,
    forecastItems: items,
    productRevenue: revenue(['Product']),
    serviceRevenue: revenue(['Service']),
    agreementRevenue: revenue(['Agreement']),
    otherRevenue1: revenue(['Other1']),
    otherRevenue2: revenue(['Other2']),
    forecastRevenueTotals: revenue(['Product', 'Service', 'Agreement', 'Other1', 'Other2']),
    recurringTotal: cents(included.reduce((all, { recurringRevenue }) => all + Number(recurringRevenue ?? 0), 0)),
  };
}

function parentOf({ pathValues }: ActionRequest, { store }: HookContext): number {
  const id = Number(pathValues.parentId);
  if (store.collection('/sales/opportunities').get(id) === undefined) throw missing('Opportunity', pathValues.parentId);
  return id;
}

/** Takes the lines of a body; those of a PUT replace what was there. */
function save(request: ActionRequest, context: HookContext, replaces: boolean): ActionAnswer {
  const { store, catalog, caller, now } = context;
  const parentId = parentOf(request, context);
  const lines = ((request.body as { forecastItems?: unknown } | undefined)?.forecastItems ?? []) as SandboxRecord[];
  const fields = catalog.schema('ForecastItem')?.fields ?? new Map();
  const drafts = (Array.isArray(lines) ? lines : []).map((line) => ({ ...line, opportunity: { id: parentId } }));
  const errors = drafts.flatMap((draft) => {
    const required = ['status', 'forecastType']
      .filter((name) => (draft as Record<string, unknown>)[name] == null)
      .map((name) => ({ code: 'MissingRequiredField', message: `The ${name} field is required.`, field: name }));
    return [...required, ...resolveReferences(draft, fields, () => true, store, catalog)];
  });
  if (errors.length > 0) throw invalidObject('forecast', errors);
  const items = store.collection(FORECAST);
  if (replaces) for (const { id } of [...items.all([parentId])]) items.remove(id);
  for (const { id: _, ...draft } of drafts)
    items.put({ includeFlag: true, quantity: 1, ...draft }, { parentIds: [parentId], by: caller.identifier, at: now });
  return { status: request.operation.response.status, body: forecastOf(parentId, context) };
}

/** The lines of an opportunity's forecast. Whether a POST adds to what is there is not documented; here it does. */
export const forecast: Behaviour = {
  collection: FORECAST,
  resource: 'forecast',
  label: 'Forecast',
  defaults(record, { parentIds }) {
    record.opportunity ??= { id: parentIds[0] };
    record.includeFlag ??= true;
  },
  actions: {
    [`GET ${FORECAST}`]: (request, context) => ({
      status: 200,
      body: [forecastOf(parentOf(request, context), context)],
    }),
    [`POST ${FORECAST}`]: (request, context) => save(request, context, false),
    [`PUT ${FORECAST}/`]: (request, context) => save(request, context, true),
  },
};
