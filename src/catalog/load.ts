import { existsSync, readFileSync } from 'node:fs';
import { type CatalogFile, decodeOperation, decodeSchema } from './encoding.ts';
import type { Catalog, MatchedOperation } from './index.ts';
import type { HttpMethod, Operation, Schema } from './model.ts';
import { Routes, segmentsOf } from './routes.ts';

/** `GET /service/tickets/{id}` and `get /Service/Tickets/{ticketId}/` are the same operation. */
const templateKey = (method: string, path: string): string =>
  `${method.toUpperCase()} /${segmentsOf(path)
    .map((segment) => (segment.startsWith('{') ? '{}' : segment.toLowerCase()))
    .join('/')}`;

class LoadedCatalog implements Catalog {
  readonly version: string;
  readonly #file: CatalogFile;
  readonly #byId = new Map<string, number>();
  readonly #byTemplate = new Map<string, number>();
  readonly #decoded: Operation[] = [];
  readonly #schemas = new Map<string, Schema>();
  #routes: Routes | undefined;
  #allSchemas = false;

  constructor(file: CatalogFile) {
    this.version = file.version;
    this.#file = file;
    file.operations.forEach(([id, method, path], index) => {
      this.#byId.set(id, index);
      const key = templateKey(method, path);
      if (!this.#byTemplate.has(key)) this.#byTemplate.set(key, index);
    });
  }

  get operations(): readonly Operation[] {
    return this.#file.operations.map((_, index) => this.#operation(index));
  }

  get schemas(): ReadonlyMap<string, Schema> {
    if (!this.#allSchemas) {
      for (const name of Object.keys(this.#file.schemas)) this.schema(name);
      this.#allSchemas = true;
    }
    return this.#schemas;
  }

  find(idOrMethodAndPath: string): Operation | undefined {
    const text = idOrMethodAndPath.trim();
    const [method, path] = text.split(/\s+/, 2);
    const index = path === undefined ? this.#byId.get(text) : this.#byTemplate.get(templateKey(method ?? '', path));
    return index === undefined ? undefined : this.#operation(index);
  }

  match(method: HttpMethod, path: string): MatchedOperation | undefined {
    const route = this.#router().match(method, path);
    return route && { operation: this.#operation(route.index), pathValues: route.values };
  }

  methodsOf(path: string): readonly HttpMethod[] {
    return this.#router().methodsOf(path);
  }

  schema(name: string): Schema | undefined {
    const known = this.#schemas.get(name);
    if (known !== undefined || !Object.hasOwn(this.#file.schemas, name)) return known;
    const schema = decodeSchema(name, this.#file);
    this.#schemas.set(name, schema);
    return schema;
  }

  #operation(index: number): Operation {
    const known = this.#decoded[index];
    if (known !== undefined) return known;
    const encoded = this.#file.operations[index];
    if (encoded === undefined) throw new RangeError(`The catalog has no operation ${index}.`);
    const operation = decodeOperation(encoded);
    this.#decoded[index] = operation;
    return operation;
  }

  /** Built at the first concrete path: a stdio server that only names operations never needs it. */
  #router(): Routes {
    if (this.#routes === undefined) {
      const routes = new Routes();
      this.#file.operations.forEach(([, method, path], index) => {
        routes.add(method, path, index);
      });
      this.#routes = routes;
    }
    return this.#routes;
  }
}

/** A catalog from the contents of a catalog file. */
export const catalogOf = (file: CatalogFile): Catalog => new LoadedCatalog(file);

let shipped: Catalog | undefined;

/** The catalog that ships with the product: beside the bundle, or in `dist` when the sources run. @throws when it was not built. */
export function loadCatalog(): Catalog {
  if (shipped === undefined) {
    const places = ['./catalog.json', '../../dist/catalog.json'].map((place) => new URL(place, import.meta.url));
    const found = places.find((place) => existsSync(place));
    if (found === undefined) throw new Error('The catalog is missing: run `npm run build` first.');
    shipped = catalogOf(JSON.parse(readFileSync(found, 'utf8')) as CatalogFile);
  }
  return shipped;
}
