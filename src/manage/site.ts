import { quotedSetting } from '../may-be-key.ts';

const API_ROOT = '/v4_6_release/apis/3.0';

/** Hosts of the cloud's user interface; their API is at the same name with `api-` before it. */
const CLOUD_UI = /^(na|eu|au|aus|za|staging)\.(myconnectwise\.net|connectwisedev\.com)$/i;

/** More than a host has. */
const LONGEST_SHOWN = 100;

/** A site that cannot be talked to, and what to write instead. */
export class SiteError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SiteError';
  }
}

// Whole addresses only: 127.evil.example is a name like any other.
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** What may stand behind the host: a codebase, or the whole root of the API. */
const PATH = /^(?:\/v\d[\w.]*(?:\/apis\/3\.0)?)?$/i;

/**
 * The root of a site's API, from what people write for their site: `na.myconnectwise.net`, `https://cw.example.com`,
 * `http://127.0.0.1:8080`, or the whole root.
 * @returns for example `https://api-na.myconnectwise.net/v4_6_release/apis/3.0`
 * @throws {SiteError} for something that is more or less than a host, has credentials in it, or would send keys over plain http to another machine.
 */
export function apiBaseUrl(site: string): string {
  const text = site.trim();
  // What stands before it could be a password.
  const shown = text.slice(text.lastIndexOf('@') + 1).slice(0, LONGEST_SHOWN);
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || /\s/.test(text) || !URL.canParse(withScheme)) {
    throw new SiteError(
      `${quotedSetting(shown)} is not a site. Write the host that you sign in to, like na.myconnectwise.net.`,
    );
  }
  const url = new URL(withScheme);
  if (url.username !== '' || url.password !== '')
    throw new SiteError('A site holds no user name and no password; keys have variables of their own.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new SiteError(`${url.protocol}// would send your keys in the clear. Write https://${url.host}.`);
  }
  if (CLOUD_UI.test(url.hostname)) url.hostname = `api-${url.hostname}`;
  const path = url.pathname.replace(/\/+$/, '');
  if (!PATH.test(path) || url.search !== '' || url.hash !== '')
    throw new SiteError(`${quotedSetting(shown)} is more than a site. Write the host alone: ${url.host}.`);
  const codebase = /^\/v\d[\w.]*/i.exec(path)?.[0];
  if (/\/apis\/3\.0$/i.test(path)) return `${url.origin}${path}`;
  return `${url.origin}${codebase === undefined ? API_ROOT : `${codebase}/apis/3.0`}`;
}
