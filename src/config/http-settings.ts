import { accessSync, constants } from 'node:fs';
import { isIP } from 'node:net';
import { quotedSetting, shownPath } from '../may-be-key.ts';
import type { Reader } from './reader.ts';

/** The OpenID provider whose tokens callers bring. */
export interface OAuthSettings {
  /** As the provider calls itself: `https://login.microsoftonline.com/{tenant}/v2.0`, `https://example.eu.auth0.com/`. */
  readonly issuer: string;
  /** What tokens for this server have as their audience; one of them is enough. */
  readonly audiences: readonly string[];
  /** What stands before `read`, `write` and `admin` in the provider's names of the scopes. */
  readonly scopePrefix: string;
  /** Claims that say which member somebody is, the first that a token has; chosen by the kind of provider when left out. */
  readonly memberClaims: readonly string[] | undefined;
}

/** How the HTTP server may be reached, and by whom. */
export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** Bearer token that all callers share; none on the loopback interface unless set. */
  readonly token?: string | undefined;
  /** Values of `Host` that are answered, beside those of the loopback interface. */
  readonly allowedHosts: readonly string[];
  /** Origins of web pages that may call, as `https://app.example.com`; those of the allowed hosts may as well. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and networks (CIDR) of proxies whose `X-Forwarded-*` headers count. */
  readonly trustedProxies: readonly string[];
  /** Certificate and key in PEM form; in the clear when left out. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** Where clients reach the tools, as they write it: `https://mcp.example.com/mcp`. */
  readonly publicUrl?: string | undefined;
  readonly oauth?: OAuthSettings | undefined;
  /** Whether Manage is to say what changes, for clients that subscribe to it. */
  readonly subscriptions: boolean;
  /** File of people with tokens, members, scopes and toolsets of their own. */
  readonly peopleFile?: string | undefined;
  /** Whether callers may bring Manage keys of their own in headers. */
  readonly callerKeys: boolean;
  /** HTTP requests that one caller may make in a minute. */
  readonly callsPerMinute: number;
}

/** The legacy login that makes tokens to act as a member. */
export interface IntegratorLogin {
  readonly login: string;
  readonly password: string;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])$/;

/** Whether everybody who can send to a host name or address is on this machine. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host.toLowerCase());

/** What chooses where is listened, for whoever is told that it cannot be had: flags or settings. */
export interface ChosenBy {
  readonly port: string;
  readonly host: string;
}

/** A host name or address as it stands in a URL: IPv6 in brackets. */
export const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** An address in the clear would hand tokens to whoever is on the way. */
function secureUrl(reader: Reader, variable: 'CWM_PUBLIC_URL' | 'CWM_OAUTH_ISSUER', text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  const isPlain = url?.search === '' && url.hash === '' && url.username === '';
  if (url !== undefined && isSecure && isPlain) return url;
  reader.problems.push(
    `${variable} has to be an https address without a query, not ${quotedSetting(text)}; http is for this machine only.`,
  );
  return undefined;
}

function readPublicUrl(reader: Reader): string | undefined {
  const text = reader.text('CWM_PUBLIC_URL');
  const url = text === undefined ? undefined : secureUrl(reader, 'CWM_PUBLIC_URL', text);
  if (url === undefined) return undefined;
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path === '' ? '/mcp' : path}`;
}

function readOAuth(reader: Reader, publicUrl: string | undefined): OAuthSettings | undefined {
  const issuer = reader.text('CWM_OAUTH_ISSUER');
  const others = ['CWM_OAUTH_AUDIENCE', 'CWM_OAUTH_SCOPE_PREFIX', 'CWM_OAUTH_MEMBER_CLAIM'] as const;
  if (issuer === undefined) {
    for (const variable of others)
      if (reader.text(variable) !== undefined)
        reader.problems.push(`${variable} is set without CWM_OAUTH_ISSUER, the address of the OpenID provider.`);
    return undefined;
  }
  const url = secureUrl(reader, 'CWM_OAUTH_ISSUER', issuer);
  if (/^\/(common|organizations|consumers)(\/|$)/.test(url?.pathname ?? ''))
    reader.problems.push(
      'CWM_OAUTH_ISSUER has to name your own tenant, as in https://login.microsoftonline.com/TENANT-ID/v2.0: common and organizations would let in every tenant.',
    );
  if (publicUrl === undefined && reader.text('CWM_PUBLIC_URL') === undefined)
    reader.problems.push(
      'CWM_OAUTH_ISSUER needs CWM_PUBLIC_URL, the address of this server as clients write it: https://mcp.example.com/mcp.',
    );
  const audiences = reader.list('CWM_OAUTH_AUDIENCE');
  const claims = reader.list('CWM_OAUTH_MEMBER_CLAIM');
  const scopePrefix = reader.text('CWM_OAUTH_SCOPE_PREFIX') ?? '';
  if (!/^[\x21\x23-\x5b\x5d-\x7e]*$/.test(scopePrefix))
    reader.problems.push(
      'CWM_OAUTH_SCOPE_PREFIX has to be what stands before read, write and admin, such as api://1234/ or cwm.',
    );
  return {
    issuer,
    audiences: audiences.length > 0 ? audiences : [publicUrl ?? ''],
    scopePrefix,
    memberClaims: claims.length > 0 ? claims : undefined,
  };
}

/** Both files together. What is in them is looked at when the server starts to listen. */
function readTls(reader: Reader): HttpConfig['tls'] {
  const certFile = readableFile(reader, 'CWM_TLS_CERT_FILE');
  const keyFile = readableFile(reader, 'CWM_TLS_KEY_FILE');
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  if (certFile !== undefined || keyFile !== undefined)
    reader.problems.push('CWM_TLS_CERT_FILE and CWM_TLS_KEY_FILE go together; one of them is missing.');
  return undefined;
}

function readableFile(
  reader: Reader,
  variable: 'CWM_TLS_CERT_FILE' | 'CWM_TLS_KEY_FILE' | 'CWM_PEOPLE_FILE',
): string | undefined {
  const file = reader.text(variable);
  if (file === undefined) return undefined;
  try {
    accessSync(file, constants.R_OK);
  } catch {
    reader.problems.push(`${variable}: the file ${shownPath(file)} cannot be read.`);
  }
  return file;
}

const isNetwork = (text: string): boolean => {
  const [, address = '', bits] = /^(.*?)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && (bits === undefined || Number(bits) <= (version === 4 ? 32 : 128));
};

function readSubscriptions(reader: Reader, publicUrl: string | undefined): boolean {
  const isOn = reader.flag('CWM_SUBSCRIPTIONS');
  if (isOn && publicUrl === undefined && reader.text('CWM_PUBLIC_URL') === undefined)
    reader.problems.push('CWM_SUBSCRIPTIONS needs CWM_PUBLIC_URL, an address at which Manage reaches this server.');
  if (isOn && reader.flag('CWM_READ_ONLY'))
    reader.problems.push('CWM_SUBSCRIPTIONS registers webhooks in Manage, which CWM_READ_ONLY forbids; choose one.');
  return isOn;
}

function readProxies(reader: Reader): readonly string[] {
  const proxies = reader.list('CWM_TRUSTED_PROXIES');
  for (const proxy of proxies)
    if (!isNetwork(proxy))
      reader.problems.push(
        `CWM_TRUSTED_PROXIES has to list addresses or networks like 10.0.0.5 or 10.0.0.0/8, not ${quotedSetting(proxy)}.`,
      );
  return proxies;
}

function readOrigins(reader: Reader): readonly string[] {
  return reader.list('CWM_ALLOWED_ORIGINS').flatMap((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '')
      return [url.origin];
    reader.problems.push(
      `CWM_ALLOWED_ORIGINS has to list origins like https://app.example.com, not ${quotedSetting(text)}.`,
    );
    return [];
  });
}

/** What listening for others asks for: somebody has to sign in, and it has to be known what the server is called. */
function checkReach(reader: Reader, config: HttpConfig): void {
  const { host, token, oauth, peopleFile, callerKeys, allowedHosts, publicUrl, tls, trustedProxies } = config;
  if (isLoopback(host)) return;
  if (token === undefined && oauth === undefined && peopleFile === undefined && !callerKeys)
    reader.problems.push(
      `CWM_HTTP_HOST ${host} can be reached by others, so callers have to sign in: set CWM_PEOPLE_FILE, CWM_OAUTH_ISSUER, or CWM_HTTP_TOKEN with a secret of at least 24 characters that all callers send.`,
    );
  if (allowedHosts.length === 0 && publicUrl === undefined)
    reader.problems.push(
      `CWM_HTTP_HOST ${host} can be reached by others: set CWM_ALLOWED_HOSTS to the host names that clients use.`,
    );
  if (callerKeys && tls === undefined && trustedProxies.length === 0)
    reader.problems.push(
      `CWM_CALLER_KEYS has callers send Manage keys, which must not travel in the clear: set CWM_TLS_CERT_FILE and CWM_TLS_KEY_FILE, or CWM_TRUSTED_PROXIES where a proxy ends TLS.`,
    );
}

/** Reads how the HTTP server may be reached. What is wrong is added to the reader's problems. */
export function readHttp(reader: Reader): HttpConfig {
  const token = reader.text('CWM_HTTP_TOKEN');
  if (token !== undefined && token.length < 24)
    reader.problems.push('CWM_HTTP_TOKEN is too short; use at least 24 characters.');
  const publicUrl = readPublicUrl(reader);
  const config: HttpConfig = {
    host: reader.text('CWM_HTTP_HOST') ?? '127.0.0.1',
    port: reader.whole('CWM_HTTP_PORT', 3000, 0, 65535),
    token,
    allowedHosts: reader.list('CWM_ALLOWED_HOSTS'),
    allowedOrigins: readOrigins(reader),
    trustedProxies: readProxies(reader),
    tls: readTls(reader),
    publicUrl,
    subscriptions: readSubscriptions(reader, publicUrl),
    oauth: readOAuth(reader, publicUrl),
    peopleFile: readableFile(reader, 'CWM_PEOPLE_FILE'),
    callerKeys: reader.flag('CWM_CALLER_KEYS'),
    callsPerMinute: reader.whole('CWM_CALLS_PER_MINUTE', 600, 1, 100_000),
  };
  checkReach(reader, config);
  return config;
}

/** The integrator login, which goes with its password. */
export function readIntegrator(reader: Reader): IntegratorLogin | undefined {
  const login = reader.text('CWM_INTEGRATOR_LOGIN');
  const password = reader.text('CWM_INTEGRATOR_PASSWORD');
  if (login === undefined && password === undefined) return undefined;
  if (login !== undefined && password !== undefined) return { login, password };
  reader.problems.push('CWM_INTEGRATOR_LOGIN and CWM_INTEGRATOR_PASSWORD go together; one of them is missing.');
  return undefined;
}
