import type { ApiDescription, Operation } from '../../api/index.ts';
import type { Behaviour, HookContext } from '../contract/behaviour.ts';
import { invalidObject } from '../contract/failure.ts';
import type { ActionAnswer, ActionRequest, OperationAnswer, OperationRequest } from '../contract/request.ts';
import type { Filler } from '../records/filler.ts';
import type { Store } from '../store/store.ts';
import { bodyErrors, readBody } from '../write/body.ts';
import { resourceOf } from '../write/save.ts';
import { answerBulk } from './bulk.ts';
import { shapedAs } from './conform.ts';
import { copyRecord } from './copy.ts';
import { read } from './read.ts';
import { type Call, Records } from './records.ts';
import { listRows } from './rows.ts';
import { targetOf } from './target.ts';
import { Usages } from './usages.ts';
import { Writer } from './write.ts';

type Action = (request: ActionRequest, context: HookContext) => ActionAnswer;

/** Answers the API's operations from the store: by an entity's behaviour where there is one, by the schemas everywhere else. */
export class Dispatcher {
  readonly #api: ApiDescription;
  readonly #store: Store;
  readonly #records: Records;
  readonly #writer: Writer;
  readonly #usages: Usages;
  readonly #actions = new Map<Operation, Action>();
  readonly #unanswered: string[] = [];

  constructor(api: ApiDescription, store: Store, behaviours: readonly Behaviour[], filler: Filler) {
    this.#api = api;
    this.#store = store;
    this.#records = new Records({ api, store, behaviours, filler }, (key) => this.#actions.has(key));
    this.#usages = new Usages(api, store);
    this.#writer = new Writer(this.#records, this.#usages);
    for (const behaviour of behaviours) {
      for (const [key, action] of Object.entries(behaviour.actions ?? {})) {
        const operation = api.find(key);
        if (operation !== undefined) this.#actions.set(operation, action);
        // What only another version has is rightly not there.
        else if (api.whole.find(key) === undefined) this.#unanswered.push(key);
      }
    }
  }

  /** Operations that a behaviour answers and the description lacks, as `POST /service/tickets/{parentId}/merge`. */
  get unanswered(): readonly string[] {
    return this.#unanswered;
  }

  /** Forgets what it knows of the store's records, which were put back. */
  reset(): void {
    this.#records.samples.reset();
  }

  answer(request: OperationRequest, context: Omit<HookContext, 'parentIds'>): OperationAnswer {
    const { operation } = request;
    const target = targetOf(operation, this.#api);
    const parentIds = this.#records.parents(request, target);
    const full: HookContext = { ...context, parentIds };
    const action = this.#actions.get(operation);
    if (action !== undefined) return action(this.#actionRequest(request), full);
    const collection = this.#store.collection(target.template);
    const call: Call = { request, target, collection, context: full };
    if (target.kind !== 'other') this.#records.samples.ensure(target.template, parentIds);
    switch (target.kind) {
      case 'usages':
        return this.#usages.answer(
          this.#actionRequest(request),
          target.template,
          this.#records.item(request, target, collection, parentIds),
        );
      case 'bulk':
        return answerBulk(this.#records, this.#writer, call);
      case 'copy':
        return copyRecord(this.#records, call);
    }
    switch (operation.method) {
      case 'GET':
        return read(this.#records, call);
      case 'POST':
        return this.#writer.post(call);
      case 'PUT':
      case 'PATCH':
        return this.#writer.update(call);
      case 'DELETE':
        return this.#writer.remove(call);
    }
  }

  #actionRequest(request: OperationRequest): ActionRequest {
    const { operation, pathValues, url, text, form, bytes, contentType, forwardOnly } = request;
    const api = this.#api;
    const { filler } = this.#records;
    // A row has the same guid in its list and by itself.
    const place = operation.path.replace(/\/\{id\}$/, '');
    return {
      operation,
      method: operation.method,
      pathValues,
      query: url.searchParams,
      url,
      forwardOnly,
      form,
      // Read when it is asked for: an action that takes none does not mind what was sent.
      get body() {
        const body = readBody(api, operation, text);
        if (body === undefined || operation.request?.kind !== 'object') return body;
        // What an action requires it says itself.
        const errors = bodyErrors(api, operation, body, text).filter(({ code }) => code !== 'MissingRequiredField');
        if (errors.length > 0) throw invalidObject(resourceOf(operation.request.schema), errors);
        return body;
      },
      bytes,
      contentType,
      list: (rows, described) => {
        const schema = described?.schema ?? operation.response.schema;
        const filled = schema === undefined ? undefined : filler.of(place, schema);
        return listRows(rows, { ...request, schema, api, ...described, filled });
      },
      whole: (row, schema) =>
        shapedAs(api, schema, filler.of(place, schema).whole(row as Record<string, unknown> & { id: number })),
    };
  }
}
