import type { EventId, EventStore, JSONRPCMessage, StreamId } from '@modelcontextprotocol/server';
import { LRUCache } from 'lru-cache';

/** How long after its last message a stream can be taken up again, in milliseconds. */
const KEPT_MS = 5 * 60_000;
/** What is kept of all streams together, in characters. */
const MOST = 32 * 1024 * 1024;

/** Messages of the streams of one server process, as JSON. Old ones give way to new ones. */
export type Events = LRUCache<string, string[]>;

export const createEvents = (): Events =>
  new LRUCache({
    maxSize: MOST,
    ttl: KEPT_MS,
    sizeCalculation: (messages) => messages.reduce((sum, { length }) => sum + length, 1),
  });

const keyOf = (session: string, stream: StreamId): string => `${session} ${stream}`;

/** The stream and the number of one of its messages: `3f0c.../2`. */
function partsOf(event: EventId): { readonly stream: StreamId; readonly number: number } | undefined {
  const [, stream, number] = /^(.+)\/(\d+)$/.exec(event) ?? [];
  return stream === undefined ? undefined : { stream, number: Number(number) };
}

/** Whether the rest of the stream after an event can be given. */
export const isKept = (session: string, event: EventId, events: Events): boolean =>
  events.has(keyOf(session, partsOf(event)?.stream ?? ''));

/** The messages that a session's streams carried, for a client that lost its connection and comes back for the rest. */
export function eventStoreOf(session: string, events: Events): EventStore {
  // It does not tell streams of events: the library would refuse whoever comes back before a broken connection is seen to be broken.
  return {
    async storeEvent(stream, message) {
      const key = keyOf(session, stream);
      const messages = [...(events.peek(key) ?? []), JSON.stringify(message)];
      events.set(key, messages);
      return `${stream}/${messages.length}`;
    },
    async replayEventsAfter(event, { send }) {
      const { stream, number } = partsOf(event) ?? { stream: '', number: 0 };
      // The event that opens a stream says nothing.
      for (const [index, text] of (events.get(keyOf(session, stream)) ?? []).entries())
        if (index >= number && text !== '{}') await send(`${stream}/${index + 1}`, JSON.parse(text) as JSONRPCMessage);
      return stream;
    },
  };
}
