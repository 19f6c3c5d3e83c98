import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

describe('the calendar, on a Sunday afternoon', () => {
  let session: Session;
  let ticketId: number;
  beforeEach(async () => {
    session = await startSession({ now: SUNDAY, toolsets: 'all' });
    ticketId = (await session.rest('POST', '/service/tickets', { summary: 'New firewall', company: { id: 2 } })).body
      .id;
  });
  afterEach(() => session.close());

  const entry = (id: number) => session.get(`/schedule/entries/${id}`);
  const plan = async (input: Record<string, unknown>): Promise<number> =>
    (await session.ok('schedule_work', { member: 'me', ...input })).structured.id;
  const found = async (input: Record<string, unknown>): Promise<{ text: string; ids: number[] }> => {
    const { structured, text } = await session.ok('search_schedule', { limit: 200, ...input });
    return { text, ids: structured.rows.map(([id]: string[]) => Number(id)) };
  };

  it.each([15, 45, 90, '90'])('asks whether a duration of %j means minutes', async (duration) => {
    const when = { ticketId, member: 'me', start: 'tomorrow 1pm', duration };
    expect(await session.refused('schedule_work', when)).toContain(`"${duration} minutes"`);
    const id = await plan({ ticketId, start: 'tomorrow 1pm' });
    expect(await session.refused('update_schedule_entry', { id, duration })).toContain(`"${duration} minutes"`);
  });

  it.each([
    ['hours', '90 minutes', 1.5],
    ['duration', 2, 2],
    ['duration', '90m', 1.5],
    ['minutes', 90, 1.5],
  ])('takes %s %j', async (argument, length, hours) => {
    expect((await entry(await plan({ ticketId, start: 'tomorrow 1pm', [argument]: length }))).hours).toBe(hours);
  });

  it('takes a time of day that stands in the date', async () => {
    const timed = await entry(await plan({ ticketId, date: 'Friday 3pm', hours: '2' }));
    expect(timed).toMatchObject({ dateStart: '2026-12-04T20:00:00Z', dateEnd: '2026-12-04T22:00:00Z' });
    const day = await entry(await plan({ ticketId, date: '2026-12-08T00:00:00Z' }));
    expect(day).toMatchObject({ dateStart: '2026-12-08T00:00:00Z', hours: 0 });
    expect(await session.refused('schedule_work', { ticketId, member: 'me', date: 'Friday afternoon' })).toContain(
      'day',
    );
  });

  it('refuses a length that nobody means', async () => {
    const long = { ticketId, member: 'me', start: 'Monday 8am', end: 'Friday 5pm' };
    expect(await session.refused('schedule_work', long)).toContain('Send each day by itself');
    expect(await session.refused('schedule_work', { ...long, member: 'zork' })).toMatch(
      /^2 arguments have to be changed:\n1\. member: there is no member "zork".*\n2\. .*Send each day by itself/s,
    );
    const id = await plan({ ticketId, start: 'tomorrow 1pm' });
    expect(await session.refused('update_schedule_entry', { id, end: 'Friday 5pm' })).toContain('each day by itself');
  });

  it.each([{ start: '2026-11-27 9am to 10am' }, { start: 'today 9am' }, { date: 'yesterday' }])(
    'schedules in the past only when a person says so: %j',
    async (when) => {
      const input = { ticketId, member: 'me', ...when };
      expect(await session.refused('schedule_work', input)).toMatch(/Jordan Doe on ticket .*which is in the past\?/);
      expect((await session.ok('schedule_work', { ...input, dryRun: true })).text).toContain('A person has to agree');
      expect((await session.ok('schedule_work', { ...input, confirm: true })).text).toContain('Scheduled Jordan Doe');
    },
  );

  it('moves an entry into the past only when a person says so', async () => {
    const id = await plan({ ticketId, start: 'tomorrow 1pm' });
    const { dateStart } = await entry(id);
    expect(await session.refused('update_schedule_entry', { id, date: '2026-11-28' })).toContain(
      'which is in the past?',
    );
    expect((await entry(id)).dateStart).toBe(dateStart);
    await session.ok('update_schedule_entry', { id, date: '2026-11-28', confirm: true });
    expect((await entry(id)).dateStart).toBe('2026-11-28T18:00:00Z');
  });

  it('takes today without a time, and now', async () => {
    await plan({ ticketId });
    await plan({ title: 'On call', start: 'now', hours: '1' });
  });

  it('answers the same call again with the existing entry', async () => {
    const input = { ticketId, member: 'me', start: 'tomorrow 1pm' };
    const id = await plan(input);
    expect(await session.refused('schedule_work', input)).toContain(`(entry ${id}). Send allowDuplicate: true`);
    expect(await plan({ ...input, allowDuplicate: true, allowConflicts: true })).not.toBe(id);
    const off = { title: 'Vacation', date: 'Friday' };
    const day = await plan(off);
    expect(await session.refused('schedule_work', { member: 'me', ...off })).toContain(`entry ${day}`);
  });

  it('makes one entry of two calls at once', async () => {
    const input = { title: 'Stand-up', member: 'me', start: 'tomorrow 9am' };
    const both = await Promise.all([session.ok('schedule_work', input), session.ok('schedule_work', input)]);
    expect(new Set(both.map(({ structured }) => structured.id)).size).toBe(1);
  });

  it('names the member in the preview, and nothing of a title that hides something', async () => {
    const when = { member: 'achen', start: 'tomorrow 10am', dryRun: true };
    expect((await session.ok('schedule_work', { ...when, ticketId })).text).toContain('member: Alex Chen (id 2)');
    const hidden = await session.refused('schedule_work', { ...when, title: 'x\u202Ey\u200B \u001b[31mred' });
    expect(hidden).toContain('control characters');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come back
    expect(hidden).not.toMatch(/[\u202E\u200B\u001b]/);
  });

  it('says that somebody is away on the day', async () => {
    await plan({ title: 'Vacation', date: 'Tuesday' });
    expect(await session.refused('schedule_work', { ticketId, member: 'me', start: 'Tuesday 9am' })).toMatch(
      /Jordan Doe is busy then:\n- entry \d+: 2026-12-01 Vacation/,
    );
  });

  it('finds who is booked on a day off', async () => {
    await plan({ ticketId, start: '2026-12-08 9am' });
    const off = { title: 'Vacation', member: 'me', date: '2026-12-08' };
    await session.ok('schedule_work', off);
    const { structured } = await session.ok('find_conflicts', { who: 'me', period: '2026-12-08' });
    expect(structured.rows).toEqual([
      ['Tue 8 Dec 2026 09:00-10:00', 'Jordan Doe', expect.any(String), expect.stringContaining('firewall')],
    ]);
    expect(await session.refused('schedule_work', { ticketId, member: 'me', date: '2026-12-08' })).toContain(
      'Vacation',
    );
    await plan({ ticketId, date: '2026-12-08', allowConflicts: true });
  });

  it('reads a duration of minutes when it looks for free time', async () => {
    const free = async (input: Record<string, unknown>): Promise<string> =>
      (await session.ok('find_free_time', { who: 'me', period: 'tomorrow', ...input })).text;
    expect(await free({ duration: 60 })).toContain('at least 60 minutes');
    expect(await free({ duration: 2 })).toContain('at least 120 minutes');
    expect(await session.refused('find_free_time', { duration: 15 })).toContain('"15 minutes" or "15 hours"');
  });

  it('says how many are free first where they are equals, and what is a holiday', async () => {
    expect((await session.ok('find_free_time', { period: '2026-12-25' })).text).toContain('holiday: Christmas');
    const { text, structured } = await session.ok('find_free_time', { period: '2026-12-29 14:00 to 16:00' });
    const firsts = structured.rows.filter((row: string[]) => row[2]?.startsWith('14:00'));
    expect(firsts.length).toBeGreaterThan(3);
    expect(text).toContain(`earliest: ${firsts.length} members alike, Tue 29 Dec 2026 14:00`);
    const two = await session.ok('find_free_time', { who: 'swright, jdoe', period: '2026-12-29 14:00 to 16:00' });
    expect(two.text).toContain('earliest: Jordan Doe, Sam Wright alike, Tue 29 Dec 2026 14:00');
  });

  it('says what each of several does, and how much of the day is taken', async () => {
    const free = async () =>
      (await session.ok('find_free_time', { who: ['swright', 'jdoe'], period: 'Friday' })).structured;
    const before = await free();
    expect(before.columns.slice(-2)).toEqual(['role', 'booked hours']);
    const sam = (rows: string[][]) => rows.find((row) => row[1] === 'Sam Wright') ?? [];
    expect(sam(before.rows).at(-2)).toBe('Technician');
    await session.ok('schedule_work', { ticketId, member: 'swright', start: 'Friday 10am', hours: 2 });
    const after = await free();
    expect(Number(sam(after.rows).at(-1))).toBe(Number(sam(before.rows).at(-1)) + 2);
  });

  it('says what it assumes where the role may not read it', async () => {
    // A role that may not read calendars.
    session.sandbox.faults.add({ kind: 'error', status: 403, method: 'GET', path: '/schedule/calendars' });
    const { text } = await session.ok('find_free_time', { who: 'me', period: 'tomorrow' });
    session.sandbox.faults.add({ kind: 'error', status: 403, method: 'GET', path: '/time/entries' });
    expect((await session.ok('find_free_time', { who: 'me', period: 'tomorrow' })).text).toContain(
      'logged time cannot be read with this role',
    );
    expect(text).toMatch(/no calendar, so Mon-Fri 08:00-17:00 is assumed: /);
  });

  it('reads several people in one text', async () => {
    const rows = async (who: unknown): Promise<string[][]> =>
      (await session.ok('find_free_time', { who, period: 'Wednesday' })).structured.rows;
    const both = await rows(['swright', 'bwest']);
    expect(both.length).toBeGreaterThan(1);
    for (const who of ['swright, bwest', 'Sam Wright and Blake West', '["swright", "bwest"]'])
      expect(await rows(who)).toEqual(both);
    expect(await session.refused('find_free_time', { who: 'swright, nobody at all' })).toContain('nobody at all');
  });

  it('says which of two hours was taken where the clocks go back', async () => {
    const { text } = await session.ok('schedule_work', { ticketId, member: 'me', start: '2027-11-07 01:30' });
    expect(text).toMatch(/01:30 comes twice, this is the first/);
  });

  it('asks before it deletes a whole day by its date', async () => {
    const id = await plan({ title: 'Vacation', date: '2026-12-22' });
    expect(await session.refused('delete_schedule_entry', { id })).toContain(
      `Delete schedule entry ${id} (Jordan Doe, Tue 22 Dec 2026, no time set, Vacation)?`,
    );
    expect((await session.ok('delete_schedule_entry', { id, dryRun: true })).text).toContain('Tue 22 Dec 2026');
    await session.ok('delete_schedule_entry', { id, confirm: true });
  });

  it('says whose calendar it shows, and when', async () => {
    const mine = await plan({ ticketId, start: 'today 4pm' });
    const theirs = await plan({ ticketId, member: 'achen', start: 'today 4pm' });
    const own = await found({});
    expect(own.text).toContain('Jordan Doe, period: Sun 29 Nov (America/New_York), not done');
    expect(own.ids).toContain(mine);
    expect(own.ids).not.toContain(theirs);
    const all = await found({ member: 'all' });
    expect(all.text).toContain('everybody, period: Sun 29 Nov');
    expect(all.ids).toEqual(expect.arrayContaining([mine, theirs]));
  });

  it('lets conditions beat what it would do by itself', async () => {
    const theirs = await plan({ ticketId, member: 'achen', start: 'today 4pm' });
    expect((await found({ conditions: "member/identifier='achen'" })).ids).toContain(theirs);
    expect((await found({ where: [{ field: 'member/identifier', op: 'eq', value: 'achen' }] })).ids).toContain(theirs);
    const later = await plan({ ticketId, start: 'Friday 4pm' });
    expect((await found({ conditions: 'dateStart > [2026-12-01T00:00:00Z]' })).ids).toContain(later);
    await session.ok('update_schedule_entry', { id: theirs, done: true });
    expect((await found({ member: 'achen' })).ids).not.toContain(theirs);
    expect((await found({ member: 'achen', conditions: 'doneFlag = true' })).ids).toContain(theirs);
    // What was done is not moved without a word, nor an entry whose id is the number of a ticket.
    const moved = { id: theirs, start: 'Friday 3pm' };
    expect(await session.refused('update_schedule_entry', moved)).toMatch(
      /Change schedule entry .* is done: it tells what was/,
    );
    await session.ok('update_schedule_entry', { ...moved, confirm: true });
    for (const tool of ['update_schedule_entry', 'delete_schedule_entry'])
      expect(await session.refused(tool, { ticketId })).toContain('search_schedule with ticketId lists the entries');
    expect(await session.refused('delete_time_entry', { ticketId })).not.toContain('Did you mean');
  });

  it('shows the calendar of a team', async () => {
    const theirs = await plan({ ticketId, member: 'dlopez', start: 'today 4pm' });
    const other = await plan({ ticketId, member: 'bwest', start: 'today 4pm' });
    const people = (await session.ok('find_free_time', { who: 'Service Team', period: 'next 7 days' })).text;
    const { ids, text } = await found({ team: 'Service Team' });
    expect(ids.includes(theirs)).toBe(people.includes('Daniela Lopez'));
    expect(ids.includes(other)).toBe(people.includes('Blake West'));
    expect(text).toMatch(/Service Team \(.+\), period: Sun 29 Nov/);
    expect(await session.refused('search_schedule', { team: 'The Astronauts' })).toContain('no member, team');
    expect(await session.refused('search_schedule', { team: 'Service Team', member: 'me' })).toContain('not both');
  });

  it('says which filter keeps an empty list empty', async () => {
    expect((await found({ member: 'me', period: '2031-01-01' })).text).toMatch(/without period there (?:is|are) \d+/);
  });

  it('refuses a period that is over, and shows how it read one', async () => {
    expect(await session.refused('find_free_time', { period: 'yesterday' })).toContain(
      'period: Sat 28 Nov (America/New_York) is over',
    );
    for (const tool of ['find_free_time', 'find_conflicts', 'list_holidays'])
      expect((await session.ok(tool, { period: 'Friday' })).text).toContain('period: Fri 4 Dec (America/New_York)');
  });

  it.each(['""', '[]', 'null'])('takes %s for nothing', async (empty) => {
    const nothing = JSON.parse(empty);
    const id = await plan({ ticketId, start: 'tomorrow 1pm', end: nothing, date: nothing, title: nothing });
    const { dateEnd } = await entry(id);
    await session.ok('update_schedule_entry', { id, start: '', end: nothing, status: nothing, done: true });
    expect(await entry(id)).toMatchObject({ dateEnd, doneFlag: true });
    expect((await found({ member: nothing, period: nothing })).text).toContain('Jordan Doe, period: Sun 29 Nov');
  });
});

describe.each(['Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Honolulu'])('whole days in %s', (zone) => {
  let session: Session;
  beforeEach(async () => {
    session = await startSession({ now: SUNDAY, toolsets: 'all', environment: { CWM_TIME_ZONE: zone } });
  });
  afterEach(() => session.close());

  it('keep the date that was said', async () => {
    const off = { title: 'Vacation', member: 'me', date: '2026-12-22' };
    const { id } = (await session.ok('schedule_work', off)).structured;
    expect((await session.get(`/schedule/entries/${id}`)).dateStart).toBe('2026-12-22T00:00:00Z');
    expect(await session.refused('delete_schedule_entry', { id })).toContain('Tue 22 Dec 2026');
    const { text } = await session.ok('update_schedule_entry', { id, date: '2026-12-23' });
    expect(text).toContain('Tue 22 Dec 2026, no time set -> Wed 23 Dec 2026, no time set');
  });
});
