import type { Faults } from './faults.ts';
import type { ApiKey } from './http/logins.ts';
import type { RequestLogEntry } from './http/server.ts';

export { startSandbox } from './start.ts';

/** How a sandbox is started. */
export interface SandboxOptions {
  /** A free one when left out or 0. */
  readonly port?: number;
  /** Same seed and same `now`, same data. */
  readonly seed?: number;
  /** Number of service tickets; 600 when left out. */
  readonly tickets?: number;
  /** The provider's own IANA zone; `America/New_York` when left out. */
  readonly timeZone?: string;
  /** The moment that the data is relative to and at which the sandbox's clock stands, or the clock itself; the real present when left out. */
  readonly now?: Date | (() => Date);
  /** File in which what is written survives a restart; its first start decides about the data that it stands on. */
  readonly dataFile?: string;
  /** A catalog of another version of the API, as `catalog import` writes it. */
  readonly descriptionFile?: string;
  /** Serves HTTPS with a certificate made for this start; clients that insist on `https://` need it. */
  readonly tls?: boolean;
  /** Opens a second port at which faults can be ordered over HTTP. */
  readonly control?: boolean;
}

/** A running sandbox: a local Manage over HTTP on the loopback interface. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Root of its API: `http://127.0.0.1:PORT/v4_6_release/apis/3.0`. */
  readonly baseUrl: string;
  /** Keys of the member that the demo plays (a technician). */
  readonly credentials: {
    readonly companyId: string;
    readonly publicKey: string;
    readonly privateKey: string;
    readonly clientId: string;
  };
  /** The same as `CWM_...` variables, ready to paste. */
  readonly environment: Readonly<Record<string, string>>;
  /** All API keys, those with fewer rights included. */
  readonly keys: readonly ApiKey[];
  /** What goes wrong on demand. */
  readonly faults: Faults;
  /** The authority (PEM) that clients of an HTTPS sandbox have to trust, and its SHA-256. */
  readonly tls?: { readonly ca: string; readonly fingerprint: string };
  /** Where faults are ordered, when that was asked for. */
  readonly controlUrl?: string;
  /** Every request that came in, oldest first. */
  readonly requests: readonly RequestLogEntry[];
  /**
   * Returns to the state of the start, within milliseconds: every record as it was, new records with the same ids again, no token, no
   * fault, no logged request. Call it when no request is under way. The clock goes on, and keys stay.
   */
  reset(): void;
  close(): Promise<void>;
}
