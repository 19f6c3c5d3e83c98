import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IANAZone } from 'luxon';
import { loadApi } from '../api/load.ts';
import { keepEntryAudits } from './audit/entry-audits.ts';
import { keepTicketLog } from './audit/ticket-log.ts';
import { keepAudit } from './audit/trail.ts';
import { behaviours } from './behaviours/index.ts';
import { CallbackDelivery } from './callbacks/delivery.ts';
import { tellSubscribers } from './callbacks/observe.ts';
import { Failure } from './contract/failure.ts';
import { type ApiKey, SANDBOX } from './credentials.ts';
import { Faults } from './faults.ts';
import type { RequestLogEntry } from './http/answer.ts';
import { makeCertificates } from './http/certificate.ts';
import { startControl } from './http/control.ts';
import { expectFree } from './http/free-port.ts';
import { Logins } from './http/logins.ts';
import { SandboxHttp, SIGNING_KEY_PATH } from './http/server.ts';
import { observed } from './operations/changes.ts';
import { Dispatcher } from './operations/dispatch.ts';
import { Filler } from './records/filler.ts';
import { nameIn } from './references.ts';
import { SandboxError } from './sandbox-error.ts';
import { seed } from './seed/index.ts';
import { DataFile, type DataOrigin } from './store/data-file.ts';
import { MemoryStore } from './store/memory-store.ts';
import type { SandboxRecord } from './store/store.ts';

/** How a sandbox is started. */
export interface SandboxOptions {
  /** A free one when left out or 0. */
  readonly port?: number;
  /** Same seed and same `now`, same data. */
  readonly seed?: number;
  /** Number of service tickets; 600 when left out. */
  readonly tickets?: number;
  /** Adds a customer and technicians whose figures can be worked out by hand. */
  readonly story?: boolean;
  /** The provider's own IANA zone; `America/New_York` when left out. */
  readonly timeZone?: string;
  /** The moment that the data is relative to and at which the sandbox's clock stands, or the clock itself; the real present when left out. */
  readonly now?: Date | (() => Date);
  /** File in which what is written survives a restart; its first start decides about the data that it stands on. */
  readonly dataFile?: string;
  /** The version that it serves, such as `2022.1`; the newest that the description knows when left out. */
  readonly apiVersion?: string;
  /** File with the description of another version of the API, as `catalog import` writes it. */
  readonly descriptionFile?: string;
  /** Serves HTTPS with a certificate made for this start; clients that insist on `https://` need it. */
  readonly tls?: boolean;
  /** Opens a second port at which faults can be ordered over HTTP. */
  readonly control?: boolean;
  /** Hears how far the making of the data is: 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** A running sandbox: a local Manage over HTTP on the loopback interface. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Root of its API: `http://127.0.0.1:PORT/v4_6_release/apis/3.0`. */
  readonly baseUrl: string;
  /** Keys of the member that the demo plays (a technician). */
  readonly credentials: {
    readonly companyId: string;
    readonly publicKey: string;
    readonly privateKey: string;
    readonly clientId: string;
  };
  /** The same as `CWM_...` variables, ready to paste. */
  readonly environment: Readonly<Record<string, string>>;
  /** All API keys, those with fewer rights included. */
  readonly keys: readonly ApiKey[];
  /** The version that it serves. */
  readonly apiVersion: string;
  /** What goes wrong on demand. */
  readonly faults: Faults;
  /** The authority (PEM) that clients of an HTTPS sandbox have to trust, and its SHA-256. */
  readonly tls?: { readonly ca: string; readonly fingerprint: string };
  /** Where faults are ordered, when that was asked for. */
  readonly controlUrl?: string;
  /** Operations that the sandbox knows and its API description lacks: they answer 404. Empty for the product's own description. */
  readonly unanswered: readonly string[];
  /** Lines of the data file that cannot be read, and what to do about them; the sandbox holds what the others say. */
  readonly damaged: readonly string[];
  /** Every request that came in, oldest first. */
  readonly requests: readonly RequestLogEntry[];
  /**
   * Returns to the state of the start, within milliseconds: every record as it was, new records with the same ids again, no token, no
   * fault, no logged request. Call it when no request is under way. The clock goes on, and keys stay.
   */
  reset(): void;
  close(): Promise<void>;
}

const API_ROOT = '/v4_6_release/apis/3.0';

const addressOf = (server: Server, scheme: string): string =>
  `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** An integrator login is nobody's member and has every right. */
const roleOf = (member: SandboxRecord | undefined): string => String(nameIn(member?.securityRole) ?? 'Admin');

/** From so many tickets on, indexes are made before somebody waits for them. */
const LARGE = 5_000;

/** Does the steps one after the other, with turns for requests between them. @returns what ends it */
function inTurns(steps: Generator<void>): () => void {
  let isStopped = false;
  const next = (): void => {
    if (!isStopped && steps.next().done !== true) setImmediate(next);
  };
  setImmediate(next);
  return () => {
    isStopped = true;
  };
}

/** Starts a local Manage on the loopback interface, filled with the data of a small provider. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const whole = loadApi(options.descriptionFile);
  const api = whole.at(options.apiVersion ?? whole.version);
  const { now: given } = options;
  // A fixed moment stands still, so that tests can name times; otherwise the clock runs.
  const now = typeof given === 'function' ? given : (): Date => given ?? new Date();
  const present = now();
  const asked: DataOrigin = {
    seed: options.seed ?? 1,
    tickets: options.tickets ?? 600,
    timeZone: options.timeZone ?? 'America/New_York',
    now: present.toISOString(),
    story: options.story === true ? true : undefined,
  };
  if (!IANAZone.isValidZone(asked.timeZone))
    throw new SandboxError(
      `--time-zone ${asked.timeZone} is not an IANA time zone. Take one such as America/New_York or Europe/London.`,
    );
  if (options.port !== undefined && options.port !== 0) await expectFree(options.port);
  const file = options.dataFile === undefined ? undefined : new DataFile(options.dataFile, asked);
  const { timeZone, ...origin } = file?.origin ?? asked;

  const filler: Filler = new Filler(api, () => store);
  const store = new MemoryStore((template, path) => filler.of(template).reading(path));
  const { onProgress } = options;
  const provider = seed(store, { ...origin, timeZone, now: new Date(origin.now), api, onProgress });
  if (file !== undefined) store.keep(file.writes, (write) => file.append(write));
  store.mark();
  const faults = new Faults(() => Date.now());
  const log: RequestLogEntry[] = [];
  const callbacks = new CallbackDelivery({
    companyId: provider.companyId,
    signingKey: SANDBOX.signingKey,
    now,
    keyUrl: () => `${addressOf(http.server, scheme)}${SIGNING_KEY_PATH}`,
  });
  const members = store.collection('/system/members');
  const logins = new Logins({
    companyId: provider.companyId,
    clientId: provider.clientId,
    keys: provider.keys,
    integrator: SANDBOX.integrator,
    memberPassword: SANDBOX.memberPassword,
    memberOf: (identifier) => members.where('identifier', identifier)[0],
    now,
  });
  // Certificates are for the real present, whatever moment the data is relative to.
  const certificates = options.tls === true ? makeCertificates(new Date()) : undefined;
  const scheme = certificates === undefined ? 'http' : 'https';
  const dispatcher = new Dispatcher(api, store, behaviours, filler);
  const http = new SandboxHttp({
    certificates,
    api,
    dispatcher: observed(dispatcher, store, [
      keepAudit,
      keepEntryAudits,
      keepTicketLog,
      () => file?.flush(),
      tellSubscribers(callbacks, filler),
    ]),
    logins,
    companyId: provider.companyId,
    roleOf: ({ memberId }) => roleOf(members.get(memberId)),
    faults,
    log,
    companyInfo: {
      CompanyName: provider.companyName,
      Codebase: 'v4_6_release/',
      VersionCode: `v${api.version}`,
      VersionNumber: 'v4.6.90000',
      CompanyID: provider.companyId,
      IsCloud: false,
      AllowedOrigins: [...store.collection('/system/allowedorigins').all()].map(({ origin }) => origin),
    },
    context: (caller) => ({
      store,
      api,
      caller,
      impersonate: caller.isIntegrator ? (member) => logins.impersonate(member) : undefined,
      now: now(),
      timeZone,
      dueDaysOnly: faults.dueDaysOnly,
      reading: (template, path) => filler.of(template).reading(path).read,
      fail: (status, body) => {
        throw new Failure(status, body);
      },
    }),
  });
  const stopPreparing = origin.tickets < LARGE ? () => {} : inTurns(store.preparing());
  http.server.listen(options.port ?? 0, '127.0.0.1');
  await once(http.server, 'listening');
  const url = addressOf(http.server, scheme);
  const control = options.control === true ? await startControl(faults, log) : undefined;
  const [key] = provider.keys;
  if (key === undefined) throw new Error('The seed has no keys.');
  const credentials = {
    companyId: provider.companyId,
    publicKey: key.publicKey,
    privateKey: key.privateKey,
    clientId: provider.clientId,
  };
  return {
    url,
    baseUrl: `${url}${API_ROOT}`,
    credentials,
    keys: provider.keys,
    environment: {
      CWM_SITE: url,
      CWM_COMPANY_ID: credentials.companyId,
      CWM_PUBLIC_KEY: credentials.publicKey,
      CWM_PRIVATE_KEY: credentials.privateKey,
      CWM_CLIENT_ID: credentials.clientId,
      CWM_MEMBER: provider.demoMember,
    },
    apiVersion: api.version,
    faults,
    unanswered: dispatcher.unanswered,
    damaged: file?.damaged ?? [],
    requests: log,
    ...(certificates && { tls: { ca: certificates.ca, fingerprint: certificates.fingerprint } }),
    ...(control && { controlUrl: control.url }),
    reset() {
      callbacks.reset();
      store.reset();
      dispatcher.reset();
      logins.reset();
      faults.clear();
      log.length = 0;
    },
    async close() {
      stopPreparing();
      callbacks.stop();
      control?.server.close();
      control?.server.closeAllConnections();
      http.server.close();
      http.server.closeAllConnections();
      await once(http.server, 'close');
      file?.close();
    },
  };
}
