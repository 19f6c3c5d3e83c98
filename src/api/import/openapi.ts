import { isRecord } from '../../json.ts';
import { usualId } from '../encoding.ts';
import { MODULES } from '../model.ts';
import { Fields } from './openapi-fields.ts';
import { DocumentError } from './read-text.ts';
import type { Source, SourceBody, SourceOperation, SourceParameter } from './source.ts';
import { inUsualForm } from './usual-form.ts';

type Json = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** What a document holds, read as far as it can be read. */
export interface ReadDocument {
  readonly source: Source;
  /** `2025.1`, where the document says so. */
  readonly version?: string;
  /** What was mended while reading, and what was left out and why, a line each. */
  readonly repairs: readonly string[];
  readonly skipped: readonly string[];
}

/** Mends what documents of Manage have wrong about paths: a prefix, a missing slash, a route constraint that was cut. */
function mendPath(given: string): string {
  return given
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/^\/?(?:v[\d_a-z]+\/)?apis\/3\.0/i, '')
    .replace(/\{(\w+):[^/]*$/g, '{$1}')
    .replace(/\{(\w+):[^/}]*\}?/g, '{$1}')
    .replace(/([^/{])\{/g, '$1/{')
    .replace(/^(?!\/)/, '/');
}

/** An id that no operation has yet. */
function unused(ids: ReadonlySet<string>, id: string): string {
  let number = 1;
  while (ids.has(number === 1 ? id : `${id}${number}`)) number += 1;
  return number === 1 ? id : `${id}${number}`;
}

const moduleOf = (path: string): string => path.split('/')[1]?.toLowerCase() ?? '';
const isModule = (path: string): boolean => (MODULES as readonly string[]).includes(moduleOf(path));

/** Of an answer without a number: a POST creates where it takes the record that it answers with, as in the documents that say it. */
function likelyStatus(method: string, request: SourceBody | undefined, body: SourceBody | undefined): number {
  if (body === undefined) return method === 'delete' ? 204 : 200;
  const isSame = JSON.stringify(request?.value) === JSON.stringify(body.value);
  return method === 'post' && isSame ? 201 : 200;
}

class Reader {
  readonly repairs: string[] = [];
  readonly skipped: string[] = [];
  readonly #document: Json;
  readonly #fields: Fields;

  constructor(document: Json) {
    this.#document = document;
    const components = isRecord(document.components) ? document.components : {};
    this.#fields = new Fields(isRecord(components.schemas) ? components.schemas : {}, this.skipped);
  }

  #resolved(value: unknown, depth = 0): Json {
    if (!isRecord(value) || depth > 5) return {};
    if (typeof value.$ref !== 'string') return value;
    const target = value.$ref
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), this.#document);
    return this.#resolved(target, depth + 1);
  }

  #parameters(operation: Json, item: Json, path: string): SourceParameter[] {
    const declared = [...listOf(item.parameters), ...listOf(operation.parameters)].map((one) => this.#resolved(one));
    const read = declared.flatMap((one): SourceParameter[] => {
      const { name, in: place } = one;
      if (typeof name !== 'string' || (place !== 'path' && place !== 'query')) return [];
      if (!/^[A-Za-z][\w.]*$/.test(name)) {
        this.skipped.push(`parameter ${name.slice(0, 40)} of ${path}: its name is not valid`);
        return [];
      }
      const field = this.#fields.read(isRecord(one.schema) ? one.schema : one);
      const isId = /^(id|.*Id|page|pageSize)$/.test(name);
      const type = field.type === 'number' && isId ? 'integer' : field.type;
      return [
        {
          name,
          in: place,
          type: type === 'integer' || type === 'number' || type === 'boolean' ? type : 'string',
          required: one.required === true,
          ...(field.enum && { enum: field.enum }),
        },
      ];
    });
    return [...new Map(read.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()];
  }

  #body(holder: unknown): SourceBody | undefined {
    const content = this.#resolved(holder).content;
    if (!isRecord(content)) return undefined;
    const types = Object.keys(content);
    const contentType = types.find((type) => /multipart|json/.test(type)) ?? types[0];
    if (contentType === undefined) return undefined;
    const media = this.#resolved(content[contentType]);
    const schema = isRecord(media.schema) ? media.schema : {};
    const binary = schema.format === 'binary' || /octet-stream|pdf|image/.test(contentType);
    return {
      contentType: binary && !/multipart/.test(contentType) ? 'application/octet-stream' : contentType,
      value: this.#fields.read(schema),
    };
  }

  #operation(method: (typeof METHODS)[number], path: string, operation: Json, item: Json): SourceOperation {
    const responses = isRecord(operation.responses) ? operation.responses : {};
    const codes = Object.keys(responses);
    const code =
      codes.find((status) => /^2\d\d$/.test(status)) ?? codes.find((status) => /^2XX$/i.test(status)) ?? 'default';
    const response = this.#resolved(responses[code]);
    const request = this.#body(operation.requestBody);
    const body = this.#body(responses[code]);
    const id = typeof operation.operationId === 'string' ? operation.operationId : '';
    return {
      id: /^[A-Za-z][\w-]*$/.test(id) ? id : usualId(method, path),
      method: method.toUpperCase(),
      path,
      parameters: this.#parameters(operation, item, path),
      ...(request && { request }),
      response: {
        status: /^\d+$/.test(code) ? Number(code) : likelyStatus(method, request, body),
        description: typeof response.description === 'string' ? response.description : '',
        ...(body && { body }),
      },
    };
  }

  operations(): SourceOperation[] {
    const found = new Map<string, SourceOperation>();
    const ids = new Set<string>();
    const elsewhere = new Map<string, number>();
    for (const [given, item] of Object.entries(isRecord(this.#document.paths) ? this.#document.paths : {})) {
      const path = mendPath(given);
      if (!isRecord(item)) continue;
      if (!isModule(path)) {
        elsewhere.set(moduleOf(path), (elsewhere.get(moduleOf(path)) ?? 0) + 1);
        continue;
      }
      if (!/^[\w/{}.-]+$/.test(path)) {
        this.skipped.push(`${path.slice(0, 80)}: a path with characters that no path has`);
        continue;
      }
      if (/[{}]/.test(path.replace(/\{[^{}]+\}/g, ''))) {
        this.skipped.push(`${path.slice(0, 80)}: a path whose braces do not match`);
        continue;
      }
      if (path !== given && !given.includes(path)) this.repairs.push(`${given} is ${path}`);
      for (const method of METHODS) {
        if (!isRecord(item[method])) continue;
        const operation = this.#operation(method, path, item[method], item);
        // The same route in another spelling: a trailing slash, letter case or the name of an id makes no other operation.
        const key = `${operation.method} ${path
          .replace(/\/+$/, '')
          .replace(/\{\w*id\}/gi, '{id}')
          .toLowerCase()}`;
        if (found.has(key)) {
          this.repairs.push(`${operation.method} ${path} occurs twice`);
          continue;
        }
        if (ids.has(operation.id)) operation.id = unused(ids, usualId(method, path));
        ids.add(operation.id);
        found.set(key, operation);
      }
    }
    for (const [module, count] of elsewhere)
      this.skipped.push(`${count} paths under /${module.slice(0, 40)}: not a module of Manage`);
    return [...found.values()];
  }

  schemas(): Source['schemas'] {
    const schemas = this.#fields.all();
    const missing = this.#fields.missing();
    if (missing.length > 0)
      this.skipped.push(`${missing.length} schemas that are not in the document: ${missing.slice(0, 5).join(', ')}`);
    return schemas;
  }
}

/** `2025.1` in the document's own words; the API's major version 3.0 says nothing. */
function versionOf(document: Json): string | undefined {
  const info = isRecord(document.info) ? document.info : {};
  const said = [info.version, info.title, info.description].filter((text) => typeof text === 'string').join(' ');
  return /(?:^|\D)(20\d\d\.\d{1,2})\b/.exec(said)?.[1];
}

/**
 * Reads an OpenAPI 3 document of Manage, complete or a part.
 * @throws {DocumentError} for a document of something else, in words that say what it is and what is wanted
 */
export function readOpenApi(given: unknown): ReadDocument {
  if (!isRecord(given)) throw new DocumentError('The file holds no JSON object. An OpenAPI document is one.');
  if (typeof given.swagger === 'string')
    throw new DocumentError(`This is a Swagger ${given.swagger} document. Convert it to OpenAPI 3.0 first.`);
  if (isRecord(given.schemas) && isRecord(given.paths) && Array.isArray(given.enums))
    throw new DocumentError('This is already a description made by this command; set CWM_CATALOG to it.');
  if (typeof given.openapi !== 'string' || !given.openapi.startsWith('3'))
    throw new DocumentError('This is not an OpenAPI 3 document: it has no "openapi": "3...".');
  const document = inUsualForm(given);
  const paths = Object.keys(isRecord(document.paths) ? document.paths : {});
  const own = paths.filter((path) => isModule(mendPath(path)));
  const known = own.filter((path) =>
    /^\/(service\/(tickets|boards)|company\/(companies|contacts|configurations)|time\/entries|system\/|finance\/(agreements|invoices)|project\/|sales\/|procurement\/|schedule\/|marketing\/|expense\/)/i.test(
      mendPath(path),
    ),
  );
  const said = isRecord(document.info) && typeof document.info.title === 'string' ? document.info.title : undefined;
  // A part of the document has few paths, and those of a version that is not out yet may all be new.
  const isManage =
    /\b(connectwise[ -]?)?(psa|manage)\b/i.test(said ?? '') ||
    known.length >= Math.min(3, paths.length) ||
    known.length >= own.length / 2;
  if (own.length === 0 || own.length < paths.length / 2 || !isManage) {
    const title = JSON.stringify((said ?? 'something else').slice(0, 80));
    throw new DocumentError(
      `This is the document of ${title}, not of ConnectWise Manage: ${known.length} of its ${paths.length} paths are known as Manage's (like /service/tickets).`,
    );
  }
  const reader = new Reader(document);
  const operations = reader.operations();
  if (operations.length === 0)
    throw new DocumentError(`The document has ${paths.length} paths, and no operation that can be read.`);
  const version = versionOf(document);
  return {
    source: { operations, schemas: reader.schemas() },
    ...(version !== undefined && { version }),
    repairs: reader.repairs,
    skipped: reader.skipped,
  };
}
