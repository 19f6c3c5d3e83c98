import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.close());

const call = (tool: string, input: Record<string, unknown>) => session.call(tool, input);
const entry = async (id: number) => (await session.rest('GET', `/time/entries/${id}`)).body;
let minute = 0;
/** Logs at another minute each time, so that no entry doubles another. */
const log = async (input: Record<string, unknown> = {}): Promise<number> => {
  minute += 1;
  const { structured, text, isError } = await call('log_time', {
    chargeCode: 'Training',
    start: `0${(minute % 5) + 1}:${String(minute).padStart(2, '0')}`,
    hours: '30 minutes',
    date: '2026-11-24',
    allowOverlap: true,
    ...input,
  });
  expect(isError ? text : '').toBe('');
  return structured.id;
};

describe('log_time', () => {
  it.each([
    [{ start: '2pm', hours: '45 minutes' }, '2026-11-24T19:00:00Z', '2026-11-24T19:45:00Z', 0.75],
    [
      { start: '2026-11-24T14:00:00.000-05:00', end: '2026-11-24T14:30:00Z', hours: undefined },
      undefined,
      undefined,
      undefined,
    ],
    [{ start: '[2026-11-24T15:00:00Z]', hours: '1' }, '2026-11-24T15:00:00Z', '2026-11-24T16:00:00Z', 1],
    [
      { start: '1pm to 2:30pm', hours: undefined, break: '15 minutes' },
      '2026-11-24T18:00:00Z',
      '2026-11-24T19:30:00Z',
      1.25,
    ],
    [{ start: 'yesterday 23:30', hours: '1h', date: undefined }, '2026-11-24T04:30:00Z', '2026-11-24T05:30:00Z', 1],
    [{ start: undefined, hours: '90 minutes', date: undefined }, '2026-11-24T19:50:00Z', '2026-11-24T21:20:00Z', 1.5],
  ])('%j is stored in whole UTC seconds', async (input, start, end, hours) => {
    const given = Object.fromEntries(
      Object.entries({ chargeCode: 'Administration', allowOverlap: true, date: '2026-11-24', ...input }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    const { structured, text, isError } = await call('log_time', given);
    if (start === undefined) {
      expect(text).toMatch(/end is not after start/);
      return;
    }
    expect(isError ? text : '').toBe('');
    expect(await entry(structured.id)).toMatchObject({ timeStart: start, timeEnd: end, actualHours: hours });
    expect(text).toContain(`${start} to ${end} UTC`);
    expect(text).toMatch(/(Mon|Tue) \d+ Nov 2026/);
  });

  it("keeps the wall clock through daylight saving, and in a member's own zone", async () => {
    const summer = await startSession({
      now: new Date('2026-10-25T20:00:00Z'),
      environment: { CWM_TIME_ZONE: 'Europe/London' },
    });
    try {
      const before = await summer.call('log_time', { chargeCode: 'Training', start: '2026-10-24 14:00', hours: '1' });
      const after = await summer.call('log_time', { chargeCode: 'Training', start: '2026-10-25 14:00', hours: '1' });
      expect([before.structured.timeStart, after.structured.timeStart]).toEqual([
        '2026-10-24T13:00:00Z',
        '2026-10-25T14:00:00Z',
      ]);
    } finally {
      await summer.close();
    }
    const india = await startSession({ environment: { CWM_MEMBER: 'pnair' }, now: new Date('2026-11-24T12:00:00Z') });
    try {
      const { structured, text } = await india.call('log_time', {
        chargeCode: 'Training',
        start: '2pm',
        hours: '1',
        allowOverlap: true,
      });
      expect(structured).toMatchObject({ timeStart: '2026-11-24T08:30:00Z', timeZone: 'Asia/Kolkata' });
      expect(text).toContain('14:00-15:00 Asia/Kolkata');
    } finally {
      await india.close();
    }
  });

  it("fills in the member's own role and the agreement, and says what was stored", async () => {
    const { structured, text } = await call('log_time', {
      ticketId: 3,
      start: '5am',
      hours: '0:20',
      notes: 'Looked at it',
      addNotesTo: 'internal',
    });
    expect(await entry(structured.id)).toMatchObject({
      workRole: { name: 'Technician' },
      workType: { name: 'Regular' },
      billableOption: 'Billable',
      hoursBilled: 0.5,
      chargeToType: 'ServiceTicket',
      member: { identifier: 'jdoe' },
    });
    expect(text).toMatch(/0\.33 h, billable, Regular, Technician/);
    expect((await session.rest('GET', '/service/tickets/3/notes')).body.at(-1)).toMatchObject({
      text: 'Looked at it',
      internalAnalysisFlag: true,
    });
  });

  it('charges issues and tasks of projects as project tickets', async () => {
    const [project] = (
      await session.rest(
        'GET',
        `/project/tickets?conditions=${encodeURIComponent('status/name="In Progress"')}&pageSize=1`,
      )
    ).body;
    const { structured } = await call('log_time', { ticketId: project.id, start: '4am', hours: '15 minutes' });
    expect(await entry(structured.id)).toMatchObject({ chargeToType: 'ProjectTicket', chargeToId: project.id });
  });

  it('refuses a duplicate, and an overlap with an existing entry', async () => {
    const { structured } = await call('log_time', { ticketId: 3, start: 'yesterday 5am', hours: '1' });
    expect(
      await session.refused('log_time', { ticketId: 3, start: 'yesterday 5am', hours: '1', allowOverlap: true }),
    ).toMatch(new RegExp(`Entry ${structured.id} already logs 1 h.*update_time_entry`));
    expect(await session.refused('log_time', { chargeCode: 'Lunch', start: 'yesterday 5:30am', hours: '1' })).toMatch(
      new RegExp(`overlaps entry ${structured.id}.*allowOverlap: true`),
    );
  });

  it('says which status on which board forbids time, before anything is sent', async () => {
    const { structured } = await call('create_ticket', {
      summary: 'No time here',
      company: 'Globex',
      board: 'Help Desk',
      status: 'Cancelled',
    });
    expect(await session.refused('log_time', { ticketId: structured.id, start: '2am', hours: '1' })).toMatch(
      /status "Cancelled", and the board "Help Desk" allows no time entry.*update_ticket.*In Progress/s,
    );
  });

  it('says that a submitted sheet is closed', async () => {
    const week = await startSession({ environment: { CWM_MEMBER: 'achen' } });
    try {
      const { text } = await week.call('log_time', { chargeCode: 'Training', start: 'last friday 6am', hours: '1' });
      expect(text).toMatch(/time sheet of 2026-11-16 to 2026-11-22 is pending approval.*reverse or reject/s);
    } finally {
      await week.close();
    }
  });

  it('asks for a person where only an API member is known', async () => {
    const nobody = await startSession({ environment: { CWM_MEMBER: '' } });
    const api = await startSession({ environment: { CWM_MEMBER: 'apimcp' } });
    try {
      const input = { chargeCode: 'Training', start: '9am', hours: '1' };
      expect((await api.call('log_time', input)).text).toMatch(/API member, which can own no time.*CWM_MEMBER/);
      expect((await nobody.call('whoami', {})).isError).toBe(false);
    } finally {
      await nobody.close();
      await api.close();
    }
  });

  it.each([
    [{ ticketId: 3, start: '03/04/2026 2pm', hours: '1' }, /2026-03-04 or 2026-04-03/],
    [{ ticketId: 3, start: '5pm', hours: '1' }, /in the future/],
    [{ ticketId: 3, start: '2pm' }, /how long it took/],
    [{ ticketId: 3 }, /Say when it was/],
    [{ ticketId: 3, start: '2pm', hours: '45' }, /more than a day.*"45 minutes"/],
    [{ ticketId: 3, start: '2pm', end: '3pm', hours: '2' }, /it is 1 h, not 2 h/],
    [{ ticketId: 3, start: '2pm', end: '1pm' }, /end is not after start/],
    [{ ticketId: 3, start: '2pm', hours: '1', break: '1 hour', end: '3pm' }, /break is as long|it is 0 h/],
    [{ start: '2pm', hours: '1' }, /ticketId, chargeCode or company/],
    [{ start: '2pm', hours: '1', chargeCode: 'Training', company: 'Globex' }, /not chargeCode and company/],
    [{ ticketId: 3, chargeCode: 'Lunch', start: '2pm', hours: '1' }, /only one of them/],
    [{ ticketId: 999999, start: '2pm', hours: '1' }, /no ticket 999999/],
    [{ chargeCode: 'Lunch', start: '2pm', hours: '1', member: 'alex' }, /fits several/],
    [{ chargeCode: 'Paragliding', start: '2pm', hours: '1' }, /There are: Lunch, Internal Meeting/],
    [
      { ticketId: 3, start: '2pm', hours: '1', workRole: 'Pilot', allowOverlap: true },
      /There are: Technician, Engineer/,
    ],
    [
      { ticketId: 3, start: '2pm', hours: '1', emailContact: true, allowOverlap: true },
      /Nothing was done.*confirm: true/s,
    ],
    [{ ticketId: 3, start: 'yesterday', hours: '1' }, /no time of day/],
  ])('answers %j with what to send instead', async (input, message) => {
    expect(await session.refused('log_time', input)).toMatch(message);
  });

  it("says when a member's own role is not valid at the member's office, and takes another", async () => {
    await session.rest('PATCH', '/system/members/9', [{ op: 'replace', path: 'defaultLocation', value: { id: 2 } }]);
    const input = { chargeCode: 'Training', start: '1am', hours: '1', member: 'tmoreau' };
    expect((await call('log_time', input)).text).toContain(
      'workRole/id: The default Work Role is not valid for the selected location',
    );
    expect((await call('log_time', { ...input, workRole: 'Engineer' })).structured).toMatchObject({ hours: 1 });
  });

  it("passes Manage's own refusals on in plain words", async () => {
    const { text } = await call('log_time', {
      ticketId: 3,
      start: '3am',
      hours: '15 minutes',
      member: 'jdoe',
      workRole: 'Architect',
    });
    expect(text).toMatch(/Logged|workRole/);
    const forbidden = await startSession({
      environment: { CWM_PUBLIC_KEY: 'readerPublic', CWM_PRIVATE_KEY: 'readerPrivate' },
    });
    try {
      expect(
        (await forbidden.call('log_time', { chargeCode: 'Training', start: '9am', hours: '1', member: 'jdoe' })).text,
      ).toMatch(/security|role/i);
    } finally {
      await forbidden.close();
    }
  });
});

describe('correcting', () => {
  it('moves the end when the hours change, because hours alone would be ignored', async () => {
    const id = await log();
    const { text } = await call('update_time_entry', { entryId: id, hours: '1h 15m', allowOverlap: true });
    expect((await entry(id)).actualHours).toBe(1.25);
    expect(text).toMatch(/actualHours: 0\.5 -> 1\.25/);
    expect(
      (await session.rest('PATCH', `/time/entries/${id}`, [{ op: 'replace', path: 'actualHours', value: 9 }])).body
        .actualHours,
    ).toBe(1.25);
  });

  it('bills an entry as the charge code that it moves to, and says what stays of it on a ticket', async () => {
    const [ticket] = await session.get(
      '/service/tickets?conditions=status/name="In Progress" and board/name="Help Desk"&pageSize=1',
    );
    const id = await log({ chargeCode: undefined, ticketId: ticket.id });
    const hours = (await session.get(`/service/tickets/${ticket.id}`)).actualHours;
    const { text } = await call('update_time_entry', { entryId: id, chargeCode: 'Training' });
    expect(text).toMatch(/billable -> do not bill/);
    expect(text).toContain(`company: ${ticket.company.name} -> Northwind IT Services`);
    const moved = await entry(id);
    expect(moved).toMatchObject({ billableOption: 'DoNotBill', hoursBilled: 0, workType: { name: 'Internal' } });
    expect(moved.agreement).toBeUndefined();
    expect((await session.get(`/service/tickets/${ticket.id}`)).actualHours).toBeCloseTo(hours - 0.5, 2);
    const back = await call('update_time_entry', { entryId: id, ticketId: ticket.id });
    expect(back.text).toMatch(/Stays do not bill, Internal, as on the charge code: send billable and workType/);
    const kept = await call('update_time_entry', { entryId: id, chargeCode: 'Training', billable: 'NoCharge' });
    expect(kept.text).toMatch(/do not bill -> no charge/);
  });

  it('moves a whole entry by start or day, and previews', async () => {
    const id = await log({ start: '5am', date: '2026-11-24' });
    const preview = await call('update_time_entry', {
      entryId: id,
      date: 'yesterday',
      allowOverlap: true,
      dryRun: true,
    });
    expect(preview.structured.requests[0].body).toEqual([
      { op: 'replace', path: 'timeStart', value: '2026-11-23T10:00:00Z' },
      { op: 'replace', path: 'timeEnd', value: '2026-11-23T10:30:00Z' },
    ]);
    await call('update_time_entry', { entryId: id, start: '7:15am', notes: 'Later', allowOverlap: true });
    expect(await entry(id)).toMatchObject({
      timeStart: '2026-11-24T12:15:00Z',
      timeEnd: '2026-11-24T12:45:00Z',
      notes: 'Later',
    });
  });

  it('deletes only what the person agreed to, and nothing that is billed', async () => {
    const id = await log();
    expect(await session.refused('delete_time_entry', { entryId: id })).toMatch(
      /Delete time entry.*0\.5 h by Jordan Doe.*confirm: true/s,
    );
    expect((await call('delete_time_entry', { entryId: id, confirm: true })).isError).toBe(false);
    expect((await session.rest('GET', `/time/entries/${id}`)).status).toBe(404);
    const [billed] = (
      await session.rest('GET', `/time/entries?conditions=${encodeURIComponent('status="Billed"')}&pageSize=1`)
    ).body;
    expect(await session.refused('delete_time_entry', { entryId: billed.id, confirm: true })).toMatch(
      /is billed and cannot be changed/,
    );
    expect(await session.refused('update_time_entry', { entryId: billed.id, notes: 'x' })).toMatch(/is billed/);
  });
});

describe('time sheets', () => {
  it('show a week with gaps and totals, and are submitted after saying what is missing', async () => {
    const fresh = await startSession();
    try {
      const week = await fresh.call('get_timesheet', { date: 'last week' });
      expect(week.text).toMatch(/h of 40 h due.*time sheet: 2026-11-16 to 2026-11-22, open/s);
      expect(week.text).toMatch(/\d\d:\d\d-\d\d:\d\d {2}gap/);
      // The office closes at six: the evening before a call at nine is no time that is missing.
      await fresh.ok('log_time', { chargeCode: 'Training', start: '21:00', hours: '1 hour', date: '2026-11-19' });
      const { gaps } = (await fresh.ok('get_timesheet', { date: '2026-11-19' })).structured.days[0];
      expect(
        gaps
          .map((gap: string) => gap.slice(6))
          .sort()
          .at(-1),
      ).toBe('18:00');
      const today = await fresh.call('get_timesheet', {});
      expect(today.structured).toMatchObject({ hours: 0, due: 8, timeZone: 'America/New_York' });
      const asked = await fresh.call('submit_timesheet', {});
      expect(asked.text).toMatch(/no time sheet for Tue 24 Nov|No time on Mon 23 Nov/);
      const submitted = await fresh.call('submit_timesheet', { date: '2026-11-18', confirm: true });
      expect(submitted.structured.status).toBe('PendingApproval');
      expect((await fresh.call('submit_timesheet', { date: '2026-11-18', confirm: true })).text).toMatch(
        /is already pending approval/,
      );
    } finally {
      await fresh.close();
    }
  });

  it('read time back for a period, a ticket, a member', async () => {
    const { text, structured } = await call('search_time_entries', {
      period: 'last week',
      member: 'achen',
      limit: 100,
    });
    expect(structured.total).toBe(structured.rows.length);
    const sum = structured.rows.reduce((total: number, row: string[]) => total + Number(row[2]), 0);
    expect(text).toContain(
      `${Math.round(sum * 100) / 100} h by Alex Chen, period: Mon 16 Nov to Sun 22 Nov (America/New_York)`,
    );
  });
});
