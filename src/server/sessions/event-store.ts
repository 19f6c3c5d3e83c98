import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventId, EventStore, JSONRPCMessage, RequestId, StreamId } from '@modelcontextprotocol/server';
import { isRecord } from '../../json.ts';
import type { SharedStore } from '../../shared-store/index.ts';

/** How long after its last message a stream can be taken up again, in milliseconds. */
const KEPT_MS = 5 * 60_000;

/** Who answers on a stream, and which requests it answers: what its first event keeps. */
export interface StreamFacts {
  readonly replica: string;
  readonly requests: readonly RequestId[];
}

/** A message of a stream with its number, from 1 on. */
export interface Kept {
  readonly number: number;
  readonly message: JSONRPCMessage;
}

/** An event as clients name it: `3f0c.../2`. */
export interface EventPlace {
  readonly stream: StreamId;
  readonly number: number;
}

export const eventId = ({ stream, number }: EventPlace): EventId => `${stream}/${number}`;

export function placeOf(event: EventId): EventPlace | undefined {
  const [, stream, number] = /^(.+)\/(\d+)$/.exec(event) ?? [];
  return stream === undefined ? undefined : { stream, number: Number(number) };
}

/** The messages that the streams of one session carried, for a client that lost its connection and comes back for the rest. */
export class SessionEvents implements EventStore {
  readonly #session: string;
  readonly #store: SharedStore;
  /** The requests that the code at hand opens a stream for. */
  readonly #opening = new AsyncLocalStorage<readonly RequestId[]>();

  constructor(session: string, store: SharedStore) {
    this.#session = session;
    this.#store = store;
  }

  /** Runs what opens a stream, so that the stream's first event says for which requests. */
  opening<T>(requests: readonly RequestId[], run: () => T): T {
    return this.#opening.run(requests, run);
  }

  // It does not tell streams of events: the library would refuse whoever comes back before a broken connection is seen to be broken.
  async storeEvent(stream: StreamId, message: JSONRPCMessage): Promise<EventId> {
    // The event that opens a stream says nothing to the client.
    const isFirst = Object.keys(message).length === 0;
    const facts: StreamFacts = { replica: this.#store.id, requests: this.#opening.getStore() ?? [] };
    const text = JSON.stringify(isFirst ? facts : message);
    return eventId({ stream, number: await this.#store.append(this.#key(stream), text, KEPT_MS) });
  }

  async replayEventsAfter(
    event: EventId,
    { send }: { send: (eventId: EventId, message: JSONRPCMessage) => Promise<void> },
  ): Promise<StreamId> {
    const { stream, number } = placeOf(event) ?? { stream: '', number: 0 };
    for (const kept of await this.after({ stream, number }))
      await send(eventId({ stream, number: kept.number }), kept.message);
    return stream;
  }

  /** What came after an event. */
  async after({ stream, number }: EventPlace): Promise<Kept[]> {
    const texts = await this.#store.after(this.#key(stream), number);
    const kept = texts.map((text, index) => ({ number: number + index + 1, message: JSON.parse(text) }));
    return kept.filter(({ message }) => message.jsonrpc !== undefined);
  }

  /** Who answers on a stream; `undefined` where it is not kept, or a client listens on it to what no request asked for. */
  async factsOf(stream: StreamId): Promise<StreamFacts | undefined> {
    const [first] = await this.#store.after(this.#key(stream), 0);
    const facts: unknown = first === undefined ? undefined : JSON.parse(first);
    return isRecord(facts) && typeof facts.replica === 'string' ? (facts as unknown as StreamFacts) : undefined;
  }

  #key(stream: StreamId): string {
    return `events ${this.#session} ${stream}`;
  }
}
