import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../support/session.ts';

// What bites users of assistants for Manage, a numbered test each: time.

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'all' });
});
afterAll(() => session.close());

const DAY = '2026-11-24';
const log = (input: Record<string, unknown>) =>
  session.ok('log_time', { chargeCode: 'Training', date: DAY, allowOverlap: true, ...input });
const stored = (id: number) => session.get(`/time/entries/${id}`);

describe('time', () => {
  it('12: takes a time without a zone for local, and shows what was stored', async () => {
    const { structured, text } = await log({ start: '14:00', hours: '45 minutes' });
    expect(await stored(structured.id)).toMatchObject({
      timeStart: '2026-11-24T19:00:00Z',
      timeEnd: '2026-11-24T19:45:00Z',
    });
    expect(text).toMatch(/Tue 24 Nov 2026.*2026-11-24T19:00:00Z to 2026-11-24T19:45:00Z UTC/s);
  });

  it('13: sends whole UTC seconds, whatever the time was written with', async () => {
    for (const [start, expected] of [
      ['2026-11-24T09:00:00.123-05:00', '2026-11-24T14:00:00Z'],
      ['2026-11-24T14:31:00.999Z', '2026-11-24T14:31:00Z'],
    ] as const) {
      const { structured } = await log({ start, hours: '15 minutes', date: undefined });
      expect((await stored(structured.id)).timeStart).toBe(expected);
    }
  });

  it('14: takes brackets off a date, asks what 03/04 means, and says the day by its name', async () => {
    const { structured, text } = await log({ start: '[2026-11-24T15:00:00Z]', hours: '1', date: undefined });
    expect((await stored(structured.id)).timeStart).toBe('2026-11-24T15:00:00Z');
    expect(text).toContain('Tue 24 Nov 2026');
    expect(
      await session.refused('log_time', { chargeCode: 'Training', date: '03/04/2026', start: '9am', hours: 1 }),
    ).toMatch(/2026-03-04 or 2026-04-03/);
  });

  it('15: changes hours by changing the end, and breaks by hoursDeduct', async () => {
    const { structured } = await log({ start: '6am', hours: '1' });
    await session.ok('update_time_entry', { entryId: structured.id, hours: '2h 30m', break: '30 minutes' });
    expect(await stored(structured.id)).toMatchObject({
      timeStart: '2026-11-24T11:00:00Z',
      hoursDeduct: 0.5,
      actualHours: 2.5,
    });
  });

  it('16: logs time for a person, never for the member of the keys', async () => {
    const { structured } = await log({ start: '5am', hours: '15 minutes' });
    expect((await stored(structured.id)).member.identifier).toBe('jdoe');
    const nobody = await startSession({ environment: { CWM_MEMBER: '' } });
    try {
      expect(await nobody.refused('log_time', { chargeCode: 'Training', hours: 1 })).toMatch(/CWM_MEMBER/);
    } finally {
      await nobody.close();
    }
  });

  it("17: uses the member's own work role; role and type are different things", async () => {
    const { structured } = await log({ start: '4am', hours: '15 minutes', workType: 'After Hours' });
    const me = (await session.get('/system/members?conditions=identifier="jdoe"'))[0];
    expect(await stored(structured.id)).toMatchObject({
      workRole: { id: me.workRole.id },
      workType: { name: 'After Hours' },
    });
    const roles = await session.ok('lookup_values', { table: 'work_roles' });
    const types = await session.ok('lookup_values', { table: 'workTypes' });
    expect(roles.text).not.toBe(types.text);
    expect(await session.refused('log_time', { chargeCode: 'Training', hours: 1, workRole: 'After Hours' })).toMatch(
      /work role/,
    );
  });

  it('18: says which status on which board forbids time', async () => {
    const boards = (await session.get('/service/boards?pageSize=50')) as { id: number; name: string }[];
    for (const { id, name } of boards) {
      const statuses = (await session.get(`/service/boards/${id}/statuses?pageSize=100`)) as {
        id: number;
        name: string;
        timeEntryNotAllowed: boolean;
        inactive: boolean;
      }[];
      const locked = statuses.find(({ timeEntryNotAllowed, inactive }) => timeEntryNotAllowed && !inactive);
      if (locked === undefined) continue;
      const { structured } = await session.ok('create_ticket', {
        summary: 'Locked',
        company: 'Globex',
        board: name,
        status: locked.name,
      });
      const text = await session.refused('log_time', {
        ticketId: structured.id,
        start: '3am',
        hours: '15 minutes',
        date: DAY,
      });
      expect(text).toContain(locked.name);
      expect(text).toContain(name);
      return;
    }
    expect.unreachable('The sandbox has a status that forbids time.');
  });

  it('19: passes on what Manage says about periods and set-up', async () => {
    const before = await session.call('log_time', {
      chargeCode: 'Training',
      start: '2019-03-04 09:00',
      hours: '15 minutes',
    });
    if (before.isError) expect(before.text).toMatch(/period/i);
    session.sandbox.faults.add({ kind: 'error', status: 400, path: '/time/entries', method: 'POST' });
    const { isError, text } = await session.call('log_time', {
      chargeCode: 'Training',
      start: '1am',
      hours: '15 minutes',
      date: DAY,
    });
    expect(isError).toBe(true);
    expect(text).toContain('String was not recognized as a valid Boolean.');
  });

  it('20: reads time back with its gaps, corrects and deletes it', async () => {
    const { structured } = await log({ start: '2am', hours: '15 minutes', notes: 'Tpyo' });
    await session.ok('update_time_entry', { entryId: structured.id, notes: 'Typo' });
    expect((await stored(structured.id)).notes).toBe('Typo');
    const day = await session.ok('get_timesheet', { date: DAY });
    expect(day.text).toContain('Typo');
    expect(day.text).toMatch(/gap/i);
    expect((await session.ok('get_timesheet', { date: DAY, span: 'week' })).text).toMatch(/Mon 23 Nov|Tue 24 Nov/);
    await session.ok('delete_time_entry', { entryId: structured.id, confirm: true });
    expect((await session.rest('GET', `/time/entries/${structured.id}`)).status).toBe(404);
  });
});
