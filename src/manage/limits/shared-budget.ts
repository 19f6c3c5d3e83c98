import { randomBytes } from 'node:crypto';
import { type Allowance, type Budget, BudgetState, type Ticket } from './budget.ts';

/** What somebody who uses the key has told the others, when by the log's clock, and whether it was this one. */
export interface LogEntry {
  /** Milliseconds. */
  readonly at: number;
  readonly event: string;
  readonly own: boolean;
}

/** What everybody who uses one key on one site tells the others, in one order that all of them see. */
export interface SharedLog {
  /**
   * Adds events, and gives all that came since the last call, these included; the first call gives those of the last two minutes.
   * @throws whatever makes that impossible: then its process works on by itself
   */
  append(events: readonly string[]): readonly LogEntry[] | Promise<readonly LogEntry[]>;
  close(): void;
}

export interface SharedBudgetOptions {
  /** Milliseconds by the process's own clock. */
  readonly now: () => number;
  /** Requests that may be on their way at once. */
  readonly tolerance: number;
  /** The part of the requests a minute that is used while the log is away: one of three replicas takes a third. */
  readonly partAlone?: number;
  /** Told when the log goes away, with why, and without when it is back. */
  readonly onAway?: (error: unknown) => void;
}

/** What is told of: a start that is asked for, one that was turned away, and a quota that this has shown. */
type Event =
  | readonly ['start', string, number, number]
  | readonly ['turnedAway', string, number, number]
  | readonly ['quota', number, number];

/** How often a quota is told of again, in milliseconds: within what whoever joins is given of the past. */
const AGAIN_MS = 60_000;

function eventOf(text: string): Event | undefined {
  try {
    const event: unknown = JSON.parse(text);
    return Array.isArray(event) ? (event as unknown as Event) : undefined;
  } catch {
    // Cut off by a crash, or of a version to come.
    return undefined;
  }
}

/**
 * The requests a minute of a key that several processes use. There is no lock and no lease: all of them write what they ask for into
 * one log and read it in the same order, so that each comes to the same decision on every request. A process that ends leaves behind
 * nothing but what it has used.
 */
export class SharedBudget implements Budget {
  readonly #log: SharedLog;
  readonly #options: SharedBudgetOptions;
  readonly #state: BudgetState;
  /** Tells the starts of this process from those of others. */
  readonly #name = randomBytes(4).toString('hex');
  #taken = 0;
  /** The log's clock less ours. */
  #ahead = 0;
  #isAway = false;
  /** When a quota was told of last, by anybody. */
  #toldQuota = 0;
  /** Starts of ours that are to be decided on. */
  readonly #asked = new Map<string, { granted?: Ticket }>();

  constructor(log: SharedLog, options: SharedBudgetOptions) {
    this.#log = log;
    this.#options = options;
    this.#state = new BudgetState(options.tolerance);
  }

  get isTrying(): boolean {
    return this.#state.isTrying;
  }

  /** Whether the log cannot be used at present. */
  get isAway(): boolean {
    return this.#isAway;
  }

  perMinute(most: number): number {
    return this.#state.perMinute(this.#now(), most);
  }

  wait(allowance: Allowance): number {
    return this.#state.wait(this.#now(), this.#alone(allowance));
  }

  take(allowance: Allowance): Ticket | undefined | Promise<Ticket | undefined> {
    this.#taken += 1;
    const id = `${this.#name}.${this.#taken}`;
    const asked: { granted?: Ticket } = {};
    this.#asked.set(id, asked);
    const decided = (): Ticket | undefined => {
      this.#asked.delete(id);
      return asked.granted;
    };
    const told = this.#tell(['start', id, allowance.perMinute, allowance.part], ...this.#quotaAgain());
    return told instanceof Promise ? told.then(decided) : decided();
  }

  served(ticket: Ticket): void {
    this.#state.served(ticket, this.#now());
  }

  turnedAway({ id, at }: Ticket, milliseconds: number): void {
    void this.#tell(['turnedAway', id, at, milliseconds]);
  }

  pausedFor(): number {
    return this.#state.pausedFor(this.#now());
  }

  close(): void {
    this.#log.close();
  }

  #now(): number {
    return this.#options.now() + this.#ahead;
  }

  #alone(allowance: Allowance): Allowance {
    const { partAlone = 1 } = this.#options;
    return this.#isAway ? { ...allowance, part: allowance.part * partAlone } : allowance;
  }

  /** A quota outlives what whoever joins is told of the past: it is told of again. */
  #quotaAgain(): Event[] {
    const kept = this.#state.kept(this.#now());
    if (kept === undefined || this.#now() < this.#toldQuota + AGAIN_MS) return [];
    return [['quota', kept.perMinute, kept.for]];
  }

  /** Writes events into the log, and takes in what it gives; what cannot be written happens here alone. */
  #tell(...events: Event[]): void | Promise<void> {
    try {
      const entries = this.#log.append(events.map((event) => JSON.stringify(event)));
      if (!(entries instanceof Promise)) return this.#takeIn(entries);
      return entries.then(
        (all) => this.#takeIn(all),
        (error) => this.#happensAlone(events, error),
      );
    } catch (error) {
      return this.#happensAlone(events, error);
    }
  }

  #takeIn(entries: readonly LogEntry[]): void {
    const own = entries.findLast((entry) => entry.own);
    if (own !== undefined) this.#ahead = own.at - this.#options.now();
    if (this.#isAway) this.#options.onAway?.(undefined);
    this.#isAway = false;
    for (const { at, event, own: isOwn } of entries) {
      const read = eventOf(event);
      if (read !== undefined) this.#happen(read, at, isOwn);
    }
  }

  #happensAlone(events: readonly Event[], error: unknown): void {
    if (!this.#isAway) this.#options.onAway?.(error);
    this.#isAway = true;
    for (const event of events) this.#happen(event, this.#now(), true);
  }

  #happen(event: Event, at: number, isOwn: boolean): void {
    switch (event[0]) {
      case 'start': {
        const [, id, perMinute, part] = event;
        const ticket = { id, at };
        const isGranted = this.#state.start(ticket, this.#alone({ perMinute, part }));
        const asked = isOwn ? this.#asked.get(id) : undefined;
        if (asked !== undefined && isGranted) asked.granted = ticket;
        return;
      }
      case 'turnedAway': {
        const [, id, started, milliseconds] = event;
        const before = this.#state.kept(at);
        const learnt = this.#state.turnedAway({ id, at: started }, milliseconds, at);
        // All learn from it, and whoever was turned away says what it comes to: those who joined lately know less.
        const isNews = learnt !== undefined && learnt.perMinute !== before?.perMinute;
        if (isOwn && isNews) void this.#tell(['quota', learnt.perMinute, learnt.for]);
        return;
      }
      case 'quota':
        this.#toldQuota = at;
        this.#state.keepTo(event[1], event[2], at);
    }
  }
}
