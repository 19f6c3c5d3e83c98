/** Things that wait, each for a caller: callers take turns, and the things of one caller keep their order. */
export class FairQueue<T> {
  readonly #waiting = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  sizeOf(caller: string): number {
    return this.#waiting.get(caller)?.length ?? 0;
  }

  add(caller: string, thing: T): void {
    const own = this.#waiting.get(caller);
    if (own === undefined) this.#waiting.set(caller, [thing]);
    else own.push(thing);
    this.#size += 1;
  }

  /**
   * Takes out the next one; its caller stands behind all others then.
   * @param may whether it is a caller's turn; anybody's when left out
   */
  take(may: (caller: string) => boolean = () => true): T | undefined {
    for (const [caller, own] of this.#waiting) {
      if (!may(caller)) continue;
      const thing = own.shift();
      this.#waiting.delete(caller);
      if (own.length > 0) this.#waiting.set(caller, own);
      this.#size -= 1;
      return thing;
    }
    return undefined;
  }

  /** Takes out one that waits no longer. */
  remove(caller: string, thing: T): void {
    const own = this.#waiting.get(caller);
    const index = own?.indexOf(thing) ?? -1;
    if (own === undefined || index < 0) return;
    own.splice(index, 1);
    if (own.length === 0) this.#waiting.delete(caller);
    this.#size -= 1;
  }

  /** The caller for whom most wait. */
  longest(): string | undefined {
    let found: string | undefined;
    for (const caller of this.#waiting.keys())
      if (found === undefined || this.sizeOf(caller) > this.sizeOf(found)) found = caller;
    return found;
  }

  /** Takes out the last one of a caller. */
  dropLast(caller: string): T | undefined {
    const last = this.#waiting.get(caller)?.at(-1);
    if (last !== undefined) this.remove(caller, last);
    return last;
  }
}
