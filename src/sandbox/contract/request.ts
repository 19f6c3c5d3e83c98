import type { ApiDescription, HttpMethod, Operation } from '../../api/index.ts';

/** A request whose operation is known and whose caller may do it. */
export interface OperationRequest {
  readonly operation: Operation;
  readonly pathValues: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly query: Query;
  /** The body as it came, and as text. */
  readonly bytes: Buffer;
  readonly text: string;
  /** The body, where it is a form. */
  readonly form?: Form | undefined;
  readonly contentType: string;
  readonly forwardOnly: boolean;
}

export interface OperationAnswer extends ActionAnswer {
  /** The body as JSON, in its place, with links that lead to `root`. */
  readonly bytes?: (root: string) => Promise<{ readonly bytes: Uint8Array; release(): void }>;
  readonly location?: string;
}

/** A file of a form. */
export interface FormFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What a `multipart/form-data` body holds, by the names in lower case: they are read in any letter case. */
export type Form = ReadonlyMap<string, string | FormFile>;

/** Query parameters by lower-case name: Manage reads them in any letter case. */
export type Query = ReadonlyMap<string, string>;

/** The request as an action sees it. */
export interface ActionRequest {
  readonly operation: Operation;
  readonly method: HttpMethod;
  readonly pathValues: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Where the request came to, for links. */
  readonly url: URL;
  /** Whether it asked for forward-only paging. */
  readonly forwardOnly: boolean;
  /** The JSON body. @throws for unknown members and for anything that is not JSON */
  readonly body: unknown;
  /** The body of an upload. */
  readonly form?: Form | undefined;
  /** The body as it came. */
  readonly bytes: Buffer;
  readonly contentType: string;
  /** Answers with rows, under the paging and the conditions of the request; with their number, where the operation counts. */
  list(
    rows: readonly Record<string, unknown>[],
    described?: { readonly schema?: string; readonly api?: ApiDescription },
  ): ActionAnswer;
  /** A row as the server shows records of a schema, with what it fills in. */
  whole(row: Readonly<Record<string, unknown>>, schema: string): Record<string, unknown>;
}

export interface ActionAnswer {
  readonly status: number;
  readonly body?: unknown;
  /** `Link` header; empty on the last page of forward-only paging. */
  readonly link?: string;
  /** Bytes instead of JSON. */
  readonly file?: { readonly bytes: Uint8Array; readonly contentType: string; readonly fileName?: string };
}
