import { setMaxListeners } from 'node:events';
import { DeadlineExceeded, onFirstAbort } from '../../manage/index.ts';

/** What a call that has begun to write may take beyond its deadline to finish: a part of it, within these bounds. */
const FINISH_PART = 0.4;
const FINISH_LEAST_MS = 5_000;
const FINISH_MOST_MS = 15_000;

/**
 * The time of one tool call. Until it writes, its caller can cancel it and its deadline ends it. Once a write went out the rest of
 * the steps finish, whatever becomes of the caller, within a little more time.
 */
export class CallTime {
  readonly #end = new AbortController();
  readonly #ends: readonly AbortSignal[];
  readonly #deadlineMs: number;
  readonly #started = performance.now();
  readonly #release: () => void;
  #timer: NodeJS.Timeout;
  #hasBegun = false;

  /** @param ends one of them is aborted when the client cancels or goes away, or when the server stops */
  constructor(ends: readonly AbortSignal[], deadlineMs: number, tool: string) {
    this.#ends = ends;
    this.#deadlineMs = deadlineMs;
    const late = (): void =>
      this.#end.abort(
        new DeadlineExceeded('The call took its whole time before anything was written.', { operation: tool }),
      );
    // In whole milliseconds: Node keeps a list of timers for each length, and makes it anew for one that no other timer has.
    this.#timer = setTimeout(late, Math.ceil(deadlineMs));
    // Every request of the call listens, and many run side by side.
    setMaxListeners(0, this.#end.signal);
    this.#release = onFirstAbort(ends, (reason) => {
      if (!this.#hasBegun) this.#end.abort(reason);
    });
  }

  /** Ends what the call still waits for. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Whether the caller still waits. */
  readonly isHeard = (): boolean => !this.#ends.some(({ aborted }) => aborted);

  /** Milliseconds until the deadline; the time to finish in is not among them. */
  readonly remaining = (): number => Math.max(0, this.#started + this.#deadlineMs - performance.now());

  /** Says that a write goes out now. */
  readonly begun = (): void => {
    if (this.#hasBegun || this.#end.signal.aborted) return;
    this.#hasBegun = true;
    clearTimeout(this.#timer);
    const more = Math.min(FINISH_MOST_MS, Math.max(FINISH_LEAST_MS, this.#deadlineMs * FINISH_PART));
    const late = (): void =>
      this.#end.abort(
        new DeadlineExceeded('The call took its whole time; what was written before is done.', { operation: 'write' }),
      );
    this.#timer = setTimeout(late, this.remaining() + more);
  };

  /** Has to be called when the call has ended. */
  end(): void {
    clearTimeout(this.#timer);
    this.#release();
  }
}
