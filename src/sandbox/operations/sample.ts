import { exampleBody, exampleValue } from '../../api/example.ts';
import type { ApiDescription, Field } from '../../api/index.ts';
import { isSecret } from '../../api/meanings.ts';
import { isRecord } from '../../json.ts';
import { readOf } from '../records/read-of.ts';
import { placeOfReference } from '../reference-places.ts';
import { resolveReferences } from '../references.ts';
import type { Store } from '../store/store.ts';
import { emptyCustomFields } from '../write/custom-fields.ts';

/** The least that a record of a table has to have, with its references looked up; nothing where records cannot be made that way. */
export function exampleRecord(
  api: ApiDescription,
  store: Store,
  template: string,
): Record<string, unknown> | undefined {
  // A PUT wants all that a POST does, and what updates want besides.
  const change = api.find(`PUT ${template}/{id}`) ?? api.find(`POST ${template}`);
  const made = change === undefined ? {} : exampleBody(api, change);
  if (typeof made !== 'object' || made === null || Array.isArray(made)) return undefined;
  const record = { ...made } as Record<string, unknown>;
  const fields = api.schema(change?.request?.schema ?? '')?.fields;
  if (fields !== undefined) resolveReferences(record, fields, { store, api });
  return record;
}

/** Kinds whose members stay out of records until somebody sets them; all others are filled in when a record is shown. */
const UNSET = new Set<Field['type']>(['string', 'integer', 'datetime', 'reference']);
/** What says where a row is and who wrote it is worked out; what ends a row stays empty, as the row is in use. */
const WORKED_OUT =
  /^(id|_info|(grand)?parent(Id|ConnectWiseId)|connectWiseId|(entered|created|updated)(By|Date)|date(Entered|Created)|lastUpdated?)$/i;
const ENDS = /inactiv|cancel|closed|deleted|expire/i;

/**
 * The same with every other member that its list shows, so that each can be seen in one row: placeholders, as in the operations'
 * examples. Secrets stay out.
 */
export function fullRecord(api: ApiDescription, store: Store, template: string): Record<string, unknown> | undefined {
  const record = exampleRecord(api, store, template);
  const schema = api.schema(readOf(api, template)?.response.schema ?? '');
  if (record === undefined || schema === undefined) return record;
  for (const [name, field] of schema.fields) {
    if (record[name] !== undefined || !UNSET.has(field.type) || field.format === 'uuid') continue;
    // What is billed in is the provider's own currency, where nobody says another.
    if (field.schema === 'CurrencyReference') continue;
    if (WORKED_OUT.test(name) || ENDS.test(name) || isSecret(schema.name, name)) continue;
    record[name] = exampleValue(api, name, field, 1);
  }
  resolveReferences(record, schema.fields, { store, api });
  for (const [name, { type, schema: target = '' }] of schema.fields) {
    const value = record[name];
    const isPlain = type === 'reference' && isRecord(value) && Object.keys(value).length === 1;
    const place = placeOfReference(target);
    // Nothing to refer to, or no table that is known: a name all the same. What is there is completed when it is shown.
    if (isPlain && (place === undefined || !store.collection(place).has(1)))
      record[name] = { ...value, name: 'Example' };
  }
  return record;
}

/**
 * One record for tables that the seed leaves empty, made when the table is first asked for: every record of the API can be read,
 * referenced and changed, also where nobody has described the entity yet. Inside other records only those lists get one that
 * nobody could ever add to; an empty list that can be filled means that there is nothing.
 */
export class Samples {
  readonly #api: ApiDescription;
  readonly #store: Store;
  readonly #given = new Set<string>();

  constructor(api: ApiDescription, store: Store) {
    this.#api = api;
    this.#store = store;
  }

  /** Forgets what was made: the store no longer has it. */
  reset(): void {
    this.#given.clear();
  }

  ensure(template: string, parentIds: readonly number[] = []): void {
    const key = `${template.toLowerCase()} ${parentIds.join('/')}`;
    if (this.#given.has(key)) return;
    this.#given.add(key);
    const create = this.#api.find(`POST ${template}`);
    const read = readOf(this.#api, template);
    const change = this.#api.find(`PUT ${template}/{id}`) ?? create;
    // Audits tell what happened to their record, and nothing else.
    if (/\/audits$/i.test(template)) return;
    const inside = template.includes('{');
    const collection = this.#store.collection(template);
    const empty = [...collection.all(parentIds)].length === 0;
    if (!empty || (read === undefined && change === undefined) || (inside && create?.request !== undefined)) return;
    if (read !== undefined && read.response.kind !== 'array' && read.response.kind !== 'object') return;
    const record = fullRecord(this.#api, this.#store, template);
    if (record === undefined) return;
    const customFields = emptyCustomFields(template, this.#store);
    collection.put(
      { ...record, ...(customFields && { customFields }) },
      { parentIds, by: 'setup', at: new Date('2020-01-01T00:00:00Z') },
    );
  }
}
