import type { Expression } from '../query/ast.ts';
import type { List, Whole } from './paging/lists.ts';
import type { Site } from './site-version.ts';

/** A JSON record as Manage returns it. Dates are UTC `yyyy-MM-ddTHH:mm:ssZ`; absent and null members are the same thing. */
export type ManageRecord = Record<string, unknown>;

/** A reference as it is sent and returned. */
export interface Reference {
  readonly id?: number;
  readonly name?: string;
  readonly identifier?: string;
}

/** One step of a PATCH. `path` is bare and case-sensitive (`summary`, `customFields`); references are replaced whole. */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

export type QueryValue = string | number | boolean | undefined;

/** What every call takes. */
export interface CallOptions {
  /** Values of the placeholders in the operation's path. */
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Cancels the call and everything that it still waits for. */
  readonly signal?: AbortSignal;
}

export interface WriteOptions extends CallOptions {
  readonly body?: unknown;
  /**
   * How to find out whether a POST whose answer was lost arrived: looks for the record that it would have created and gives
   * it, or `undefined` when it is provably not there. Without it such a POST ends in `WriteOutcomeUnknown`.
   */
  readonly settle?: (signal: AbortSignal) => Promise<ManageRecord | undefined>;
  /** The record was read just now: when Manage does not know it to delete it, an earlier delivery of the request did. */
  readonly stood?: boolean | undefined;
  /** Milliseconds for the request and its tries, where that is less than the client's deadline. */
  readonly withinMs?: number;
  /** Told how Manage answered the request itself, before the answer is judged. */
  readonly heard?: (answer: { readonly status: number; readonly requestId: string | undefined }) => void;
  /** The id of the write in the journal that this one takes back; not sent. */
  readonly undoes?: string | undefined;
}

export interface AskOptions extends CallOptions {
  readonly body?: unknown;
}

export interface ListOptions extends CallOptions {
  readonly conditions?: Expression | undefined;
  readonly childConditions?: Expression | undefined;
  readonly customFieldConditions?: Expression | undefined;
  /** `['contact/name asc', 'id desc']`. */
  readonly orderBy?: readonly string[];
  /** Members to return; references with `/`. Everything when left out. */
  readonly fields?: readonly string[];
}

export interface BoundedListOptions extends ListOptions {
  /** Rows of a page, 1 to 1,000; 25 when left out. */
  readonly limit?: number | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  /**
   * When the total is asked for, if the page does not say it: `beside` the page, which is faster where there usually is more,
   * `whenMore` (the default), which saves a request where there usually is not, or `never`, where nobody is told.
   */
  readonly counted?: 'beside' | 'whenMore' | 'never';
}

export interface WholeOptions extends ListOptions {
  /** Most rows that are read; 20,000 when left out. */
  readonly most?: number | undefined;
}

/** One page of a collection. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly page: number;
  /** Whether Manage says that there is a next page. */
  readonly more: boolean;
}

/**
 * The one way to talk to Manage. An `operation` is named by catalog id or as `GET /service/tickets/{id}`; an operation that
 * the catalog does not have is a programming error. Every failure is a `ManageError` (see `errors/`), a cancelled call
 * rejects with the signal's reason.
 */
export interface ManageClient {
  /** One request to an operation that answers with a record, an array, text or nothing. GET and the POST searches are retried. */
  get<T = ManageRecord>(operation: string, options?: CallOptions): Promise<T>;
  /** One page of a collection, with whether it is complete and how many there are. Conditions of any length. */
  list<T = ManageRecord>(operation: string, options?: BoundedListOptions): Promise<List<T>>;
  /**
   * Every row of a collection, in the order asked for, else by id: the only thing to add up or to look something up in.
   * Conditions of any length. @throws {TooMany} when there are more than `most`
   */
  all<T = ManageRecord>(operation: string, options?: WholeOptions): Promise<Whole<T>>;
  /** The first record of a collection under these conditions, if there is one. */
  first<T = ManageRecord>(operation: string, options?: ListOptions): Promise<T | undefined>;
  /** Every row of a collection, read page by page with flat memory. `pageSize` is chosen by the client. */
  stream<T = ManageRecord>(operation: string, options?: ListOptions): AsyncIterable<T>;
  /** How many records a collection holds under these conditions; `operation` is the `/count` operation. */
  count(operation: string, options?: ListOptions): Promise<number>;
  /**
   * A POST that only computes: a search, the defaults of a new time entry, a price. Nothing is stored; sent again like a read.
   * @throws {RangeError} for a POST that stores something
   */
  ask<T = ManageRecord>(operation: string, options?: AskOptions): Promise<T>;
  /** One POST, PUT, PATCH or DELETE. Validated against the catalog before it is sent; refused in read-only mode. */
  write<T = ManageRecord>(operation: string, options?: WriteOptions): Promise<T>;
  /** Bytes of a download with the content type and the file name that Manage gave. */
  download(
    operation: string,
    options?: CallOptions,
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName?: string }>;
  /** The exact request that `write` would send, after the same validation, without sending it. */
  preview(operation: string, options?: WriteOptions): { method: string; url: string; body?: unknown };
  /** A number that changes whenever this server writes what some operations read: what was read under another one may be out of date. */
  written(operations: readonly string[]): number;
  /** The site with its version, asked for once; waits for the first answer at most a few seconds, and never fails. */
  site(): Promise<Site>;
  /** Closes the connections; later calls fail. */
  close(): Promise<void>;
}

/** What of the client only reads. Tools get this; what they write goes through the write pipeline. */
export type ManageReader = Pick<
  ManageClient,
  'get' | 'list' | 'all' | 'first' | 'stream' | 'count' | 'ask' | 'download' | 'written'
>;

/** Everything that a client has to know of its site. */
export interface ManageSettings {
  /** Root of the API without a trailing slash: `https://api-na.myconnectwise.net/v4_6_release/apis/3.0`. */
  readonly baseUrl: string;
  readonly companyId: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly clientId: string;
  /** The site's version of the API; found by asking the site when left out. */
  readonly apiVersion?: string;
  readonly readOnly: boolean;
  /** Requests a minute over all callers. */
  readonly requestsPerMinute: number;
  readonly maxInFlight: number;
  /** Whole time that one call may take, retries and waiting for the limiter included, in milliseconds. */
  readonly deadlineMs: number;
  /** PEM text of an additional certificate authority, for on-premises servers. */
  readonly caPem?: string;
}
