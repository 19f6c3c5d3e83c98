import { LRUCache } from 'lru-cache';
import { createEntries, type Entries, pauseFor, type Slot } from '../../state/index.ts';

/** How long the same request joins an earlier one, in milliseconds. */
export const REMEMBERED_MS = 10 * 60_000;
/** How long after it was sent a request whose answer was lost can still be carried out, in milliseconds. */
export const STILL_COMING_MS = 20_000;

/** What is known of a POST of a change that was made in the last minutes. */
export interface Sent {
  /**
   * `sending` until its answer is there, and for good where the process ended before; `unknown` when the answer was lost; `open` when
   * it is done and the change that it belongs to is not; `done`.
   */
  readonly state: 'sending' | 'unknown' | 'open' | 'done';
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number;
  /** The highest id that its list had before: a record with a lower one is not of this request. */
  readonly after?: number;
  /** Of the record that it made. */
  readonly id?: number;
}

/** What all calls of one server share, so that no request makes two records. */
export interface Guard {
  readonly entries: Entries<Sent>;
  /** Waits between looks. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Records that requests of this process made, as `GET /service/tickets 12`. */
  readonly own: LRUCache<string, true>;
  /** Whom Manage named as the author of what this process made: its account, and members that it writes notes or time for. */
  readonly authors: Set<string>;
  /** Whether an author is an API member, as which only programs sign in, of those that were asked about. */
  readonly programs: LRUCache<string, boolean>;
}

export interface GuardOptions {
  /** Shared with other processes; without one every process guards itself. */
  readonly folder?: string | undefined;
  /** What replicas share, in place of a folder. @param rememberedMs how long an entry is kept */
  readonly shared?: ((rememberedMs: number) => Entries<Sent>) | undefined;
  readonly pause?: Guard['pause'];
}

/** A guard that knows what the folder's other processes, or other replicas, sent in the last minutes. */
export const createGuard = ({ folder, shared, pause = pauseFor }: GuardOptions = {}): Guard => ({
  entries: shared?.(REMEMBERED_MS) ?? createEntries<Sent>(REMEMBERED_MS, folder),
  own: new LRUCache({ max: 5_000, ttl: REMEMBERED_MS }),
  authors: new Set(),
  programs: new LRUCache({ max: 1_000, ttl: REMEMBERED_MS }),
  pause,
});

export type SentSlot = Slot<Sent>;
