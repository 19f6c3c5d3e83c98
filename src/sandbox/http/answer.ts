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
  'api-current-version': '2022.1',
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
