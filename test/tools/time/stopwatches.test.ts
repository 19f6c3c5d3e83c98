import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,time' });
});
afterAll(() => session.close());

const ok = async (tool: string, input: Record<string, unknown> = {}, on = session) => {
  const answer = await on.call(tool, input);
  expect(answer.isError, answer.text).toBe(false);
  return answer;
};
const WATCHES = '/time/ticketstopwatches';
const watch = async (id: number, on = session) => (await on.rest('GET', `${WATCHES}/${id}`)).body;
/** A stopwatch that was started a while ago, by somebody's screen. */
const started = async (more: Record<string, unknown>, on = session): Promise<number> => {
  const { status, body } = await on.rest('POST', WATCHES, {
    member: { identifier: 'jdoe' },
    status: 'Running',
    startTime: '2026-11-24T19:00:00Z',
    totalPauseTime: 0,
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
};

describe('stopwatches', () => {
  it('are listed with the time worked', async () => {
    expect((await ok('list_stopwatches')).structured.total).toBe(0);
    const { structured, text } = await ok('list_stopwatches', { member: 'all' });
    expect(structured.rows.map(([, member, , status, , worked]: string[]) => [member, status, worked])).toEqual([
      ['Sam Wright', 'Paused', '60 min'],
      ['Alex Chen', 'Running', '25 min'],
    ]);
    expect(text).toContain('Tue 24 Nov 2026 15:55');
  });

  it('start on a ticket once, where time may be entered', async () => {
    expect((await ok('control_stopwatch', { action: 'start', ticketId: 3, dryRun: true })).text).toContain(
      '"startTime":"2026-11-24T21:20:00Z"',
    );
    const { structured } = await ok('control_stopwatch', { action: 'start', ticketId: '#3', notes: 'VPN' });
    expect(await watch(structured.id)).toMatchObject({
      status: 'Running',
      startTime: '2026-11-24T21:20:00Z',
      member: { identifier: 'jdoe' },
      ticket: { id: 3 },
      notes: 'VPN',
    });
    expect(await session.refused('control_stopwatch', { action: 'start', ticketId: 3 })).toMatch(
      /Stopwatch \d+ is already on ticket 3 \(Running\).*allowDuplicate/,
    );
    expect(await session.refused('control_stopwatch', { action: 'start' })).toContain('ticketId');
    expect(await session.refused('control_stopwatch', { action: 'start', ticketId: 999_999 })).toContain(
      'no ticket 999999',
    );
    expect(
      (await ok('control_stopwatch', { action: 'stop', ticketId: 3, notes: 'Router', dryRun: true })).text,
    ).toContain('Its notes were: VPN');
    const { structured: stopped, text } = await ok('control_stopwatch', { action: 'stop', ticketId: 3 });
    expect(stopped.logTime).toBeUndefined();
    expect(text).toContain('there is nothing to log');
  });

  it('count what was worked, not the pauses, and offer it to log_time', async () => {
    const id = await started({ ticket: { id: 3 }, totalPauseTime: 600, notes: 'Looked at the logs' });
    await ok('control_stopwatch', { action: 'pause' });
    expect(await watch(id)).toMatchObject({ status: 'Paused', endTime: '2026-11-24T21:20:00Z' });
    expect(await session.refused('control_stopwatch', { action: 'pause' })).toMatch(
      /no stopwatch to pause.*\(Paused\)/,
    );
    const stop = await ok('control_stopwatch', { action: 'stop', stopwatchId: id, workType: 'After Hours' });
    // From two to 4:20 with ten minutes off.
    expect(stop.structured).toMatchObject({ status: 'Stopped', hours: 2.17 });
    expect(stop.text).toContain('Not logged yet: log_time');
    expect(stop.structured.logTime).toEqual({
      ticketId: 3,
      start: '2026-11-24T19:00:00Z',
      end: '2026-11-24T21:20:00Z',
      break: '10 minutes',
      notes: 'Looked at the logs',
      workType: 'After Hours',
    });
    expect((await ok('list_stopwatches')).structured.total).toBe(0);
    const logged = await ok('log_time', { ...stop.structured.logTime, allowOverlap: true });
    expect(logged.structured.hours).toBeCloseTo(2.17, 2);
  });

  it("of somebody else are offered to log_time as that member's", async () => {
    const id = await started({ ticket: { id: 3 }, member: { identifier: 'swright' } });
    const { structured, text } = await ok('control_stopwatch', { action: 'stop', stopwatchId: id });
    expect(text).toContain('"member":"Sam Wright"');
    const logged = await ok('log_time', { ...structured.logTime, notes: 'Theirs', allowOverlap: true });
    expect((await session.rest('GET', `/time/entries/${logged.structured.id}`)).body.member.identifier).toBe('swright');
  });

  it('run on after a pause without counting it', async () => {
    const id = await started({
      ticket: { id: 5 },
      status: 'Paused',
      endTime: '2026-11-24T20:00:00Z',
      totalPauseTime: 60,
    });
    await ok('control_stopwatch', { action: 'resume', ticketId: 5 });
    const after = await watch(id);
    // The hour and twenty minutes of the pause, and the minute before.
    expect(after).toMatchObject({ status: 'Running', totalPauseTime: 4860 });
    expect(after.endTime).toBeUndefined();
    expect((await ok('control_stopwatch', { action: 'stop', ticketId: 5 })).structured.hours).toBe(0.98);
  });

  it('have to be named where several could be meant', async () => {
    const [a, b] = [await started({ ticket: { id: 3 } }), await started({ ticket: { id: 5 } })];
    expect(await session.refused('control_stopwatch', { action: 'stop' })).toMatch(
      new RegExp(`Several stopwatches.*${a} on ticket 3 .*${b} on ticket 5 .*\n.*ticketId`),
    );
    await ok('control_stopwatch', { action: 'stop', ticketId: 5 });
    expect([(await watch(a)).status, (await watch(b)).status]).toEqual(['Running', 'Stopped']);
  });

  it('stopped in the hour that comes twice give exact moments', async () => {
    // 01:50 in New York, the second time that it is one o'clock; started at 01:40, the first time.
    const night = await startSession({ toolsets: 'core,time', now: new Date('2026-11-01T06:50:00Z') });
    try {
      await started({ ticket: { id: 3 }, startTime: '2026-11-01T05:40:00Z' }, night);
      const { structured } = await ok('control_stopwatch', { action: 'stop' }, night);
      expect(structured).toMatchObject({
        hours: 1.17,
        logTime: { start: '2026-11-01T05:40:00Z', end: '2026-11-01T06:50:00Z' },
      });
      const logged = await ok('log_time', structured.logTime, night);
      expect(logged.structured).toMatchObject({ timeStart: '2026-11-01T05:40:00Z', timeEnd: '2026-11-01T06:50:00Z' });
    } finally {
      await night.close();
    }
  });
});

describe('get_accruals', () => {
  const columns = ['member', 'type', 'year', 'allowed', 'adjusted', 'used', 'planned', 'left'];
  const balance = async (who: string, type: string, on = session) => {
    const { structured } = await ok('get_accruals', { who }, on);
    expect(structured.columns).toEqual(columns);
    const row = structured.rows.find(([, kind]: string[]) => kind === type);
    return Object.fromEntries(columns.map((column, index) => [column, row?.[index]]));
  };

  it('subtracts the hours entered from the hours allowed', async () => {
    const conditions = encodeURIComponent('member/identifier="achen" and workType/name="Vacation"');
    const entries = (await session.rest('GET', `/time/entries?conditions=${conditions}`)).body;
    const used = entries.reduce((sum: number, { actualHours }: { actualHours: number }) => sum + actualHours, 0);
    const before = await balance('achen', 'Vacation');
    const adjustments = (await session.rest('GET', '/system/members/2/accruals')).body;
    const adjusted = adjustments
      .filter(({ accrualType }: { accrualType: string }) => accrualType === 'Vacation')
      .reduce((sum: number, { hours }: { hours: number }) => sum + hours, 0);
    expect(before).toMatchObject({
      year: '2026-01-01 to 2026-12-31',
      allowed: '160',
      adjusted: String(adjusted),
      used: String(used),
      left: String(160 + adjusted - used),
    });
    // A day in December, entered ahead.
    const vacation = (await session.rest('GET', '/time/chargeCodes')).body.find(
      ({ name }: { name: string }) => name === 'Vacation',
    );
    await session.rest('POST', '/time/entries', {
      member: { identifier: 'achen' },
      chargeToType: 'ChargeCode',
      chargeToId: vacation.id,
      timeStart: '2026-12-28T14:00:00Z',
      timeEnd: '2026-12-28T22:00:00Z',
    });
    expect(await balance('achen', 'Vacation')).toMatchObject({ planned: '8', left: String(160 + adjusted - used - 8) });
  });

  it("counts by years of service and the member's own year, to the day", async () => {
    const other = await startSession({ toolsets: 'core,time' });
    try {
      const [setup] = (await other.rest('GET', '/time/accruals')).body;
      await other.rest('PATCH', `/time/accruals/${setup.id}`, [
        { op: 'replace', path: 'vacationAvailableType', value: 'AnniversaryYear' },
      ]);
      const details = (await other.rest('GET', `/time/accruals/${setup.id}/details`)).body;
      const vacation = details.find(({ accrualType }: { accrualType: string }) => accrualType === 'Vacation');
      await other.rest('PATCH', `/time/accruals/${setup.id}/details/${vacation.id}`, [
        { op: 'replace', path: 'endYear', value: 2 },
      ]);
      await other.rest('POST', `/time/accruals/${setup.id}/details/`, {
        accrualType: 'Vacation',
        startYear: 3,
        endYear: 99,
        hours: 200,
      });
      const hire = (id: number, date: string) =>
        other.rest('PATCH', `/system/members/${id}`, [
          { op: 'replace', path: 'hireDate', value: `${date}T00:00:00Z` },
          { op: 'replace', path: 'timeZone', value: { id: 6 } },
        ]);
      await hire(6, '2023-11-25');
      await hire(7, '2023-11-26');
      // It is the 25th in India already.
      expect(await balance('pnair', 'Vacation', other)).toMatchObject({
        year: '2026-11-25 to 2027-11-24',
        allowed: '200',
        used: '0',
      });
      expect(await balance('swright', 'Vacation', other)).toMatchObject({
        year: '2025-11-26 to 2026-11-25',
        allowed: '160',
        used: '40',
      });
    } finally {
      await other.close();
    }
  });

  it('says where none are set up', async () => {
    const fresh = await startSession({ toolsets: 'core,time' });
    try {
      await fresh.rest('PATCH', '/system/members/7', [{ op: 'replace', path: 'defaultLocation', value: { id: 2 } }]);
      expect((await ok('get_accruals', { who: 'swright' }, fresh)).text).toContain(
        'no accruals are set up for the location of Sam Wright',
      );
    } finally {
      await fresh.close();
    }
  });
});

it('charge codes are looked up with what they allow', async () => {
  const training = (await session.rest('GET', '/time/chargeCodes')).body.find(
    ({ name }: { name: string }) => name === 'Training',
  );
  await session.rest('PATCH', `/time/chargeCodes/${training.id}`, [
    { op: 'replace', path: 'expenseEntryFlag', value: true },
  ]);
  const { text } = await ok('lookup_values', { table: 'chargeCodes' });
  expect(text).toContain('Training | expenses too, not billable, Internal');
  expect(text).toContain('Sick Leave | not billable, Sick');
});
