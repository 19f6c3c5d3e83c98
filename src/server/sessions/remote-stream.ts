import { setTimeout as sleep } from 'node:timers/promises';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/server';
import type { SharedStore } from '../../shared-store/index.ts';
import { type EventPlace, eventId, type Kept, type SessionEvents, type StreamFacts } from './event-store.ts';

/** How often it is looked for more, in milliseconds. */
const LOOKS_EVERY = 150;

const LOST =
  'The server that ran this call stopped before it answered. Make the call again: what it has created already is found, and not created twice.';

const lost = (id: RequestId): JSONRPCMessage => ({ jsonrpc: '2.0', id, error: { code: -32603, message: LOST } });

const frame = (place: EventPlace, message: JSONRPCMessage): Uint8Array =>
  new TextEncoder().encode(`event: message\nid: ${eventId(place)}\ndata: ${JSON.stringify(message)}\n\n`);

/** The rest of a stream that another replica answers on, as it comes; an error for each request that it can no longer answer. */
async function* restOf(
  place: EventPlace,
  { replica, requests }: StreamFacts,
  parts: RemoteParts,
): AsyncGenerator<Kept> {
  const { events, store, signal } = parts;
  const open = new Set(requests);
  const isAnswer = (message: JSONRPCMessage): message is JSONRPCMessage & { id: RequestId } =>
    !('method' in message) && 'id' in message;
  for (const { number, message } of await events.after({ stream: place.stream, number: 0 }))
    if (number <= place.number && isAnswer(message)) open.delete(message.id);
  let last = place.number;
  let isGone = false;
  while (open.size > 0 && !signal.aborted) {
    const more = await events.after({ stream: place.stream, number: last });
    for (const kept of more) {
      last = kept.number;
      if (isAnswer(kept.message)) open.delete(kept.message.id);
      yield kept;
    }
    if (more.length > 0) continue;
    // What it wrote last may only be read now.
    if (isGone) break;
    isGone = !(await store.isThere(replica));
    if (!isGone) await sleep(LOOKS_EVERY, undefined, { signal }).catch(() => undefined);
  }
  for (const id of open) {
    last += 1;
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
export function remoteStream(place: EventPlace, facts: StreamFacts, parts: RemoteParts): Response {
  const rest = restOf(place, facts, parts);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await rest.next();
      if (done) controller.close();
      else controller.enqueue(frame({ stream: place.stream, number: value.number }, value.message));
    },
    async cancel() {
      await rest.return(undefined);
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' },
  });
}
