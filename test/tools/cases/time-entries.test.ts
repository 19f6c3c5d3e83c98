import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');
/** A Saturday on which nothing is logged. */
const DAY = '2026-11-21';

interface Stored {
  readonly id: number;
  readonly actualHours: number;
}

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: SUNDAY, toolsets: 'all' });
});
afterAll(() => session.close());

const entries = async (conditions: string): Promise<Stored[]> =>
  session.get(`/time/entries?pageSize=1000&conditions=${encodeURIComponent(conditions)}`);
const hoursOf = (list: readonly Stored[]): number => list.reduce((sum, { actualHours }) => sum + actualHours, 0);
const rounded = (hours: number): string => `${Math.round(hours * 100) / 100} h`;
/** A ticket without entries of its own. */
const ticket = async (more: Record<string, unknown> = {}): Promise<number> =>
  (await session.ok('create_ticket', { summary: 'Time by chat', company: 'Globex', ...more, allowDuplicate: true }))
    .structured.id;
const work = async (ticketId: number, day: number, more: Record<string, unknown> = {}): Promise<Stored> =>
  (
    await session.rest('POST', '/time/entries', {
      member: { identifier: 'jdoe' },
      chargeToType: 'ServiceTicket',
      chargeToId: ticketId,
      timeStart: new Date(Date.UTC(2024, 2, day, 14)).toISOString().replace('.000', ''),
      timeEnd: new Date(Date.UTC(2024, 2, day, 14, 20)).toISOString().replace('.000', ''),
      ...more,
    })
  ).body;

describe('whose time is found', () => {
  it.each([["member/identifier='achen'"], ["member/name='Alex Chen' and actualHours > 0"]])(
    'is that of the member in the conditions: %s',
    async (conditions) => {
      const stored = await entries(conditions);
      const { text, structured } = await session.ok('search_time_entries', { conditions });
      expect(structured.total).toBe(stored.length);
      expect(stored.length).toBeGreaterThan(25);
      expect(text).toContain(`${rounded(hoursOf(stored))}, any time (America/New_York)`);
      expect(text).not.toContain('Jordan Doe');
    },
  );

  it('is that of the member in where', async () => {
    const where = [{ field: 'member/identifier', op: 'in', value: ['achen', 'pnair'] }];
    const stored = await entries("member/identifier in ('achen','pnair')");
    expect((await session.ok('search_time_entries', { where })).structured.total).toBe(stored.length);
  });

  it("is everybody's of a ticket, a customer or an agreement in the conditions", async () => {
    const conditions = "company/identifier='Acme'";
    const stored = await entries(conditions);
    expect((await session.ok('search_time_entries', { conditions })).structured.total).toBe(stored.length);
  });

  it('is mine under other conditions, and that is said', async () => {
    const conditions = "billableOption='Billable'";
    const stored = await entries(`${conditions} and member/identifier='jdoe'`);
    const { text, structured } = await session.ok('search_time_entries', { conditions });
    expect(structured.total).toBe(stored.length);
    expect(text).toContain('h by Jordan Doe');
  });

  it('is everybody\'s with member "all"', async () => {
    const stored = await entries('timeStart >= [2026-11-16T05:00:00Z] and timeStart < [2026-11-23T05:00:00Z]');
    const { structured } = await session.ok('search_time_entries', { member: 'all', period: 'last week' });
    expect(structured.total).toBe(stored.length);
  });
});

describe('a project', () => {
  it('filters time entries, by name and by id', async () => {
    const [{ project }] = await entries('project/id > 0').then(
      (rows) => rows as unknown as [{ project: { id: number; name: string } }],
    );
    const stored = await entries(`project/id=${project.id}`);
    for (const said of [String(project.id), project.name]) {
      const { text, structured } = await session.ok('search_time_entries', { project: said });
      expect(structured.total).toBe(stored.length);
      expect(text).toContain(rounded(hoursOf(stored)));
    }
  });
});

describe('a ticket with 60 entries', () => {
  it('is summed whole, on whichever page', async () => {
    const ticketId = await ticket();
    for (let day = 1; day <= 60; day += 1) await work(ticketId, day);
    const total = rounded(hoursOf(await entries(`chargeToId=${ticketId}`)));
    for (const input of [{}, { page: 2 }, { limit: 200 }, { page: 3, limit: 20 }]) {
      const { text, structured } = await session.ok('search_time_entries', { ticketId, ...input });
      expect(structured.total).toBe(60);
      expect(text).toContain(`${total}, any time (America/New_York)`);
    }
    expect((await session.ok('search_time_entries', { ticketId, groupBy: ['member'] })).text).toContain(
      `60 entries read: hours ${total.replace(' h', '')}`,
    );
  });
});

describe('what is read back', () => {
  it('shows the year where it is not this one', async () => {
    const ticketId = await ticket();
    await work(ticketId, 26);
    await work(ticketId, 1, { timeStart: '2026-11-20T14:00:00Z', timeEnd: '2026-11-20T14:20:00Z' });
    const { text } = await session.ok('search_time_entries', { ticketId });
    expect(text).toContain('| Tue 26 Mar 2024 10:00 |');
    expect(text).toContain('| Fri 20 Nov 09:00 |');
  });

  it.each(['search_time_entries', 'get_timesheet'])('marks notes that %s cuts', async (tool) => {
    const ticketId = await ticket();
    const notes = `Replaced the ${'very '.repeat(30)}old switch`;
    await work(ticketId, 1, { notes, timeStart: '2026-11-21T20:00:00Z', timeEnd: '2026-11-21T20:10:00Z' });
    const input = tool === 'get_timesheet' ? { date: DAY } : { ticketId };
    const { text } = await session.ok(tool, input);
    expect(text).toContain(`[cut: `);
    expect(text).toContain(`of ${notes.length} characters]`);
  });

  it('keeps text that is not markup', async () => {
    const ticketId = await ticket();
    await work(ticketId, 1, { notes: 'List<string> became Dictionary<int, string>' });
    expect((await session.ok('search_time_entries', { ticketId })).text).toContain(
      'List<string> became Dictionary<int, string>',
    );
  });

  it('says which filter to loosen where nothing is found', async () => {
    const { text } = await session.ok('search_time_entries', { member: 'achen', text: 'xyzzy' });
    expect(text).toMatch(/0 of 0 entries\nTo find more, leave out one filter: without text there (?:is|are) \d+/);
  });
});

describe('the same log_time twice at once', () => {
  it('is one entry, and both calls get it', async () => {
    const input = { ticketId: await ticket(), start: `${DAY} 7pm`, hours: '20 minutes', notes: 'Called back' };
    const [first, second] = await Promise.all([session.ok('log_time', input), session.ok('log_time', input)]);
    expect(second.structured.id).toBe(first.structured.id);
    expect(await entries(`chargeToId=${input.ticketId}`)).toHaveLength(1);
  });

  it('one after the other is refused with the first, unless two are meant', async () => {
    const input = { ticketId: await ticket(), start: `${DAY} 8pm`, hours: '20 minutes' };
    const { structured } = await session.ok('log_time', input);
    expect(await session.refused('log_time', input)).toMatch(
      new RegExp(`Entry ${structured.id} already logs 0.33 h on ticket ${input.ticketId} .*allowDuplicate: true`),
    );
    const again = await session.ok('log_time', { ...input, allowDuplicate: true });
    expect(again.structured.id).not.toBe(structured.id);
    expect(await entries(`chargeToId=${input.ticketId}`)).toHaveLength(2);
  });
});

describe('mailing the contact of a ticket', () => {
  const log = { start: `${DAY} 6am`, hours: '10 minutes', notes: 'Reset the switch', emailContact: true };
  const contact = async (more: Record<string, unknown>): Promise<number> =>
    (
      await session.rest('POST', '/company/contacts', {
        firstName: 'Nomi',
        lastName: `Mail${Object.keys(more).length}`,
        company: { identifier: 'Globex' },
        ...more,
      })
    ).body.id;

  it('is refused before anything is written where the contact has no address', async () => {
    const ticketId = await ticket();
    const id = await contact({});
    await session.rest('PATCH', `/service/tickets/${ticketId}`, [{ op: 'replace', path: 'contact', value: { id } }]);
    for (const more of [{ confirm: true }, { dryRun: true }])
      expect(await session.refused('log_time', { ...log, ticketId, ...more })).toMatch(
        /Nobody can be mailed: Nomi Mail0, the contact of ticket \d+, has no e-mail address/,
      );
  });

  it('is refused where there is no contact at all', async () => {
    expect(await session.refused('log_time', { ...log, chargeCode: 'Training', confirm: true })).toMatch(
      /Nobody can be mailed: only a ticket has a contact/,
    );
  });

  it('names who is mailed, the address and the text, and asks', async () => {
    const [{ id, contact: person, contactEmailAddress }] = await session.get(
      `/service/tickets?pageSize=1&conditions=${encodeURIComponent('closedFlag=false and contact/id > 0')}`,
    );
    const asked = await session.refused('log_time', { ...log, ticketId: id });
    expect(asked).toContain(`e-mail ${person.name} (${contactEmailAddress})?\nNotes:\nReset the switch`);
    const { text, structured } = await session.ok('log_time', { ...log, ticketId: id, confirm: true });
    expect(text).toContain(`Manage was asked to e-mail ${person.name} (${contactEmailAddress})`);
    expect(text).not.toContain('ignores');
    expect(structured.problems).toBeUndefined();
  });
});

describe('a member whose name is misspelt', () => {
  it('is asked for by a write', async () => {
    const input = { ticketId: 567, member: 'Alex Chan', start: 'yesterday 2pm', hours: '1', dryRun: true };
    expect(await session.refused('log_time', input)).toMatch(/no member "Alex Chan".*Alex Chen/s);
  });

  it('is named by a preview that was understood', async () => {
    const input = { ticketId: 567, member: 'Alex Chen', start: 'yesterday 2pm', hours: '1', dryRun: true };
    expect((await session.ok('log_time', input)).text).toMatch(
      /for Alex Chen on ticket 567 [\s\S]*"member":\{"id":2\}/,
    );
  });
});

describe('an entry that is corrected', () => {
  const logged = async (more: Record<string, unknown> = {}): Promise<number> =>
    (
      await session.ok('log_time', {
        ticketId: await ticket(),
        start: `${DAY} 9am`,
        end: '11am',
        date: undefined,
        notes: 'Looked at it',
        break: '30 minutes',
        allowOverlap: true,
        ...more,
      })
    ).structured.id;

  it('keeps what hosts send empty', async () => {
    const id = await logged();
    await session.ok('update_time_entry', { entryId: id, hours: '2', notes: '', break: '', clear: [], ticketId: 0 });
    expect(await session.get(`/time/entries/${id}`)).toMatchObject({
      notes: 'Looked at it',
      hoursDeduct: 0.5,
      actualHours: 2,
    });
  });

  it('is emptied by clear only', async () => {
    const id = await logged();
    const { text } = await session.ok('update_time_entry', { entryId: id, clear: ['notes', 'break'] });
    expect(text).toContain('notes: Looked at it -> -');
    const stored = await session.get(`/time/entries/${id}`);
    expect(stored.notes ?? '').toBe('');
    expect(stored).toMatchObject({ hoursDeduct: 0, actualHours: 2 });
  });

  it('says which of two hours was taken where the clocks go back', async () => {
    const input = { entryId: await logged(), start: '2025-11-02 01:30', break: '0', dryRun: true };
    expect((await session.ok('update_time_entry', input)).text).toMatch(/01:30 comes twice, this is the first/);
  });

  it('names the charge code before and after', async () => {
    const id = await logged({ ticketId: undefined, chargeCode: 'Training' });
    expect((await session.ok('update_time_entry', { entryId: id, notes: 'Course' })).text).toContain('on Training:');
    const moved = await session.ok('update_time_entry', { entryId: id, chargeCode: 'Administration' });
    expect(moved.text).toContain('on Administration:');
    expect(await session.refused('delete_time_entry', { entryId: id })).toContain('on Administration,');
  });

  it('is shown with the kind and the number of what it is charged to', async () => {
    const id = await logged();
    const [ticketId, other] = [(await session.get(`/time/entries/${id}`)).chargeToId, await ticket()];
    const { text } = await session.ok('update_time_entry', { entryId: id, ticketId: other });
    expect(text).toContain(`charged to: service ticket ${ticketId} -> service ticket ${other}`);
    expect(text).not.toContain('chargeTo');
    const again = await session.ok('update_time_entry', { entryId: id, ticketId: other });
    expect(again.text).toContain(`Nothing differs from before.\ncharged to is service ticket ${other} already`);
  });

  it('is not cleared and set at once', async () => {
    const id = await logged();
    expect(await session.refused('update_time_entry', { entryId: id, notes: 'x', clear: ['notes'] })).toContain(
      'notes',
    );
    expect(await session.refused('update_time_entry', { entryId: id, clear: ['member'] })).toContain('clear');
  });
});

describe('what the answer says of time', () => {
  it('is what Manage bills where a work type rounds it up', async () => {
    const said = { ticketId: 577, notes: 'Printer', allowOverlap: true };
    const { text } = await session.ok('log_time', { ...said, start: 'yesterday 05:00', minutes: 20 });
    expect(text).toMatch(/0\.33 h, billable, .*, Manage bills 0\.5 h/);
    const whole = await session.ok('log_time', { ...said, start: 'yesterday 06:00', hours: 0.5 });
    expect(whole.text).not.toContain('Manage bills');
  });
});

describe('a time sheet', () => {
  it('is not submitted where sheetId and member or date contradict each other', async () => {
    const [sheet] = await session.get(
      `/time/sheets?conditions=${encodeURIComponent("member/identifier='jdoe' and status='Open'")}`,
    );
    const { id } = sheet;
    expect(await session.refused('submit_timesheet', { sheetId: id, member: 'achen', confirm: true })).toContain(
      `Sheet ${id} is Jordan Doe's`,
    );
    expect(await session.refused('submit_timesheet', { sheetId: id, date: '2025-01-01', confirm: true })).toContain(
      `Sheet ${id} is Jordan Doe's`,
    );
    expect((await session.ok('submit_timesheet', { sheetId: id, dryRun: true })).text).toContain('Jordan Doe');
  });

  it('names each sheet before it is approved', async () => {
    const [sheet] = await session.get(`/time/sheets?conditions=${encodeURIComponent("status='PendingApproval'")}`);
    expect(await session.refused('review_timesheet', { action: 'approve', timesheetIds: [sheet.id] })).toContain(
      `Approve sheet ${sheet.id} of ${sheet.member.name}`,
    );
  });

  it('of a longer period is refused', async () => {
    expect(
      await session.refused('review_timesheet', { action: 'approve', member: 'achen', date: 'last month' }),
    ).toMatch(/neither a day nor a week/);
  });
});

describe('what a sheet proposes', () => {
  it('says how many tickets were not looked through', async () => {
    for (let count = 0; count < 17; count += 1) await ticket({ assignTo: 'me' });
    const { text } = await session.ok('get_timesheet', { propose: true });
    expect(text).toMatch(/\d+ more tickets of theirs changed since then; their notes were not read/);
    expect(text).not.toContain('Nothing else left a trace');
  });
});

describe('time off', () => {
  const day = { chargeCode: 'Vacation', hours: 8, dryRun: true };

  it('lies ahead as well as behind, so that a day which could be either is asked for', async () => {
    for (const said of [{ date: 'Friday' }, { start: 'Friday 9am' }])
      expect(await session.refused('log_time', { ...day, ...said })).toMatch(
        /can be Fri 27 Nov 2026 or Fri 4 Dec 2026.*Send the date/,
      );
    expect((await session.ok('log_time', { ...day, date: 'next Friday' })).text).toContain(
      'Fri 4 Dec 2026 08:00-16:00',
    );
    expect((await session.ok('log_time', { ...day, date: '2026-12-24' })).text).toContain('Thu 24 Dec 2026');
    expect((await session.ok('log_time', { ...day, start: 'yesterday 9am' })).text).toContain('Sat 28 Nov 2026 09:00');
  });
});

describe('work that is not over', () => {
  it.each([{ ticketId: 577 }, { chargeCode: 'Lunch' }])('is said to end later: %j', async (charge) => {
    const input = { ...charge, start: 'today 2pm', end: '3:10pm', notes: 'Ahead of the clock', dryRun: true };
    const coming = 'It ends at 15:10, which has not come yet: it is 14:30.';
    expect((await session.ok('log_time', input)).text).toContain(coming);
    expect((await session.ok('log_time', { ...input, end: '2:30pm' })).text).not.toContain('not come yet');
  });

  it('refuses a new end that lies before the start instead of half a day later', async () => {
    const input = { start: '2026-11-28 20:30', end: '2026-11-28 21:30', notes: 'Late' };
    const { id } = (await session.ok('log_time', { ticketId: await ticket(), ...input })).structured;
    for (const end of ['8:15', '28 Nov 8:15'])
      expect(await session.refused('update_time_entry', { entryId: id, end })).toMatch(/end is not after start/);
  });

  it('is said of an entry that is moved as well', async () => {
    const { structured } = await session.ok('log_time', {
      ticketId: 577,
      start: 'today 2:05pm',
      end: '2:15pm',
      notes: 'Nearly done',
      allowOverlap: true,
    });
    const { text } = await session.ok('update_time_entry', { entryId: structured.id, end: '3:10pm', dryRun: true });
    expect(text).toContain('It ends at 15:10, which has not come yet: it is 14:30.');
    await session.ok('delete_time_entry', { entryId: structured.id, confirm: true });
  });
});

describe('24:00', () => {
  it('is the end of its day, and the answer says so', async () => {
    const input = { ticketId: 577, start: '2026-11-20 24:00', hours: 1, notes: 'Night work', dryRun: true };
    const { text } = await session.ok('log_time', input);
    expect(text).toMatch(/Sat 21 Nov 2026 00:00-01:00[\s\S]*24:00 is the end of Fri 20 Nov 2026/);
    expect(await session.refused('log_time', { ...input, start: '2026-11-30 24:00' })).toMatch(
      /Tue 1 Dec 2026 00:00 is in the future[\s\S]*24:00 is the end of Mon 30 Nov 2026/,
    );
  });
});
