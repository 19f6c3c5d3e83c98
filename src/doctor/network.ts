import { lookup } from 'node:dns/promises';
import { connect as connectPlain, isIP } from 'node:net';
import { connect } from 'node:tls';
import { Agent, type Dispatcher, request } from 'undici';
import { type Environment, isUnset } from '../config/read-environment.ts';
import type { ManageSettings } from '../manage/index.ts';
import { trust } from '../manage/trust.ts';
import { bad, type Finding, ok, said } from './finding.ts';

const PATIENCE_MS = 10_000;

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** The variable that sets a proxy, where one does. */
const proxyIn = (environment: Environment): string | undefined => PROXIES.find((name) => !isUnset(environment[name]));

/** Where a proxy is set, the reason may be that only the proxy gets out. */
function unreachable(what: string, environment: Environment): string {
  const proxy = proxyIn(environment);
  return proxy === undefined
    ? `CWM_SITE: check ${what}, and whether a firewall blocks the connection.`
    : `${proxy} is set, but cwm-mcp connects directly: let it through the firewall, or check ${what} in CWM_SITE.`;
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** Looks up the host of the site. */
export async function checkDns(url: URL, environment: Environment): Promise<Finding> {
  try {
    const { address } = await lookup(hostOf(url));
    return ok(`${url.hostname} is ${address}`);
  } catch {
    const isCloud = /connectwise/i.test(url.hostname);
    const hint = isCloud ? ' Cloud sites are na, eu, au, aus or za before .myconnectwise.net.' : '';
    return bad(
      `${url.hostname} has no address`,
      proxyIn(environment) === undefined
        ? `CWM_SITE is misspelt, or this machine's DNS does not know it.${hint}`
        : unreachable('the spelling', environment),
    );
  }
}

/** What a failed connection or handshake means. */
function connectFailure(error: Error, url: URL, { caPem, environment }: ConnectOptions): Finding {
  const { code = '' } = error as { code?: string };
  if (code === 'ECONNREFUSED')
    return bad(`nothing listens at ${url.host}`, unreachable('the host and port', environment));
  if (/WRONG_VERSION|PACKET_LENGTH|UNKNOWN_PROTOCOL/.test(code))
    return bad('the server there does not speak TLS', 'CWM_SITE: check the port (default: 443).');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return bad(error.message, 'CWM_SITE: use the host name that the certificate has.');
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return bad(error.message, "Correct this machine's clock, or renew the server's certificate.");
  if (/CERT|SIGNATURE|ISSUER/.test(code))
    return bad(
      error.message,
      caPem === undefined
        ? 'If your own authority issued the certificate, or a proxy inspects TLS, set CWM_CA_FILE to the PEM file of that authority.'
        : 'CWM_CA_FILE holds another authority than the one that issued the certificate.',
    );
  return bad(error.message, unreachable('the host and port', environment));
}

export interface ConnectOptions {
  /** An authority to trust beside the well-known ones. */
  readonly caPem: string | undefined;
  readonly environment: Environment;
}

/** Connects to the site and looks at its certificate. */
export function checkTls(url: URL, options: ConnectOptions): Promise<Finding> {
  const host = hostOf(url);
  const isPlain = url.protocol === 'http:';
  const target = { host, port: Number(url.port || (isPlain ? 80 : 443)), timeout: PATIENCE_MS };
  return new Promise((resolve) => {
    const end = (finding: Finding): void => {
      resolve(finding);
      socket.destroy();
    };
    const secure = isPlain
      ? undefined
      : connect({ ...target, ...(isIP(host) === 0 && { servername: host }), ...trust(options.caPem) }, () =>
          end(certificate(secure?.getProtocol(), String(secure?.getPeerCertificate().subject?.CN ?? host), options)),
        );
    const socket = secure ?? connectPlain(target, () => end(ok('none: the site is on this machine')));
    socket.once('error', (error) => end(connectFailure(error, url, options)));
    socket.once('timeout', () =>
      end(connectFailure(new Error(`no answer within ${PATIENCE_MS / 1000} seconds`), url, options)),
    );
  });
}

function certificate(protocol: string | null | undefined, name: string, { environment }: ConnectOptions): Finding {
  const found = `${protocol}, certificate of ${name}`;
  return environment.NODE_TLS_REJECT_UNAUTHORIZED === '0'
    ? bad(
        `${found}, which is not checked: whoever stands between gets the keys`,
        'Remove NODE_TLS_REJECT_UNAUTHORIZED=0; CWM_CA_FILE is for an authority of your own.',
      )
    : ok(found);
}

/**
 * Asks the site for a page without keys, once.
 * @param read takes what is wanted from the answer
 * @throws when there is no answer in time
 */
export async function askSite<T>(
  { baseUrl, caPem }: ManageSettings,
  path: string,
  read: (answer: Dispatcher.ResponseData) => Promise<T>,
): Promise<T> {
  const dispatcher = new Agent({ connect: trust(caPem) });
  try {
    return await read(await request(new URL(path, baseUrl), { dispatcher, signal: AbortSignal.timeout(PATIENCE_MS) }));
  } finally {
    await dispatcher.destroy();
  }
}

/** A clock that is off logs time that is off. */
export async function checkClock(settings: ManageSettings): Promise<Finding> {
  try {
    const date = await askSite(settings, '/', async ({ headers, body }) => {
      await body.dump();
      return Date.parse(String(headers.date));
    });
    if (Number.isNaN(date)) return ok('the server does not send its time');
    const seconds = Math.round(Math.abs(Date.now() - date) / 1000);
    return seconds <= 60
      ? ok(`within ${Math.max(1, seconds)} seconds of the server's`)
      : bad(`${seconds} seconds off the server's`, "Set this machine's clock, for example by NTP.");
  } catch (error) {
    return bad(said(error), 'CWM_SITE does not answer: check the host and port.');
  }
}
