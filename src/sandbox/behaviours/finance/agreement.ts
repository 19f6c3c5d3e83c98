import { type Behaviour, type HookContext, saveContext } from '../../contract/behaviour.ts';
import { type FieldError, invalidObject, missing } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { currencyOf } from '../../records/billed-in.ts';
import { cents } from '../../records/currency.ts';
import { expand, idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { invoice } from './invoice.ts';

const AGREEMENTS = '/finance/agreements';
const NO_BILLING = ['billTime', 'billExpenses', 'billProducts'] as const;

/** An agreement's state is worked out from its dates, never stored. Without a start it counts as running. */
export function agreementStatus(record: SandboxRecord, now: Date): string {
  if (record.cancelledFlag === true) return 'Cancelled';
  const today = now.toISOString().slice(0, 10);
  const day = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, 10) : undefined);
  const [start, end] = [day(record.startDate), day(record.endDate)];
  if (record.noEndingDateFlag !== true && end !== undefined && end < today) return 'Expired';
  return start !== undefined && start > today ? 'Inactive' : 'Active';
}

export const agreement: Behaviour = {
  collection: AGREEMENTS,
  resource: 'agreement',
  label: 'Agreement',
  derived: ['agreementStatus'],

  defaults(record, { store, now }) {
    record.startDate ??= `${now.toISOString().slice(0, 10)}T00:00:00Z`;
    record.currency ??= currencyOf(record.company, store);
    record.cancelledFlag ??= false;
    record.noEndingDateFlag ??= record.endDate === undefined;
    record.applicationUnits ??= 'Hours';
    for (const name of NO_BILLING) record[name] ??= 'NoDefault';
    record.employeeCompRate ??= 'Hourly';
    record.invoicingCycle ??= 'ContractYear';
    const company = store.collection('/company/companies').get(idOf(record.company) ?? 0);
    if (company?.site !== undefined) record.site ??= company.site;
  },

  validate(record): FieldError[] {
    const [start, end] = [Date.parse(String(record.startDate)), Date.parse(String(record.endDate))];
    // The real server's words are not known.
    return end < start
      ? [{ code: 'InvalidField', message: 'The endDate must not be before the startDate.', field: 'endDate' }]
      : [];
  },

  beforeSave(record, { now }) {
    if (record.cancelledFlag === true) record.dateCancelled ??= `${now.toISOString().slice(0, 10)}T00:00:00Z`;
    else delete record.dateCancelled;
    record.agreementStatus = agreementStatus(record, now);
  },

  present: (record, { now }) => ({ ...record, agreementStatus: agreementStatus(record, now) }),

  actions: { [`POST ${AGREEMENTS}/{id}/invoice`]: invoiced },
};

/** The id of a new invoice of what an agreement bills for a period: its amount and its additions. */
function invoiced({ pathValues }: ActionRequest, context: HookContext): ActionAnswer {
  const { store, api, caller, now } = context;
  const record = store.collection(AGREEMENTS).get(Number(pathValues.id));
  if (record === undefined) throw missing('Agreement', pathValues.id);
  const additions = [...store.collection(addition.collection).all([record.id])];
  const extra = additions.reduce((sum, { extPrice }) => sum + Number(extPrice ?? 0), 0);
  const made = {
    type: 'Agreement',
    company: record.company,
    applyToType: 'Agreement',
    applyToId: record.id,
    agreement: expand(record, 'AgreementReference', AGREEMENTS, api),
    agreementAmount: cents(Number(record.billAmount ?? 0) + extra),
  } as Record<string, unknown> as SandboxRecord;
  const saving = saveContext(context, undefined);
  invoice.defaults?.(made, saving);
  invoice.beforeSave?.(made, saving);
  return { status: 200, body: store.collection(invoice.collection).put(made, { by: caller.identifier, at: now }).id };
}

/** What is billed under an agreement besides time: not from before the agreement began. */
export const addition: Behaviour = {
  collection: '/finance/agreements/{parentId}/additions',
  resource: 'addition',
  label: 'Addition',
  derived: ['extPrice', 'extCost', 'margin', 'agreementStatus'],

  defaults(record, { store, parentIds, now }) {
    record.agreementId = parentIds[0];
    record.quantity ??= 1;
    record.effectiveDate ??=
      store.collection(AGREEMENTS).get(parentIds[0] ?? 0)?.startDate ?? `${now.toISOString().slice(0, 10)}T00:00:00Z`;
    record.taxableFlag ??= false;
  },

  validate(record, { store, parentIds }) {
    const parent = store.collection(AGREEMENTS).get(parentIds[0] ?? 0);
    const begins = Date.parse(String(parent?.billStartDate ?? parent?.startDate));
    const message = "The effectiveDate may not precede the agreement's billing start date.";
    return Date.parse(String(record.effectiveDate)) < begins
      ? [{ code: 'InvalidField', message, field: 'effectiveDate' }]
      : [];
  },

  beforeSave(record) {
    const billed = Math.max(0, Number(record.quantity ?? 0) - Number(record.lessIncluded ?? 0));
    record.billedQuantity = billed;
    record.extPrice = cents(billed * Number(record.unitPrice ?? 0));
    record.extCost = cents(Number(record.quantity ?? 0) * Number(record.unitCost ?? 0));
    record.margin = cents(Number(record.extPrice) - Number(record.extCost));
  },
};

const LIST = '/finance/agreements/{parentId}/configurations';
const CONFIGURATIONS = '/company/configurations';

/** A configuration can be under many agreements: a row has an id of its own, never shown, besides the configuration's. */
const shown = ({ configurationId, ...row }: SandboxRecord): SandboxRecord => ({ ...row, id: Number(configurationId) });

/** Configurations that an agreement covers, by the configuration's id. */
export const agreementConfiguration: Behaviour = {
  collection: LIST,
  label: 'Configuration',
  present: shown,
  actions: {
    [`POST ${LIST}`]: ({ body }, { store, api, parentIds, caller, now }) => {
      const { id: wanted } = (body ?? {}) as { id?: number };
      if (wanted === undefined)
        throw invalidObject('configuration', [
          { code: 'MissingRequiredField', message: 'id or deviceIdentifier is required.', field: 'id' },
        ]);
      const found = store.collection(CONFIGURATIONS).get(wanted);
      if (found === undefined) throw missing('Configuration', wanted);
      const rows = store.collection(LIST);
      const { id, ...facts } = expand(found, 'ConfigurationReference', CONFIGURATIONS, api);
      if (![...rows.all(parentIds)].some(({ configurationId }) => configurationId === id))
        rows.put({ ...facts, configurationId: id }, { parentIds, by: caller.identifier, at: now });
      return { status: 201, body: { id, ...facts } };
    },
    [`GET ${LIST}/{id}`]: ({ pathValues }, { store, parentIds }) => {
      const rows = [...store.collection(LIST).all(parentIds)];
      const found = rows.find(({ configurationId }) => configurationId === Number(pathValues.id));
      if (found === undefined) throw missing('Configuration', pathValues.id);
      return { status: 200, body: shown(found) };
    },
    [`DELETE ${LIST}/{id}`]: ({ pathValues }, { store, parentIds }) => {
      const rows = store.collection(LIST);
      const found = [...rows.all(parentIds)].find(({ configurationId }) => configurationId === Number(pathValues.id));
      if (found === undefined) throw missing('Configuration', pathValues.id);
      rows.remove(found.id);
      return { status: 204 };
    },
  },
};
