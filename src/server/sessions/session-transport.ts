import { randomBytes } from 'node:crypto';
import {
  isJSONRPCRequest,
  isJSONRPCResponse,
  type JSONRPCMessage,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';

type Handling = Parameters<WebStandardStreamableHTTPServerTransport['handleRequest']>;

/** A stream that begins with a comment: headers go out with the first bytes, and a client waits for them to know that it listens. */
function begun(response: Response): Response {
  const comment = new TextEncoder().encode(': listening\n\n');
  const first = new TransformStream<Uint8Array, Uint8Array>({ start: (stream) => stream.enqueue(comment) });
  return new Response(response.body?.pipeThrough(first) ?? null, response);
}

/**
 * A session's transport. Our requests to the client have ids that no other server of the session gives: each counts from 0, and the
 * answer to one's question must not be taken for the answer to another's.
 */
export class SessionTransport extends WebStandardStreamableHTTPServerTransport {
  readonly #prefix = `${randomBytes(6).toString('base64url')}-`;

  override async send(
    message: JSONRPCMessage,
    options?: Parameters<WebStandardStreamableHTTPServerTransport['send']>[1],
  ): Promise<void> {
    const own = isJSONRPCRequest(message) ? { ...message, id: `${this.#prefix}${message.id}` } : message;
    await super.send(own, options);
  }

  override async handleRequest(...[request, options]: Handling): Promise<Response> {
    const response = await super.handleRequest(request, options);
    return request.method === 'GET' && response.ok ? begun(response) : response;
  }

  /** From now on answers get their ids back; to be called when the protocol has taken its end. */
  watch(): void {
    const deliver = this.onmessage;
    this.onmessage = (message, extra) => {
      if (!isJSONRPCResponse(message)) return deliver?.(message, extra);
      const id = String(message.id);
      // Another one's.
      if (!id.startsWith(this.#prefix)) return;
      deliver?.({ ...message, id: Number(id.slice(this.#prefix.length)) }, extra);
    };
  }
}
