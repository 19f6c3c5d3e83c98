import { existsSync, readFileSync } from 'node:fs';
import { isRecord } from '../json.ts';
import { type DescriptionFile, decodeOperation, decodeSchema, idOf, lifeOf, methodOf } from './encoding.ts';
import type { ApiDescription, MatchedOperation } from './index.ts';
import type { HttpMethod, Operation, Schema } from './model.ts';
import { Routes } from './routes.ts';
import { compareVersions } from './versions.ts';

/** A path template in one spelling: lower case, no trailing slash. */
const spelling = (path: string): string => path.toLowerCase().replace(/\/+$/, '');
/** A path template without the names of its placeholders. */
const shape = (path: string): string => spelling(path).replace(/\{[^}]*\}/g, '{}');

/** Templates by each way to write them. */
function spellingsOf(templates: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const spellings = new Map<string, string[]>();
  for (const template of templates) {
    for (const key of new Set([spelling(template), shape(template)])) {
      const same = spellings.get(key);
      if (same === undefined) spellings.set(key, [template]);
      else same.push(template);
    }
  }
  return spellings;
}

/** Paths with the operations that the version of a number has. */
function pathsAt(paths: DescriptionFile['paths'], number: number): DescriptionFile['paths'] {
  const there = (text: string): boolean => {
    const { since, until } = lifeOf(text);
    return since <= number && number < until;
  };
  const kept: Record<string, string> = {};
  for (const [path, texts] of Object.entries(paths)) {
    // Most are in every version, and need not be taken apart.
    const left = /\|[+-]\d/.test(texts) ? texts.split(' ').filter(there).join(' ') : texts;
    if (left !== '') kept[path] = left;
  }
  return kept;
}

/** One operation as the file has it. */
interface Encoded {
  readonly path: string;
  readonly text: string;
}

/** What one version has of a description. */
interface View {
  readonly of: LoadedDescription;
  /** Of the version that decides what is there. */
  readonly number: number;
  readonly version: string;
}

/** More than there are operations. They can be written in any letter case, so there has to be an end. */
const MOST_FOUND = 5_000;

class LoadedDescription implements ApiDescription {
  readonly version: string;
  readonly versions: readonly string[];
  readonly whole: ApiDescription;
  readonly #file: DescriptionFile;
  /** The number of the version that this describes; none for all together. */
  readonly #number: number | undefined;
  /** Operations are the same in every version. */
  readonly #decoded: Map<string, Operation>;
  readonly #views = new Map<string, ApiDescription>();
  readonly #schemas = new Map<string, Schema>();
  /** Operations by what they were asked for as: each call of a tool asks for the same few again and again. */
  readonly #found = new Map<string, Operation>();
  #ids: ReadonlyMap<string, Encoded> | undefined;
  #spellings: ReadonlyMap<string, readonly string[]> | undefined;
  #routes: Routes | undefined;
  #operations: readonly Operation[] | undefined;
  #allSchemas: ReadonlyMap<string, Schema> | undefined;

  constructor(file: DescriptionFile, view?: View) {
    this.#file = view === undefined ? file : { ...file, paths: pathsAt(file.paths, view.number) };
    this.versions = file.versions ?? [file.version];
    this.#number = view?.number;
    this.version = view?.version ?? file.version;
    this.whole = view?.of ?? this;
    this.#decoded = view === undefined ? new Map() : view.of.#decoded;
  }

  at(version: string): ApiDescription {
    if (this.whole !== this) return this.whole.at(version);
    const newest = this.versions.at(-1) ?? version;
    const asked = compareVersions(version, newest) > 0 ? newest : version;
    const later = this.versions.findIndex((own) => compareVersions(own, asked) > 0);
    const number = Math.max(0, (later < 0 ? this.versions.length : later) - 1);
    const view = this.#views.get(asked) ?? new LoadedDescription(this.#file, { of: this, number, version: asked });
    this.#views.set(asked, view);
    return view;
  }

  get operations(): readonly Operation[] {
    this.#operations ??= [...this.each()];
    return this.#operations;
  }

  *each(): Generator<Operation> {
    for (const encoded of this.#encoded()) yield this.#operation(encoded);
  }

  /** In the document's order. */
  get schemas(): ReadonlyMap<string, Schema> {
    this.#allSchemas ??= new Map(
      Object.keys(this.#file.schemas).flatMap((name) => {
        const schema = this.schema(name);
        return schema === undefined ? [] : [[name, schema] as const];
      }),
    );
    return this.#allSchemas;
  }

  find(idOrMethodAndPath: string): Operation | undefined {
    const known = this.#found.get(idOrMethodAndPath);
    if (known !== undefined) return known;
    const text = idOrMethodAndPath.trim();
    const [method = '', path] = text.split(/\s+/, 2);
    const encoded = path === undefined ? this.#byId(text) : this.#byTemplate(method.toUpperCase(), path);
    if (encoded === undefined) return undefined;
    const operation = this.#operation(encoded);
    if (this.#found.size < MOST_FOUND) this.#found.set(idOrMethodAndPath, operation);
    return operation;
  }

  match(method: HttpMethod, path: string): MatchedOperation | undefined {
    const route = this.#router().match(method, path);
    const encoded = route && this.#at(method, route.template);
    return encoded && { operation: this.#operation(encoded), pathValues: route.values };
  }

  methodsOf(path: string): readonly HttpMethod[] {
    return this.#router().methodsOf(path);
  }

  schema(name: string): Schema | undefined {
    const known = this.#schemas.get(name);
    if (known !== undefined || !Object.hasOwn(this.#file.schemas, name)) return known;
    const schema = decodeSchema(name, this.#file, this.#number);
    if (schema !== undefined) this.#schemas.set(name, schema);
    return schema;
  }

  #encoded(): Encoded[] {
    return Object.entries(this.#file.paths).flatMap(([path, texts]) =>
      texts.split(' ').map((text): Encoded => ({ path, text })),
    );
  }

  #operation({ path, text }: Encoded): Operation {
    const key = `${methodOf(text)} ${path}`;
    const operation = this.#decoded.get(key) ?? decodeOperation(path, text, this.#file);
    this.#decoded.set(key, operation);
    return operation;
  }

  #at(method: string, template: string): Encoded | undefined {
    if (!Object.hasOwn(this.#file.paths, template)) return undefined;
    const text = this.#file.paths[template]?.split(' ').find((one) => methodOf(one) === method);
    return text === undefined ? undefined : { path: template, text };
  }

  #byId(id: string): Encoded | undefined {
    this.#ids ??= new Map(this.#encoded().map((encoded) => [idOf(encoded.path, encoded.text), encoded]));
    return this.#ids.get(id);
  }

  /** `/members/{id}` and `/members/{memberIdentifier}` are two operations: their names decide first, then the shape alone. */
  #byTemplate(method: string, path: string): Encoded | undefined {
    const exact = this.#at(method, path);
    if (exact !== undefined) return exact;
    this.#spellings ??= spellingsOf(Object.keys(this.#file.paths));
    for (const key of [spelling(path), shape(path)]) {
      for (const known of this.#spellings.get(key) ?? []) {
        const found = this.#at(method, known);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  #router(): Routes {
    if (this.#routes === undefined) {
      const routes = new Routes((method, template) => {
        const encoded = this.#at(method, template);
        return encoded === undefined ? [] : this.#operation(encoded).pathParameters;
      });
      for (const [path, texts] of Object.entries(this.#file.paths)) routes.add(path, texts.split(' ').map(methodOf));
      this.#routes = routes;
    }
    return this.#routes;
  }
}

/** A description from the contents of its file. Operations, schemas and look-up tables are decoded when first asked for. */
export const descriptionOf = (file: DescriptionFile): ApiDescription => new LoadedDescription(file);

/** A file that is not a description of the API, although CWM_CATALOG names it. */
export class DescriptionFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DescriptionFileError';
  }
}

function isDescriptionFile(value: unknown): value is DescriptionFile {
  return (
    isRecord(value) &&
    typeof value.version === 'string' &&
    Array.isArray(value.enums) &&
    (value.versions === undefined || Array.isArray(value.versions)) &&
    isRecord(value.schemas) &&
    isRecord(value.paths) &&
    [...Object.values(value.schemas), ...Object.values(value.paths)].every((text) => typeof text === 'string')
  );
}

/** The description in a file that `cwm-mcp catalog import` wrote. @throws {DescriptionFileError} */
function readDescriptionFile(file: string): ApiDescription {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DescriptionFileError(
      `CWM_CATALOG ${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}.`,
    );
  }
  if (isDescriptionFile(parsed)) return descriptionOf(parsed);
  throw new DescriptionFileError(
    `CWM_CATALOG ${file} is not a description of the API. Make one from an OpenAPI document with: npx -y cwm-mcp catalog import FILE --out ${file}`,
  );
}

let shipped: ApiDescription | undefined;

/**
 * The description that ships with the product, beside the bundle, or in `dist` when the sources run; or the one in `file`.
 * @throws when it was not built, {DescriptionFileError} for a file that is something else
 */
export function loadApi(file?: string): ApiDescription {
  if (file !== undefined) return readDescriptionFile(file);
  if (shipped === undefined) {
    const places = ['./catalog.json', '../../dist/catalog.json'].map((place) => new URL(place, import.meta.url));
    const found = places.find((place) => existsSync(place));
    if (found === undefined) throw new Error("The API's description is missing: run `npm run build` first.");
    shipped = descriptionOf(JSON.parse(readFileSync(found, 'utf8')) as DescriptionFile);
  }
  return shipped;
}
