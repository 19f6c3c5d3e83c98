import type { ServerResponse } from 'node:http';
import { isRecord } from '../../json.ts';

/** An error of JSON-RPC, as HTTP carries it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly error: { readonly code: number; readonly message: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers a message with an error of JSON-RPC; without an id where the message has none, or could not be read. */
export function answerError(response: ServerResponse, message: unknown, { status, error, headers }: ErrorAnswer): void {
  const id = isRecord(message) ? (message.id ?? null) : null;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ jsonrpc: '2.0', error, id }));
}
