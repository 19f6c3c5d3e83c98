import type { Pool } from 'undici';
import { PRODUCT } from '../product.ts';
import type { PagePlace } from './answers/page-buffers.ts';
import type { RawAnswer } from './answers/read-answer.ts';
import { wholeAnswer } from './answers/whole-answer.ts';
import type { ManageSettings } from './client.ts';
import { ConnectionAhead } from './connection-ahead.ts';
import { headersOf, type Login } from './keys.ts';

export interface WireRequest {
  readonly method: string;
  /** Path and query behind the origin. */
  readonly path: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** The version of the API to ask for; the server's own choice when left out. */
  readonly version?: string;
  /** Bytes of a file are wanted, not JSON. */
  readonly bytes?: boolean;
  /** Where the answer's body goes. */
  readonly place?: PagePlace;
}

/** A request that got no answer. `arrived` says whether the server can have seen it. */
export class WireFailure extends Error {
  readonly arrived: 'no' | 'maybe';
  readonly code: string;

  constructor(cause: unknown, arrived: 'no' | 'maybe') {
    const code = codeOf(cause);
    super(code, { cause });
    this.name = 'WireFailure';
    this.code = code;
    this.arrived = arrived;
  }
}

/** Failures before a connection stood: nothing can have been sent over it. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
]);

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}

const HEADERS_TIMEOUT = 60_000;
/** Far above a page of 1,000 records; without an end, an answer could fill the memory. */
export const LARGEST_ANSWER = 32 * 1024 * 1024;
/** Far above what Manage takes as an attachment. */
export const LARGEST_FILE = 256 * 1024 * 1024;
/** A write must not be lost on a connection that the server is just closing: idle ones are dropped early. */
const WRITE_KEEP_ALIVE = 1_000;
/**
 * A person's next question comes within a minute, as a rule, and a new connection takes as long as two or three requests. Web servers
 * keep idle ones for a minute at least; a read that meets a closed one is sent again.
 */
const READ_KEEP_ALIVE = 50_000;

/** The vendor's media type has to stand first: Manage looks at no other for the version. */
const acceptOf = (version: string | undefined): string =>
  `${version === undefined ? '' : `application/vnd.connectwise.com+json; version=${version}, `}application/json, */*;q=0.5`;

interface Pools {
  readonly reads: Pool;
  readonly writes: Pool;
  /** For the writes. */
  readonly ahead: ConnectionAhead;
}

/** Loaded with the first request: a server answers its client's first questions without it. */
async function openPools(settings: ManageSettings): Promise<Pools> {
  // The default export, because it is the one that a CommonJS module has in the bundle as well.
  const { Pool, buildConnector } = (await import('undici')).default;
  const { trust } = await import('./trust.ts');
  const { origin } = new URL(settings.baseUrl);
  const shared = {
    connections: settings.maxInFlight,
    headersTimeout: HEADERS_TIMEOUT,
    bodyTimeout: HEADERS_TIMEOUT,
    maxResponseSize: LARGEST_FILE,
  };
  const connect = buildConnector({ timeout: 10_000, ...trust(settings.caPem) });
  const ahead = new ConnectionAhead(new URL(origin), connect);
  const brief = { keepAliveTimeout: WRITE_KEEP_ALIVE, keepAliveMaxTimeout: WRITE_KEEP_ALIVE };
  return {
    reads: new Pool(origin, { ...shared, connect, keepAliveTimeout: READ_KEEP_ALIVE }),
    writes: new Pool(origin, { ...shared, connect: ahead.connect, ...brief }),
    ahead,
  };
}

/** Closes connections when nothing is under way on them any more. */
async function retire({ reads, writes, ahead }: Pools): Promise<void> {
  ahead.close();
  await Promise.all([reads.close(), writes.close()]);
}

/** The connections to one site, and what every request carries. */
export class Transport {
  /** Where requests go. */
  readonly server: URL;
  readonly #settings: ManageSettings;
  readonly #headers: Readonly<Record<string, string>>;
  /** What a login's requests carry. */
  readonly #signed = new WeakMap<Login, Readonly<Record<string, string>>>();
  #pools: Promise<Pools> | undefined;
  /** When the last request was sent, by the clock on the wall: it goes on while the machine sleeps. */
  #usedAt = 0;

  constructor(settings: ManageSettings) {
    this.server = new URL(settings.baseUrl);
    this.#settings = settings;
    this.#headers = { clientid: settings.clientId, 'user-agent': PRODUCT.name };
  }

  /**
   * Sends a request once. Redirects are not followed.
   * @throws {WireFailure} when no whole answer came; the signal's reason when it was aborted before anything was sent.
   */
  async send(request: WireRequest, login: Login, signal: AbortSignal): Promise<RawAnswer> {
    signal.throwIfAborted();
    const { reads, writes } = await this.#fresh();
    const pool = request.method === 'GET' ? reads : writes;
    try {
      return await wholeAnswer(
        pool,
        {
          method: request.method as 'GET',
          path: request.path,
          headers: {
            ...this.#headersOf(login),
            accept: acceptOf(request.version),
            ...(request.body !== undefined && { 'content-type': 'application/json' }),
            ...request.headers,
          },
          body: request.body ?? null,
        },
        { most: request.bytes ? LARGEST_FILE : LARGEST_ANSWER, place: request.place, signal },
      );
    } catch (error) {
      throw new WireFailure(error, NEVER_CONNECTED.has(codeOf(error)) ? 'no' : 'maybe');
    }
  }

  /** Says that a write is likely to come soon: its connection is opened meanwhile. */
  expectWrite(): void {
    this.#fresh().then(
      ({ writes, ahead }) => {
        if (writes.stats.free === 0) ahead.open();
      },
      // The write itself tells.
      () => undefined,
    );
  }

  #headersOf(login: Login): Readonly<Record<string, string>> {
    const known = this.#signed.get(login);
    const headers = known ?? { ...this.#headers, ...headersOf(this.#settings.companyId, login) };
    if (known === undefined) this.#signed.set(login, headers);
    return headers;
  }

  /** Connections that may still stand. Those from before the machine slept do not, and a request on one would wait for nothing. */
  #fresh(): Promise<Pools> {
    const now = Date.now();
    if (now - this.#usedAt > READ_KEEP_ALIVE) {
      // What is under way on them ends as it ends.
      this.#pools?.then((old) => retire(old)).catch(() => undefined);
      this.#pools = undefined;
    }
    this.#usedAt = now;
    this.#pools ??= openPools(this.#settings);
    return this.#pools;
  }

  async close(): Promise<void> {
    const pools = await this.#pools;
    pools?.ahead.close();
    await Promise.all([pools?.reads.destroy(), pools?.writes.destroy()]);
  }
}
