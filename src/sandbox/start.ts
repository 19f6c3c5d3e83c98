import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadApi } from '../api/load.ts';
import { keepEntryAudits } from './audit/entry-audits.ts';
import { keepAudit } from './audit/trail.ts';
import { behaviours } from './behaviours/index.ts';
import { CallbackDelivery } from './callbacks/delivery.ts';
import { tellSubscribers } from './callbacks/observe.ts';
import { SANDBOX } from './credentials.ts';
import { Failure } from './failure.ts';
import { Faults } from './faults.ts';
import { makeCertificates } from './http/certificate.ts';
import { startControl } from './http/control.ts';
import { Logins } from './http/logins.ts';
import { type RequestLogEntry, SandboxHttp, SIGNING_KEY_PATH } from './http/server.ts';
import type { Sandbox, SandboxOptions } from './index.ts';
import { observed } from './operations/changes.ts';
import { Dispatcher } from './operations/dispatch.ts';
import { seed } from './seed/index.ts';
import { DataFile, type DataOrigin } from './store/data-file.ts';
import { MemoryStore } from './store/memory-store.ts';
import type { SandboxRecord } from './store/store.ts';

const API_ROOT = '/v4_6_release/apis/3.0';

const addressOf = (server: Server, scheme: string): string =>
  `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** An integrator login is nobody's member and has every right. */
const roleOf = (member: SandboxRecord | undefined): string =>
  String((member?.securityRole as { name?: string } | undefined)?.name ?? 'Admin');

/** Starts a local Manage on the loopback interface, filled with the data of a small provider. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const api = loadApi(options.descriptionFile);
  const { now: given } = options;
  // A fixed moment stands still, so that tests can name times; otherwise the clock runs.
  const now = typeof given === 'function' ? given : (): Date => given ?? new Date();
  const present = now();
  const asked: DataOrigin = {
    seed: options.seed ?? 1,
    tickets: options.tickets ?? 600,
    timeZone: options.timeZone ?? 'America/New_York',
    now: present.toISOString(),
  };
  const file = options.dataFile === undefined ? undefined : new DataFile(options.dataFile, asked);
  const { timeZone, ...origin } = file?.origin ?? asked;

  const store = new MemoryStore();
  const provider = seed(store, { ...origin, timeZone, now: new Date(origin.now), api });
  store.prepare();
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
  const dispatcher = new Dispatcher(api, store, behaviours);
  const http = new SandboxHttp({
    certificates,
    api,
    dispatcher: observed(dispatcher, store, [
      keepAudit,
      keepEntryAudits,
      () => file?.flush(),
      tellSubscribers(callbacks),
    ]),
    logins,
    companyId: provider.companyId,
    roleOf: ({ memberId }) => roleOf(members.get(memberId)),
    faults,
    log,
    companyInfo: {
      CompanyName: provider.companyName,
      Codebase: 'v4_6_release/',
      VersionCode: 'v2022.1',
      VersionNumber: 'v4.6.90000',
      CompanyID: provider.companyId,
      IsCloud: false,
    },
    context: (caller) => ({
      store,
      api,
      caller,
      impersonate: caller.isIntegrator ? (member) => logins.impersonate(member) : undefined,
      now: now(),
      timeZone,
      fail: (status, body) => {
        throw new Failure(status, body);
      },
    }),
  });
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
    faults,
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
