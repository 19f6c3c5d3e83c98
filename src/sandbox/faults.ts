/** What can go wrong on the way, on demand. */
export type FaultKind =
  /** Manage's own 429, with Retry-After. */
  | 'throttle'
  /** The 429 of the content network in front of it: an HTML page. */
  | 'throttle-html'
  /** A 500, 502 or 503 in Manage's envelope, before anything is done. */
  | 'error'
  /** The same as a page of a proxy. */
  | 'error-html'
  /** The work is done, then a 500 is answered. */
  | 'error-after'
  /** The connection is cut before anything is done. */
  | 'reset-before'
  /** The work is done, then the connection is cut. */
  | 'reset-after'
  /** The connection is cut in the middle of the body. */
  | 'reset-body'
  /** Headers, or the body, come late by `delayMs`. */
  | 'slow'
  | 'slow-body'
  /** 200 with a page instead of JSON. */
  | 'wrong-type'
  /** 200 with JSON that ends too early. */
  | 'truncated';

export interface Fault {
  readonly kind: FaultKind;
  /** For `error` and `error-html`; 500 when left out. */
  readonly status?: number;
  /** For the throttles; 1 when left out. */
  readonly retryAfterSeconds?: number;
  /** For `slow` and `slow-body`; 1,000 when left out. */
  readonly delayMs?: number;
  /** Only requests of this method, or to paths that contain this text. */
  readonly method?: string;
  readonly path?: string;
  /** How many requests it hits; 1 when left out. */
  readonly times?: number;
}

/** Every fault that the sandbox can produce. */
export const FAULT_KINDS = [
  'throttle',
  'throttle-html',
  'error',
  'error-html',
  'error-after',
  'reset-before',
  'reset-after',
  'reset-body',
  'slow',
  'slow-body',
  'wrong-type',
  'truncated',
] as const satisfies readonly FaultKind[];

const KINDS: ReadonlySet<string> = new Set<FaultKind>(FAULT_KINDS);

/** What a request's own fault header can set. */
const SETTINGS: ReadonlyMap<string, RegExp> = new Map([
  ['status', /^[2-5]\d\d$/],
  ['retryAfterSeconds', /^\d{1,4}$/],
  ['delayMs', /^\d{1,6}$/],
  ['times', /^\d{1,4}$/],
]);

/** Whether a text names a fault. */
const isFaultKind = (kind: unknown): kind is FaultKind => typeof kind === 'string' && KINDS.has(kind);

const isWhole = (value: unknown, least: number, most: number): boolean =>
  value === undefined || (Number.isInteger(value) && (value as number) >= least && (value as number) <= most);
const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

/** A fault as it is ordered over HTTP; `undefined` when it is not a fault, or cannot be carried out. */
export function readFault(order: Readonly<Record<string, unknown>>): Fault | undefined {
  const { kind, status, retryAfterSeconds, delayMs, method, path, times } = order;
  const isRight =
    isFaultKind(kind) &&
    isWhole(status, 200, 599) &&
    isWhole(retryAfterSeconds, 0, 9999) &&
    isWhole(delayMs, 0, 999_999) &&
    isWhole(times, 1, 1_000_000) &&
    isText(method) &&
    isText(path);
  return isRight ? ({ kind, status, retryAfterSeconds, delayMs, method, path, times } as Fault) : undefined;
}

/** Faults that wait for their requests, and a quota of requests a minute. */
export class Faults {
  readonly #waiting: { fault: Fault; left: number }[] = [];
  #perMinute = Number.POSITIVE_INFINITY;
  readonly #starts: number[] = [];
  readonly #now: () => number;
  #dueDaysOnly = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Lets this happen to the next requests that fit. */
  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting.length = 0;
    this.#perMinute = Number.POSITIVE_INFINITY;
    this.#starts.length = 0;
    this.#dueDaysOnly = false;
  }

  /** Whether due dates of tickets lose their time of day when they are stored: on some servers they were recorded so, here they keep it. */
  get dueDaysOnly(): boolean {
    return this.#dueDaysOnly;
  }

  set dueDaysOnly(isSo: boolean) {
    this.#dueDaysOnly = isSo;
  }

  /** From now on at most this many requests in any minute; the rest are answered 429. */
  quota(perMinute: number): void {
    this.#perMinute = perMinute;
    this.#starts.length = 0;
  }

  /** The fault that hits a request, if any. `asked` is the request's own `x-sandbox-fault` header, for example `throttle;retryAfterSeconds=2`. */
  take(method: string, path: string, asked: string | undefined): Fault | undefined {
    const own = asked === undefined ? undefined : parseFault(asked);
    if (own !== undefined) return own;
    const index = this.#waiting.findIndex(
      ({ fault }) =>
        (fault.method === undefined || fault.method === method) &&
        (fault.path === undefined || path.toLowerCase().includes(fault.path.toLowerCase())),
    );
    const found = this.#waiting[index];
    if (found !== undefined) {
      found.left -= 1;
      if (found.left <= 0) this.#waiting.splice(index, 1);
      return found.fault;
    }
    return this.#overQuota();
  }

  #overQuota(): Fault | undefined {
    const now = this.#now();
    while (this.#starts[0] !== undefined && this.#starts[0] <= now - 60_000) this.#starts.shift();
    const oldest = this.#starts[0];
    if (this.#starts.length >= this.#perMinute && oldest !== undefined) {
      return { kind: 'throttle', retryAfterSeconds: Math.ceil((oldest + 60_000 - now) / 1000) };
    }
    if (Number.isFinite(this.#perMinute)) this.#starts.push(now);
    return undefined;
  }
}

/** Reads `kind;name=value;...`. `undefined` for an unknown kind; values that are not whole numbers, and statuses that HTTP does not have, are left out. */
export function parseFault(text: string): Fault | undefined {
  const [kind = '', ...settings] = text.split(';').map((part) => part.trim());
  if (!KINDS.has(kind)) return undefined;
  const numbers = settings
    .map((setting) => setting.split('='))
    .filter(([name, value]) => SETTINGS.get(name ?? '')?.test(value ?? ''));
  return { kind: kind as FaultKind, ...Object.fromEntries(numbers.map(([name, value]) => [name, Number(value)])) };
}
