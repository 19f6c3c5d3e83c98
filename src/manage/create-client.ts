import type { Operation } from '../api/index.ts';
import type { Logger } from '../logger.ts';
import { fileNameOf, header } from './answers/read-answer.ts';
import { checkCallbackHosts } from './callback-hosts.ts';
import type {
  AskOptions,
  BoundedListOptions,
  CallOptions,
  ListOptions,
  ManageClient,
  ManageSettings,
  WholeOptions,
  WriteOptions,
} from './client.ts';
import { ConfinedClient } from './confine/confined-client.ts';
import { Forbidden, InvalidRequest, NotAllowed, NotFound, ReadOnlyRefused, ScopeMissing } from './errors.ts';
import { Exchange } from './exchange.ts';
import { fixedKeys } from './keys.ts';
import { realTiming, type Timing } from './limits/limiter.ts';
import { streamForward } from './paging/forward-paging.ts';
import type { List, Whole } from './paging/lists.ts';
import {
  inOneOrder,
  LARGEST_PAGE,
  type ListRead,
  type ListSender,
  partsOf,
  readAll,
  readPage,
  streamNumbered,
} from './paging/paging.ts';
import { checkBody, isReading, listQuery, nameOf, operationNamed, requestPath } from './prepare.ts';
import { type ClientDependencies, rootOf, SharedSite } from './shared-site.ts';
import type { Site, SiteVersion } from './site-version.ts';
import { sendWrite } from './writes/send-write.ts';
import { encodeBody } from './writes/upload.ts';
import type { Written } from './writes/written.ts';

/** Pages that one stream fetches side by side; fewer of large ones. */
const WIDEST = 8;

/** An operation of the site. */
interface Named {
  readonly site: Site;
  readonly operation: Operation;
}

class Client implements ManageClient {
  readonly #settings: ManageSettings;
  readonly #site: SiteVersion;
  readonly #exchange: Exchange;
  readonly #root: string;
  readonly #timing: Timing;
  readonly #logger: Logger | undefined;
  readonly #permits: (operation: Operation) => boolean;
  readonly #missingScope: (operation: Operation) => string | undefined;
  readonly #callbackHosts: readonly string[] | undefined;
  readonly #written: Written;
  readonly #wrote: ClientDependencies['wrote'];
  readonly #close: () => Promise<void>;

  constructor(settings: ManageSettings, dependencies: ClientDependencies) {
    const { logger, timing = realTiming, random = Math.random, permits = () => true } = dependencies;
    const { shared = new SharedSite(settings, dependencies), keys = fixedKeys(settings) } = dependencies;
    this.#settings = settings;
    this.#timing = timing;
    this.#logger = logger;
    this.#permits = permits;
    this.#missingScope = dependencies.missingScope ?? (() => undefined);
    this.#callbackHosts = dependencies.callbackHosts;
    const { transport, limiter } = shared;
    this.#exchange = new Exchange({ transport, limiter, keys, timing, random, logger });
    this.#root = rootOf(settings);
    this.#site = shared.version;
    this.#written = shared.written;
    this.#wrote = dependencies.wrote;
    this.#close = async () => {
      if (dependencies.shared === undefined) await shared.close();
    };
  }

  site(): Promise<Site> {
    return this.#site.get();
  }

  async get<T>(name: string, options: CallOptions = {}): Promise<T> {
    return (await this.#read(await this.#named(name), options)).value as T;
  }

  async list<T>(name: string, options: BoundedListOptions = {}): Promise<List<T>> {
    const { limit = 25, page = 1, counted = 'whenMore', ...asked } = options;
    const read = await this.#listRead(name, asked);
    const pageSize = Math.min(limit, LARGEST_PAGE);
    const beside = counted === 'beside' ? this.#totalOf(read) : undefined;
    beside?.catch(() => undefined);
    const { rows, more } = await readPage<T>(read, page, pageSize);
    if (!more && (rows.length > 0 || page === 1)) {
      return { rows, page, complete: page === 1, total: (page - 1) * pageSize + rows.length };
    }
    if (counted === 'never') return { rows, page, complete: false, total: undefined };
    const total = await (beside ?? this.#totalOf(read));
    return { rows, page, complete: page === 1 && total === rows.length, total };
  }

  async all<T>(name: string, { most, ...options }: WholeOptions = {}): Promise<Whole<T>> {
    return readAll<T>(await this.#listRead(name, options), (part) => this.#streamPart<T>(part), most);
  }

  async first<T>(name: string, options: ListOptions = {}): Promise<T | undefined> {
    return (await readPage<T>(await this.#listRead(name, options), 1, 1)).rows[0];
  }

  async *stream<T>(name: string, options: ListOptions = {}): AsyncGenerator<T> {
    const read = await this.#listRead(name, options);
    if (partsOf(read).length === 1) yield* this.#streamPart<T>(read);
    else yield* inOneOrder<T>(read, (part) => this.#streamPart<T>(part));
  }

  async count(name: string, options: ListOptions = {}): Promise<number> {
    return this.#counted(await this.#named(name), options);
  }

  async ask<T>(name: string, options: AskOptions = {}): Promise<T> {
    if (!isReading((await this.#named(name)).operation)) throw new RangeError(`${name} stores something.`);
    return this.write<T>(name, options);
  }

  async write<T>(name: string, options: WriteOptions = {}): Promise<T> {
    const { site, operation } = await this.#named(name);
    if (this.#settings.readOnly && !isReading(operation)) throw new ReadOnlyRefused(nameOf(operation));
    const path = this.#pathOf({ site, operation }, options);
    checkBody(site.api, operation, options.body);
    await checkCallbackHosts(this.#callbackHosts, operation, options, async () => {
      const stored = await this.#named(`GET ${operation.path}`);
      return (await this.#read(stored, { path: options.path, signal: options.signal })).value;
    });
    const body = await encodeBody(operation, options.body);
    const sender = {
      exchange: this.#exchange,
      api: site.api,
      timing: this.#timing,
      logger: this.#logger,
      deadlineMs: this.#settings.deadlineMs,
      read: async (read: Operation, asked: CallOptions) =>
        this.#read({ site, operation: this.#permitted(read) }, asked),
    };
    const send = () => sendWrite(sender, { operation, path: `${this.#root}${path}`, body, options });
    if (isReading(operation)) return (await send()) as T;
    return (await this.#written.during(nameOf(operation), send).finally(() => this.#wrote?.(operation))) as T;
  }

  async download(
    name: string,
    options: CallOptions = {},
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName?: string }> {
    const { answer } = await this.#read(await this.#named(name), options, true);
    const disposition = header(answer, 'content-disposition') ?? '';
    const fileName = fileNameOf(disposition);
    const contentType = header(answer, 'content-type') ?? 'application/octet-stream';
    return { bytes: answer.body, contentType, fileName };
  }

  preview(name: string, options: WriteOptions = {}): { method: string; url: string; body?: unknown } {
    const site = this.#site.known;
    const { api } = site;
    const operation = this.#permitted(operationNamed(api, name));
    const path = this.#pathOf({ site, operation }, options);
    checkBody(api, operation, options.body);
    const url = `${this.#settings.baseUrl}${path}`;
    // Files are shown by name and size.
    const isForm = operation.request?.kind === 'multipart' && options.body !== undefined;
    const body: unknown = isForm ? JSON.parse(JSON.stringify(options.body)) : options.body;
    return { method: operation.method, url, ...(body !== undefined && { body }) };
  }

  written(operations: readonly string[]): number {
    return this.#written.to(operations);
  }

  close(): Promise<void> {
    return this.#close();
  }

  /**
   * An operation as the site's version has it. A read of `fields` that all versions have does not wait for the version.
   * @throws {NotAllowed} where the operator's limits exclude it, {NoSuchOperation} where there is none
   */
  async #named(name: string, fields?: readonly string[]): Promise<Named> {
    const site = await this.#site.forFields(name, fields);
    return { site, operation: this.#permitted(operationNamed(site.api, name)) };
  }

  #permitted(operation: Operation): Operation {
    if (!this.#permits(operation)) throw new NotAllowed(nameOf(operation));
    const scope = this.#missingScope(operation);
    if (scope !== undefined) throw new ScopeMissing(nameOf(operation), scope);
    return operation;
  }

  /**
   * Path and query of a request. Values can make a path that is another operation's: `withSso` for a member's identifier, and a `/` in
   * it for servers that decode before they route.
   * @throws {NotAllowed} where that one is excluded
   */
  #pathOf({ site: { api }, operation }: Named, options: CallOptions): string {
    const path = requestPath(operation, options);
    if (operation.pathParameters.every(({ type }) => type === 'integer')) return path;
    const [place = ''] = path.split('?');
    for (const read of [place, place.replace(/%2F|%5C/g, '/')]) {
      const meant = api.match(operation.method, read)?.operation;
      if (meant !== undefined && meant.id !== operation.id) this.#permitted(meant);
    }
    return path;
  }

  async #listRead(name: string, options: ListOptions): Promise<ListRead> {
    return this.#listOf(await this.#named(name, options.fields), options);
  }

  #listOf({ site, operation }: Named, options: ListOptions): ListRead {
    // A few places are left to whoever asks something short meanwhile.
    const width = Math.max(1, Math.min(WIDEST, this.#settings.maxInFlight - 2));
    return { send: this.#senderFor(site), operation, options, root: this.#root.length, width };
  }

  #streamPart<T>(read: ListRead): AsyncIterable<T> {
    const { operation, options } = read;
    const hasId = this.#site.known.api.schema(operation.response.schema ?? '')?.fields.has('id') !== false;
    // Forward-only paging knows no order but that of ids, and the audit trail and reports do not have it.
    const numbered =
      !hasId || (options.orderBy ?? []).length > 0 || /^\/system\/(audittrail|reports)/.test(operation.path);
    if (!numbered) return streamForward<T>(read);
    // Without an order that leaves nothing open, rows move between pages; what has no id cannot be ordered by it.
    const orderBy = [...(options.orderBy ?? []), ...(hasId ? ['id asc'] : [])];
    return streamNumbered<T>({ ...read, options: { ...options, orderBy } });
  }

  /** Sent at once: a count beside a page must not come behind it. */
  async #counted({ site, operation: counter }: Named, options: ListOptions): Promise<number> {
    const { conditions, childConditions, customFieldConditions, path, query, signal } = options;
    const narrowing = { conditions, childConditions, customFieldConditions, path, query, signal };
    const counts = partsOf(this.#listOf({ site, operation: counter }, narrowing)).map(
      async ({ operation, options: part }) => {
        const { value } = await this.#read({ site, operation }, { ...part, query: listQuery(part) });
        return Number((value as { count?: number }).count ?? 0);
      },
    );
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /** How many records a list has; `undefined` where the API has no count of it, or the role may not count. */
  async #totalOf({ operation, options }: ListRead): Promise<number | undefined> {
    const site = this.#site.known;
    const counter = site.api.find(`GET ${operation.path}/count`);
    if (counter === undefined) return undefined;
    try {
      return await this.#counted({ site, operation: this.#permitted(counter) }, options);
    } catch (error) {
      const cannot = [Forbidden, NotFound, InvalidRequest, NotAllowed].some((kind) => error instanceof kind);
      if (cannot) return undefined;
      throw error;
    }
  }

  #senderFor({ api }: Site): ListSender {
    return async (operation, path, { body, headers, signal, place }) => {
      // Not the operation that was asked for where a long query goes to a search.
      this.#permitted(operationNamed(api, operation));
      return this.#exchange.run(
        {
          method: body === undefined ? 'GET' : 'POST',
          path: `${this.#root}${path}`,
          operation,
          reads: true,
          version: api.version,
          body,
          headers,
          ...(place && { lazy: true, place }),
        },
        this.#settings.deadlineMs,
        signal,
      );
    };
  }

  #read({ site, operation }: Named, options: CallOptions, bytes = false) {
    const path = `${this.#root}${this.#pathOf({ site, operation }, options)}`;
    const { version } = site.api;
    const request = { method: operation.method, path, operation: nameOf(operation), reads: true, version, bytes };
    return this.#exchange.run(request, this.#settings.deadlineMs, options.signal);
  }
}

/** A client for one site. It holds the site's connections until it is closed. */
export function createManageClient(settings: ManageSettings, dependencies: ClientDependencies): ManageClient {
  const client = new Client(settings, dependencies);
  const { confines = {}, api } = dependencies;
  const isConfined = confines.companies !== undefined || confines.boards !== undefined;
  return isConfined ? new ConfinedClient(client, { api: api.whole, confines }) : client;
}
