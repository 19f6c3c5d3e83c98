import { createHash, createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HookContext } from '../contract/behaviour.ts';
import type { SandboxRecord, Store } from '../store/store.ts';

export type CallbackAction = 'added' | 'updated' | 'deleted';

/** Delivered again only after these answers; every other failure is final. */
const RETRIED: ReadonlySet<number> = new Set([404, 409, 419, 429]);
const TIMEOUT_MS = 5_000;
/** Members that a level looks at, where they are not called as the level is; the first one that the record has. */
const LEVEL_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  statusid: ['status'],
  vendor: ['vendorcompany'],
  type: ['type', 'types'],
  location: ['location', 'defaultlocation'],
};
/** After so many days in a row on which nothing arrived, a subscription is switched off. */
const FAILING_DAYS = 3;
const DAY_MS = 86_400_000;

export interface DeliverySettings {
  readonly companyId: string;
  /** Secret that bodies are signed with; served at `keyUrl`. */
  readonly signingKey: string;
  readonly keyUrl: () => string;
  /** The sandbox's clock; the real one when left out. */
  readonly now?: () => Date;
  /** Milliseconds before the second and the third try. */
  readonly delays?: readonly number[];
}

/**
 * Sandboxes deliver to this machine only: addresses that test data happens to hold must not be called. A limit of this sandbox;
 * the real server calls any address.
 */
function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
}

/** Whether a subscription at this level, for this object, is about the record. */
function concerns(level: string, type: string, objectId: number, record: SandboxRecord): boolean {
  if (level === 'owner') return true;
  if (level === type) return record.id === objectId;
  const wanted = LEVEL_MEMBERS[level] ?? [level];
  const members = Object.entries(record).filter(([name]) => wanted.includes(name.toLowerCase()));
  return members.some(([, value]) =>
    (Array.isArray(value) ? value : [value]).some((one) => (one as { id?: unknown } | undefined)?.id === objectId),
  );
}

type Change = Pick<HookContext, 'store' | 'caller'>;

/** Tells subscribers of `/system/callbacks` what changed: signed, in the background, in no order. */
export class CallbackDelivery {
  readonly #settings: DeliverySettings;
  #stopped = new AbortController();
  /** Days on which deliveries of a subscription failed since one last arrived, the newest last. */
  readonly #failing = new Map<number, number[]>();

  constructor(settings: DeliverySettings) {
    this.#settings = settings;
  }

  /** Starts the deliveries for one change. */
  changed(type: string, action: CallbackAction, record: SandboxRecord, { store, caller }: Change): void {
    for (const entry of store.collection('/system/callbacks').all()) {
      const isActive = entry.inactiveFlag !== true && String(entry.type).toLowerCase() === type.toLowerCase();
      const level = String(entry.level).toLowerCase();
      if (!isActive || !concerns(level, type.toLowerCase(), Number(entry.objectId), record)) continue;
      const body = JSON.stringify({
        Action: action,
        CallbackObjectRecId: entry.id,
        CompanyId: this.#settings.companyId,
        Entity: action === 'deleted' ? null : this.#entity(record),
        FromUrl: new URL(this.#settings.keyUrl()).host,
        ID: record.id,
        MemberId: caller.identifier,
        MessageId: randomUUID(),
        Metadata: { key_url: this.#keyUrl(entry.id) },
        ProductInstanceId: this.#settings.companyId,
        Type: type.toLowerCase(),
      });
      void this.#tell(entry.id, `${String(entry.url)}${record.id}&action=${action}`, body, store);
    }
  }

  /** Where the receiver of a subscription's deliveries fetches the key that they are signed with. */
  #keyUrl(id: number): string {
    const { keyUrl, companyId } = this.#settings;
    return `${keyUrl()}?companyName=${encodeURIComponent(companyId)}&id=${id}`;
  }

  /** Ends what is under way: a sandbox that closes leaves nothing behind. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Ends what is under way and forgets which subscriptions failed. */
  reset(): void {
    this.stop();
    this.#stopped = new AbortController();
    this.#failing.clear();
  }

  /** The record as the API shows it. */
  #entity(record: SandboxRecord): string {
    const root = `${new URL(this.#settings.keyUrl()).origin}/v4_6_release/apis/3.0`;
    return JSON.stringify(record).replaceAll('_href":"/', `_href":"${root}/`);
  }

  async #tell(id: number, address: string, body: string, store: Store): Promise<void> {
    if (!URL.canParse(address) || !isLoopback(new URL(address))) return;
    // The day of the change counts, however long the tries take.
    const now = this.#settings.now?.() ?? new Date();
    const { signal } = this.#stopped;
    const hasArrived = await this.#deliver(address, body, signal);
    if (signal.aborted) return;
    if (hasArrived) this.#failing.delete(id);
    else this.#failed(id, store, now);
  }

  /** Counts the days on which a subscription failed, and switches it off after three in a row. */
  #failed(id: number, store: Store, now: Date): void {
    const today = Math.floor(now.getTime() / DAY_MS);
    const days = this.#failing.get(id) ?? [];
    const last = days.at(-1);
    const row = last === today - 1 ? [...days, today] : [today];
    const next = last === today ? days : row;
    this.#failing.set(id, next);
    const callbacks = store.collection('/system/callbacks');
    const entry = callbacks.get(id);
    if (next.length < FAILING_DAYS || entry === undefined) return;
    callbacks.put({ ...entry, inactiveFlag: true }, { by: 'system', at: now });
    this.#failing.delete(id);
  }

  /** Whether the receiver took it, after as many tries as its answers allow. */
  async #deliver(address: string, body: string, signal: AbortSignal): Promise<boolean> {
    const key = createHash('sha256').update(this.#settings.signingKey).digest();
    const signature = createHmac('sha256', key).update(body).digest('base64');
    try {
      for (const delay of [0, ...(this.#settings.delays ?? [2_000, 4_000])]) {
        if (delay > 0) await sleep(delay, undefined, { signal, ref: false });
        const response = await fetch(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-content-signature': signature },
          body,
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        });
        // Whatever the receiver says besides its status is not read; left alone it would keep the connection.
        await response.body?.cancel();
        if (!RETRIED.has(response.status)) return response.ok;
      }
    } catch {
      // A receiver that cannot be reached misses the message: the server tries again only after certain answers.
    }
    return false;
  }
}
