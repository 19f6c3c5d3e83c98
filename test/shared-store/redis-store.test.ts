import { setMaxListeners } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WindowLimiter } from '../../src/manage/limits/limiter.ts';
import { SharedBudget } from '../../src/manage/limits/shared-budget.ts';
import { LocalStore, openStore, SharedEntries, type SharedStore } from '../../src/shared-store/index.ts';
import { hasProgram, type RedisServer, startRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const never = new AbortController().signal;
const SECRET = new Uint8Array(32).fill(7);
const MINUTE = 60_000;

const hasRedis = hasProgram('redis-server');
const why = hasRedis ? '' : ' (skipped: there is no redis-server)';

describe('a store of one process', () => {
  it('keeps, claims, lists, and lets one at a time', async () => {
    const store = new LocalStore();
    await store.set('a', 'text', MINUTE);
    expect(await store.get('a')).toBe('text');
    expect([await store.claim('b', MINUTE), await store.claim('b', MINUTE)]).toEqual([true, false]);
    expect([await store.append('c', 'x', MINUTE), await store.append('c', 'y', MINUTE)]).toEqual([1, 2]);
    expect(await store.after('c', 1)).toEqual(['y']);
    expect(await store.isThere(store.id)).toBe(true);
    expect(await store.isThere('another')).toBe(false);
  });
});

describe.skipIf(!hasRedis)(`a store in Redis${why}`, () => {
  let redis: RedisServer;
  let stores: SharedStore[];
  const changes: boolean[] = [];
  beforeAll(async () => {
    redis = await startRedis();
    const options = { space: 'one site', secret: SECRET };
    stores = [
      await openStore(redis.url, { ...options, changed: (isUp) => changes.push(isUp) }),
      await openStore(redis.url, options),
    ];
    await until(() => stores.every((store) => store.status().replicas === 2));
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await redis.kill();
  });
  const [first, second] = [() => stores[0] as SharedStore, () => stores[1] as SharedStore];

  it('is one for all replicas', async () => {
    await first().set('a', 'text', MINUTE);
    expect(await second().get('a')).toBe('text');
    expect([await first().claim('b', MINUTE), await second().claim('b', MINUTE)]).toEqual([true, false]);
    expect([await first().append('c', 'x', MINUTE), await second().append('c', 'y', MINUTE)]).toEqual([1, 2]);
    expect(await first().after('c', 1)).toEqual(['y']);
    expect(await first().isThere(second().id)).toBe(true);
    expect(await first().isThere('another')).toBe(false);
  });

  it('holds nothing that can be read without the secret, and nothing for another site', async () => {
    await first().set('Acme Corporation', 'VPN is down at Acme', MINUTE);
    const plain = new Redis(redis.url);
    const keys = await plain.keys('*');
    const dump = await Promise.all(keys.map(async (key) => [key, (await plain.dump(key).catch(() => '')) ?? '']));
    expect(keys.length).toBeGreaterThan(0);
    expect(JSON.stringify(dump)).not.toMatch(/acme|vpn/i);
    plain.disconnect();
    const other = await openStore(redis.url, { space: 'another site', secret: SECRET });
    expect(await other.get('Acme Corporation')).toBeUndefined();
    await other.close();
    const forged = await openStore(redis.url, { space: 'one site', secret: new Uint8Array(32) });
    expect(await forged.get('Acme Corporation')).toBeUndefined();
    await forged.close();
  });

  it('keeps to its database, and is away where that is not there', async () => {
    const options = { space: 'one site', secret: SECRET };
    const third = await openStore(`${redis.url}/3`, options);
    await third.set('of the third', 'text', MINUTE);
    const said: unknown[] = [];
    const changed = (...what: unknown[]) => void said.push(what);
    const nowhere = await openStore(`${redis.url}/99`, { ...options, changed });
    await nowhere.set('of nowhere', 'text', MINUTE);
    expect([third.status().isUp, nowhere.status().isUp, said]).toEqual([
      true,
      false,
      [[false, 'ERR DB index is out of range']],
    ]);
    expect([await first().get('of the third'), await first().get('of nowhere')]).toEqual([undefined, undefined]);
    await Promise.all([third.close(), nowhere.close()]);
  });

  it('counts what somebody does, whichever replica they come to', async () => {
    const [here, there] = [first().counter('tries', 3, 60), second().counter('tries', 3, 60)];
    await here.consume('10.0.0.5');
    await there.consume('10.0.0.5', 2);
    await expect(here.consume('10.0.0.5')).rejects.toMatchObject({ consumedPoints: 4 });
    expect(await there.get('10.0.0.5')).toMatchObject({ remainingPoints: 0 });
    await there.consume('10.0.0.6');
  });

  it('tells the others, and not itself', async () => {
    const heard: string[] = [];
    const deaf = [
      first().subscribe((message) => heard.push(`first ${message}`)),
      second().subscribe((message) => heard.push(`second ${message}`)),
    ];
    await until(async () => {
      await first().publish('hello');
      return heard.length > 0;
    });
    expect(new Set(heard)).toEqual(new Set(['second hello']));
    for (const one of deaf) one();
  });

  it('lets one caller of all replicas change an entry at a time', async () => {
    const sides = stores.map((store) => new SharedEntries<{ count: number }>(store, MINUTE));
    const add = (index: number) =>
      sides[index % 2]?.alone('key', never, async ({ entry, isSure, save }) => {
        expect(isSure).toBe(true);
        await new Promise((resolve) => setTimeout(resolve, 3));
        await save({ count: (entry?.count ?? 0) + 1 });
      });
    await Promise.all(Array.from({ length: 8 }, (_, index) => add(index)));
    expect(await sides[1]?.peek('key')).toEqual({ count: 8 });
  });

  it('has a log in one order, newest and oldest first', async () => {
    for (const [index, store] of [...stores, ...stores].entries()) await store.log('log', `line ${index}`, MINUTE);
    const texts = async (part: object) => (await first().lines('log', part))?.map(({ text }) => text);
    expect(await texts({})).toEqual(['line 3', 'line 2', 'line 1', 'line 0']);
    const [, newer] = (await first().lines('log', {})) ?? [];
    expect(await texts({ before: newer?.place })).toEqual(['line 1', 'line 0']);
    expect(await texts({ after: newer?.place })).toEqual(['line 3']);
  });

  it('shares the requests a minute exactly', async () => {
    const limiters = stores.map((store) => {
      const budget = new SharedBudget(store.events('requests'), { now: () => performance.now(), tolerance: 10 });
      return new WindowLimiter(20, 64, { budget });
    });
    const given = new AbortController();
    const started: unknown[] = [];
    const ask = (limiter?: WindowLimiter): Promise<void> | undefined =>
      limiter?.acquire(given.signal).then(
        (place) => void started.push(place),
        () => undefined,
      );
    setMaxListeners(0, given.signal);
    const all = Array.from({ length: 30 }, (_, index) => ask(limiters[index % 2]));
    await until(() => started.length >= 20);
    await new Promise((resolve) => setTimeout(resolve, 100));
    given.abort();
    await Promise.all(all);
    expect(started).toHaveLength(20);
  });

  it('goes on by itself while Redis is away, says so, and comes back', async () => {
    await first().set('kept', 'before', MINUTE);
    await redis.kill();
    await until(() => !first().status().isUp);
    expect(first().status()).toEqual({ isUp: false, replicas: 2 });
    expect(changes.at(-1)).toBe(false);
    expect(await first().get('kept')).toBe('before');
    await first().set('own', 'meanwhile', MINUTE);
    expect(await first().get('own')).toBe('meanwhile');
    expect(await first().log('log', 'lost', MINUTE)).toBe(false);
    expect(await first().lines('log', {})).toBeUndefined();
    // Others may do the same now, and nobody can tell.
    expect(await first().alone('key', never, async (isSure) => isSure)).toBe(false);
    await redis.start();
    await until(() => stores.every((store) => store.status().isUp));
    // Once each, however often it was tried in between.
    expect(changes).toEqual([true, false, true]);
    await first().set('again', 'there', MINUTE);
    expect(await second().get('again')).toBe('there');
  });
});
