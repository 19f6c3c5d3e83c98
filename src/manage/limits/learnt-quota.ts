const MINUTE = 60_000;

/** No site has a quota below this: a 429 after a handful of requests had another reason. */
const SMALLEST = 10;
/** From this many on, one 429 that fits a quota is acted on for a while: as many requests are not there by chance. */
const CONVINCING = 100;
/** Two findings that differ by less than this part are the same. */
const ALIKE = 0.1;

const SUSPECTED = 5 * MINUTE;
/** Others may have used a part of a quota that was learnt: it is forgotten after a while. */
const REMEMBERED = 15 * MINUTE;

/** A quota that a site has and did not tell, as far as its 429s show it. */
export class LearntQuota {
  #held: { readonly perMinute: number; readonly until: number } | undefined;
  #found: { readonly perMinute: number; readonly at: number } | undefined;
  /** The most requests that were served in one minute, and when. */
  #most = { count: 0, at: 0 };

  /** Requests a minute, and how long they are kept to; `undefined` while nothing is known. */
  held(now: number): { readonly perMinute: number; readonly until: number } | undefined {
    return this.#held !== undefined && now < this.#held.until ? this.#held : undefined;
  }

  /** Says that so many requests were served within the last minute. */
  served(count: number, now: number): void {
    if (count >= this.#most.count || now > this.#most.at + REMEMBERED) this.#most = { count, at: now };
  }

  /**
   * Says that a 429 fits a quota of so many requests. Once is a suspicion at best, twice is a quota, and where more than that was
   * served a little while ago, it is neither.
   * @param started when the request started that was turned away
   * @param tolerance requests that may have been on their way and are counted wrong
   */
  found(perMinute: number, { now, started, tolerance }: { now: number; started: number; tolerance: number }): void {
    const before = this.#found;
    if (before !== undefined && started <= before.at) {
      this.#correct(perMinute);
      return;
    }
    const isRefuted = now <= this.#most.at + REMEMBERED && perMinute < this.#most.count - tolerance;
    if (perMinute < SMALLEST || isRefuted) return;
    this.#found = { perMinute, at: now };
    const isRepeated =
      before !== undefined &&
      now - before.at < 2 * REMEMBERED &&
      Math.abs(before.perMinute - perMinute) <= Math.max(1, before.perMinute * ALIKE);
    if (isRepeated) this.#held = { perMinute: Math.min(before.perMinute, perMinute), until: now + REMEMBERED };
    else if (perMinute >= CONVINCING) this.#held = { perMinute, until: now + SUSPECTED };
  }

  /** Requests that were turned away together tell the same thing, the last of them most exactly: the others are not counted any more. */
  #correct(perMinute: number): void {
    const found = this.#found;
    if (found === undefined || perMinute > found.perMinute || perMinute < found.perMinute * (1 - ALIKE)) return;
    if (this.#held?.perMinute === found.perMinute) this.#held = { ...this.#held, perMinute };
    this.#found = { ...found, perMinute };
  }
}
