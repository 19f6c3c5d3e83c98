import type { ApiDescription, Operation } from '../../api/index.ts';
import { segmentsOf } from '../../api/routes.ts';
import type { Behaviour, HookContext } from '../contract/behaviour.ts';
import { type Failure, notFound, spaced } from '../contract/failure.ts';
import type { OperationRequest } from '../contract/request.ts';
import type { ListRequest } from '../list.ts';
import type { Filler } from '../records/filler.ts';
import type { Collection, SandboxRecord, Store } from '../store/store.ts';
import { plainTemplate } from '../store/templates.ts';
import { Samples } from './sample.ts';
import { type Target, withoutInfo } from './target.ts';

/** An operation at work: what was asked, what it is about, and where the records are. */
export interface Call {
  readonly request: OperationRequest;
  readonly target: Target;
  readonly collection: Collection;
  readonly context: HookContext;
}

export interface RecordSources {
  readonly api: ApiDescription;
  readonly store: Store;
  readonly behaviours: readonly Behaviour[];
  readonly filler: Filler;
}

/** Finds what a path is about: parents, records, and what is known of a collection beyond its schema. */
export class Records {
  readonly api: ApiDescription;
  readonly store: Store;
  readonly samples: Samples;
  readonly filler: Filler;
  readonly #answersItself: (operation: Operation) => boolean;
  readonly #behaviours: ReadonlyMap<string, Behaviour>;

  constructor({ api, store, behaviours, filler }: RecordSources, answersItself: (operation: Operation) => boolean) {
    this.#answersItself = answersItself;
    this.api = api;
    this.store = store;
    this.filler = filler;
    this.samples = new Samples(api, store);
    this.#behaviours = new Map(behaviours.map((behaviour) => [plainTemplate(behaviour.collection), behaviour]));
  }

  behaviour(template: string): Behaviour | undefined {
    return this.#behaviours.get(plainTemplate(template));
  }

  /** Ids of the parents in the path. @throws 404 with the real text when one of them is not there. */
  parents({ operation, pathValues }: OperationRequest, target: Target): number[] {
    const segments = ['', ...withoutInfo(segmentsOf(operation.path))];
    const ids: number[] = [];
    for (const name of target.parents) {
      const given = pathValues[name] ?? '';
      const template = segments.slice(0, segments.indexOf(`{${name}}`)).join('/');
      const list = this.api.find(`GET ${template}`);
      // What answers by itself, such as reports, keeps no records.
      if (list === undefined || !this.#answersItself(list)) this.samples.ensure(template, [...ids]);
      const parents = this.store.collection(template);
      const parent = find(parents, given);
      const isElsewhere = parent !== undefined && !isUnder(parents, parent, ids);
      if (parents.size > 0 && (parent === undefined || isElsewhere)) throw this.missing(template, given);
      ids.push(parent?.id ?? Number(given));
    }
    return ids;
  }

  /** The record that a path ends in. @throws 404 with the real text when it is not there, or under other parents. */
  item(
    { pathValues }: OperationRequest,
    target: Target,
    collection: Collection,
    parentIds: readonly number[],
  ): SandboxRecord {
    const given = pathValues[target.item ?? ''] ?? '';
    const stored = this.behaviour(target.template)?.storedId?.(Number(given), parentIds);
    const record = stored === undefined ? find(collection, given) : collection.get(stored);
    if (record === undefined || !isUnder(collection, record, parentIds)) throw this.missing(target.template, given);
    return record;
  }

  /** How Manage names a record of the collection in its messages. */
  labelOf(template: string): string {
    return spaced(this.behaviour(template)?.label ?? wordOf(template, this.api));
  }

  missing(template: string, id: string): Failure {
    return notFound(`${this.labelOf(template)} ${id} not found`);
  }

  /** How the records of a collection are shown; `undefined` where they are shown as they are stored. */
  presenter(template: string, context: HookContext): ((record: SandboxRecord) => SandboxRecord) | undefined {
    const behaviour = this.behaviour(template);
    return behaviour?.present === undefined ? undefined : (record) => behaviour.present?.(record, context) ?? record;
  }

  /** How conditions of a collection on something other than members of its records are read. */
  rewriter(template: string, context: HookContext): ListRequest['rewrite'] {
    const behaviour = this.behaviour(template);
    return behaviour?.rewrite === undefined ? undefined : (comparison) => behaviour.rewrite?.(comparison, context);
  }

  /** Schema by which a collection's conditions are checked. */
  listSchema(template: string): string | undefined {
    return this.api.find(`GET ${template}`)?.response.schema;
  }
}

const find = (collection: Collection, given: string): SandboxRecord | undefined =>
  /^\d+$/.test(given) ? collection.get(Number(given)) : collection.where('identifier', given)[0];

function isUnder(collection: Collection, record: SandboxRecord, parentIds: readonly number[]): boolean {
  const parents = collection.parentsOf(record.id);
  return parents.length === 0 || parentIds.every((id, i) => parents[i] === id);
}

/** `Company`, `Activity`: the schema's own word, as far as it is known how Manage names a record that is missing. */
function wordOf(template: string, api: ApiDescription): string {
  const own = api.find(`GET ${template}/{id}`)?.response.schema?.split('.').at(-1);
  if (own !== undefined) return own;
  const word = template.split('/').at(-1) ?? 'Record';
  const singular = word
    .replace(/ies$/, 'y')
    .replace(/(ss|us)es$/, '$1')
    .replace(/s$/, '');
  return singular.charAt(0).toUpperCase() + singular.slice(1);
}
