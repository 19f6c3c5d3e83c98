import type { ApiDescription } from '../../api/index.ts';
import type { ActionAnswer, ActionRequest } from '../contract/request.ts';
import { collectionOfReference } from '../reference-places.ts';
import type { SandboxRecord, Store } from '../store/store.ts';
import { plainTemplate } from '../store/templates.ts';

/** A member of other records that can refer to a record. */
interface Use {
  /** Collection of those other records. */
  readonly template: string;
  readonly member: string;
  /** What they are called, for example `Ticket`. */
  readonly type: string;
}

const idOf = (reference: unknown): unknown => (reference as { id?: unknown } | null | undefined)?.id;

/** What of an API refers to what. */
interface Referring {
  /** By the collection that is referred to. */
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  /** Tables whose rows stay while they are in use. */
  readonly kept: ReadonlySet<string>;
}

function referringIn(api: ApiDescription): Referring {
  const kept = new Set(
    api.operations
      .filter(({ path }) => path.endsWith('/usages'))
      .map(({ path }) => plainTemplate(path.replace(/\/\{[^}]*\}\/usages$/, ''))),
  );
  const uses = new Map<string, Use[]>();
  const seen = new Set<string>();
  for (const { method, path, response } of api.operations) {
    const isList = method === 'GET' && response.kind === 'array' && !/\/(info|usages|list|\w*search)(\/|$)/i.test(path);
    const key = plainTemplate(path);
    if (!isList || seen.has(key)) continue;
    seen.add(key);
    const schema = api.schema(response.schema ?? '');
    for (const [member, field] of schema?.fields ?? []) {
      const target = field.type === 'reference' ? collectionOfReference(field.schema ?? '') : undefined;
      if (target === undefined || schema === undefined) continue;
      const known = uses.get(plainTemplate(target)) ?? [];
      uses.set(plainTemplate(target), [...known, { template: path, member, type: wordOf(schema.name) }]);
    }
  }
  return { uses, kept };
}

/** Who refers to a record: what `/usages` shows, and why a row of a setup table cannot be deleted. */
export class Usages {
  readonly #api: ApiDescription;
  readonly #store: Store;
  #referring: Referring | undefined;

  constructor(api: ApiDescription, store: Store) {
    this.#api = api;
    this.#store = store;
  }

  /** Worked out when it is first asked for: it takes the description of every operation, and few sandboxes are asked. */
  get #known(): Referring {
    this.#referring ??= referringIn(this.#api);
    return this.#referring;
  }

  /** Every record that refers to this one. */
  *of(template: string, id: number): Iterable<{ use: Use; record: SandboxRecord }> {
    for (const use of this.#known.uses.get(plainTemplate(template)) ?? [])
      for (const record of this.#store.collection(use.template).all())
        if (idOf(record[use.member]) === id) yield { use, record };
  }

  /** Whether a record has to stay: tables that have `/usages` keep the rows that are in use. */
  protects(template: string, id: number): boolean {
    if (!this.#known.kept.has(plainTemplate(template))) return false;
    for (const _ of this.of(template, id)) return true;
    return false;
  }

  /** `/usages`: how many records of each kind; `/usages/list`: each of them. What `typeKey` holds is this sandbox's choice. */
  answer({ operation, list }: ActionRequest, template: string, record: SandboxRecord): ActionAnswer {
    const found = [...this.of(template, record.id)];
    if (operation.path.endsWith('/list')) {
      return list(
        found.map(({ use, record: user }) => ({
          id: user.id,
          type: use.type,
          typeKey: use.type,
          count: 1,
          description: String(user.name ?? user.summary ?? user.description ?? user.identifier ?? user.id),
        })),
      );
    }
    const counts = new Map<string, number>();
    for (const { use } of found) counts.set(use.type, (counts.get(use.type) ?? 0) + 1);
    return list([...counts].map(([type, count]) => ({ type, typeKey: type, count })));
  }
}

const wordOf = (schema: string): string => schema.split('.').at(-1) ?? schema;
