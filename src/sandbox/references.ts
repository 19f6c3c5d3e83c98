import type { ApiDescription, Field } from '../api/index.ts';
import { isRecord } from '../json.ts';
import type { FieldError } from './contract/failure.ts';
import { collectionOfReference, LABELS, linkNameOf } from './reference-places.ts';
import { guidOf } from './store/guid.ts';
import type { SandboxRecord, Store } from './store/store.ts';

/** The name that a record shows in references to it. */
function nameOf(record: SandboxRecord): unknown {
  if (record.name !== undefined) return record.name;
  const person = [record.firstName, record.lastName].filter((part) => typeof part === 'string').join(' ');
  return person === '' ? (record.description ?? record.summary) : person;
}

/** What a reference shows of a record: a priority keeps its order as `sortOrder`, and references to it show it as `sort`. */
function shownMember(record: SandboxRecord, name: string): unknown {
  if (name === 'name') return nameOf(record);
  return name === 'sort' ? (record.sort ?? record.sortOrder) : record[name];
}

/** Members of references that the record has under another name, and what they show in their `_info`. As recorded. */
const FACTS: Readonly<
  Record<
    string,
    (record: SandboxRecord) => {
      readonly members?: Readonly<Record<string, unknown>>;
      readonly information?: Readonly<Record<string, unknown>>;
    }
  >
> = {
  CompanyReference: ({ id }) => ({ information: { mobileGuid: guidOf(`/company/companies ${id}`) } }),
  ContactReference: ({ id }) => ({ information: { mobileGuid: guidOf(`/company/contacts ${id}`) } }),
  SiteReference: ({ id }) => ({ information: { mobileGuid: guidOf(`/company/companies/{}/sites ${id}`) } }),
  MemberReference: ({ id }) => ({ information: { image_href: `/system/members/${id}/image` } }),
  PriorityReference: ({ id }) => ({ information: { image_href: `/service/priorities/${id}/image` } }),
  ServiceStatusReference: ({ sortOrder }) => ({ members: { Sort: sortOrder } }),
  BillingStatusReference: ({ closedFlag }) => ({ members: { isClosed: closedFlag === true } }),
  WorkTypeReference: ({ utilizationFlag }) => ({ members: { utilizationFlag: utilizationFlag === true } }),
  AgreementReference: ({ type, chargeToFirm }) => ({
    members: { type: nameIn(type), chargeFirmFlag: chargeToFirm === true },
    information: { typeId: textOf(idOf(type)) },
  }),
  InvoiceReference: ({ invoiceNumber, date }) => ({
    members: { identifier: invoiceNumber, invoiceDate: date, chargeFirmFlag: false },
  }),
  CurrencyReference: ({ currencyCode }) => ({ members: { currencyCode: nameIn(currencyCode) } }),
  CatalogItemReference: ({ type }) => ({ information: { typeId: textOf(idOf(type)) } }),
  DocumentReference: ({ id, title, fileName }) => ({
    members: { name: title ?? fileName },
    information: { filename: fileName, documentDownload_href: `/system/documents/${id}/download` },
  }),
  OpportunityProbabilityReference: ({ probability }) => ({ members: { name: textOf(probability) } }),
  BatchReference: ({ batchIdentifier }) => ({ members: { name: batchIdentifier } }),
  BillingSetupReference: ({ remitName }) => ({ members: { name: remitName } }),
  ConfigurationReference: ({ name, deviceIdentifier }) => ({
    members: { deviceIdentifier: deviceIdentifier ?? '' },
    information: { name },
  }),
  TicketReference: ({ billingMethod = 'ActualRates', status }) => ({
    information: { billingMethod, status: nameIn(status) },
  }),
  ProjectReference: ({ billingMethod, status }) => ({
    information: { billingMethod, status: nameIn(status) },
  }),
  ProjectPhaseReference: ({ billingMethod = 'ActualRates' }) => ({ information: { billingMethod } }),
};

/** References whose facts change with the record that they lead to. */
export const isLive = (schema: string): boolean => schema === 'TicketReference' || schema === 'ProjectReference';

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/**
 * A reference as Manage shows it: the id, the members that its schema names, and where the record is.
 * @param place template of the record's collection; with the ids of its parents, outermost first, a nested record gets its link
 */
export function expand(
  record: SandboxRecord,
  schema: string,
  place: string | { readonly template: string; readonly parentIds: readonly number[] },
  api: ApiDescription,
): Record<string, unknown> {
  const { template, parentIds } = typeof place === 'string' ? { template: place, parentIds: NO_PARENTS } : place;
  const { members, linkName, segments } = shapeOf(schema, template, api);
  const expanded: Record<string, unknown> = { id: record.id };
  const facts = FACTS[schema]?.(record);
  for (const name of members) {
    // A project role has a name, and the reference to it calls that its identifier.
    const value =
      facts?.members?.[name] ?? shownMember(record, name) ?? (name === 'identifier' ? record.name : undefined);
    if (value !== undefined && !isRecord(value) && !Array.isArray(value)) expanded[name] = value;
  }
  // Without the ids of all parents there is no link.
  if (parentIds.length >= segments.length - 1) {
    let path = segments[0] ?? '';
    for (let depth = 1; depth < segments.length; depth += 1) path += `${parentIds[depth - 1]}${segments[depth]}`;
    expanded._info = { [linkName]: `${path}/${record.id}`, ...facts?.information };
  } else if (facts?.information !== undefined) expanded._info = facts.information;
  return expanded;
}

const NO_PARENTS: readonly number[] = [];

/** What references of a schema to a table's records consist of. */
interface ReferenceShape {
  readonly members: readonly string[];
  readonly linkName: string;
  /** The path between the ids of the parents. */
  readonly segments: readonly string[];
}

const shapes = new WeakMap<ApiDescription, Map<string, ReferenceShape>>();

function shapeOf(schema: string, template: string, api: ApiDescription): ReferenceShape {
  const known = shapes.get(api) ?? new Map<string, ReferenceShape>();
  shapes.set(api, known);
  const key = `${schema} ${template}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = {
    members: [...(api.schema(schema)?.fields.keys() ?? [])].filter((name) => name !== 'id' && name !== '_info'),
    linkName: linkNameOf(template),
    segments: template.split(/\{[^}]*\}/),
  };
  known.set(key, made);
  return made;
}

/** The member by which a record says whose rows of a nested table are meant: a status by its name is one of the ticket's board. */
const OWNERS: readonly (readonly [table: string, member: string])[] = [
  ['/service/boards/', 'board'],
  ['/company/companies/', 'company'],
  ['/project/projects/', 'project'],
];

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

function find(
  store: Store,
  template: string,
  given: Record<string, unknown>,
  owner: number | undefined,
): SandboxRecord | undefined | 'any' {
  const collection = store.collection(template);
  // Tables that this sandbox has no rows for take any reference: nothing valid could be sent otherwise.
  if (collection.size === 0) return 'any';
  if (!isBlank(given.id)) {
    return (
      collection.get(Number(given.id)) ??
      (template === '/service/tickets' ? store.collection('/project/tickets').get(Number(given.id)) : undefined)
    );
  }
  for (const key of ['identifier', 'name']) {
    const wanted = given[key];
    if (typeof wanted !== 'string' || wanted === '') continue;
    const named = collection.where(key, wanted);
    const found = named.find(({ id }) => collection.parentsOf(id)[0] === owner) ?? named[0];
    if (found !== undefined) return found;
    for (const record of collection.all())
      if (String(nameOf(record)).toLowerCase() === wanted.toLowerCase()) return record;
  }
  return undefined;
}

/** Looks up and expands every reference of a record, in place; what is not there becomes an error of its field. */
export function resolveReferences(
  record: Record<string, unknown>,
  fields: ReadonlyMap<string, Field>,
  { store, api }: { readonly store: Store; readonly api: ApiDescription },
  changed: (field: string) => boolean = () => true,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [name, field] of fields) {
    const given = record[name];
    const template = collectionOfReference(field.schema ?? '');
    if (field.type !== 'reference' || !isRecord(given) || template === undefined || !changed(name)) continue;
    const owning = OWNERS.find(([table]) => template.startsWith(`${table}{`))?.[1];
    const found = find(store, template, given, owning === undefined ? undefined : idOf(record[owning]));
    if (found === 'any') continue;
    const key = ['id', 'identifier', 'name'].find((member) => !isBlank(given[member])) ?? 'id';
    // A status that is named is one of the ticket's board; by its id it is found first, and refused by the board's own rule.
    const board = owning === 'board' && key !== 'id' ? idOf(record.board) : undefined;
    const isElsewhere =
      found !== undefined && board !== undefined && store.collection(template).parentsOf(found.id)[0] !== board;
    if (found === undefined || isElsewhere) {
      const label = LABELS[field.schema ?? ''] ?? name;
      const where = board === undefined ? '' : ` for Service Board ${board}`;
      const message = `${label} ${String(given[key])} not found${where}`;
      errors.push({ code: 'NotFound', message, field: `${name}/${key}` });
    } else {
      const parentIds = store.collection(template).parentsOf(found.id);
      record[name] = expand(found, field.schema ?? '', { template, parentIds }, api);
    }
  }
  return errors;
}

export const idOf = (reference: unknown): number | undefined => {
  const id = typeof reference === 'object' && reference !== null ? (reference as { id?: unknown }).id : undefined;
  return typeof id === 'number' ? id : undefined;
};

/** The name that a reference shows. */
export const nameIn = (reference: unknown): unknown => (isRecord(reference) ? reference.name : undefined);

/** Refers a member that is not set to the row that is its table's default; a table without one leaves it as it is. */
export function setDefault(
  record: Record<string, unknown>,
  member: string,
  schema: string,
  { store, api }: { readonly store: Store; readonly api: ApiDescription },
): void {
  const template = collectionOfReference(schema);
  if (record[member] !== undefined || template === undefined) return;
  for (const row of store.collection(template).all())
    if (row.defaultFlag === true) {
      record[member] = expand(row, schema, template, api);
      return;
    }
}
