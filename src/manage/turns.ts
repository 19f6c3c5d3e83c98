import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * When a request comes to its turn among those that wait: the requests of calls that have begun come before those of new calls, so
 * that calls end; long reads come last.
 */
export type Lane = 'started' | 'new' | 'bulk';

/** Whose request it is, and how it waits. */
export interface Turn {
  readonly caller: string;
  readonly lane: Lane;
}

interface Call {
  readonly caller: string;
  /** Requests that it has asked a place for. */
  asked: number;
  /** How long they waited for their places together, in milliseconds. */
  waitedMs: number;
  /** Whether one of them got its place. */
  hasBegun: boolean;
}

/** A call that reads more than this is a long read: a person's question is answered by fewer requests. */
const LONG_READ = 12;

const calls = new AsyncLocalStorage<Call>();

/**
 * Runs a call; all its requests count as those of this caller. Kept beside the calls instead of in their arguments, because
 * everything between a tool and its requests would have to hand it down.
 */
export const onBehalfOf = <T>(caller: string, run: () => T): T =>
  calls.run({ caller, asked: 0, waitedMs: 0, hasBegun: false }, run);

/** Requests that the call at hand has made so far, and how long they waited for their places together, in milliseconds. */
export function requestsSoFar(): { readonly requests: number; readonly waitedMs: number } {
  const { asked: requests, waitedMs } = calls.getStore() ?? { asked: 0, waitedMs: 0 };
  return { requests, waitedMs };
}

/** On whose behalf the code at hand runs; the empty text outside of any call. */
export const presentCaller = (): string => calls.getStore()?.caller ?? '';

/**
 * The turn of another request of the call at hand.
 * @param reads whether it only reads: what writes is never a long read
 */
export function nextTurn(reads: boolean): Turn {
  const call = calls.getStore();
  if (call === undefined) return { caller: '', lane: 'new' };
  call.asked += 1;
  const { caller, hasBegun } = call;
  if (reads && call.asked > LONG_READ) return { caller, lane: 'bulk' };
  return { caller, lane: hasBegun ? 'started' : 'new' };
}

/** Says that a request of the call at hand goes out. */
export function begun(): void {
  const call = calls.getStore();
  if (call !== undefined) call.hasBegun = true;
}

/** Says that a request of the call at hand waited for its place. */
export function waited(milliseconds: number): void {
  const call = calls.getStore();
  if (call !== undefined) call.waitedMs += milliseconds;
}
