import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { pauseFor } from '../state/index.ts';
import { LocalStore } from './local-store.ts';
import { RedisEvents } from './redis-events.ts';
import { Seal } from './seal.ts';
import type { Counter, LogLine, LogPart, SharedStore } from './store.ts';

/** A store that does not answer for this long is away. */
const ANSWERS_MS = 1_000;
/** Longest wait between two tries to connect. */
const RECONNECT_MS = 2_000;
/** A holder of a lock that does not say for this long that it is there is gone. */
const SILENT_MS = 15_000;
/** So is a replica. */
const GONE_MS = 8_000;
const HEARTBEAT_MS = 2_000;
const POLL_MS = 60;
/** Lines of a log that are read in one go. */
const PAGE = 200;

/** Lets a lock go, or holds it longer, where it is still ours. */
const RELEASE = "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('del',KEYS[1]) end return 0";
const RENEW = "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('pexpire',KEYS[1],ARGV[2]) end return 0";

/** Says that a replica is there, forgets those that did not say so, and counts: by the clock of Redis, which all share. */
const BEAT = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('zremrangebyscore', KEYS[1], 0, now - ARGV[2])
redis.call('zadd', KEYS[1], now, ARGV[1])
return redis.call('zcard', KEYS[1])`;

export interface RedisOptions {
  /** What sets the store's users apart from others of the same Redis; replicas have the same. */
  readonly space: string;
  /** 32 bytes, the same for all replicas: what is stored is customers' and is sealed with them. */
  readonly secret: Uint8Array;
  /** Told when the store comes, goes, or is not there at the start, and why it is not; not when it is closed. */
  readonly changed?: (isUp: boolean, why?: string) => void;
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 27);

/**
 * A store in Redis or Valkey. Where that is away, every replica goes on with a store of its own, and comes back to it by itself. Keys are
 * hashed and values sealed, because they are made of customers' data.
 */
export class RedisStore implements SharedStore {
  readonly isShared = true;
  readonly id = randomUUID();
  readonly #redis: Redis;
  readonly #hearing: Redis;
  readonly #space: string;
  readonly #seal: Seal;
  readonly #own = new LocalStore();
  readonly #listeners = new Set<(message: string) => void>();
  readonly #heart: NodeJS.Timeout;
  readonly #changed: RedisOptions['changed'];
  /** In the database that the address names: without it, Redis goes on in another one. */
  #isPlaced = false;
  /** What a connection said last. */
  #why: string | undefined;
  /** What was last told of whether it is there. */
  #said: boolean | undefined;
  #isClosing = false;
  #replicas = 1;

  constructor(url: string, { space, secret, changed }: RedisOptions) {
    this.#space = `cwm-mcp:${createHash('sha256').update(space).digest('hex').slice(0, 16)}`;
    this.#seal = new Seal(secret);
    this.#redis = new Redis(url, {
      connectTimeout: ANSWERS_MS,
      commandTimeout: ANSWERS_MS,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(RECONNECT_MS, 50 * 2 ** attempt),
    });
    this.#hearing = this.#redis.duplicate({ commandTimeout: undefined });
    // Said by `changed`; without a listener it would end the process.
    for (const connection of [this.#redis, this.#hearing])
      connection.on('error', ({ message }) => {
        this.#why = message;
      });
    this.#changed = changed;
    this.#redis.on('ready', () => void this.#begin());
    this.#redis.on('close', () => {
      this.#isPlaced = false;
      this.#say(false);
    });
    this.#hearing.on('ready', () => void this.#hearing.subscribe(`${this.#space}:told`).catch(() => undefined));
    this.#hearing.on('message', (_, sealed: string) => this.#hear(sealed));
    this.#heart = setInterval(() => void this.#beat(), HEARTBEAT_MS);
    this.#heart.unref();
  }

  /** When it is there, or after this many milliseconds: a server that starts need not begin alone. */
  async ready(atMost: number): Promise<void> {
    const ends = performance.now() + atMost;
    while (!this.#isUp && performance.now() < ends) await sleep(10);
  }

  /** Once for each change, however many tries fail in between; that we leave ourselves is none. */
  #say(isUp: boolean): void {
    if (this.#isClosing || this.#said === isUp) return;
    this.#said = isUp;
    this.#changed?.(isUp, isUp ? undefined : this.#why);
  }

  /** A connection is there; the store is, once its database has answered. */
  async #begin(): Promise<void> {
    const { db = 0 } = this.#redis.options;
    try {
      if (db !== 0) await this.#redis.select(db);
      this.#isPlaced = true;
    } catch (error) {
      this.#why = (error as Error).message;
    }
    this.#say(this.#isPlaced);
    if (this.#isPlaced) await this.#beat();
  }

  get #isUp(): boolean {
    return this.#isPlaced && this.#redis.status === 'ready';
  }

  async isThere(id: string): Promise<boolean> {
    const said = await this.#ask(async (redis) => ({ at: await redis.zscore(`${this.#space}:replicas`, id) }));
    // Whoever is there takes those out that are not.
    return said === undefined || said.at !== null;
  }

  status() {
    return { isUp: this.#isUp, replicas: this.#replicas };
  }

  async get(key: string): Promise<string | undefined> {
    const found = await this.#ask(async (redis) => ({ text: this.#seal.open(await redis.get(this.#key(key))) }));
    // A Redis that comes back may have forgotten.
    return found?.text ?? this.#own.get(key);
  }

  async set(key: string, value: string, ttlMs: number): Promise<void> {
    // Also here: it is known on, should the store go.
    await this.#own.set(key, value, ttlMs);
    await this.#ask((redis) => redis.set(this.#key(key), this.#seal.close(value), 'PX', ttlMs));
  }

  async claim(key: string, ttlMs: number): Promise<boolean> {
    if (!(await this.#own.claim(key, ttlMs))) return false;
    const claimed = await this.#ask(async (redis) => ({
      isOurs: (await redis.set(this.#key(key), this.#seal.close(''), 'PX', ttlMs, 'NX')) !== null,
    }));
    return claimed?.isOurs ?? true;
  }

  /** Where Redis is away, this process counts what comes to it. */
  counter(name: string, points: number, duration: number): Counter {
    const limiter = new RateLimiterRedis({
      storeClient: this.#redis,
      keyPrefix: `${this.#space}:${name}`,
      points,
      duration,
      rejectIfRedisNotReady: true,
      insuranceLimiter: this.#own.counter(name, points, duration),
    });
    return {
      consume: (key, count) => limiter.consume(hashOf(String(key)), count),
      get: (key) => limiter.get(hashOf(String(key))),
    };
  }

  async append(key: string, value: string, ttlMs: number): Promise<number> {
    const name = this.#key(key);
    const count = await this.#own.append(key, value, ttlMs);
    const added = await this.#ask(async (redis) => {
      const [[, length] = []] =
        (await redis.multi().rpush(name, this.#seal.close(value)).pexpire(name, ttlMs).exec()) ?? [];
      return Number(length);
    });
    return added ?? count;
  }

  async after(key: string, count: number): Promise<string[]> {
    const found = await this.#ask((redis) => redis.lrange(this.#key(key), count, -1));
    if (found === undefined) return this.#own.after(key, count);
    return found.flatMap((sealed) => this.#seal.open(sealed) ?? []);
  }

  /** In a process, callers wait for each other without asking the store. */
  alone<R>(key: string, signal: AbortSignal, work: (isSure: boolean) => Promise<R>): Promise<R> {
    return this.#own.alone(key, signal, async () => {
      const name = this.#key(`lock ${key}`);
      const token = randomUUID();
      const isSure = await this.#take(name, token, signal);
      const renewal = setInterval(
        () => void this.#ask((redis) => redis.eval(RENEW, 1, name, token, SILENT_MS)),
        HEARTBEAT_MS,
      );
      renewal.unref();
      try {
        return await work(isSure || this.#replicas === 1);
      } finally {
        clearInterval(renewal);
        if (isSure) await this.#ask((redis) => redis.eval(RELEASE, 1, name, token));
      }
    });
  }

  /** @returns whether the lock is ours; it is nobody's where the store is away */
  async #take(name: string, token: string, signal: AbortSignal): Promise<boolean> {
    for (;;) {
      signal.throwIfAborted();
      const taken = await this.#ask(async (redis) => ({
        isOurs: (await redis.set(name, token, 'PX', SILENT_MS, 'NX')) !== null,
      }));
      if (taken === undefined) return false;
      if (taken.isOurs) return true;
      await pauseFor(POLL_MS + Math.random() * POLL_MS, signal);
    }
  }

  async publish(message: string): Promise<void> {
    const sealed = this.#seal.close(JSON.stringify([this.id, message]));
    await this.#ask((redis) => redis.publish(`${this.#space}:told`, sealed));
  }

  subscribe(listener: (message: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #hear(sealed: string): void {
    const [from, message] = JSON.parse(this.#seal.open(sealed) ?? '[]') as [string?, string?];
    if (message === undefined || from === this.id) return;
    for (const listener of this.#listeners) listener(message);
  }

  async log(name: string, line: string, keptMs: number): Promise<boolean> {
    const oldest = Math.max(0, Date.now() - keptMs);
    const place = await this.#ask((redis) =>
      redis.xadd(this.#key(name), 'MINID', '~', oldest, '*', 'line', this.#seal.close(line)),
    );
    return place !== undefined;
  }

  async lines(name: string, { before, after }: LogPart): Promise<readonly LogLine[] | undefined> {
    const key = this.#key(name);
    const rows = await this.#ask((redis) =>
      after === undefined
        ? redis.xrevrange(key, before === undefined ? '+' : `(${before}`, '-', 'COUNT', PAGE)
        : redis.xrange(key, `(${after}`, '+', 'COUNT', PAGE),
    );
    return rows?.map(([place, [, sealed = '']]) => ({ place, text: this.#seal.open(sealed) ?? '' }));
  }

  events(name: string): RedisEvents {
    return new RedisEvents((question) => this.#ask(question), this.#key(name), this.id);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#heart);
    await this.#ask((redis) => redis.zrem(`${this.#space}:replicas`, this.id));
    this.#redis.disconnect();
    this.#hearing.disconnect();
  }

  #key(key: string): string {
    return `${this.#space}:${hashOf(key)}`;
  }

  /** Says that this replica is there, and counts those that said so lately. */
  async #beat(): Promise<void> {
    const count = await this.#ask(async (redis) =>
      Number(await redis.eval(BEAT, 1, `${this.#space}:replicas`, this.id, GONE_MS)),
    );
    if (count !== undefined) this.#replicas = Math.max(1, count);
  }

  /** What the store answers; `undefined` where it is away. */
  async #ask<T>(question: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    if (!this.#isUp) return undefined;
    try {
      return await question(this.#redis);
    } catch {
      return undefined;
    }
  }
}
