import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeEach(async () => {
  session = await startSession();
});
afterEach(() => session.close());

const NIGHT = { member: 'pnair', start: '2026-11-24T19:30:00Z', hours: '1', allowOverlap: true } as const;

describe('time of somebody in another zone', () => {
  it('is shown on both wall clocks, and on the day of its member', async () => {
    const { text, structured } = await session.call('log_time', { chargeCode: 'Training', ...NIGHT });
    expect(text).toContain(
      'Tue 24 Nov 2026 14:30-15:30 America/New_York, Wed 25 Nov 2026 01:00-02:00 Asia/Kolkata (2026-11-24T19:30:00Z',
    );
    const day = await session.call('get_timesheet', { member: 'priya', date: '2026-11-25' });
    expect(day.structured.timeZone).toBe('Asia/Kolkata');
    expect(day.text).toMatch(/Wed 25 Nov 2026: .*\n {2}01:00-02:00 {2}1 h {2}Training/);
    expect((await session.call('get_timesheet', { member: 'priya', date: '2026-11-24' })).text).not.toContain(
      `[${structured.id}`,
    );
  });

  it('falls on the sheet of its member, also when that is another week', async () => {
    // Sunday afternoon here is Monday there.
    const start = '2026-11-22T19:00:00Z';
    const { text } = await session.call('log_time', { chargeCode: 'Training', ...NIGHT, start });
    expect(text).toContain('Mon 23 Nov 2026 00:30-01:30 Asia/Kolkata');
    expect(text).toContain('time sheet 2026-11-23 to 2026-11-29');
  });
});

describe('today of somebody where it is another date', () => {
  it('is the day that is running there', async () => {
    await session.close();
    const environment = { CWM_TIME_ZONE: 'Australia/Adelaide' };
    // Tuesday morning here, Monday evening in New York.
    session = await startSession({ environment, now: new Date('2026-11-30T22:40:00Z') });
    const logged = await session.call('log_time', {
      member: 'alex rivera',
      ticketId: 569,
      hours: '30 min',
      start: '8:00',
    });
    const entry = `[${logged.structured.id}`;
    for (const date of ['today', undefined]) {
      const { text } = await session.call('get_timesheet', { member: 'Alex Rivera', date });
      expect(text).toContain('date: Mon 30 Nov (America/New_York)');
      expect(text).not.toContain('1 Dec');
      expect(text).toContain(entry);
    }
    const before = await session.call('get_timesheet', { member: 'Alex Rivera', date: 'yesterday' });
    expect(before.text).toContain('date: Sun 29 Nov (America/New_York)');
    const own = await session.call('get_timesheet', { date: 'today' });
    expect(own.text).toContain('date: Tue 1 Dec (Australia/Adelaide)');
    expect(own.text).not.toContain('30 Nov');

    const missing = await session.call('find_missing_time', {
      who: ['Alex Rivera'],
      period: 'today',
      includeComplete: true,
    });
    expect(missing.text).toContain('period: Tue 1 Dec; Mon 30 Nov in America/New_York');
    const sheet = await session.call('get_timesheet', { member: 'Alex Rivera' });
    expect(missing.text).toContain(`Entered: ${sheet.structured.hours} h.`);
    expect(sheet.structured.hours).toBeGreaterThan(0);
    const week = await session.call('find_missing_time', { who: ['Alex Rivera'], period: 'last week' });
    expect(week.text).not.toContain('America/New_York');
  });

  it('has its gaps in the hours that the calendar means where the member is at home', async () => {
    await session.close();
    const environment = { CWM_TIME_ZONE: 'America/Los_Angeles' };
    session = await startSession({ environment, now: new Date('2026-11-30T22:40:00Z') });
    // His calendar's 8:30 to 18:00 in New York is 5:30 to 15:00 here.
    const { text } = await session.call('get_timesheet', { date: '2026-11-27' });
    const gaps = [...text.matchAll(/\d\d:\d\d-\d\d:\d\d(?= {2}gap)/g)].map(([gap]) => gap);
    expect(gaps).toEqual(['06:15-06:45', '08:45-09:45']);
  });
});

describe('a sheet', () => {
  it('owes nothing on a holiday, and says which', async () => {
    await session.close();
    session = await startSession({ now: new Date('2026-11-27T21:20:00Z') });
    const { text } = await session.call('get_timesheet', { date: 'this week' });
    expect(text).toMatch(/Thu 26 Nov 2026: 0 h, .*Thanksgiving/);
    expect(text).not.toMatch(/Thu 26 Nov 2026: 0 h of/);
  });

  it('belongs to the week that was named', async () => {
    const { text, structured } = await session.call('get_timesheet', { date: 'week of 11 November' });
    expect(structured.sheet.period).toBe('2026-11-09 to 2026-11-15');
    expect(text).toMatch(/h of 40 h due/);
  });

  it('of a day on which the clocks change has all of its hours', async () => {
    await session.close();
    session = await startSession({ now: new Date('2026-11-02T21:00:00Z') });
    const logged = await session.call('log_time', {
      chargeCode: 'Training',
      start: '2026-11-01 00:30',
      end: '2026-11-01 03:00',
      allowOverlap: true,
    });
    // 01:00 to 02:00 came twice.
    expect(logged.text).toMatch(
      /^Logged .*\n.*00:30-03:00 .*\(2026-11-01T04:30:00Z to 2026-11-01T08:00:00Z UTC\)\n3\.5 h/,
    );
  });
});

describe('time without a start', () => {
  it('goes to the first free time of its day', async () => {
    const first = await session.call('log_time', { ticketId: 577, date: '2026-11-21', hours: '2 hours' });
    expect(first.text).toMatch(/Sat 21 Nov 2026 08:00-10:00.*\n.*\n.*first free time of that day/s);
    const second = await session.call('log_time', { chargeCode: 'Training', date: '2026-11-21', hours: '30 minutes' });
    expect(second.text).toMatch(/Sat 21 Nov 2026 10:00-10:30/);
  });

  it('can be leave that is still to come', async () => {
    const { structured } = await session.call('log_time', {
      chargeCode: 'vacation',
      date: '1 december 2026',
      hours: '8',
    });
    expect((await session.rest('GET', `/time/entries/${structured.id}`)).body).toMatchObject({
      timeStart: '2026-12-01T13:00:00Z',
      actualHours: 8,
    });
  });

  it('is refused where a board takes no time', async () => {
    await session.rest('PATCH', '/service/boards/1', [{ op: 'replace', path: 'timeEntryLockedFlag', value: true }]);
    const { text, isError } = await session.call('log_time', { ticketId: 577, start: '9am', hours: '1' });
    expect(isError).toBe(true);
    expect(text).toMatch(/board "Help Desk" of ticket 577 takes no time entries.*charge code/s);
  });
});
