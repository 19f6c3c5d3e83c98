import { exampleBody } from '../../catalog/example.ts';
import type { Catalog } from '../../catalog/index.ts';
import { resolveReferences } from '../references.ts';
import type { Store } from '../store/store.ts';

/**
 * One record for tables that the seed leaves empty, made when the table is first asked for: every record of the API can be read,
 * referenced and changed, also where nobody has described the entity yet. Only tables that belong to no other record get one; an
 * empty list inside a ticket or a company means that there is nothing.
 */
export class Samples {
  readonly #catalog: Catalog;
  readonly #store: Store;
  readonly #given = new Set<string>();

  constructor(catalog: Catalog, store: Store) {
    this.#catalog = catalog;
    this.#store = store;
  }

  ensure(template: string): void {
    const key = template.toLowerCase();
    if (this.#given.has(key) || template.includes('{')) return;
    this.#given.add(key);
    const collection = this.#store.collection(template);
    const create = this.#catalog.find(`POST ${template}`) ?? this.#catalog.find(`PUT ${template}/{id}`);
    const read = this.#catalog.find(`GET ${template}/{id}`);
    if (collection.size > 0 || read === undefined) return;
    const made = create === undefined ? {} : exampleBody(this.#catalog, create);
    if (typeof made !== 'object' || made === null || Array.isArray(made)) return;
    const record = { ...made } as Record<string, unknown>;
    const fields = this.#catalog.schema(create?.request?.schema ?? '')?.fields;
    if (fields !== undefined) resolveReferences(record, fields, () => true, this.#store, this.#catalog);
    collection.put(record, { by: 'setup', at: new Date('2020-01-01T00:00:00Z') });
  }
}
