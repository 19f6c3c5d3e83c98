import { type Channel, channel } from 'node:diagnostics_channel';

/** How a call of a tool ended; `asked` when it waits for a person's answer, `busy` when it was turned away unbegun. */
export type Outcome = 'done' | 'refused' | 'asked' | 'cancelled' | 'failed' | 'busy';

/** A call of a tool that has ended. Nothing of it is a customer's: neither arguments nor results. */
export interface CallRecord {
  readonly tool: string;
  readonly outcome: Outcome;
  /** From when it arrived to its answer, in milliseconds. */
  readonly ms: number;
}

/** One try of a request to Manage that has ended. */
export interface RequestRecord {
  /** `GET /service/tickets/{id}`, without ids and queries. */
  readonly operation: string;
  /** `undefined` where no answer came. */
  readonly status: number | undefined;
  readonly ms: number;
  /** How long it waited for a place among the requests, in milliseconds. */
  readonly waitedMs: number;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** A look into something remembered. */
export interface CacheRecord {
  readonly cache: 'names';
  readonly isHit: boolean;
}

const named = <T extends object>(name: string) => channel(`cwm-mcp:${name}`) as Channel<unknown, T>;

/** What happens in this process, for whoever counts it. Without a subscriber it costs nothing. */
export const happened = {
  call: named<CallRecord>('call'),
  request: named<RequestRecord>('request'),
  cache: named<CacheRecord>('cache'),
} as const;
