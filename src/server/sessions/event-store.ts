import { AsyncLocalStorage } from 'node:async_hooks';
import { Buffer } from 'node:buffer';
import type { EventId, EventStore, JSONRPCMessage, RequestId, StreamId } from '@modelcontextprotocol/server';
import type { SharedStore } from '../../shared-store/index.ts';

/** How long after its last message a stream can be taken up again, in milliseconds. */
const KEPT_MS = 5 * 60_000;

/** A message of a stream with its number, from 1 on. */
export interface Kept {
  readonly number: number;
  readonly message: JSONRPCMessage;
}

/** An event, and what it takes to go on after it. */
export interface EventPlace {
  readonly stream: StreamId;
  readonly number: number;
  /** Who answers on the stream. */
  readonly replica: string;
  /** The requests that it answers; none on a stream for what no request asked for. */
  readonly requests: readonly RequestId[];
}

/** An event as clients name it: it says itself who answers what, so that a client is told even where nothing else is left. */
export const eventId = ({ stream, number, replica, requests }: EventPlace): EventId =>
  `${stream}/${number}/${Buffer.from(JSON.stringify([replica, requests])).toString('base64url')}`;

/** What an event's name says; `undefined` for one that is not ours. */
export function placeOf(event: EventId): EventPlace | undefined {
  const [, stream, number, facts = ''] = /^([^/]+)\/(\d+)\/([\w-]+)$/.exec(event) ?? [];
  if (stream === undefined) return undefined;
  try {
    const [replica, requests] = JSON.parse(Buffer.from(facts, 'base64url').toString()) as [unknown, unknown];
    if (typeof replica !== 'string' || !Array.isArray(requests)) return undefined;
    return { stream, number: Number(number), replica, requests };
  } catch {
    return undefined;
  }
}

/** One for all sessions: Node 20 never lets go of a storage that was used, and asks each of them at every `await` of the process. */
const answers = new AsyncLocalStorage<{ readonly events: SessionEvents; readonly requests: readonly RequestId[] }>();

/** The messages that the streams of one session carried, for a client that lost its connection and comes back for the rest. */
export class SessionEvents implements EventStore {
  readonly #session: string;
  readonly #store: SharedStore;

  constructor(session: string, store: SharedStore) {
    this.#session = session;
    this.#store = store;
  }

  /** Runs what answers requests, so that the events of their stream name them. */
  answering<T>(requests: readonly RequestId[], run: () => T): T {
    return answers.run({ events: this, requests }, run);
  }

  // It does not tell streams of events: the library would refuse whoever comes back before a broken connection is seen to be broken.
  async storeEvent(stream: StreamId, message: JSONRPCMessage): Promise<EventId> {
    const number = await this.#store.append(this.#key(stream), JSON.stringify(message), KEPT_MS);
    return eventId({ stream, number, replica: this.#store.id, requests: this.#answered() });
  }

  async replayEventsAfter(
    event: EventId,
    { send }: { send: (eventId: EventId, message: JSONRPCMessage) => Promise<void> },
  ): Promise<StreamId> {
    const place = placeOf(event);
    if (place === undefined) return '';
    for (const { number, message } of await this.after(place, place.number))
      await send(eventId({ ...place, number }), message);
    return place.stream;
  }

  /** What a stream carried behind its first so many messages. */
  async after({ stream }: Pick<EventPlace, 'stream'>, count: number): Promise<Kept[]> {
    const texts = await this.#store.after(this.#key(stream), count);
    const kept = texts.map((text, index) => ({ number: count + index + 1, message: JSON.parse(text) }));
    // The event that opens a stream says nothing to the client.
    return kept.filter(({ message }) => message.jsonrpc !== undefined);
  }

  /** Whether anything is known of a stream. */
  async has({ stream }: EventPlace): Promise<boolean> {
    return (await this.#store.after(this.#key(stream), 0)).length > 0;
  }

  /** The requests of this session for which the code at hand runs. */
  #answered(): readonly RequestId[] {
    const { events, requests = [] } = answers.getStore() ?? {};
    return events === this ? requests : [];
  }

  #key(stream: StreamId): string {
    return `events ${this.#session} ${stream}`;
  }
}
