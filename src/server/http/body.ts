import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonContentType } from '@modelcontextprotocol/server';
import { isTooDeep } from '../../json.ts';
import { withoutNullArguments } from '../null-arguments.ts';

/** Largest body that is read here; the protocol handler refuses larger ones. */
const LARGEST = 4 * 1024 * 1024;

/** A request's body, or that there is nothing more to do for it. */
type Body = { readonly value?: unknown } | 'answered';

/**
 * Reads a request's body once. The protocol handler would copy it into a web request, clone that and read it as a stream, which
 * costs more than the call. What it refuses without a look at the body, it is left to.
 */
export async function readBody(request: IncomingMessage, response: ServerResponse): Promise<Body> {
  const { 'content-length': length, 'content-type': type = null } = request.headers;
  const size = Number(length);
  if (request.method !== 'POST' || !isJsonContentType(type) || !(size > 0 && size <= LARGEST)) return {};
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) pieces.push(piece as Buffer);
  } catch {
    // Whoever sent it is gone.
    response.destroy();
    return 'answered';
  }
  const refuse = (code: number, message: string): Body => {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null }));
    return 'answered';
  };
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(Buffer.concat(pieces)));
    return isTooDeep(value)
      ? refuse(-32600, 'The message is nested too deep.')
      : { value: withoutNullArguments(value) };
  } catch {
    return refuse(-32700, 'Parse error: the request body is not valid JSON');
  }
}
