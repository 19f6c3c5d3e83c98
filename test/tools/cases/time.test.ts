import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');
/** A Saturday on which nothing is logged. */
const DAY = '2026-11-21';

describe('what people say about time, on a Sunday afternoon', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession({ now: SUNDAY, toolsets: 'all' });
  });
  afterAll(() => session.close());

  const dry = async (tool: string, input: Record<string, unknown>): Promise<string> =>
    (await session.ok(tool, { ...input, dryRun: true })).text;
  const log = (input: Record<string, unknown>) => dry('log_time', { chargeCode: 'Training', ...input });

  it('schedules on the coming Friday', async () => {
    const text = await dry('schedule_work', {
      ticketId: 567,
      member: 'me',
      start: 'Friday 2pm to 4pm',
      allowConflicts: true,
    });
    expect(text).toContain('Fri 4 Dec 2026 14:00-16:00');
  });

  it('asks whether a duration of 90 means minutes', async () => {
    const input = { ticketId: 567, member: 'me', start: 'tomorrow 1pm', duration: 90 };
    expect(await session.refused('schedule_work', input)).toContain('"90 minutes"');
  });

  it('plans a project from the coming Monday to the Friday after it', async () => {
    const input = { name: 'New office', company: 'Globex', board: 'Projects', start: 'Monday', end: 'Friday' };
    const text = await dry('create_project', input);
    expect(text).toContain('"estimatedStart":"2026-11-30T00:00:00Z"');
    expect(text).toContain('"estimatedEnd":"2026-12-04T00:00:00Z"');
  });

  it.each([
    ['in 2 hours', '2026-11-29T21:30:00Z'],
    ['Dec 4th at noon', '2026-12-04T17:00:00Z'],
    ['2026-12-04T15:00:00Z', '2026-12-04T15:00:00Z'],
    ['Friday', '2026-12-04T22:00:00Z'],
  ])('sets a ticket due %s', async (dueDate, utc) => {
    expect(await dry('update_ticket', { ticketId: 567, dueDate })).toContain(utc);
  });

  it('counts the times of a period', async () => {
    const period = '2026-11-27 9am to 10am';
    const { text, structured } = await session.ok('search_time_entries', { period, member: 'all' });
    expect(text).toContain('Fri 27 Nov 09:00 to 10:00 (America/New_York)');
    const { total } = (await session.ok('search_time_entries', { period: '2026-11-27', member: 'all' })).structured;
    expect(structured.total).toBeLessThan(total);
  });

  it('finds nothing that was updated since a time still to come', async () => {
    const { structured } = await session.ok('search_tickets', { updated: 'since 11:59pm today', state: 'any' });
    expect(structured.total).toBe(0);
  });

  it('finds the deals that close on a date, and no others', async () => {
    const { structured } = await session.ok('search_opportunities', { closing: '2026-11-30', state: 'any' });
    const stored = await session.get(
      '/sales/opportunities?conditions=expectedCloseDate=[2026-11-30T00:00:00Z]&pageSize=100',
    );
    expect(structured.rows.map(([id]: string[]) => id)).toEqual(stored.map(({ id }: { id: number }) => String(id)));
  });

  it('takes the break off the time from start to end, and says so', async () => {
    const text = await log({ start: `${DAY} 2pm`, hours: '45 minutes', break: '10 minutes' });
    expect(text).toContain('14:00-14:45');
    expect(text).toMatch(/break of 10 minutes is taken off/);
  });

  it('reads a bare break of 15 as minutes', async () => {
    const text = await log({ start: `${DAY} 9am`, hours: '3', break: '15' });
    expect(text).toContain('"hoursDeduct":0.25');
  });

  it('logs whole minutes', async () => {
    expect(await log({ start: '2 hours ago', hours: '1', allowOverlap: true })).toContain(
      '"timeStart":"2026-11-29T17:30:00Z"',
    );
  });

  it('says which of two hours was taken where the clocks go back', async () => {
    const text = await log({ start: '2025-11-02 01:30', end: '2025-11-02 03:00' });
    expect(text).toMatch(/01:30 comes twice, this is the first/);
  });

  it('refuses the hour that the clocks skip', async () => {
    const input = { chargeCode: 'Training', start: '2026-03-08 02:30', hours: '1' };
    expect(await session.refused('log_time', input)).toMatch(/clocks went forward/);
  });

  it('reads 24:00 as the midnight at the end of the day', async () => {
    expect(await log({ start: `${DAY} 22:00`, end: `${DAY} 24:00` })).toContain('"timeEnd":"2026-11-22T05:00:00Z"');
  });

  it('takes 100 KB of blanks for a start that was not given', async () => {
    const input = { chargeCode: 'Training', start: ' '.repeat(100_000), hours: '1', dryRun: true };
    expect((await session.ok('log_time', input)).text).toContain('Sun 29 Nov 2026 13:30-14:30');
  });

  it.each([',', '(', '1 '])('refuses 100 KB of %j as a start', async (piece) => {
    const start = piece.repeat(100_000 / piece.length);
    expect((await session.refused('log_time', { chargeCode: 'Training', start, hours: '1' })).length).toBeLessThan(
      1_500,
    );
  });
});

describe.each(['Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Honolulu'])('dates in %s', (zone) => {
  let session: Session;
  beforeEach(async () => {
    session = await startSession({ now: SUNDAY, toolsets: 'all', environment: { CWM_TIME_ZONE: zone } });
  });
  afterEach(() => session.close());

  it('stay the dates that were said', async () => {
    const { id } = (await session.get('/project/projects?pageSize=1'))[0];
    await session.ok('update_project', { project: String(id), end: '2027-03-10' });
    expect((await session.get(`/project/projects/${id}`)).estimatedEnd).toBe('2027-03-10T00:00:00Z');
    // What Manage put on a sheet is what is submitted, wherever its days begin.
    const [sheet] = await session.get('/time/sheets?conditions=member/id=1&orderBy=dateStart desc&pageSize=1');
    const on = await session.get(`/time/entries?conditions=timeSheet/id=${sheet.id}&pageSize=200`);
    const { text } = await session.ok('submit_timesheet', { sheetId: sheet.id, dryRun: true });
    expect(text).toContain(`, ${sheet.hours} h in ${on.length} entries?`);
    const input = { chargeCode: 'Training', start: '1 hour ago', hours: '30 minutes' };
    const logged = await session.ok('log_time', input);
    const { timeSheet } = await session.get(`/time/entries/${logged.structured.id}`);
    expect(logged.text).toContain(`time sheet ${timeSheet.name}`);
    const shown = (await session.ok('get_timesheet', {})).text;
    const here = /time sheet: ([\d-]+ to [\d-]+|no sheet yet)/.exec(shown)?.[1];
    const elsewhere = `kept by Manage on the sheet ${timeSheet.name}: ${logged.structured.id}`;
    expect(shown.includes(elsewhere)).toBe(here !== timeSheet.name);
    // The first half hour of Manage's week is of the week before in Honolulu.
    const early = { chargeCode: 'Training', start: '2026-11-23T00:30:00-05:00', hours: '30 minutes' };
    await session.ok('log_time', early);
    const week = await session.ok('get_timesheet', { span: 'week', date: '2026-11-25' });
    const { hours } = await session.get(`/time/sheets/${week.structured.sheet.id}`);
    expect(week.text.includes(`, ${hours} h on it`)).toBe(hours !== week.structured.hours);
    if (zone === 'Pacific/Honolulu') expect(week.structured.hours).toBeLessThan(hours);
  });
});
