import { lookup } from 'node:dns/promises';
import { connect } from 'node:tls';
import { request } from 'undici';
import { loadCatalog } from '../catalog/load.ts';
import type { Config } from '../config/index.ts';
import type { Logger } from '../logger.ts';
import { createManageClient, type ManageClient, ManageError, Unauthorized } from '../manage/index.ts';
import { createMe } from '../reference/index.ts';

interface Finding {
  readonly ok: boolean;
  readonly text: string;
  /** What to change. */
  readonly change?: string;
}

interface Step {
  readonly name: string;
  check(): Promise<Finding>;
}

const ok = (text: string): Finding => ({ ok: true, text });
const bad = (text: string, change: string): Finding => ({ ok: false, text, change });
const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function checkDns(url: URL): Promise<Finding> {
  try {
    const { address } = await lookup(url.hostname);
    return ok(`${url.hostname} is ${address}`);
  } catch {
    return bad(`${url.hostname} has no address`, 'CWM_SITE is misspelt, or this machine has no DNS for it.');
  }
}

function checkTls(url: URL, ca: string | undefined): Promise<Finding> {
  if (url.protocol === 'http:') return Promise.resolve(ok('none: the site is on this machine'));
  return new Promise((resolve) => {
    const socket = connect(
      {
        host: url.hostname,
        port: Number(url.port || 443),
        servername: url.hostname,
        timeout: 10_000,
        ...(ca !== undefined && { ca }),
      },
      () => {
        resolve(
          ok(`${socket.getProtocol()}, certificate of ${socket.getPeerCertificate().subject?.CN ?? url.hostname}`),
        );
        socket.destroy();
      },
    );
    const fail = (error: Error): void => {
      resolve(
        bad(
          error.message,
          'For a certificate of your own authority set CWM_CA_FILE to its PEM file; otherwise check the host and port of CWM_SITE.',
        ),
      );
      socket.destroy();
    };
    socket.once('error', fail);
    socket.once('timeout', () => fail(new Error('no answer within 10 seconds')));
  });
}

/** One request tells apart a wrong client id, wrong keys, and an API version that the server does not have. */
async function checkAccess(manage: ManageClient): Promise<Finding> {
  try {
    const info = await manage.get<{ version?: string }>('GET /system/info');
    return ok(`signed in; Manage ${info.version ?? 'of unknown version'}`);
  } catch (error) {
    if (error instanceof Unauthorized) {
      return /client ?id/i.test(error.message)
        ? bad(error.message, 'CWM_CLIENT_ID: use the client id of your integration from developer.connectwise.com.')
        : bad(
            error.message,
            'CWM_COMPANY_ID, CWM_PUBLIC_KEY or CWM_PRIVATE_KEY is wrong, or the API member is inactive.',
          );
    }
    if (error instanceof ManageError && /API version/.test(error.message))
      return bad(error.message, 'CWM_API_VERSION: leave it out, or use a version that your Manage supports.');
    if (error instanceof ManageError && error.status === 403)
      return bad(
        error.message,
        'The API member may not read System > Info: give its security role the right, or check that CWM_SITE is the API host (api-...).',
      );
    if (error instanceof ManageError && error.status === 404)
      return bad(error.message, 'CWM_SITE answers, but not as Manage; cloud sites also answer 404 for wrong keys.');
    return bad(said(error), 'CWM_SITE: check the host and port, and whether a firewall stands between.');
  }
}

async function checkMember(config: Config, manage: ManageClient): Promise<Finding> {
  try {
    const me = await createMe({
      manage,
      ...(config.member !== undefined && { member: config.member }),
      ...(config.timeZone !== undefined && { timeZone: config.timeZone }),
    })();
    return ok(`${me.name} (${me.identifier}), zone ${me.timeZone}`);
  } catch (error) {
    return bad(
      said(error),
      'CWM_MEMBER: the identifier, e-mail or id of the person whose time is logged; CWM_TIME_ZONE: an IANA zone.',
    );
  }
}

/** A clock that is off logs time that is off. */
async function checkClock(config: Config): Promise<Finding> {
  try {
    const { headers, body } = await request(new URL('/', config.manage.baseUrl), {
      signal: AbortSignal.timeout(10_000),
    });
    await body.dump();
    const date = Date.parse(String(headers.date));
    if (Number.isNaN(date)) return ok('the server tells no time');
    const seconds = Math.round(Math.abs(Date.now() - date) / 1000);
    return seconds <= 60
      ? ok(`within ${Math.max(1, seconds)} seconds of the server's`)
      : bad(`${seconds} seconds off the server's`, "Set this machine's clock, for example by NTP.");
  } catch (error) {
    return bad(said(error), 'CWM_SITE does not answer.');
  }
}

/**
 * Checks a configuration step by step and says for each failure what to change.
 * @param print takes a line at a time
 * @returns whether everything is well
 */
export async function runDoctor(config: Config, logger: Logger, print: (line: string) => void): Promise<boolean> {
  const url = new URL(config.manage.baseUrl);
  const catalog = loadCatalog(config.catalogFile);
  const manage = createManageClient({ ...config.manage, deadlineMs: 20_000 }, { catalog, logger });
  const steps: Step[] = [
    {
      name: 'variables',
      check: async () =>
        ok(`${url.host}${config.manage.readOnly ? ', read-only' : ''}, toolsets ${[...config.toolsets].join(', ')}`),
    },
    { name: 'DNS', check: () => checkDns(url) },
    { name: 'TLS', check: () => checkTls(url, config.manage.caPem) },
    { name: 'clientId, keys, API version', check: () => checkAccess(manage) },
    { name: 'member and time zone', check: () => checkMember(config, manage) },
    { name: 'clock', check: () => checkClock(config) },
  ];
  let healthy = true;
  for (const { name, check } of steps) {
    const finding = await check();
    print(`${finding.ok ? 'ok  ' : 'FAIL'}  ${name}: ${finding.text}`);
    if (finding.change !== undefined) print(`      ${finding.change}`);
    healthy &&= finding.ok;
    // What comes after a network that is not there would only repeat it.
    if (!finding.ok && (name === 'DNS' || name === 'TLS')) break;
  }
  await manage.close();
  print(healthy ? 'All is well.' : 'Not all is well; see above.');
  return healthy;
}
