import type { Redis } from 'ioredis';
import type { SharedEvent, SharedEvents } from './store.ts';

/** Events before this are nobody's business any more, in milliseconds; whoever joins is given as much of the past. */
const PAST_MS = 120_000;

interface Told {
  readonly events: readonly string[];
  resolve(all: readonly SharedEvent[]): void;
  reject(error: unknown): void;
}

/** Asks Redis; `undefined` where it is away. */
type Ask = <T>(question: (redis: Redis) => Promise<T>) => Promise<T | undefined>;

/** Events of all replicas in the one order that a stream of Redis gives them. */
export class RedisEvents implements SharedEvents {
  readonly #ask: Ask;
  readonly #key: string;
  readonly #writer: string;
  #last: string | undefined;
  #waiting: Told[] = [];
  #isTelling = false;

  constructor(ask: Ask, key: string, writer: string) {
    this.#ask = ask;
    this.#key = key;
    this.#writer = writer;
  }

  /** Those that come while others are on their way go together after them. */
  append(events: readonly string[]): Promise<readonly SharedEvent[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject });
      void this.#tell();
    });
  }

  async #tell(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    for (let batch = this.#waiting.splice(0); batch.length > 0; batch = this.#waiting.splice(0)) {
      const all = await this.#exchange(batch.flatMap(({ events }) => events));
      // The first takes in everything; what the others asked is decided then.
      for (const [index, { resolve, reject }] of batch.entries()) {
        if (all === undefined) reject(new Error('Redis does not answer.'));
        else resolve(index === 0 ? all : []);
      }
    }
    this.#isTelling = false;
  }

  async #exchange(events: readonly string[]): Promise<readonly SharedEvent[] | undefined> {
    return this.#ask(async (redis) => {
      const oldest = `${Date.now() - PAST_MS}-0`;
      const transaction = redis.multi();
      for (const event of events)
        transaction.xadd(this.#key, 'MINID', '~', oldest, '*', 'by', this.#writer, 'event', event);
      transaction.pexpire(this.#key, PAST_MS);
      transaction.xrange(this.#key, this.#last === undefined ? oldest : `(${this.#last}`, '+');
      const answers = (await transaction.exec()) ?? [];
      const [error, rows] = answers.at(-1) ?? [new Error('Redis answered nothing.')];
      if (error) throw error;
      const entries = rows as [string, string[]][];
      this.#last = entries.at(-1)?.[0] ?? this.#last;
      return entries.map(([place, [, by, , event = '']]) => ({
        at: Number(place.split('-')[0]),
        event,
        own: by === this.#writer,
      }));
    });
  }

  close(): void {}
}
