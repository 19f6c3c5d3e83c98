import { expect } from 'vitest';

export const REVISION = '2025-11-25';

export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A client of the handshake era, request by request. */
export function clientOf(url: string) {
  const headers = (id?: string, more: Record<string, string> = {}) => ({
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    'mcp-protocol-version': REVISION,
    ...(id !== undefined && { 'mcp-session-id': id }),
    ...more,
  });
  const post = (message: object, id?: string, signal?: AbortSignal): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: headers(id),
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
      signal,
    });
  return {
    post,
    get: (id: string, more: Record<string, string> = {}) => fetch(url, { headers: headers(id, more) }),
    end: (id: string) => fetch(url, { method: 'DELETE', headers: headers(id) }),
    async open(capabilities: object = {}): Promise<string> {
      const params = { protocolVersion: REVISION, capabilities, clientInfo: { name: 'test', version: '1' } };
      const opened = await post({ id: 1, method: 'initialize', params });
      await opened.text();
      const id = opened.headers.get('mcp-session-id') ?? '';
      expect((await post({ method: 'notifications/initialized' }, id)).status).toBe(202);
      return id;
    },
  };
}

/** Events of a stream as they come: the number of each, and its message. */
export async function* eventsOf({ body }: Response): AsyncGenerator<{ id: string; message: Message | undefined }> {
  let rest = '';
  for await (const piece of body ?? []) {
    const parts = `${rest}${new TextDecoder().decode(piece as Uint8Array)}`.split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const id = /^id: (.*)$/m.exec(part)?.[1];
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (id !== undefined) yield { id, message: data ? (JSON.parse(data) as Message) : undefined };
    }
  }
}

/** The answer on a stream. */
export async function answerIn(response: Response): Promise<Message> {
  for await (const { message } of eventsOf(response)) if (message?.result ?? message?.error) return message as Message;
  throw new Error('The stream ended without an answer.');
}

/** A call of a tool, as a message. */
export const callOf = (name: string, given: object, id = 7) => ({
  id,
  method: 'tools/call',
  params: { name, arguments: given },
});
