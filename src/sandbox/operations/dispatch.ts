import type { Catalog, Operation } from '../../catalog/index.ts';
import type { ActionAnswer, Behaviour, HookContext } from '../behaviour.ts';
import { Failure, notFound } from '../failure.ts';
import type { Form } from '../http/form.ts';
import { countOf, fieldsOf, type ListRequest, listPage, type Query } from '../list.ts';
import type { Collection, SandboxRecord, Store } from '../store/store.ts';
import { bodyErrors, parseBody } from '../write/body.ts';
import { applyPatch } from '../write/patch.ts';
import { type SaveTarget, save } from '../write/save.ts';
import { leastRecord, shapedAs } from './conform.ts';
import { Samples } from './sample.ts';
import { type Target, targetOf } from './target.ts';

export interface OperationRequest {
  readonly operation: Operation;
  readonly pathValues: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly query: Query;
  /** Raw text of the body. */
  readonly text: string;
  /** The body, where it is a form. */
  readonly form?: Form | undefined;
  readonly forwardOnly: boolean;
}

export interface OperationAnswer extends ActionAnswer {
  readonly location?: string;
}

/** Answers catalog operations from the store: by an entity's behaviour where there is one, by the schemas everywhere else. */
export class Dispatcher {
  readonly #catalog: Catalog;
  readonly #store: Store;
  readonly #samples: Samples;
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #actions = new Map<
    Operation,
    (request: Parameters<NonNullable<Behaviour['actions']>[string]>[0], context: HookContext) => ActionAnswer
  >();

  constructor(catalog: Catalog, store: Store, behaviours: readonly Behaviour[]) {
    this.#catalog = catalog;
    this.#store = store;
    this.#samples = new Samples(catalog, store);
    for (const behaviour of behaviours) {
      this.#behaviours.set(keyOf(behaviour.collection), behaviour);
      for (const [key, action] of Object.entries(behaviour.actions ?? {})) {
        const operation = catalog.find(key);
        if (operation === undefined)
          throw new Error(`${behaviour.collection} acts on ${key}, which is not in the catalog.`);
        this.#actions.set(operation, action);
      }
    }
  }

  answer(request: OperationRequest, context: Omit<HookContext, 'parentIds'>): OperationAnswer {
    const { operation } = request;
    const target = targetOf(operation, this.#catalog);
    const parentIds = this.#parents(request, target);
    const full: HookContext = { ...context, parentIds };
    const action = this.#actions.get(operation);
    if (action !== undefined) {
      const { pathValues, url, text, form, forwardOnly } = request;
      return action(
        {
          operation,
          method: operation.method,
          pathValues,
          query: url.searchParams,
          url,
          forwardOnly,
          form,
          // Read when it is asked for: an action that takes none does not mind what was sent.
          get body() {
            return parseBody(text);
          },
        },
        full,
      );
    }
    const collection = this.#store.collection(target.template);
    if (target.kind !== 'other') this.#samples.ensure(target.template, parentIds);
    switch (operation.method) {
      case 'GET':
        return this.#read(request, target, collection, full);
      case 'POST':
        return this.#post(request, target, collection, full);
      case 'PUT':
      case 'PATCH':
        return this.#update(request, target, collection, full);
      case 'DELETE':
        return this.#remove(request, target, collection, full);
    }
  }

  /** Ids of the parents in the path. @throws 404 with the real text when one of them is not there. */
  #parents({ operation, pathValues }: OperationRequest, target: Target): number[] {
    const segments = operation.path.split('/');
    const ids: number[] = [];
    for (const name of target.parents) {
      const given = pathValues[name] ?? '';
      const template = segments.slice(0, segments.indexOf(`{${name}}`)).join('/');
      // What answers by itself, such as reports, keeps no records.
      if (!this.#answersItself(template)) this.#samples.ensure(template, [...ids]);
      const parents = this.#store.collection(template);
      const parent = /^\d+$/.test(given) ? parents.get(Number(given)) : [...parents.where('identifier', given)][0];
      if (parents.size > 0 && parent === undefined) throw this.#missing(template, operation, given);
      ids.push(parent?.id ?? Number(given));
    }
    return ids;
  }

  #answersItself(template: string): boolean {
    const list = this.#catalog.find(`GET ${template}`);
    return list !== undefined && this.#actions.has(list);
  }

  #missing(template: string, operation: Operation, id: string): Failure {
    const behaviour = this.#behaviours.get(keyOf(template));
    const word = behaviour?.label ?? labelOf(template, operation);
    return notFound(`${word} ${id} not found`);
  }

  #item(
    { operation, pathValues }: OperationRequest,
    target: Target,
    collection: Collection,
    parentIds: readonly number[],
  ): SandboxRecord {
    const given = pathValues[target.item ?? ''] ?? '';
    const id = this.#behaviours.get(keyOf(target.template))?.storedId?.(Number(given), parentIds) ?? Number(given);
    const record = /^\d+$/.test(given) ? collection.get(id) : [...collection.where('identifier', given)][0];
    const parents = record === undefined ? [] : collection.parentsOf(record.id);
    const belongs = parents.length === 0 || parentIds.every((id, i) => parents[i] === id);
    if (record === undefined || !belongs) throw this.#missing(target.template, operation, given);
    return record;
  }

  /** How the records of a collection are shown; `undefined` where they are shown as they are stored. */
  #presenter(template: string, context: HookContext): ((record: SandboxRecord) => SandboxRecord) | undefined {
    const behaviour = this.#behaviours.get(keyOf(template));
    return behaviour?.present === undefined ? undefined : (record) => behaviour.present?.(record, context) ?? record;
  }

  #read(request: OperationRequest, target: Target, collection: Collection, context: HookContext): OperationAnswer {
    const { operation, query } = request;
    const { response } = operation;
    const present = this.#presenter(target.template, context);
    const trim = fieldsOf(query) ?? ((record: Record<string, unknown>) => record);
    if (target.kind === 'item') {
      const record = this.#item(request, target, collection, context.parentIds);
      return { status: 200, body: trim(shapedAs(this.#catalog, response.schema, present?.(record) ?? record)) };
    }
    if (target.kind === 'other') return { status: response.status, ...this.#other(operation) };
    const schema = this.#listSchema(target.template) ?? response.schema ?? '';
    const list: ListRequest = {
      collection,
      parents: context.parentIds,
      schema,
      query,
      present,
      catalog: this.#catalog,
    };
    if (target.kind === 'count') return { status: 200, body: { count: countOf(list) } };
    const { rows, link } = listPage(list, request.url, request.forwardOnly);
    const shaped = schema === response.schema ? rows : rows.map((row) => shapedAs(this.#catalog, response.schema, row));
    return { status: 200, body: shaped, ...(link !== undefined && { link }) };
  }

  /** Schema by which a collection's conditions are checked. */
  #listSchema(template: string): string | undefined {
    return this.#catalog.find(`GET ${template}`)?.response.schema;
  }

  #other({ response }: Operation): { body?: unknown } {
    if (response.kind === 'none') return {};
    return { body: response.kind === 'array' ? [] : leastRecord(this.#catalog, response.schema) };
  }

  #saveTarget(operation: Operation, template: string, collection: Collection, context: HookContext): SaveTarget {
    const schema = this.#catalog.schema(operation.request?.schema ?? operation.response.schema ?? '');
    return {
      catalog: this.#catalog,
      operation,
      schema,
      collection,
      behaviour: this.#behaviours.get(keyOf(template)),
      context,
    };
  }

  #post(request: OperationRequest, target: Target, collection: Collection, context: HookContext): OperationAnswer {
    const { operation, text, query } = request;
    const body = parseBody(text);
    if (operation.path.endsWith('/search')) return this.#search(request, body, context);
    const errors = operation.request === undefined ? [] : bodyErrors(this.#catalog, operation, body, text);
    const creates =
      target.kind === 'collection' &&
      operation.response.kind === 'object' &&
      operation.request?.schema === operation.response.schema;
    if (!creates) {
      if (errors.length > 0)
        throw new Failure(400, { code: 'InvalidObject', message: 'The object is invalid', errors });
      return { status: operation.response.status || 200, ...this.#acted(operation) };
    }
    const stored = save(
      this.#saveTarget(operation, target.template, collection, context),
      body as Record<string, unknown>,
      undefined,
      errors,
    );
    const shown = this.#presenter(target.template, context)?.(stored) ?? stored;
    const trim = fieldsOf(query) ?? ((record: Record<string, unknown>) => record);
    return {
      status: operation.response.status,
      body: trim(shown),
      location: `${request.url.pathname.replace(/\/$/, '')}/${stored.id}`,
    };
  }

  #acted(operation: Operation): { body?: unknown } {
    if (operation.response.schema === 'SuccessResponse') return { body: { success: true, message: '' } };
    return this.#other(operation);
  }

  /** The two POST searches: the conditions come in the body, spelled its own way. */
  #search(request: OperationRequest, body: unknown, context: HookContext): OperationAnswer {
    const template = request.operation.path.replace(/\/search$/, '');
    if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body))) {
      throw new Failure(400, { code: 'InvalidObject', message: 'The body must be an object (FilterValues).' });
    }
    const fromBody = Object.entries((body ?? {}) as Record<string, unknown>).map(([name, value]): [string, string] => [
      name.toLowerCase(),
      String(value),
    ]);
    const query = new Map([...request.query, ...fromBody.filter(([, value]) => value !== 'null')]);
    const collection = this.#store.collection(template);
    const schema = this.#listSchema(template) ?? '';
    const list: ListRequest = {
      collection,
      parents: [],
      schema,
      query,
      present: this.#presenter(template, context),
      catalog: this.#catalog,
    };
    const { rows, link } = listPage(list, request.url, request.forwardOnly);
    return { status: 200, body: rows, ...(link !== undefined && { link }) };
  }

  #update(request: OperationRequest, target: Target, collection: Collection, context: HookContext): OperationAnswer {
    const { operation, text, query } = request;
    const body = parseBody(text);
    if (target.kind !== 'item') return { status: operation.response.status, ...this.#acted(operation) };
    const previous = this.#item(request, target, collection, context.parentIds);
    const saveTarget = this.#saveTarget(operation, target.template, collection, context);
    const derived = saveTarget.behaviour?.derived ?? [];
    const isPatch = operation.method === 'PATCH';
    const errors = isPatch ? [] : bodyErrors(this.#catalog, operation, body, text);
    const kept = Object.fromEntries(derived.map((name) => [name, previous[name]]));
    const draft = isPatch
      ? applyPatch(previous, body, saveTarget.schema, this.#catalog, derived)
      : { ...(body as Record<string, unknown>), ...kept };
    const stored = save(saveTarget, draft, previous, errors);
    const trim = fieldsOf(query) ?? ((record: Record<string, unknown>) => record);
    return { status: 200, body: trim(this.#presenter(target.template, context)?.(stored) ?? stored) };
  }

  #remove(request: OperationRequest, target: Target, collection: Collection, context: HookContext): OperationAnswer {
    if (target.kind !== 'item') return { status: request.operation.response.status, ...this.#acted(request.operation) };
    const record = this.#item(request, target, collection, context.parentIds);
    const behaviour = this.#behaviours.get(keyOf(target.template));
    if (behaviour?.beforeDelete?.(record, context) !== 'keep') collection.remove(record.id);
    const { status, kind } = request.operation.response;
    return { status, ...(kind !== 'none' && { body: record }) };
  }
}

const keyOf = (template: string): string =>
  template
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\/+$/, '')
    .toLowerCase();

/** `Company`, `Activity`: the schema's own word, as far as it is known how Manage names a record that is missing. */
function labelOf(template: string, operation: Operation): string {
  const own = operation.response.schema?.split('.').at(-1);
  if (
    operation.path.toLowerCase().startsWith(`${template.toLowerCase()}/{`) &&
    own !== undefined &&
    operation.path.split('/').length === template.split('/').length + 1
  )
    return own;
  const word = template.split('/').at(-1) ?? 'Record';
  const singular = word
    .replace(/ies$/, 'y')
    .replace(/(ss|us)es$/, '$1')
    .replace(/s$/, '');
  return singular.charAt(0).toUpperCase() + singular.slice(1);
}
