import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
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

export function write(response: ServerResponse, { status, headers, body }: Answer): void {
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
  response.end(status === 204 ? undefined : bytes);
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
