import { setTimeout as sleep } from 'node:timers/promises';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/server';
import type { SharedStore } from '../../shared-store/index.ts';
import { type EventPlace, eventId, type Kept, type SessionEvents } from './event-store.ts';

/** How often it is looked for more, in milliseconds. */
const LOOKS_EVERY = 150;

const LOST =
  'The server that ran this call stopped before it answered. Make the call again: what it has created already is found, and not created twice.';

const lost = (id: RequestId): JSONRPCMessage => ({ jsonrpc: '2.0', id, error: { code: -32603, message: LOST } });

const frame = (place: EventPlace, message: JSONRPCMessage): Uint8Array =>
  new TextEncoder().encode(`event: message\nid: ${eventId(place)}\ndata: ${JSON.stringify(message)}\n\n`);

const isAnswer = (message: JSONRPCMessage): message is JSONRPCMessage & { id: RequestId } =>
  !('method' in message) && 'id' in message;

/** The rest of a stream that another replica answers on, as it comes; an error for each request that it can no longer answer. */
async function* restOf(place: EventPlace, { events, store, signal }: RemoteParts): AsyncGenerator<Kept> {
  const open = new Set(place.requests);
  let last = 0;
  let isGone = false;
  while (open.size > 0 && !signal.aborted) {
    const more = await events.after(place, last);
    for (const kept of more) {
      last = kept.number;
      if (isAnswer(kept.message)) open.delete(kept.message.id);
      if (kept.number > place.number) yield kept;
    }
    if (more.length > 0) continue;
    // What it wrote last may only be read now.
    if (isGone) break;
    isGone = !(store.status().isUp && (await store.isThere(place.replica)));
    if (!isGone) await sleep(LOOKS_EVERY, undefined, { signal }).catch(() => undefined);
  }
  for (const id of open) {
    last = Math.max(last, place.number) + 1;
    yield { number: last, message: lost(id) };
  }
}

export interface RemoteParts {
  readonly events: SessionEvents;
  readonly store: SharedStore;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** Answers a client that wants the rest of a stream on which another replica answers. */
export function remoteStream(place: EventPlace, parts: RemoteParts): Response {
  const rest = restOf(place, parts);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await rest.next();
      if (done) controller.close();
      else controller.enqueue(frame({ ...place, number: value.number }, value.message));
    },
    async cancel() {
      await rest.return(undefined);
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' },
  });
}
