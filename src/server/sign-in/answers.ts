import { LRUCache } from 'lru-cache';

/** How long an answer stands, in milliseconds: who was made inactive is out after this. */
const GOOD_MS = 5 * 60_000;
/** How long one stands that keeps somebody out: who was added is in after this. */
const BAD_MS = 30_000;

/** What Manage said of whoever signs in, for some minutes. A question that it did not answer is asked again. */
export class Answers<T> {
  readonly #answers: LRUCache<string, Promise<T>>;
  readonly #isGood: (answer: T) => boolean;

  /** @param isGood whether an answer lets somebody in */
  constructor(most: number, isGood: (answer: T) => boolean) {
    this.#answers = new LRUCache({ max: most });
    this.#isGood = isGood;
  }

  get(key: string): Promise<T> | undefined {
    return this.#answers.get(key);
  }

  /** Remembers an answer that is under way. @returns the same */
  keep(key: string, answer: Promise<T>): Promise<T> {
    this.#answers.set(key, answer, { ttl: GOOD_MS });
    answer.then(
      (said) => this.#isGood(said) || this.#answers.set(key, answer, { ttl: BAD_MS }),
      () => this.#answers.delete(key),
    );
    return answer;
  }
}
