import { LRUCache } from 'lru-cache';
import type { ApiDescription } from '../../api/index.ts';
import { isRecord } from '../../json.ts';
import { all, type Expression, field } from '../../query/index.ts';
import type { ManageClient, ManageRecord } from '../client.ts';
import { NotFound } from '../errors.ts';
import type { Claim } from './claims.ts';
import type { Scope } from './scope.ts';
import { type Dimension, KIND_OF_REFERENCE, type Kind, READ, type Ties, tiesOf } from './ties.ts';

/** How long what was found out of a record holds: one call reads many things below the same record. */
const HOLDS_MS = 20_000;
const MOST_HELD = 5_000;
/** Documents that were listed with a record within the scope; nothing else tells whose a document is. */
const DOCUMENTS_MS = 60 * 60_000;

const idOf = (value: unknown): number | undefined => {
  const id = Number(isRecord(value) ? value.id : value);
  return Number.isInteger(id) && id > 0 ? id : undefined;
};

/** What a schedule entry of a type is for. */
const SCHEDULED: Readonly<Record<string, Kind>> = { s: 'ticket', c: 'activity' };

/** Tells which records are within a scope. */
export class Membership {
  readonly #api: ApiDescription;
  readonly #manage: ManageClient;
  readonly scope: Scope;
  readonly #known = new LRUCache<string, Promise<boolean>>({ max: MOST_HELD, ttl: HOLDS_MS });
  readonly #documents: LRUCache<number, true>;
  #scheduleTypes: Promise<ReadonlyMap<number, string>> | undefined;

  /** @param manage reads without confines */
  constructor(scope: Scope, { api, manage }: { api: ApiDescription; manage: ManageClient }) {
    this.scope = scope;
    this.#api = api;
    this.#manage = manage;
    this.#documents = new LRUCache({ max: MOST_HELD, ttl: DOCUMENTS_MS });
  }

  /** Documents of a record within the scope: they may be read by their ids from now on. */
  noteDocuments(rows: readonly unknown[]): void {
    for (const id of rows.map(idOf)) if (id !== undefined) this.#documents.set(id, true);
  }

  /** The condition that keeps a list to the scope; `undefined` where nothing is to be added. */
  condition(ties: Ties): Expression | undefined {
    return all(
      ...this.scope.dimensions.map((dimension) => {
        const member = ties[dimension];
        if (member === undefined) return undefined;
        return field(member === 'id' ? 'id' : `${member}/id`, 'in', this.scope.ids(dimension));
      }),
    );
  }

  /** Dimensions of which a record itself does not tell, but what it names does. */
  #looksUp(ties: Ties): readonly Dimension[] {
    return ties.through.length === 0 ? [] : this.scope.dimensions.filter((dimension) => ties[dimension] === undefined);
  }

  /** Whether a list's rows have to be looked at one by one, because no condition can say which of them are within the scope. */
  needsRows(ties: Ties): boolean {
    return this.#looksUp(ties).length > 0;
  }

  /** Members that have to be read to tell. */
  fields(ties: Ties): readonly string[] {
    const own = this.scope.dimensions.flatMap((dimension) => ties[dimension] ?? []);
    const through = this.needsRows(ties) ? ties.through.map(([member]) => member) : [];
    const reads = [...own.filter((member) => member !== 'id').map((member) => `${member}/id`), ...through];
    return ['id', ...reads, ...(through.includes('objectId') ? ['type'] : [])];
  }

  /** Whether a record, as Manage gives it, is within the scope. */
  async holds(record: ManageRecord, ties: Ties): Promise<boolean> {
    for (const dimension of this.scope.dimensions) {
      const member = ties[dimension];
      if (member !== undefined && !this.scope.has(dimension, idOf(record[member]))) return false;
    }
    const open = this.#looksUp(ties);
    if (open.length === 0) return true;
    const named = await this.#namedBy(record, ties);
    if (named === undefined || (named.length === 0 && open.includes('company'))) return false;
    const found = await Promise.all(named.map(([kind, id]) => this.has(kind, id)));
    return found.every(Boolean);
  }

  /** The rows that are within the scope. */
  async within<T>(rows: readonly T[], ties: Ties): Promise<readonly T[]> {
    if (!this.needsRows(ties)) return rows;
    const named = await Promise.all(rows.map((row) => this.#namedBy(row as ManageRecord, ties)));
    await this.#readAhead(named.flatMap((list) => list ?? []));
    const kept = await Promise.all(rows.map((row) => this.holds(row as ManageRecord, ties)));
    return rows.filter((_, index) => kept[index]);
  }

  /** Whether the record of a kind and an id is within the scope. */
  has(kind: Kind, id: unknown): Promise<boolean> {
    const number = idOf(id);
    if (number === undefined) return Promise.resolve(false);
    if (kind === 'company' || kind === 'board') return Promise.resolve(this.scope.has(kind, number));
    // Of the provider itself, on no board.
    if (kind === 'chargeCode') return Promise.resolve(!this.scope.dimensions.includes('company'));
    if (kind === 'document') return Promise.resolve(this.#documents.has(number));
    const key = `${kind} ${number}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#look(kind, number);
    this.#known.set(key, found);
    found.then(
      // Who may not see it now may be asked to create it in the next moment.
      (isWithin) => isWithin || this.#known.delete(key),
      () => this.#known.delete(key),
    );
    return found;
  }

  /** Whether what a request names is within the scope. Names count where they name one record alone; else an id is needed. */
  async allows({ kind, id, names }: Claim): Promise<boolean> {
    if (kind === undefined) return false;
    const hasId = id !== undefined && id !== null && id !== '';
    if (kind !== 'company' && kind !== 'board')
      // Nothing named: a reference that is emptied is not one to somebody else.
      return hasId ? this.has(kind, id) : Object.keys(names).length === 0;
    if (!this.scope.dimensions.includes(kind)) return true;
    const unique = kind === 'company' ? names.identifier : names.name;
    if (unique !== undefined && !this.scope.hasName(kind, unique)) return false;
    return hasId ? this.scope.has(kind, id) : unique !== undefined || Object.keys(names).length === 0;
  }

  /** A record without references to companies and boards outside of the scope, whose names are nobody's business. */
  redacted<T>(record: T, schema: string | undefined, ties: Ties): T {
    const fields = this.#api.schema(schema ?? '')?.fields;
    if (!isRecord(record) || fields === undefined) return record;
    const outside = [...fields].filter(([name, { type, schema: of }]) => {
      const kind = type === 'reference' ? KIND_OF_REFERENCE[of ?? ''] : undefined;
      if ((kind !== 'company' && kind !== 'board') || name === ties.company || name === ties.board) return false;
      const value = record[name];
      return isRecord(value) && this.scope.dimensions.includes(kind) && !this.scope.has(kind, value.id);
    });
    if (outside.length === 0) return record;
    const hidden = new Set(outside.map(([name]) => name));
    return Object.fromEntries(Object.entries(record).filter(([name]) => !hidden.has(name))) as T;
  }

  /** What a record names, that it belongs to; `undefined` where that cannot be told. */
  async #namedBy(record: ManageRecord, { through }: Ties): Promise<(readonly [Kind, number])[] | undefined> {
    const named: (readonly [Kind, number])[] = [];
    for (const [member, kind] of through) {
      const id = idOf(record[member]);
      const meant = member === 'objectId' ? await this.#scheduledKind(record.type) : kind;
      if (member === 'objectId' && (id === undefined || meant === undefined)) return undefined;
      if (id !== undefined && meant !== undefined) named.push([meant, id]);
    }
    return named;
  }

  /** What the `objectId` of a schedule entry of this type means. */
  async #scheduledKind(type: unknown): Promise<Kind | undefined> {
    const id = idOf(type);
    if (id === undefined) return undefined;
    this.#scheduleTypes ??= this.#manage
      .all<ManageRecord>('GET /schedule/types', { fields: ['id', 'identifier'] })
      .then((rows) => new Map(rows.map((row) => [Number(row.id), String(row.identifier)])));
    this.#scheduleTypes.catch(() => {
      this.#scheduleTypes = undefined;
    });
    return SCHEDULED[(await this.#scheduleTypes).get(id)?.toLowerCase() ?? ''];
  }

  async #look(kind: Kind, id: number): Promise<boolean> {
    if (kind === 'site') return this.#hasSite(id);
    for (const name of READ[kind] ?? []) {
      const ties = tiesOf(this.#api, this.#api.find(name)?.response.schema);
      try {
        const record = await this.#manage.get<ManageRecord>(name, {
          path: { id },
          query: { fields: this.fields(ties).join(',') },
        });
        return await this.holds(record, ties);
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
      }
    }
    return false;
  }

  /** A site stands below its company, and does not name it to whoever has only its id. */
  async #hasSite(id: number): Promise<boolean> {
    if (!this.scope.dimensions.includes('company')) return true;
    const conditions = field('id', '=', id);
    const list = 'GET /company/companies/{parentId}/sites';
    const found = await Promise.all(
      this.scope
        .ids('company')
        .map((parentId) => this.#manage.first(list, { path: { parentId }, conditions, fields: ['id'] })),
    );
    return found.some((site) => site !== undefined);
  }

  /** Looks many records up with one request a list. */
  async #readAhead(named: readonly (readonly [Kind, number])[]): Promise<void> {
    for (const kind of new Set(named.map(([one]) => one))) {
      const ids = [...new Set(named.filter(([one]) => one === kind).map(([, id]) => id))];
      const unknown = ids.filter((id) => !this.#known.has(`${kind} ${id}`));
      if (unknown.length < 2) continue;
      const found = new Set<number>();
      for (const read of READ[kind] ?? []) {
        const list = read.replace('/{id}', '');
        const ties = tiesOf(this.#api, this.#api.find(list)?.response.schema);
        const conditions = all(field('id', 'in', unknown), this.condition(ties));
        const fields = this.fields(ties);
        const rows = await this.#manage.all<ManageRecord>(list, { conditions, fields });
        for (const { id } of await this.within(rows, ties)) found.add(Number(id));
      }
      for (const id of unknown) this.#known.set(`${kind} ${id}`, Promise.resolve(found.has(id)));
    }
  }
}
