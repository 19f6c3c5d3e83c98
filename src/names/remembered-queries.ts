import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import type { Reliance } from './tables.ts';

/** How long an answer is given again, in milliseconds. */
const TTL_MS = 5 * 60_000;

/**
 * Answers to queries, given again at once while Manage is asked the same beside the call; whoever relied on one learns whether it
 * has changed. So a customer who is named in every call costs no time after the first.
 */
export class RememberedQueries<Answer extends object> {
  readonly #answers = new LRUCache<string, Answer>({ max: 300, ttl: TTL_MS });

  /** @param reliance of the call that asks; without one, Manage is asked first */
  async answer(key: string, ask: () => Promise<Answer>, reliance: Reliance | undefined): Promise<Answer> {
    const known = reliance && this.#answers.get(key);
    if (known === undefined) return this.#asked(key, ask);
    reliance?.add(
      this.#asked(key, ask).then(
        (now) => !isDeepStrictEqual(now, known),
        // The call is made again, and gets the reason.
        () => true,
      ),
    );
    return known;
  }

  clear(): void {
    this.#answers.clear();
  }

  async #asked(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    this.#answers.delete(key);
    const answer = await ask();
    this.#answers.set(key, answer);
    return answer;
  }
}
