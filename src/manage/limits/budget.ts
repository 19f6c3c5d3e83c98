import { LearntQuota } from './learnt-quota.ts';

const MINUTE = 60_000;
/** Requests reach the server a little later than they leave, and not all equally late. */
const MARGIN = 250;
/** How exactly a pause has to fit the requests of the last minute to be taken for a quota, in milliseconds. */
const FIT = 1_500;
/** A clock that is set back leaves starts in the future, which would count for as long as it was set back. */
const SET_BACK = 5_000;

/** Longest pause in milliseconds, whatever a server asks for: about what a call may take, and as much as a quota by the minute needs. */
export const LONGEST_PAUSE = MINUTE;

/** What a request may use up. */
export interface Allowance {
  /** Requests that the caller's process allows itself in a minute. */
  readonly perMinute: number;
  /** The part of all requests a minute that this one may use up: long reads leave some to others. */
  readonly part: number;
}

/** A start that was granted. */
export interface Ticket {
  readonly id: string;
  /** When it was granted, on the budget's clock. */
  readonly at: number;
}

/** The requests a minute that one key has on one site. */
export interface Budget {
  /** Milliseconds until a request may start, as far as is known here; 0 or less for now. */
  wait(allowance: Allowance): number;
  /** Takes a start; `undefined` where others were faster: then `wait` tells when to ask again. */
  take(allowance: Allowance): Ticket | undefined | Promise<Ticket | undefined>;
  /** A request was served. */
  served(ticket: Ticket): void;
  /** A request was turned away, with a pause in milliseconds. */
  turnedAway(ticket: Ticket, milliseconds: number): void;
  /** Milliseconds that a pause which the server asked for still lasts; 0 without one. */
  pausedFor(): number;
  /** Whether a pause was cut short: then one request goes first, to see whether the server is back. */
  readonly isTrying: boolean;
  /** Requests a minute that it lets through at present, of so many. */
  perMinute(most: number): number;
  close?(): void;
}

/**
 * What is known of one quota: the starts of the last minute, pauses, and what 429s have shown. It has no clock of its own, and the
 * same happenings in the same order always lead to the same decisions, so that several processes can each keep it (`shared-budget.ts`).
 */
export class BudgetState {
  readonly #starts: Ticket[] = [];
  readonly #learnt = new LearntQuota();
  readonly #tolerance: number;
  #held: { readonly perMinute: number; readonly until: number } | undefined;
  #pausedUntil = 0;
  isTrying = false;

  /** @param tolerance requests that may be on their way at once, and be counted wrong */
  constructor(tolerance: number) {
    this.#tolerance = tolerance;
  }

  perMinute(now: number, most: number): number {
    return this.#held !== undefined && now < this.#held.until ? Math.min(most, this.#held.perMinute) : most;
  }

  wait(now: number, { perMinute, part }: Allowance): number {
    const most = Math.max(1, Math.floor(this.perMinute(now, perMinute) * part));
    const oldest = this.#starts.at(-most);
    const window = oldest === undefined ? 0 : oldest.at + MINUTE + MARGIN - now;
    return Math.max(window, this.#pausedUntil - now);
  }

  /** @returns whether the start is granted */
  start({ id, at }: Ticket, allowance: Allowance): boolean {
    this.#forgetFuture(at);
    if (this.wait(at, allowance) > 0) return false;
    this.#starts.push({ id, at });
    // A little more than a minute decides who may start.
    while ((this.#starts[0]?.at ?? at) < at - MINUTE - MARGIN) this.#starts.shift();
    return true;
  }

  served({ at }: Ticket, now: number): void {
    if (at >= this.#pausedUntil) this.isTrying = false;
    this.#learnt.served(this.#countUpTo(at), now);
  }

  /**
   * A request was turned away: it does not count, and nobody starts for a while.
   * @returns a quota that this shows, with the milliseconds for which it is to be kept to
   */
  turnedAway({ id, at }: Ticket, milliseconds: number, now: number): { perMinute: number; for: number } | undefined {
    const own = this.#starts.findLastIndex((start) => start.id === id);
    if (own >= 0) this.#starts.splice(own, 1);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(milliseconds, LONGEST_PAUSE));
    this.isTrying ||= milliseconds > LONGEST_PAUSE;
    // A server that counts by the minute lets the next one in when its oldest is a minute old. Had it let in an older one of the
    // last minute that it does not count, it would not count by the minute: then this is a pause and says nothing of a quota.
    const oldest = now + milliseconds - MINUTE;
    const counted = this.#starts.filter((start) => start.at > now - MINUTE && start.at <= at);
    const fits = counted[0] !== undefined && Math.abs(counted[0].at - oldest) <= FIT;
    if (fits) this.#learnt.found(counted.length, { now, started: at, tolerance: this.#tolerance });
    const learnt = this.#learnt.held(now);
    return learnt && { perMinute: learnt.perMinute, for: learnt.until - now };
  }

  /** Keeps to a quota for a while, in milliseconds. */
  keepTo(perMinute: number, milliseconds: number, now: number): void {
    this.#held = { perMinute, until: now + milliseconds };
  }

  pausedFor(now: number): number {
    return Math.max(0, this.#pausedUntil - now);
  }

  /** What is kept to at present, for whoever joins later. */
  kept(now: number): { perMinute: number; for: number } | undefined {
    const held = this.#held;
    return held === undefined || now >= held.until ? undefined : { perMinute: held.perMinute, for: held.until - now };
  }

  /**
   * How many started in the minute before this one, and itself. Starts stand in their order and little more than a minute of them is
   * kept, so both ends are near: this is asked after every request.
   */
  #countUpTo(started: number): number {
    const before = this.#starts.findIndex(({ at }) => at > started - MINUTE);
    return before < 0 ? 0 : this.#starts.findLastIndex(({ at }) => at <= started) + 1 - before;
  }

  #forgetFuture(now: number): void {
    if ((this.#starts.at(-1)?.at ?? now) <= now + SET_BACK) return;
    this.#starts.length = 0;
    this.#pausedUntil = Math.min(this.#pausedUntil, now + LONGEST_PAUSE);
  }
}

/** The budget of one process that shares with no other. */
export class OwnBudget implements Budget {
  readonly #now: () => number;
  readonly #state: BudgetState;
  #taken = 0;

  constructor(now: () => number, tolerance: number) {
    this.#now = now;
    this.#state = new BudgetState(tolerance);
  }

  get isTrying(): boolean {
    return this.#state.isTrying;
  }

  perMinute(most: number): number {
    return this.#state.perMinute(this.#now(), most);
  }

  wait(allowance: Allowance): number {
    return this.#state.wait(this.#now(), allowance);
  }

  take(allowance: Allowance): Ticket | undefined {
    this.#taken += 1;
    const ticket = { id: String(this.#taken), at: this.#now() };
    return this.#state.start(ticket, allowance) ? ticket : undefined;
  }

  served(ticket: Ticket): void {
    this.#state.served(ticket, this.#now());
  }

  turnedAway(ticket: Ticket, milliseconds: number): void {
    const now = this.#now();
    const learnt = this.#state.turnedAway(ticket, milliseconds, now);
    if (learnt !== undefined) this.#state.keepTo(learnt.perMinute, learnt.for, now);
  }

  pausedFor(): number {
    return this.#state.pausedFor(this.#now());
  }
}
