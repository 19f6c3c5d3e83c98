import { pause } from '../in-turns.ts';
import type { Logger } from '../logger.ts';
import { contentInTurns, endsWrite, errorOf, header, mayBeDone, type RawAnswer } from './answers/read-answer.ts';
import { TOO_LARGE } from './answers/whole-answer.ts';
import {
  AnswerTooLarge,
  DeadlineExceeded,
  type ManageError,
  RateLimited,
  ServerFailure,
  Unreachable,
} from './errors.ts';
import { onFirstAbort } from './first-abort.ts';
import type { Keys, Login } from './keys.ts';
import { type Limiter, type Place, type Timing, TooManyWaiting } from './limits/limiter.ts';
import { observed } from './observed.ts';
import { LARGEST_ANSWER, LARGEST_FILE, type Transport, WireFailure, type WireRequest } from './transport.ts';
import { begun, nextTurn, waited } from './turns.ts';
import { Unsettled, type Way } from './writes/settle.ts';

export interface ExchangeRequest extends WireRequest {
  /** The operation as `GET /service/tickets/{id}`; for messages and logs, which never carry ids or queries. */
  readonly operation: string;
  /** Whether it only reads: then it may be sent again after any failure that can pass. */
  readonly reads: boolean;
  /** A list is wanted whose rows are parsed one by one. */
  readonly lazy?: boolean;
  /** Runs before a write that was turned away is sent again; what it throws ends the request. */
  readonly beforeAgain?: (signal: AbortSignal) => Promise<void>;
}

/** Longest wait between two tries that is not asked for by the server, in milliseconds. */
const LONGEST = 8_000;
const FIRST = 200;

/**
 * How long to wait before the next try, in milliseconds: what the server asked for, else twice as long each time with jitter
 * over the upper half, so that callers who failed together do not come back together.
 * @param attempt 1 after the first failure
 * @param random 0 to 1
 */
export function retryDelay(attempt: number, retryAfterSeconds: number | undefined, random: number): number {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * 1000 + random * 250;
  const ceiling = Math.min(LONGEST, FIRST * 2 ** (attempt - 1));
  return ceiling / 2 + (random * ceiling) / 2;
}

const RETRIED_STATUS = (status: number): boolean => status === 408 || status === 429 || status >= 500;
const MOST_TRIES = 6;

export interface ExchangeParts {
  readonly transport: Transport;
  readonly limiter: Limiter;
  readonly keys: Keys;
  readonly timing: Timing;
  /** 0 to 1, for the jitter between tries. */
  readonly random: () => number;
  readonly logger: Logger | undefined;
}

/** What can end a call: its caller, its deadline, or either of them. */
interface Ends {
  readonly signal: AbortSignal | undefined;
  readonly deadline: { readonly isOver: boolean };
  /** Aborted by either of them. */
  readonly both: AbortSignal;
}

/** Why a request ends whose time is over. */
const OUT_OF_TIME = new Error('The call took its whole time.');

/** Sends requests through the limiter, again where that is safe, all within one deadline. */
export class Exchange {
  readonly #transport: Transport;
  readonly #limiter: Limiter;
  readonly #keys: Keys;
  readonly #timing: Timing;
  readonly #random: () => number;
  readonly #logger: Logger | undefined;
  /** Whether the keys were good in the last answer that told: then one 401 is a hiccup of a gateway or a session. */
  #isKnown = false;

  constructor({ transport, limiter, keys, timing, random, logger }: ExchangeParts) {
    this.#transport = transport;
    this.#limiter = limiter;
    this.#keys = keys;
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
    const both = new AbortController();
    const deadline = { isOver: false };
    // Not AbortSignal.timeout: it would hold on to every call of the last minute.
    const quiet = this.#timing.alarm(deadlineMs, () => {
      deadline.isOver = true;
      both.abort(OUT_OF_TIME);
    });
    const release = onFirstAbort(signal === undefined ? [] : [signal], (reason) => both.abort(reason));
    try {
      return await this.#within(request, deadlineMs, { signal, deadline, both: both.signal });
    } finally {
      release();
      quiet();
    }
  }

  async #within(
    request: ExchangeRequest,
    deadlineMs: number,
    { both, signal, deadline }: Ends,
  ): Promise<{ answer: RawAnswer; value: unknown }> {
    const soonest = this.#limiter.soonest('new');
    if (soonest > deadlineMs) throw noPlaceError(request.operation, soonest, this.#limiter.pausedFor() >= soonest);
    const ends = this.#timing.now() + deadlineMs;
    for (let attempt = 1; ; attempt += 1) {
      const failure = await this.#try(request, attempt, { both, signal, deadline });
      if (!(failure instanceof Failed)) return failure;
      const { delay } = failure;
      const again = failure.again && attempt < MOST_TRIES && this.#timing.now() + delay < ends;
      if (!again) throw failure.unsettled ? new Unsettled(failure.error, failure.way) : failure.error;
      this.#logger?.debug({ operation: request.operation, attempt, delay, reason: failure.error.kind }, 'trying again');
      await this.#timing.sleep(delay, both).catch(() => {
        signal?.throwIfAborted();
        throw failure.error;
      });
      await request.beforeAgain?.(both);
    }
  }

  async #try(
    request: ExchangeRequest,
    attempt: number,
    { both, signal, deadline }: Ends,
  ): Promise<{ answer: RawAnswer; value: unknown } | Failed> {
    const { operation, reads } = request;
    const delay = (seconds?: number): number => retryDelay(attempt, seconds, this.#random());
    // Before there is a place: new keys may take a request of their own.
    const login = await this.#keys.current(both);
    const asked = this.#timing.now();
    let place: Place;
    try {
      place = await this.#limiter.acquire(both, nextTurn(reads));
    } catch (error) {
      if (error instanceof TooManyWaiting)
        throw new RateLimited('Too many requests wait for Manage already; nothing was sent.', {
          operation,
          retryAfterSeconds: 5,
        });
      if (deadline.isOver && !signal?.aborted)
        throw new DeadlineExceeded(
          'The call waited its whole time for a place among the requests a minute; nothing was sent.',
          { operation },
        );
      throw error;
    }
    begun();
    const started = this.#timing.now();
    const waitedMs = started - asked;
    waited(waitedMs);
    try {
      const answer = await observed({ operation, attempt, waitedMs }, this.#transport.server, () =>
        this.#transport.send(request, login, both),
      );
      // Answers of many calls come in one go, and each of them goes on with its work.
      await pause();
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
        if (answer.status === 401) this.#keys.refused(login);
        const refused = this.#refused(answer, request, { delay, login });
        // Before the place is free: whoever waits for it must not start into the throttle.
        if (refused.error instanceof RateLimited) place.throttled(refused.delay);
        return refused;
      }
      this.#isKnown = true;
      if (request.bytes) return { answer, value: undefined };
      return { answer, value: await contentInTurns(answer, request, both) };
    } catch (thrown) {
      const error = thrown === OUT_OF_TIME ? new WireFailure(thrown, 'maybe') : thrown;
      if (error instanceof AnswerTooLarge)
        return new Failed(error, { again: false, unsettled: !reads, way: 'ended', delay: 0 });
      // Something else in the place of an answer of Manage.
      if (error instanceof ServerFailure)
        return new Failed(error, { again: reads, unsettled: !reads, way: 'answered', delay: delay() });
      if (!(error instanceof WireFailure)) throw error;
      if (reads) signal?.throwIfAborted();
      const details = { operation, cause: error };
      if (error.code === TOO_LARGE) {
        const tooLarge = new AnswerTooLarge(operation, request.bytes ? LARGEST_FILE : LARGEST_ANSWER);
        return new Failed(tooLarge, { again: false, unsettled: !reads, way: 'ended', delay: 0 });
      }
      if (error.arrived === 'no') {
        const unreached = new Unreachable(`No connection to Manage (${error.code}); nothing was sent.`, details);
        const again = !/CERT|TLS|SIGNATURE/.test(error.code);
        return new Failed(unreached, { again, unsettled: false, way: 'ended', delay: delay() });
      }
      const ranOut = deadline.isOver;
      const failure = ranOut
        ? new DeadlineExceeded('Manage did not answer in time.', details)
        : new Unreachable(`The connection to Manage broke (${error.code}).`, details);
      return new Failed(failure, { again: reads && !ranOut, unsettled: !reads, way: 'open', delay: delay() });
    } finally {
      place.leave();
    }
  }

  #refused(
    answer: RawAnswer,
    { operation, reads }: ExchangeRequest,
    { delay, login }: { delay(seconds: number | undefined): number; login: Login },
  ): Failed {
    const error = errorOf(answer, operation, Date.now());
    // Among good answers it is no matter of the keys, nor is it with keys of which others can be had; a second one in a row is.
    const hiccup = answer.status === 401 && (this.#isKnown || login.isBorrowed === true);
    if (answer.status === 401) this.#isKnown = false;
    // A throttled request was turned away at the door; any other 5xx may have come after the deed.
    return new Failed(error, {
      again: hiccup || answer.status === 429 || (reads && RETRIED_STATUS(answer.status)),
      unsettled: !reads && mayBeDone(answer),
      way: endsWrite(answer) ? 'ended' : 'open',
      delay: delay(error.retryAfterSeconds),
    });
  }
}

/** A call that could only wait until its time is up says so at once. */
function noPlaceError(operation: string, milliseconds: number, isPause: boolean): RateLimited {
  const retryAfterSeconds = Math.ceil(milliseconds / 1000);
  const message = isPause
    ? `Manage asked for a pause, which lasts ${retryAfterSeconds} more seconds; nothing was sent.`
    : `The requests of this minute are used up; the next one is free in ${retryAfterSeconds} seconds; nothing was sent.`;
  return new RateLimited(message, { operation, retryAfterSeconds });
}

interface WhatFollows {
  readonly again: boolean;
  /** A write that may have been done. */
  readonly unsettled: boolean;
  readonly way: Way;
  /** Milliseconds to wait before another try. */
  readonly delay: number;
}

/** How a try ended, and what may follow. */
class Failed {
  readonly error: ManageError;
  readonly again: boolean;
  readonly unsettled: boolean;
  readonly way: Way;
  readonly delay: number;

  constructor(error: ManageError, { again, unsettled, way, delay }: WhatFollows) {
    this.error = error;
    this.again = again;
    this.unsettled = unsettled;
    this.way = way;
    this.delay = delay;
  }
}
