import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpConfig } from '../../config/http-settings.ts';
import { type Arrival, valuesOf } from '../sign-in/arrival.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', '::1'];

const hostOf = (authority: string): string => authority.replace(/:\d+$/, '').toLowerCase();

/** What a page may send and see, beside what every page may. Headers of the protocol that are not known yet begin with `mcp-`. */
const SENT = [
  'authorization',
  'content-type',
  'last-event-id',
  'mcp-protocol-version',
  'mcp-session-id',
  'mcp-method',
  'mcp-name',
  'traceparent',
  'tracestate',
  'baggage',
];
const SEEN = 'Mcp-Session-Id, Mcp-Protocol-Version, WWW-Authenticate, Retry-After';
const PREFLIGHT_STANDS_S = 600;

function refuse(response: ServerResponse, message: string): false {
  response.writeHead(403, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: message }));
  return false;
}

/** Answers what a browser asks before it lets a page send a request. */
function answerPreflight(request: IncomingMessage, response: ServerResponse): false {
  const wanted = valuesOf(request.headers['access-control-request-headers']?.toLowerCase()).filter(
    (name) => SENT.includes(name) || /^mcp-[\w-]{1,60}$/.test(name),
  );
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-allow-headers': [...new Set([...SENT, ...wanted])].join(', '),
    'access-control-max-age': String(PREFLIGHT_STANDS_S),
  });
  response.end();
  return false;
}

/**
 * Makes what stands in front of every request, because the protocol handler checks none of it: the Host that was meant (a page on the
 * web could have its own name lead here) and the Origin that it comes from.
 * @returns tells whether a request may go on; otherwise it was answered
 */
export function createGuard({ allowedHosts, allowedOrigins, publicUrl }: HttpConfig) {
  const own = [...allowedHosts.map(hostOf), ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])];
  const hosts = new Set([...LOOPBACK, ...own]);
  // A page of this machine may have been loaded by anybody who runs something on it, so its origin has to be written out.
  const pages = new Set([...allowedOrigins, ...own.map((host) => `https://${host}`)]);
  return (request: IncomingMessage, response: ServerResponse, { host }: Arrival): boolean => {
    if (host === undefined || !hosts.has(hostOf(host)))
      return refuse(response, 'This Host is not allowed; add it to CWM_ALLOWED_HOSTS.');
    const { origin } = request.headers;
    if (origin === undefined) return true;
    const isPage = pages.has(origin);
    // An origin names nobody: what stands before an @ is no host.
    const isOwn = !origin.includes('@') && URL.canParse(origin) && hosts.has(new URL(origin).hostname.toLowerCase());
    if (!isPage && !isOwn) return refuse(response, 'This Origin is not allowed; add it to CWM_ALLOWED_ORIGINS.');
    if (isPage) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', SEEN);
      response.setHeader('vary', 'Origin');
    }
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    return isPage && isPreflight ? answerPreflight(request, response) : true;
  };
}
