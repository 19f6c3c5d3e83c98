import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthInfo, McpHandlerRequestOptions } from '@modelcontextprotocol/server';

/** A handler of web requests, as the protocol handlers are. */
export type WebHandler = (request: Request, options?: McpHandlerRequestOptions) => Promise<Response>;

/** A request with its body, if that was read: for one that is refused without a look at it, it is not. */
export interface ReadRequest {
  readonly message: IncomingMessage & { readonly auth?: AuthInfo };
  readonly body?: unknown;
}

/** The request without its body, which the handler is given beside it. */
function webRequestOf({ method, url, headers }: IncomingMessage, signal: AbortSignal): Request {
  const own = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(':') ? [] : [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  const request = new Request(`http://${headers.host ?? 'localhost'}${url ?? '/'}`, { method, headers: own });
  // In place of its own. Given to the constructor, a signal is kept by weak references, which every collection of short-lived objects
  // takes for strong ones: with one a request, these collections take longer than all else.
  return Object.defineProperty(request, 'signal', { value: signal });
}

async function writeStream(response: ServerResponse, body: ReadableStream<Uint8Array>, signal: AbortSignal) {
  for await (const piece of body) if (!response.write(piece)) await once(response, 'drain', { signal });
}

/**
 * Serves a request by a handler of web requests. The SDK's adapter for Node writes the body out again for a web request that nobody
 * reads, and sends an answer in pieces; this costs a call less, and an answer that is no stream goes out with its length in one piece.
 */
export async function serveWeb(
  { message, body }: ReadRequest,
  response: ServerResponse,
  handler: WebHandler,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const answer = await handler(webRequestOf(message, gone.signal), {
    parsedBody: body,
    ...(message.auth !== undefined && { authInfo: message.auth }),
  });
  const headers = Object.fromEntries(answer.headers);
  if (answer.body !== null && headers['content-type'] === 'text/event-stream') {
    response.writeHead(answer.status, headers);
    await writeStream(response, answer.body, gone.signal).catch(() => undefined);
    response.end();
    return;
  }
  if (answer.body === null) {
    response.writeHead(answer.status, headers).end();
    return;
  }
  const text = await answer.text();
  response.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
