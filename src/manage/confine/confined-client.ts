import type { ApiDescription, Operation } from '../../api/index.ts';
import { isRecord } from '../../json.ts';
import { all, type Expression, parse, print } from '../../query/index.ts';
import type {
  AskOptions,
  BoundedListOptions,
  CallOptions,
  ListOptions,
  ManageClient,
  QueryValue,
  WholeOptions,
  WriteOptions,
} from '../client.ts';
import { InvalidRequest } from '../errors.ts';
import type { List, Whole } from '../paging/lists.ts';
import { nameOf, operationNamed } from '../prepare.ts';
import type { Site } from '../site-version.ts';
import { Gate } from './gate.ts';
import type { Membership } from './membership.ts';
import { type Confines, resolveScope, settingsOf } from './scope.ts';
import { NONE, type Ties } from './ties.ts';

/** Rows that are looked at together while a list is read. */
const CHUNK = 200;

type Query = Readonly<Record<string, QueryValue>>;

/** A query or body without its conditions, and these as one: Manage takes the name in any letter case. */
function withoutConditions(given: object, operation: Operation): { rest: Query; conditions: Expression | undefined } {
  const rest: Record<string, QueryValue> = {};
  const conditions: Expression[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (name.toLowerCase() !== 'conditions') rest[name] = value;
    else if (value !== undefined && value !== null && String(value).trim() !== '')
      conditions.push(parsed(String(value), operation));
  }
  return { rest, conditions: all(...conditions) };
}

/** @throws {InvalidRequest} for text that is not a condition */
function parsed(text: string, operation: Operation): Expression {
  try {
    return parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'is not a condition';
    throw new InvalidRequest(nameOf(operation), [{ field: 'conditions', problem: 'format', message }]);
  }
}

const printed = (...conditions: readonly (Expression | undefined)[]): string | undefined => {
  const joined = all(...conditions);
  return joined && print(joined);
};

/** The members that a query asks for, under its name in any letter case. */
function fieldsAsked(query: Query): { key: string; asked: readonly string[] | undefined } {
  const key = Object.keys(query).find((name) => name.toLowerCase() === 'fields') ?? 'fields';
  const text = query[key];
  return { key, asked: text === undefined || text === '' ? undefined : String(text).split(',') };
}

/** Members that were asked for, and what has to be read beside them. */
const withFields = (asked: readonly string[] | undefined, needed: readonly string[]): readonly string[] | undefined =>
  asked === undefined || asked.length === 0 ? undefined : [...new Set([...asked, ...needed])];

/** A record without members that were read and not asked for. */
function asAsked<T>(record: T, asked: readonly string[] | undefined): T {
  if (asked === undefined || asked.length === 0 || !isRecord(record)) return record;
  const tops = new Set(asked.map((name) => name.trim().split('/')[0]?.toLowerCase()));
  return Object.fromEntries(Object.entries(record).filter(([name]) => tops.has(name.toLowerCase()))) as T;
}

/** A request that may be sent, and how its answer is tied. */
interface Admitted {
  readonly ties: Ties;
  readonly membership: Membership;
  readonly gate: Gate;
}

/**
 * A client that reaches the records of some companies and boards alone. Lists are narrowed, single records are looked at before they
 * are given back or changed, whatever belongs to a record follows it, and what cannot be told apart is refused.
 */
export class ConfinedClient implements ManageClient {
  readonly #manage: ManageClient;
  readonly #api: ApiDescription;
  readonly #confines: Confines;
  #resolved: Promise<Gate> | undefined;

  constructor(manage: ManageClient, { api, confines }: { api: ApiDescription; confines: Confines }) {
    this.#manage = manage;
    this.#api = api;
    this.#confines = confines;
  }

  site(): Promise<Site> {
    return this.#manage.site();
  }

  async get<T>(name: string, options: CallOptions = {}): Promise<T> {
    const operation = this.#served(name);
    const { ties, membership, gate } = await this.#admitted(operation, options);
    const { kind, schema } = operation.response;
    const { rest, conditions } = withoutConditions(options.query ?? {}, operation);
    if (schema === 'Count') {
      if (membership.needsRows(ties))
        return { count: await this.count(name, { ...options, query: rest, conditions }) } as T;
      const query = { ...rest, conditions: printed(conditions, membership.condition(ties)) };
      return this.#manage.get<T>(name, { ...options, query });
    }
    const { key, asked } = fieldsAsked(rest);
    const fields = withFields(asked, membership.fields(ties))?.join(',');
    const isList = kind === 'array';
    const narrowing = printed(conditions, isList ? membership.condition(ties) : undefined);
    const query = { ...rest, ...(fields && { [key]: fields }), conditions: narrowing };
    const value = await this.#manage.get<unknown>(name, { ...options, query });
    if (Array.isArray(value)) return (await this.#shown(value, { ties, membership, operation, asked })) as T;
    if (isRecord(value) && kind === 'object') await gate.found(value, ties, operation);
    return asAsked(membership.redacted(value, schema, ties), asked) as T;
  }

  async list<T>(name: string, options: BoundedListOptions = {}): Promise<List<T>> {
    const operation = this.#served(name);
    const admitted = await this.#admitted(operation, options);
    const { ties, membership } = admitted;
    const asked = options.fields;
    if (membership.needsRows(ties)) {
      const { limit = 25, page = 1, counted: _, ...rest } = options;
      const rows = await this.all<T>(name, rest);
      const start = (page - 1) * limit;
      const part = rows.slice(start, start + limit);
      return { rows: part, page, complete: page === 1 && part.length === rows.length, total: rows.length };
    }
    const { rows, ...found } = await this.#manage.list<T>(name, this.#narrow(options, admitted, operation));
    return { ...found, rows: await this.#shown(rows, { ties, membership, operation, asked }) };
  }

  async all<T>(name: string, options: WholeOptions = {}): Promise<Whole<T>> {
    const operation = this.#served(name);
    const admitted = await this.#admitted(operation, options);
    const { ties, membership } = admitted;
    const rows = await this.#manage.all<T>(name, this.#narrow(options, admitted, operation));
    const kept = new Set<T>(await membership.within(rows, ties));
    this.#note(rows, operation, membership);
    return rows
      .filter((row) => kept.has(row))
      .map((row) => asAsked(membership.redacted(row, operation.response.schema, ties), options.fields));
  }

  async first<T>(name: string, options: ListOptions = {}): Promise<T | undefined> {
    for await (const row of this.stream<T>(name, { ...options })) return row;
    return undefined;
  }

  async *stream<T>(name: string, options: ListOptions = {}): AsyncGenerator<T> {
    const operation = this.#served(name);
    const admitted = await this.#admitted(operation, options);
    const { ties, membership } = admitted;
    const shown = (rows: readonly T[]) => this.#shown(rows, { ties, membership, operation, asked: options.fields });
    const size = membership.needsRows(ties) ? CHUNK : 1;
    let chunk: T[] = [];
    for await (const row of this.#manage.stream<T>(name, this.#narrow(options, admitted, operation))) {
      chunk.push(row);
      if (chunk.length < size) continue;
      yield* await shown(chunk);
      chunk = [];
    }
    yield* await shown(chunk);
  }

  async count(name: string, options: ListOptions = {}): Promise<number> {
    const operation = this.#served(name);
    const admitted = await this.#admitted(operation, options);
    const { ties, membership } = admitted;
    if (!membership.needsRows(ties)) return this.#manage.count(name, this.#narrow(options, admitted, operation));
    const list = name.replace(/\/count\/?$/i, '');
    return (await this.all(list, { ...options, fields: ['id'] })).length;
  }

  async ask<T>(name: string, options: AskOptions = {}): Promise<T> {
    const operation = this.#served(name);
    const { ties, membership } = await this.#admitted(operation, options);
    const isSearch = operation.response.kind === 'array';
    if (!isSearch)
      return membership.redacted(await this.#manage.ask<T>(name, options), operation.response.schema, ties);
    const { rest, conditions } = withoutConditions(isRecord(options.body) ? options.body : {}, operation);
    const body = { ...rest, conditions: printed(conditions, membership.condition(ties)) };
    const rows = await this.#manage.ask<unknown>(name, { ...options, body });
    if (!Array.isArray(rows)) return rows as T;
    return (await this.#shown(rows, { ties, membership, operation, asked: undefined })) as T;
  }

  async write<T>(name: string, options: WriteOptions = {}): Promise<T> {
    const operation = this.#served(name);
    const { ties, membership } = await this.#admitted(operation, options);
    const answer = await this.#manage.write<T>(name, options);
    if (/^\/system\/documents\/?$/i.test(operation.path)) membership.noteDocuments([answer]);
    return membership.redacted(answer, operation.response.schema, ties);
  }

  async download(
    name: string,
    options: CallOptions = {},
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName?: string }> {
    await this.#admitted(this.#served(name), options);
    return this.#manage.download(name, options);
  }

  preview(name: string, options: WriteOptions = {}): { method: string; url: string; body?: unknown } {
    this.#served(name);
    return this.#manage.preview(name, options);
  }

  written(operations: readonly string[]): number {
    return this.#manage.written(operations);
  }

  close(): Promise<void> {
    return this.#manage.close();
  }

  #gate(): Promise<Gate> {
    if (this.#resolved === undefined) {
      const settings = settingsOf(this.#confines);
      this.#resolved = resolveScope(this.#confines, this.#manage).then(
        (scope) => new Gate(scope, { api: this.#api, manage: this.#manage, settings }),
      );
      this.#resolved.catch(() => {
        this.#resolved = undefined;
      });
    }
    return this.#resolved;
  }

  /** @throws {NotConfinable} at once for what is not served within a scope */
  #served(name: string): Operation {
    const operation = operationNamed(this.#api, name);
    Gate.checkServed(operation, this.#api, settingsOf(this.#confines));
    return operation;
  }

  async #admitted(operation: Operation, options: WriteOptions): Promise<Admitted> {
    const gate = await this.#gate();
    return { ties: (await gate.admit(operation, options)) ?? NONE, membership: gate.membership, gate };
  }

  #narrow<O extends ListOptions>(options: O, { ties, membership }: Admitted, operation: Operation): O {
    // Conditions that came as text beside those of the list would stand in their place.
    const { rest, conditions } = withoutConditions(options.query ?? {}, operation);
    const { key, asked } = fieldsAsked(rest);
    return {
      ...options,
      query: { ...rest, [key]: undefined },
      conditions: all(options.conditions, conditions, membership.condition(ties)),
      fields: withFields(options.fields ?? asked, membership.fields(ties)),
    };
  }

  async #shown<T>(
    rows: readonly T[],
    how: Omit<Admitted, 'gate'> & { operation: Operation; asked: readonly string[] | undefined },
  ): Promise<readonly T[]> {
    const { ties, membership, operation, asked } = how;
    this.#note(rows, operation, membership);
    const kept = await membership.within(rows, ties);
    return kept.map((row) => asAsked(membership.redacted(row, operation.response.schema, ties), asked));
  }

  #note(rows: readonly unknown[], { path, response }: Operation, membership: Membership): void {
    if (response.kind === 'array' && /\/documents\/?$/i.test(path)) membership.noteDocuments(rows);
  }
}
