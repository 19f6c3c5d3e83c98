import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeEach(async () => {
  session = await startSession();
});
afterEach(() => session.close());

const member = async (): Promise<number> => (await session.call('whoami')).structured.memberId;
/** A day without entries of its own: the tests log there what they need. */
const DAY = '2026-11-21';
const ticket = async (): Promise<number> => {
  const made = await session.call('create_ticket', { summary: 'Time by chat', company: 'Globex' });
  return made.structured.id;
};
const stored = async (id: number) => (await session.rest('GET', `/time/entries/${id}`)).body;

describe('time as people say it', () => {
  it('takes the break from the same breath', async () => {
    const ticketId = await ticket();
    const { structured, text } = await session.call('log_time', {
      ticketId,
      start: '2pm to 3:30 minus a 15-minute break',
      date: DAY,
    });
    expect(text).toContain('1.25 h after a break of 0.25 h');
    expect(await stored(structured.id)).toMatchObject({
      timeStart: '2026-11-21T19:00:00Z',
      timeEnd: '2026-11-21T20:30:00Z',
      hoursDeduct: 0.25,
      actualHours: 1.25,
    });
  });

  it.each([
    ['9am to 12 less half an hour for lunch', undefined, 2.5],
    ['9:00 to 17:00 with a 45 min lunch break', undefined, 7.25],
    ['9am', '3 hours minus a 30-minute break', 2.5],
    ['13:00-14:00', undefined, 1],
  ])('%s %s is %d hours', async (start, hours, worked) => {
    const { text, isError } = await session.call('log_time', {
      ticketId: await ticket(),
      start,
      date: DAY,
      ...(hours !== undefined && { hours }),
      dryRun: true,
    });
    expect(isError, text).toBe(false);
    const body = JSON.parse(/{"chargeTo.*/.exec(text)?.[0] ?? '');
    const span = (Date.parse(body.timeEnd) - Date.parse(body.timeStart)) / 3_600_000;
    expect(span - (body.hoursDeduct ?? 0)).toBeCloseTo(worked, 4);
  });

  it('puts work of "this morning" into the first free time of it', async () => {
    const me = await member();
    const path = `/time/entries?conditions=member/id=${me} and timeStart>=[2026-11-24T05:00:00Z]&pageSize=1000`;
    for (const entry of (await session.rest('GET', path)).body)
      await session.rest('DELETE', `/time/entries/${entry.id}`);
    const ticketId = await ticket();
    await session.call('log_time', { ticketId, start: '8am to 9:30' });
    const first = await session.call('log_time', { chargeCode: 'Training', start: 'this morning', hours: 'an hour' });
    expect(first.text).toContain('Tue 24 Nov 2026 09:30-10:30');
    const second = await session.call('log_time', { chargeCode: 'Lunch', start: 'this morning', hours: '2 hours' });
    expect(second.isError).toBe(true);
    expect(second.text).toMatch(
      /no free 2 h in .*08:00-12:00.*Logged there: 08:00-09:30 ticket \d+ Time by chat; 09:30-10:30 Training/s,
    );
  });

  it('asks for a length when only the part of the day is given', async () => {
    const { text, isError } = await session.call('log_time', { chargeCode: 'Training', start: 'yesterday afternoon' });
    expect(isError).toBe(true);
    expect(text).toMatch(/how long/);
  });

  it('previews what Manage will fill in, and stores nothing', async () => {
    session.writes();
    const { text } = await session.call('log_time', {
      ticketId: (
        await session.rest(
          'GET',
          '/service/tickets?conditions=company/identifier="Acme" and closedFlag=false&pageSize=1',
        )
      ).body[0].id,
      start: '9am',
      hours: '1',
      date: DAY,
      dryRun: true,
    });
    expect(text).toMatch(/Manage fills in: (billable|not billed|no charge), /);
    expect(session.writes()).toEqual([]);
  });

  it('says when nothing is logged before', async () => {
    const ticketId = await ticket();
    await session.call('log_time', { ticketId, start: '9am to 10am', date: DAY });
    const { text } = await session.call('log_time', { ticketId, start: '13:00', hours: '30 min', date: DAY });
    expect(text).toContain('nothing is logged between 10:00 and 13:00');
  });
});

describe('get_timesheet with propose', () => {
  it('finds what was scheduled and noted on a day and is not logged', async () => {
    const me = await member();
    const noted = await ticket();
    await session.call('update_ticket', { ticketId: noted, assignTo: 'me' });
    await session.call('add_ticket_note', { ticketId: noted, text: 'Called them back.' });
    const booked = (await session.call('create_ticket', { summary: 'Booked work', company: 'Acme' })).structured.id;
    await session.rest('POST', '/schedule/entries', {
      objectId: booked,
      member: { id: me },
      type: { id: 4 },
      dateStart: '2026-11-24T14:00:00Z',
      dateEnd: '2026-11-24T15:00:00Z',
    });
    const before = await session.call('get_timesheet', { propose: true });
    expect(before.text).toMatch(new RegExp(`ticket ${booked} .*Booked work.*scheduled 09:00-10:00`));
    expect(before.text).toMatch(new RegExp(`ticket ${noted} .*Time by chat, Globex.*note at \\d\\d:\\d\\d`));
    await session.call('log_time', { ticketId: booked, start: '9am to 10am', allowOverlap: true });
    const after = await session.call('get_timesheet', { propose: true });
    expect(after.text).not.toContain(`ticket ${booked}  Acme`);
    expect(after.structured.proposals.map(({ ticketId }: { ticketId: number }) => ticketId)).not.toContain(booked);
  });
});
