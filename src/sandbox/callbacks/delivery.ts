import { createHash, createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HookContext } from '../behaviour.ts';
import type { SandboxRecord } from '../store/store.ts';

export type CallbackAction = 'added' | 'updated' | 'deleted';

/** Delivered again only after these answers; every other failure is final. */
const RETRIED: ReadonlySet<number> = new Set([404, 409, 419, 429]);
const TIMEOUT_MS = 5_000;
/** Members that a level looks at, where they are not called as the level is. */
const LEVEL_MEMBERS: Readonly<Record<string, string>> = { statusid: 'status', vendor: 'vendorcompany' };

export interface DeliverySettings {
  readonly companyId: string;
  /** Secret that bodies are signed with; served at `keyUrl`. */
  readonly signingKey: string;
  readonly keyUrl: () => string;
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
  const wanted = LEVEL_MEMBERS[level] ?? level;
  const member = Object.entries(record).find(([name]) => name.toLowerCase() === wanted)?.[1];
  return (member as { id?: unknown } | undefined)?.id === objectId;
}

/** Tells subscribers of `/system/callbacks` what changed: signed, in the background, in no order. */
export class CallbackDelivery {
  readonly #settings: DeliverySettings;
  readonly #stopped = new AbortController();

  constructor(settings: DeliverySettings) {
    this.#settings = settings;
  }

  /** Starts the deliveries for one change. */
  changed(type: string, action: CallbackAction, record: SandboxRecord, { store, caller }: HookContext): void {
    for (const entry of store.collection('/system/callbacks').all()) {
      const isActive = entry.inactiveFlag !== true && String(entry.type).toLowerCase() === type.toLowerCase();
      const level = String(entry.level).toLowerCase();
      if (!isActive || !concerns(level, type.toLowerCase(), Number(entry.objectId), record)) continue;
      const body = JSON.stringify({
        Action: action,
        CallbackObjectRecId: entry.id,
        CompanyId: this.#settings.companyId,
        Entity: action === 'deleted' ? null : JSON.stringify(record),
        FromUrl: new URL(this.#settings.keyUrl()).host,
        ID: record.id,
        MemberId: caller.identifier,
        MessageId: randomUUID(),
        Metadata: { key_url: this.#settings.keyUrl() },
        ProductInstanceId: this.#settings.companyId,
        Type: type.toLowerCase(),
      });
      void this.#deliver(`${String(entry.url)}${record.id}&action=${action}`, body);
    }
  }

  /** Ends what is under way: a sandbox that closes leaves nothing behind. */
  stop(): void {
    this.#stopped.abort();
  }

  async #deliver(address: string, body: string): Promise<void> {
    if (!URL.canParse(address) || !isLoopback(new URL(address))) return;
    const key = createHash('sha256').update(this.#settings.signingKey).digest();
    const signature = createHmac('sha256', key).update(body).digest('base64');
    const { signal } = this.#stopped;
    try {
      for (const delay of [0, ...(this.#settings.delays ?? [2_000, 4_000])]) {
        if (delay > 0) await sleep(delay, undefined, { signal, ref: false });
        const { status } = await fetch(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-content-signature': signature },
          body,
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        });
        if (!RETRIED.has(status)) return;
      }
    } catch {
      // A receiver that cannot be reached misses the message: the server tries again only after certain answers.
    }
  }
}
