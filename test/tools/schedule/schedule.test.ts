import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Tuesday, 24 November 2026, 16:20 in New York; Thursday is Thanksgiving. */
let session: Session;
/** A ticket that is open. */
let ticketId: number;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,schedule' });
  ticketId = (await session.rest('POST', '/service/tickets', { summary: 'New firewall', company: { id: 2 } })).body.id;
});
afterAll(() => session.close());

const entry = (id: number) => session.get(`/schedule/entries/${id}`);
/** Day, member and free time of every row. */
const free = async (input: Record<string, unknown>): Promise<string[][]> =>
  (await session.ok('find_free_time', input)).structured.rows.map((row: string[]) => row.slice(0, 3));

describe('find_free_time', () => {
  it('finds the day of who works elsewhere across midnight', async () => {
    const [row] = (await session.ok('find_free_time', { who: 'Priya', period: 'next week', length: '9 hours' }))
      .structured.rows;
    expect(row.slice(0, 4)).toEqual(['Mon 30 Nov 2026', 'Priya Nair', '22:00-07:30 next day', '9.5']);
  });

  it('gives working time that is not over, by calendar and holidays', async () => {
    expect(await free({ who: 'me', period: 'this week' })).toEqual([
      ['Tue 24 Nov 2026', 'Jordan Doe', '16:20-18:00'],
      ['Wed 25 Nov 2026', 'Jordan Doe', '08:30-18:00'],
      ['Fri 27 Nov 2026', 'Jordan Doe', '08:30-18:00'],
    ]);
    expect((await session.ok('find_free_time', { who: 'me', period: '2026-11-26' })).text).toContain(
      'nothing free: Jordan Doe (no working time then)',
    );
    expect((await session.ok('find_free_time', { who: 'me', period: 'Friday', length: '10h' })).text).toContain(
      'nothing free: Jordan Doe (at most 570 minutes at a time)',
    );
    expect(await session.refused('find_free_time', { period: 'yesterday' })).toContain('is over');
    expect((await session.ok('find_free_time', { who: 'me', length: '90' })).text).toContain('at least 90 minutes');
    expect(await session.refused('find_free_time', { length: '4' })).toContain('"4 minutes"');
  });

  it('leaves out what is scheduled and what is logged, and shorter slots', async () => {
    const timeless = { ticketId, member: 'swright', date: 'tomorrow', hours: '2' };
    expect(await session.refused('schedule_work', timeless)).toContain('A day without a time is date alone.');
    await session.ok('schedule_work', { ticketId, member: 'swright', start: 'tomorrow 10am', hours: '2' });
    await session.rest('POST', '/time/entries', {
      chargeToType: 'ServiceTicket',
      chargeToId: ticketId,
      member: { identifier: 'swright' },
      timeStart: '2026-11-25T19:00:00Z',
      timeEnd: '2026-11-25T20:30:00Z',
    });
    expect(await free({ member: 'swright', date: 'tomorrow' })).toEqual([
      ['Wed 25 Nov 2026', 'Sam Wright', '08:30-10:00, 12:00-14:00, 15:30-18:00'],
    ]);
    expect((await free({ who: ['swright'], period: 'tomorrow', duration: '2.5 hours' }))[0]?.[2]).toBe('15:30-18:00');
    expect(await free({ who: 'swright', period: 'tomorrow 11am to 12:15' })).toEqual([]);
  });

  it('is asked for teams, work roles and parts of days, on the wall clock of who asks', async () => {
    const rows = await free({ team: 'Technicians', when: 'tomorrow afternoon' });
    expect(rows.map(([, member]) => member)).toContain('Jordan Doe');
    expect(rows.map(([, member]) => member)).not.toContain('Alex Chen');
    const desk = (await free({ who: 'the help desk', period: 'tomorrow' })).map(([, member]) => member);
    const team = (await free({ who: ['Service Team', 'Escalations'], period: 'tomorrow' })).map(([, member]) => member);
    expect(desk.length).toBeGreaterThan(1);
    expect(desk).toEqual(team);
    // Blake works in Los Angeles, from half past eight there.
    expect(await free({ who: 'bwest', period: 'tomorrow' })).toEqual([
      ['Wed 25 Nov 2026', 'Blake West', '11:30-21:00'],
    ]);
    expect(await session.refused('find_free_time', { who: 'the astronauts' })).toMatch(
      /no member, team.*\nAllowed: .*Technician/,
    );
  });

  it('finds when all of them are free', async () => {
    const { structured, text } = await session.ok('find_free_time', {
      who: ['swright', 'bwest'],
      period: 'tomorrow',
      together: 'true',
    });
    expect(structured.rows.map((row: string[]) => row.slice(0, 3))).toEqual([
      ['Wed 25 Nov 2026', 'all 2', '12:00-14:00, 15:30-18:00'],
    ]);
    expect(text).toContain('earliest: all 2, Wed 25 Nov 2026 12:00');
    const never = { who: ['pnair', 'achen'], period: 'tomorrow', together: true };
    expect((await session.ok('find_free_time', never)).text).toContain(
      'never all of them at once: their free times do not meet',
    );
    // Somebody in California cannot meet somebody in India: the two others can.
    const most = { ...never, who: ['pnair', 'achen', 'swright', 'bwest'] };
    expect((await session.ok('find_free_time', most)).text).toMatch(
      /; the most at once: 3 of 4 at Wed 25 Nov 2026 \d\d:\d\d, all but Priya Nair/,
    );
  });

  it('takes a day off whole, and tells of work on it that has no time yet', async () => {
    await session.ok('schedule_work', { title: 'Vacation', member: 'arivera', date: 'tomorrow' });
    await session.ok('schedule_work', { ticketId, member: 'arivera', date: 'friday' });
    const { structured, text } = await session.ok('find_free_time', {
      who: 'arivera',
      period: 'this week',
      length: '2h',
    });
    expect(structured.rows).toEqual([
      ['Fri 27 Nov 2026', 'Alex Rivera', '08:30-18:00', '9.5', '1 on this day without a time', 'Technician', '0'],
    ]);
    expect(text).toContain('away: Alex Rivera, Vacation (2026-11-25)');
  });
});

describe('schedule_work', () => {
  it('tells of holidays and of time outside of working hours', async () => {
    const note = async (member: string, start: string): Promise<string | undefined> =>
      (await session.ok('schedule_work', { ticketId, member, start, dryRun: true })).text.match(/Note: .*/)?.[0];
    expect(await note('dlopez', '2026-11-26 9am')).toBe(
      'Note: Thanksgiving is a holiday of Daniela Lopez (2026-11-26).',
    );
    expect(await note('dlopez', '2026-12-01 7am')).toBe(
      'Note: outside the working hours of Daniela Lopez (Office hours).',
    );
    expect(await note('dlopez', '2026-12-01 9am')).toBeUndefined();
    // Seven in the evening is four in Los Angeles.
    expect(await note('bwest', '2026-12-01 7pm')).toBeUndefined();
    const { structured, text } = await session.ok('schedule_work', { ticketId, member: 'kaja', date: '2026-12-05' });
    const assigned = 'With that Kaja Lind is assigned to the ticket.';
    expect(text).toContain(assigned);
    const again = { ticketId, member: 'kaja', date: '2026-12-12', dryRun: true };
    expect((await session.ok('schedule_work', again)).text).not.toContain(assigned);
    expect(structured.note).toContain('outside the working hours');
    const moved = await session.ok('update_schedule_entry', { id: structured.id, date: '2026-12-25' });
    expect(moved.text).toContain('Note: Christmas is a holiday of Kaja Lind');
    await session.ok('delete_schedule_entry', { id: structured.id, confirm: true });
  });
});

describe('schedule_work without a ticket', () => {
  it('makes an entry of the type Other, once', async () => {
    const said = { name: 'Dentist', member: 'me', start: 'Friday 9am to 11' };
    const { structured, text } = await session.ok('schedule_work', said);
    expect(await entry(structured.id)).toMatchObject({
      name: 'Dentist',
      type: { identifier: 'O' },
      dateStart: '2026-11-27T14:00:00Z',
      hours: 2,
    });
    expect(text).toContain('Scheduled Jordan Doe for Dentist');
    expect(await session.refused('schedule_work', { ...said, allowConflicts: true })).toContain(
      `entry ${structured.id}`,
    );
    await session.ok('delete_schedule_entry', { entryId: structured.id, confirm: true });
  });

  it('needs one of a ticket and a title', async () => {
    const when = { member: 'me', date: 'friday' };
    expect(await session.refused('schedule_work', { ...when, title: 'Vacation', date: 'next week' })).toContain(
      'Send each day by itself, from date "2026-11-30" to date "2026-12-06"',
    );
    expect(await session.refused('schedule_work', when)).toContain('Send ticketId, or title');
    expect(await session.refused('schedule_work', { ...when, ticketId, title: 'x' })).toContain(
      'leave title and type out',
    );
    expect(await session.refused('schedule_work', { ...when, title: 'x', type: 'Service' })).toContain('send ticketId');
    expect(await session.refused('schedule_work', { ...when, title: 'x', type: 'Juggling' })).toContain('Meeting');
  });
});

describe('update_schedule_entry', () => {
  const planned = async (more: Record<string, unknown> = {}): Promise<number> =>
    (
      await session.ok('schedule_work', {
        title: 'Review',
        type: 'meeting',
        member: 'dlopez',
        start: 'Friday 10am',
        ...more,
      })
    ).structured.id;

  it('moves an entry: its day, its start, its end, its length', async () => {
    const id = await planned();
    const times = async (input: Record<string, unknown>) => {
      await session.ok('update_schedule_entry', { entryId: id, ...input });
      const { dateStart, dateEnd } = await entry(id);
      return [dateStart, dateEnd];
    };
    expect(await times({ date: 'next monday' })).toEqual(['2026-11-30T15:00:00Z', '2026-11-30T16:00:00Z']);
    expect(await times({ start: '2pm' })).toEqual(['2026-11-30T19:00:00Z', '2026-11-30T20:00:00Z']);
    expect(await times({ end: '4:30pm' })).toEqual(['2026-11-30T19:00:00Z', '2026-11-30T21:30:00Z']);
    expect(await times({ duration: '45 minutes' })).toEqual(['2026-11-30T19:00:00Z', '2026-11-30T19:45:00Z']);
    expect(await times({ start: 'tuesday 9am to 10:30' })).toEqual(['2026-12-01T14:00:00Z', '2026-12-01T15:30:00Z']);
    expect(await session.refused('update_schedule_entry', { id, end: '8am' })).toContain('end is not after start');
    expect(await session.refused('update_schedule_entry', { id, end: '11am', hours: '2' })).toContain('not both');
    expect(await session.refused('update_schedule_entry', { id })).toContain('Nothing to change');
    expect(await session.refused('update_schedule_entry', { id, beginning: '9am' })).toContain('no argument beginning');
  });

  it('gives a day without a time a time, which stays on that day', async () => {
    const id = await planned({ title: 'Stocktaking', start: undefined, date: 'friday' });
    expect((await entry(id)).hours).toBe(0);
    expect(await session.refused('update_schedule_entry', { id, end: '11am' })).toContain('send start');
    await session.ok('update_schedule_entry', { id, date: '2026-12-04' });
    expect((await entry(id)).dateStart).toBe('2026-12-04T00:00:00Z');
    const { text } = await session.ok('update_schedule_entry', { id, start: '9am' });
    expect(text).toContain('Fri 4 Dec 2026, no time set -> Fri 4 Dec 2026 09:00-10:00 America/New_York');
    expect(await entry(id)).toMatchObject({ dateStart: '2026-12-04T14:00:00Z', dateEnd: '2026-12-04T15:00:00Z' });
  });

  it('hands an entry over, and with it the ticket', async () => {
    const { id } = (await session.ok('schedule_work', { ticketId, member: 'dlopez', start: 'Friday 3pm' })).structured;
    const preview = await session.ok('update_schedule_entry', { id, member: 'achen', dryRun: true });
    expect(preview.text).toContain('member: Daniela Lopez -> Alex Chen');
    expect((await entry(id)).member.name).toBe('Daniela Lopez');
    await session.ok('update_schedule_entry', { id, assignTo: 'achen' });
    const { resources } = await session.get(`/service/tickets/${ticketId}`);
    expect(resources).toContain('achen');
    expect(resources).not.toContain('dlopez');
  });

  it('shows what is in the way, unless it may stay', async () => {
    await planned({ title: 'First', start: 'Dec 8 2pm' });
    const id = await planned({ title: 'Second', start: 'Dec 8 4pm' });
    const text = await session.refused('update_schedule_entry', { id, start: '2:30pm' });
    expect(text).toMatch(/Daniela Lopez is busy then:\n- entry \d+: Tue 8 Dec 2026 14:00-15:00 First/);
    await session.ok('update_schedule_entry', { id, start: '2:30pm', allowConflicts: true });
    const { structured } = await session.ok('find_conflicts', { who: 'dlopez', period: '2026-12-08' });
    expect(structured.rows).toEqual([
      ['Tue 8 Dec 2026 14:30-15:00', 'Daniela Lopez', expect.stringContaining('First'), `${id}: Second`],
    ]);
    await session.ok('update_schedule_entry', { id, done: true, status: 'tentativ' });
    expect(await entry(id)).toMatchObject({ doneFlag: true, status: { name: 'Tentative' } });
    expect((await session.ok('find_conflicts', { who: 'dlopez', period: '2026-12-08' })).structured.total).toBe(0);
  });
});

describe('search_schedule', () => {
  it.each(['America/Los_Angeles', 'UTC', 'Pacific/Auckland'])(
    'counts a day without a time to its own date in %s',
    async (zone) => {
      const there = await startSession({ environment: { CWM_TIME_ZONE: zone } });
      try {
        const plan = async (date: string): Promise<number> =>
          (await there.ok('schedule_work', { title: 'Inventory', member: 'me', date })).structured.id;
        const planned = [await plan('2026-12-08'), await plan('2026-12-09'), await plan('2026-12-10')];
        const found = async (period: string): Promise<number[]> =>
          (await there.ok('search_schedule', { period })).structured.rows.map(([id]: string[]) => Number(id));
        for (const [index, date] of ['2026-12-08', '2026-12-09', '2026-12-10'].entries())
          expect(await found(date)).toEqual([planned[index]]);
        expect(await found('2026-12-08..2026-12-09')).toEqual(planned.slice(0, 2));
        // An afternoon of others is an evening by UTC, and said to be.
        const { text } = await there.ok('find_free_time', { who: ['swright', 'bwest'], together: true });
        const isNight = / \(outside 7:00-19:00 in UTC; within it \w{3} \d+ \w{3} \d{4} (0[7-9]|1\d):\d\d\)/;
        expect(isNight.test(text)).toBe(zone === 'UTC');
      } finally {
        await there.close();
      }
    },
  );

  it('finds what begins before the period, and not what ends with its beginning', async () => {
    const late = { title: 'Night shift', member: 'mobrien', start: '2026-12-14 22:00', end: '2026-12-15 06:00' };
    const { id } = (await session.ok('schedule_work', late)).structured;
    const found = async (period: string): Promise<number[]> =>
      (await session.ok('search_schedule', { period, member: 'mobrien' })).structured.rows.map(([first]: string[]) =>
        Number(first),
      );
    expect(await found('2026-12-14')).toEqual([id]);
    expect(await found('2026-12-15')).toEqual([id]);
    // Half past seven in the evening is after midnight in UTC.
    const evening = { title: 'Evening', member: 'mobrien', start: '2026-12-16 18:00', end: '2026-12-16 19:00' };
    const other = (await session.ok('schedule_work', evening)).structured.id;
    expect(await found('2026-12-16')).toEqual([other]);
    expect(await found('2026-12-17')).toEqual([]);
  });
});

describe('list_holidays', () => {
  it('gives those of a calendar, a member, a location', async () => {
    const { structured } = await session.ok('list_holidays', { year: 2026, member: 'me' });
    expect(structured.total).toBe(6);
    expect(structured.rows[4]).toEqual(['Thu 26 Nov 2026', 'Thanksgiving', 'all day', 'Office hours']);
    const none = await session.ok('list_holidays', { calendar: 'around the clock', period: 'next 90 days' });
    expect(none.text).toContain('none in Around the clock');
    expect((await session.ok('list_holidays', { office: 'Headquarters' })).text).toContain('the company');
    expect(await session.refused('list_holidays', { calendar: 'Lunar' })).toContain('Office hours');
  });

  it('says how much of a day is off', async () => {
    const [list] = await session.get('/schedule/holidayLists');
    await session.rest('POST', `/schedule/holidayLists/${list.id}/holidays`, {
      name: 'Christmas Eve',
      date: '2026-12-24T00:00:00Z',
      allDayFlag: false,
      timeStart: '13:00:00',
      timeEnd: '18:00:00',
    });
    const { structured } = await session.ok('list_holidays', { period: 'December 2026' });
    expect(structured.rows[0]).toEqual(['Thu 24 Dec 2026', 'Christmas Eve', '13:00-18:00', 'Office hours']);
    expect(await free({ who: 'me', period: '2026-12-24' })).toEqual([['Thu 24 Dec 2026', 'Jordan Doe', '08:30-13:00']]);
  });
});
