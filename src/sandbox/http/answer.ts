import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
  /** Called when nobody looks at the body any more. */
  readonly release?: () => void;
}

export const json = (status: number, value: unknown, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: value === undefined ? '' : JSON.stringify(value),
});

export const html = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body,
});

/** What every answer of the API carries. */
export const standardHeaders = (): Record<string, string> => ({
  'cache-control': 'no-cache',
  'x-cw-request-id': randomUUID(),
  'x-server-name': 'SANDBOX',
});

/** Sent in one go, a page of megabytes would be copied and encrypted as a whole before its first byte is on the way. */
const PIECE = 1024 * 1024;

/** Sends a long body piece by piece, each when the one before is on the way. */
function sendPieces(response: ServerResponse, bytes: Uint8Array, from = 0): void {
  let at = from;
  while (bytes.length - at > PIECE) {
    const goesOn = response.write(bytes.subarray(at, at + PIECE));
    at += PIECE;
    if (goesOn) continue;
    response.once('drain', () => sendPieces(response, bytes, at));
    return;
  }
  response.end(bytes.subarray(at));
}

export function write(response: ServerResponse, { status, headers, body, release }: Answer): void {
  const own = Object.entries(headers).map(([name, value]): [string, string | string[]] => [
    name,
    typeof value === 'string' ? value : [...value],
  ]);
  // Encoded once: for its length, and for the way.
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, {
    ...Object.fromEntries(own),
    ...standardHeaders(),
    ...(status !== 204 && { 'content-length': bytes.length }),
  });
  if (release !== undefined) response.once('close', release);
  if (status === 204) response.end();
  else sendPieces(response, bytes);
}

/** A page as the web server in front of the API answers, where the API itself was never reached. */
export const page = (title: string, text: string): string =>
  `<!DOCTYPE html>\r\n<html><head><title>${title}</title></head>\r\n<body><h2>${title}</h2><p>${text}</p></body></html>\r\n`;

export const NOT_FOUND_PAGE = page(
  '404 - File or directory not found.',
  'The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.',
);
export const BAD_REQUEST_PAGE = page('Bad Request', 'HTTP Error 400. The request is badly formed.');
/** That there is a limit is known, how it is said is not. */
export const URL_TOO_LONG_PAGE = page(
  'Request-URI Too Long',
  'The length of the URL for this request exceeds the limit.',
);

export interface RequestLogEntry {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  status: number;
}
