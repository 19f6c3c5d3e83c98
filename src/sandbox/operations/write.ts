import type { Operation } from '../../api/index.ts';
import type { HookContext } from '../contract/behaviour.ts';
import { Failure } from '../contract/failure.ts';
import type { OperationAnswer, OperationRequest } from '../contract/request.ts';
import type { Collection, SandboxRecord } from '../store/store.ts';
import { bodyErrors, readBody } from '../write/body.ts';
import { applyPatch } from '../write/patch.ts';
import { type SaveTarget, save } from '../write/save.ts';
import { shapedAs } from './conform.ts';
import { leastAnswer, search, shown } from './read.ts';
import type { Call, Records } from './records.ts';
import type { Target } from './target.ts';
import type { Usages } from './usages.ts';

/** By which operation a record is written, and where to. */
export interface WritePlace {
  readonly operation: Operation;
  readonly template: string;
  readonly collection: Collection;
  readonly context: HookContext;
}

/** Answers POST, PUT, PATCH and DELETE. */
export class Writer {
  readonly #records: Records;
  readonly #usages: Usages;

  constructor(records: Records, usages: Usages) {
    this.#records = records;
    this.#usages = usages;
  }

  post({ request, target, collection, context }: Call): OperationAnswer {
    const { operation, text } = request;
    const body = readBody(this.#records.api, operation, text);
    const isSearch = operation.path.endsWith('/search');
    // A search for everything needs no body.
    const given = isSearch && (body === undefined || body === null) ? {} : body;
    const errors = operation.request === undefined ? [] : bodyErrors(this.#records.api, operation, given, text);
    const creates =
      target.kind === 'collection' &&
      (operation.response.kind === 'object' || operation.response.kind === 'array') &&
      operation.request?.kind === 'object' &&
      operation.request.schema === operation.response.schema;
    if (!creates && errors.length > 0)
      throw new Failure(400, { code: 'InvalidObject', message: 'The object is invalid', errors });
    if (isSearch) return search(this.#records, request, given as Record<string, unknown>, context);
    if (!creates) return { status: operation.response.status || 200, ...leastAnswer(this.#records, operation) };
    const stored = this.store({ operation, template: target.template, collection, context }, undefined, given, text);
    return {
      status: operation.response.status,
      body: this.#answered(request, target, context, stored),
      location: `${request.url.pathname.replace(/\/$/, '')}/${stored.id}`,
    };
  }

  update({ request, target, collection, context }: Call): OperationAnswer {
    const { operation, text } = request;
    const body = readBody(this.#records.api, operation, text);
    if (target.kind !== 'item') return { status: operation.response.status, ...leastAnswer(this.#records, operation) };
    const previous = this.#records.item(request, target, collection, context.parentIds);
    const stored = this.store({ operation, template: target.template, collection, context }, previous, body, text);
    return { status: 200, body: this.#answered(request, target, context, stored) };
  }

  /** A stored record as the answer of its own write shows it. */
  #answered(request: OperationRequest, target: Target, context: HookContext, stored: SandboxRecord): unknown {
    const { schema, kind } = request.operation.response;
    const body = shapedAs(this.#records.api, schema, shown(this.#records, request, target, context)(stored));
    return kind === 'array' ? [body] : body;
  }

  /** Creates a record, or changes one by PUT or PATCH. */
  store(
    { operation, template, collection, context }: WritePlace,
    previous: SandboxRecord | undefined,
    body: unknown,
    text: string,
  ): SandboxRecord {
    const { api } = this.#records;
    const behaviour = this.#records.behaviour(template);
    const schema = api.schema(operation.request?.schema ?? operation.response.schema ?? '');
    const filled = this.#records.filler.of(template);
    const target: SaveTarget = { api, operation, schema, collection, behaviour, context, filled };
    const derived = behaviour?.derived ?? [];
    if (previous !== undefined && operation.method === 'PATCH')
      return save(
        target,
        applyPatch(behaviour?.asChanged?.(previous, context) ?? previous, body, {
          schema,
          api,
          derived,
          module: template.split('/')[1],
        }),
        previous,
        [],
      );
    const errors = bodyErrors(api, operation, body, text);
    const kept = previous && Object.fromEntries(derived.map((name) => [name, previous[name]]));
    return save(target, { ...(body as Record<string, unknown>), ...kept }, previous, errors);
  }

  remove({ request, target, collection, context }: Call): OperationAnswer {
    const { operation } = request;
    if (target.kind !== 'item') return { status: operation.response.status, ...leastAnswer(this.#records, operation) };
    const record = this.#records.item(request, target, collection, context.parentIds);
    this.removeRecord(record, target.template, collection, context);
    const { status, kind } = operation.response;
    return { status, ...(kind !== 'none' && { body: record }) };
  }

  removeRecord(record: SandboxRecord, template: string, collection: Collection, context: HookContext): void {
    const behaviour = this.#records.behaviour(template);
    if (behaviour?.beforeDelete === undefined && this.#usages.protects(template, record.id))
      // The status is the real server's, the words are not known.
      throw new Failure(409, {
        code: 'ObjectInUse',
        message: `${this.#records.labelOf(template)} ${record.id} is in use and cannot be deleted.`,
      });
    if (behaviour?.beforeDelete?.(record, context) !== 'keep') collection.remove(record.id);
  }
}
