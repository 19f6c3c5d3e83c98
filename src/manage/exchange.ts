import type { Logger } from '../logger.ts';
import { DeadlineExceeded, type ManageError, RateLimited, ServerFailure, Unreachable } from './errors.ts';
import type { Limiter, Place, Timing } from './limiter.ts';
import { contentOf, errorOf, header, lazyContentOf, type RawAnswer } from './read-answer.ts';
import { retryDelay } from './retry.ts';
import { type Transport, WireFailure, type WireRequest } from './transport.ts';

export interface ExchangeRequest extends WireRequest {
  /** The operation as `GET /service/tickets/{id}`; for messages and logs, which never carry ids or queries. */
  readonly operation: string;
  /** Whether it only reads: then it may be sent again after any failure that can pass. */
  readonly reads: boolean;
  /** Bytes are wanted, not JSON. */
  readonly bytes?: boolean;
  /** A list is wanted whose rows are parsed one by one. */
  readonly lazy?: boolean;
}

/** A write that failed after it may have arrived. What became of it has to be found out. */
export class Unsettled extends Error {
  readonly failure: ManageError;
  /** The server answered, so it has ended whatever it did. */
  readonly answered: boolean;

  constructor(failure: ManageError, answered: boolean) {
    super(failure.message);
    this.failure = failure;
    this.answered = answered;
  }
}

const RETRIED_STATUS = (status: number | undefined): boolean =>
  status === 429 || (status !== undefined && status >= 500);
const MOST_TRIES = 6;

/** Sends requests through the limiter, again where that is safe, all within one deadline. */
export class Exchange {
  readonly #transport: Transport;
  readonly #limiter: Limiter;
  readonly #timing: Timing;
  readonly #random: () => number;
  readonly #logger: Logger | undefined;

  constructor(
    transport: Transport,
    limiter: Limiter,
    timing: Timing,
    random: () => number,
    logger: Logger | undefined,
  ) {
    this.#transport = transport;
    this.#limiter = limiter;
    this.#timing = timing;
    this.#random = random;
    this.#logger = logger;
  }

  /**
   * The answer to a request.
   * @throws {ManageError} what the last try ended with; {Unsettled} for a write that may have arrived; the signal's reason when cancelled.
   */
  async run(
    request: ExchangeRequest,
    deadlineMs: number,
    signal?: AbortSignal,
  ): Promise<{ answer: RawAnswer; value: unknown }> {
    // Not AbortSignal.timeout: it would hold on to every call of the last minute.
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new Error('The call took its whole time.')), deadlineMs);
    try {
      return await this.#within(request, deadlineMs, deadline.signal, signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async #within(
    request: ExchangeRequest,
    deadlineMs: number,
    deadline: AbortSignal,
    signal: AbortSignal | undefined,
  ): Promise<{ answer: RawAnswer; value: unknown }> {
    const ends = this.#timing.now() + deadlineMs;
    const both = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    for (let attempt = 1; ; attempt += 1) {
      const failure = await this.#try(request, attempt, both, signal, deadline);
      if (!(failure instanceof Failed)) return failure;
      const { delay } = failure;
      const again = failure.again && attempt < MOST_TRIES && this.#timing.now() + delay < ends;
      if (!again) throw failure.unsettled ? new Unsettled(failure.error, failure.answered) : failure.error;
      this.#logger?.debug({ operation: request.operation, attempt, delay, reason: failure.error.kind }, 'trying again');
      await this.#timing.sleep(delay, both).catch(() => {
        signal?.throwIfAborted();
        throw failure.error;
      });
    }
  }

  async #try(
    request: ExchangeRequest,
    attempt: number,
    both: AbortSignal,
    signal: AbortSignal | undefined,
    deadline: AbortSignal,
  ): Promise<{ answer: RawAnswer; value: unknown } | Failed> {
    const { operation, reads } = request;
    const delay = (seconds?: number): number => retryDelay(attempt, seconds, this.#random());
    let place: Place;
    try {
      place = await this.#limiter.acquire(both);
    } catch (error) {
      if (deadline.aborted && !signal?.aborted)
        throw new DeadlineExceeded(
          'The call waited its whole time for a place among the requests a minute; nothing was sent.',
          { operation },
        );
      throw error;
    }
    const started = this.#timing.now();
    try {
      const answer = await this.#transport.send(request, both);
      this.#logger?.debug(
        {
          operation,
          status: answer.status,
          ms: Math.round(this.#timing.now() - started),
          requestId: header(answer, 'x-cw-request-id'),
        },
        'request',
      );
      if (answer.status < 200 || answer.status >= 300) {
        const refused = this.#refused(answer, request, delay);
        // Before the place is free: whoever waits for it must not start into the throttle.
        if (refused.error instanceof RateLimited) place.throttled(refused.delay);
        return refused;
      }
      if (request.bytes) return { answer, value: undefined };
      return { answer, value: (request.lazy && lazyContentOf(answer)) || contentOf(answer, operation) };
    } catch (error) {
      if (error instanceof ServerFailure) return new Failed(error, reads, !reads, true, delay());
      if (!(error instanceof WireFailure)) throw error;
      if (reads) signal?.throwIfAborted();
      const details = { operation, cause: error };
      if (error.arrived === 'no') {
        return new Failed(
          new Unreachable(`No connection to Manage (${error.code}); nothing was sent.`, details),
          !/CERT|TLS|SIGNATURE/.test(error.code),
          false,
          false,
          delay(),
        );
      }
      const ranOut = deadline.aborted;
      const failure = ranOut
        ? new DeadlineExceeded('Manage did not answer in time.', details)
        : new Unreachable(`The connection to Manage broke (${error.code}).`, details);
      return new Failed(failure, reads && !ranOut, !reads, false, delay());
    } finally {
      place.leave();
    }
  }

  #refused(
    answer: RawAnswer,
    { operation, reads }: ExchangeRequest,
    delay: (seconds: number | undefined) => number,
  ): Failed {
    const error = errorOf(answer, operation, Date.now());
    const throttled = answer.status === 429;
    // A throttled request was turned away at the door; any other 5xx may have come after the deed.
    return new Failed(
      error,
      throttled || (reads && RETRIED_STATUS(answer.status)),
      !reads && answer.status >= 500,
      true,
      delay(error.retryAfterSeconds),
    );
  }
}

/** How a try ended, and what may follow. */
class Failed {
  readonly error: ManageError;
  readonly again: boolean;
  readonly unsettled: boolean;
  readonly answered: boolean;
  /** Milliseconds to wait before that. */
  readonly delay: number;

  constructor(error: ManageError, again: boolean, unsettled: boolean, answered: boolean, delay: number) {
    this.error = error;
    this.again = again;
    this.unsettled = unsettled;
    this.answered = answered;
    this.delay = delay;
  }
}
