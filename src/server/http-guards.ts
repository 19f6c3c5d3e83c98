import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config/config.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', '::1'];

const hostOf = (authority: string): string => authority.replace(/:\d+$/, '').toLowerCase();

function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): false {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: message }));
  return false;
}

const sameSecret = (given: string, wanted: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/**
 * Stands in front of every request, because the protocol handler checks none of it: the Host that was meant (a page on the web
 * could have its own name lead here), the Origin that it comes from, and the token where one is set.
 * @returns whether the request may go on; otherwise it was answered
 */
export function guard({ http }: Pick<Config, 'http'>, request: IncomingMessage, response: ServerResponse): boolean {
  const hosts = [...LOOPBACK, ...http.allowedHosts.map((host) => hostOf(host))];
  const host = request.headers.host;
  if (host === undefined || !hosts.includes(hostOf(host)))
    return refuse(response, 403, 'This Host is not allowed; add it to CWM_ALLOWED_HOSTS.');
  const origin = request.headers.origin;
  if (origin !== undefined && (!URL.canParse(origin) || !hosts.includes(new URL(origin).hostname.toLowerCase())))
    return refuse(response, 403, 'This Origin is not allowed; add its host to CWM_ALLOWED_HOSTS.');
  if (http.token === undefined || /^\/(healthz|readyz)$/.test(request.url ?? '')) return true;
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (given !== undefined && sameSecret(given, http.token)) return true;
  return refuse(response, 401, 'Send the token: Authorization: Bearer ...', { 'www-authenticate': 'Bearer' });
}
