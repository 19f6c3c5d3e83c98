import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { noWaiting } from '../support/no-waiting.ts';
import { NOW, type Session, startSession, startSessionOn } from '../support/session.ts';

// The same request twice, from two servers that share nothing but a folder: one record, and both callers know it.

const LATE = {
  arrives: { afterReads: 1_000 },
  answer: { status: 504, body: '<title>504 Gateway Time-out</title>' },
} as const;

/** The clock of servers and sandboxes. */
const clock = new Date(NOW.getTime() + 60_000);

let folder: string;
let gateway: Gateway;
let one: Session;
let other: Session;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guard-'));
  gateway = await startGateway();
  const shared = { CWM_STATE_DIR: folder, CWM_SITE: gateway.url };
  one = await startSession({ toolsets: 'all', timing: noWaiting(), environment: shared, now: clock });
  gateway.target = one.sandbox.baseUrl;
  other = await startSessionOn(one.sandbox, {
    toolsets: 'all',
    timing: noWaiting(),
    environment: shared,
    now: clock,
  });
});
afterAll(async () => {
  await other.close();
  await one.close();
  gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

const counted = async (summary: string): Promise<number> =>
  (await one.get(`/service/tickets/count?conditions=${encodeURIComponent(`summary="${summary}"`)}`)).count;

const raw = (summary: string) => ({ operation: 'POST /service/tickets', body: { summary, company: { id: 7 } } });

describe('the same creation from two servers', () => {
  it.each(['create_ticket', 'call_write_operation'])('at once is one record, with %s', async (tool) => {
    const summary = `At once ${tool}`;
    const input = tool === 'create_ticket' ? { summary, company: 'Globex' } : raw(summary);
    const answers = await Promise.all([one.call(tool, input), other.call(tool, input), one.call(tool, input)]);
    expect(await counted(summary)).toBe(1);
    // Whoever came later joins, or is told of the record that is there.
    for (const { isError, text } of answers) if (isError) expect(text).toMatch(/already has ticket/);
  });

  it('is made by the one that goes on when the other is cancelled', async () => {
    const input = { summary: 'Left by one', company: 'Globex' };
    await one.ok('create_ticket', { ...input, summary: 'Names are known' });
    const { requests, faults } = one.sandbox;
    const before = requests.length;
    faults.add({ kind: 'slow', delayMs: 400, method: 'GET', path: '/service/tickets', times: 1 });
    const gone = new AbortController();
    const left = one.client.callTool({ name: 'create_ticket', arguments: input }, { signal: gone.signal });
    const ended = left.catch(() => 'gone');
    while (!requests.slice(before).some(({ path }) => path.includes('/service/tickets'))) await sleep(5);
    const joined = one.call('create_ticket', input);
    await sleep(150);
    gone.abort();
    expect(await ended).toBe('gone');
    const { isError, text } = await joined;
    expect(isError, text).toBe(false);
    expect(await counted('Left by one')).toBe(1);
  });

  it('is found by the other where the first never learnt what became of it', async () => {
    const input = raw('Late elsewhere');
    gateway.next(LATE);
    const first = await one.call('call_write_operation', input);
    expect(first.text).toMatch(/check GET \/service\/tickets before trying again/);
    await gateway.commit();
    const second = await other.ok('call_write_operation', input);
    expect(second.text).toMatch(/earlier call did this/);
    expect(await counted('Late elsewhere')).toBe(1);
  });

  it('is done though a page refuses it after Manage has it, and a change is, too', async () => {
    const page = { arrives: 'once', answer: { status: 403, body: '<title>403 Forbidden</title>' } } as const;
    gateway.next(page);
    const made = await one.ok('call_write_operation', raw('Refused too late'));
    expect(await counted('Refused too late')).toBe(1);
    gateway.next(page);
    await one.ok('update_ticket', { ticketId: made.structured.result.id, summary: 'Changed too late' });
    expect(await counted('Changed too late')).toBe(1);
    gateway.next({ ...page, arrives: 'never' });
    const refused = await one.call('call_write_operation', raw('Never arrived'));
    expect(refused.text).toMatch(/403 Forbidden/);
    expect(await counted('Never arrived')).toBe(0);
  });

  it('means the same moment when it is made again a minute later', async () => {
    const input = { chargeCode: 'Training', start: '2 hours ago', hours: '5 minutes', notes: 'By words' };
    gateway.next(LATE);
    const first = await one.call('log_time', input);
    expect(first.text).toMatch(/check GET \/time\/entries before trying again/);
    await gateway.commit();
    clock.setTime(clock.getTime() + 90_000);
    const second = await other.ok('log_time', { ...input });
    expect(second.text).toMatch(/earlier call did this/);
    expect((await one.get('/time/entries/count?conditions=notes="By words"')).count).toBe(1);
    // Now that its outcome is known, the same words mean another time.
    const third = await other.ok('log_time', { ...input, allowOverlap: true, dryRun: true });
    expect(third.text).toContain('14:22-14:27');
  });

  it('is made again with allowDuplicate, but not when the lost one was made after all', async () => {
    const input = raw('Wanted twice');
    await one.ok('call_write_operation', input);
    expect((await one.ok('call_write_operation', input)).text).toMatch(/earlier call did this/);
    expect(await counted('Wanted twice')).toBe(1);
    gateway.next(LATE);
    await one.call('call_write_operation', { ...input, allowDuplicate: true });
    await gateway.commit();
    await one.ok('call_write_operation', { ...input, allowDuplicate: true });
    expect(await counted('Wanted twice')).toBe(2);
  });

  it('is made again when what the first made is gone', async () => {
    const input = raw('Gone again');
    const { structured } = await one.ok('call_write_operation', input);
    await one.rest('DELETE', `/service/tickets/${structured.result.id}`);
    await one.ok('call_write_operation', input);
    expect(await counted('Gone again')).toBe(1);
  });

  it('of somebody else that looks the same is not ours', async () => {
    const input = raw('Look-alike');
    // Manage says who we are with the first record that we make.
    await one.ok('call_write_operation', raw('Who we are'));
    const { body: made } = await one.rest('POST', '/service/tickets', { summary: 'Look-alike', company: { id: 7 } });
    gateway.next({ arrives: 'never', answer: LATE.answer });
    const first = await one.call('call_write_operation', input);
    expect(first.isError, first.text).toBe(true);
    const second = await one.ok('call_write_operation', input);
    expect(second.structured.result.id).not.toBe(made.id);
    expect(await counted('Look-alike')).toBe(2);
  });
});
