import type { ApiDescription } from '../../api/index.ts';
import { placeOfReference } from '../reference-places.ts';
import { expand, idOf } from '../references.ts';
import type { SandboxRecord, Store } from '../store/store.ts';

/** Where copied members come from. */
export interface World {
  readonly store: Store;
  readonly api: ApiDescription;
}

export const SITES = '/company/companies/{parentId}/sites';
export const COMPANIES = '/company/companies';

/** Reads of other records that many members share. */
export class Sources {
  readonly #world: World;
  /** Rows that are a table's default, by reference schema: asked for with every record. */
  readonly #defaults = new Map<string, { readonly version: number; readonly reference: unknown }>();

  constructor(world: World) {
    this.#world = world;
  }

  get store(): Store {
    return this.#world.store;
  }

  record(template: string, reference: unknown): SandboxRecord | undefined {
    const id = idOf(reference);
    return id === undefined ? undefined : this.#world.store.collection(template).get(id);
  }

  company(record: SandboxRecord): SandboxRecord | undefined {
    return this.record(COMPANIES, record.company);
  }

  /** The site whose address a record shows: its own, else its company's. */
  site(record: SandboxRecord): SandboxRecord | undefined {
    return this.record(SITES, record.site ?? this.company(record)?.site);
  }

  /** The row of a table that is marked as default, else its first. */
  first(schema: string): unknown {
    const template = placeOfReference(schema);
    if (template === undefined) return undefined;
    const rows = this.#world.store.collection(template);
    const known = this.#defaults.get(schema);
    if (known?.version === rows.version) return known.reference;
    let chosen: SandboxRecord | undefined;
    for (const row of rows.all()) {
      chosen ??= row;
      if (row.defaultFlag !== true) continue;
      chosen = row;
      break;
    }
    const reference = chosen && Object.freeze(expand(chosen, schema, template, this.#world.api));
    this.#defaults.set(schema, { version: rows.version, reference });
    return reference;
  }
}
