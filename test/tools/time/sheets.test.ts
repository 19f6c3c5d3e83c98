import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,time' });
});
afterAll(() => session.close());

const get = async (path: string, conditions = '') =>
  (await session.rest('GET', `${path}?pageSize=1000&conditions=${encodeURIComponent(conditions)}`)).body;
const cells = (structured: { columns: string[]; rows: string[][] }): Record<string, string>[] =>
  structured.rows.map((row) =>
    Object.fromEntries(structured.columns.map((column, index) => [column, row[index] ?? ''])),
  );

describe('search_timesheets', () => {
  it('shows first what waits for approval', async () => {
    const { structured, text } = await session.ok('search_timesheets');
    const waiting = await get('/time/sheets', 'status in ("PendingApproval","PendingProjectApproval")');
    expect(structured.total).toBe(waiting.length);
    expect(
      cells(structured)
        .map(({ id }) => Number(id))
        .sort(),
    ).toEqual(waiting.map(({ id }: { id: number }) => id).sort());
    expect(text).toContain('pending approval, pending project approval: ');
  });

  it('finds a period, a team and a state in the words of people', async () => {
    const week = cells((await session.ok('search_timesheets', { period: 'last week', limit: 200 })).structured);
    expect(week.length).toBe(10);
    expect(new Set(week.map(({ days }) => days))).toEqual(new Set(['2026-11-16 to 2026-11-22']));
    const open = cells(
      (await session.ok('search_timesheets', { period: 'last week', status: 'not submitted' })).structured,
    );
    expect(open.map(({ member }) => member)).toEqual(
      week.filter(({ status }) => ['open', 'rejected'].includes(status ?? '')).map(({ member }) => member),
    );
    // The board's team has seven members, and a person is one more.
    const team = cells(
      (await session.ok('search_timesheets', { team: ['NOC', 'Kaja'], period: 'last week' })).structured,
    );
    expect(team).toHaveLength(8);
    expect(await session.refused('search_timesheets', { status: 'sent off' })).toMatch(
      /no status "sent off".*\n.*pending/,
    );
  });
});

describe('review_timesheet', () => {
  const sheet = async (id: number) => (await session.rest('GET', `/time/sheets/${id}`)).body;
  const pending = async (): Promise<number[]> =>
    (await get('/time/sheets', 'status="PendingApproval"')).map(({ id }: { id: number }) => id);

  it('approves one tier after the other, with its entries, and opens again', async () => {
    const [id = 0] = await pending();
    const preview = await session.ok('review_timesheet', { action: 'approve', timesheetId: id, dryRun: true });
    expect(preview.text).toContain('{"approvalType":"Tier1Update"}');
    expect((await sheet(id)).status).toBe('PendingApproval');
    const approve = { action: 'approve', timesheetIds: [id] };
    expect(await session.refused('review_timesheet', approve)).toMatch(/Approve sheet \d+ of .*confirm: true/s);
    const { text } = await session.ok('review_timesheet', { ...approve, confirm: true });
    expect(text).toMatch(/Approved sheet \d+ of .*, 2026-\d\d-\d\d to .* h\. Its status is now approved by tier one/);
    await session.ok('review_timesheet', { ...approve, confirm: true });
    expect((await sheet(id)).status).toBe('ApprovedByTierTwo');
    const entries = await get('/time/entries', `timeSheet/id=${id}`);
    expect(new Set(entries.map(({ status }: { status: string }) => status))).toEqual(new Set(['ApprovedByTierTwo']));
    expect(await session.refused('review_timesheet', { action: 'reject', timesheetIds: [id] })).toMatch(
      /cannot be rejected; nothing was sent: sheet .* is approved by tier two/,
    );
    await session.ok('review_timesheet', { action: 'reverse', timesheetIds: [id], confirm: true });
    expect((await sheet(id)).status).toBe('Open');
  });

  it('asks before several, and sends none when one of them cannot be', async () => {
    const ids = (await pending()).slice(0, 2);
    expect(ids).toHaveLength(2);
    const asked = await session.refused('review_timesheet', { action: 'reject', timesheetIds: ids });
    expect(asked).toMatch(/Reject 2 time sheets: sheet/);
    const open = (await get('/time/sheets', 'status="Open"'))[0].id;
    expect(
      await session.refused('review_timesheet', { action: 'reject', timesheetIds: [...ids, open], confirm: true }),
    ).toMatch(new RegExp(`nothing was sent: sheet ${open} .* is open`));
    await session.ok('review_timesheet', { action: 'reject', timesheetIds: ids, confirm: true });
    expect(await Promise.all(ids.map(async (id) => (await sheet(id)).status))).toEqual(['Rejected', 'Rejected']);
  });

  it('finds the sheet of a member and a day', async () => {
    // On Tuesday, with three days of the week to come.
    const today = await session.ok('log_time', { chargeCode: 'Training', start: '9am', hours: '1' });
    expect((await session.ok('submit_timesheet', { date: 'today', dryRun: true })).text).toContain(
      'Still to come on this sheet: Wed 25 Nov 2026',
    );
    await session.ok('delete_time_entry', { entryId: today.structured.id, confirm: true });
    expect(
      await session.refused('review_timesheet', { action: 'reject', timesheetIds: [1], approvalType: 'Billing' }),
    ).toContain('approvalType is for approve alone');
    const own = await session.ok('submit_timesheet', { date: '2026-11-18', confirm: true });
    const { structured } = await session.ok('review_timesheet', {
      action: 'reject',
      member: 'me',
      date: 'last Friday',
      confirm: true,
    });
    expect(structured.timesheets).toEqual([
      { id: own.structured.id, member: 'Jordan Doe', days: '2026-11-16 to 2026-11-22', status: 'Rejected' },
    ]);
    expect(await session.refused('review_timesheet', { action: 'approve' })).toMatch(
      /timesheetIds, or member with date.*\n.*search_timesheets/,
    );
    expect(await session.refused('review_timesheet', { action: 'approve', timesheetIds: [99_999] })).toContain('99999');
  });
});

describe('find_missing_time', () => {
  it.each(['all', 'everyone'])('is named by get_timesheet for member "%s"', async (member) => {
    expect(await session.refused('get_timesheet', { member })).toMatch(/one member's.*find_missing_time/);
  });

  const missing = async (input: Record<string, unknown>, on = session) => {
    const answer = await on.call('find_missing_time', { includeComplete: true, ...input });
    expect(answer.isError, answer.text).toBe(false);
    return { ...answer, members: cells(answer.structured) };
  };

  it('sets the hours of each member against the hours due', async () => {
    const { members, text } = await missing({ period: '2026-11-16..2026-11-20' });
    expect(members).toHaveLength(10);
    const entries = await get(
      '/time/entries',
      'timeStart>=[2026-11-15T00:00:00Z] and timeStart<[2026-11-22T00:00:00Z]',
    );
    for (const { member, entered, due, missing: lack } of members) {
      const own = entries.filter(
        (entry: { member: { name: string }; timeStart: string }) =>
          entry.member.name === member && entry.timeStart >= '2026-11-16' && entry.timeStart < '2026-11-21',
      );
      const hours = own.reduce((sum: number, entry: { actualHours: number }) => sum + entry.actualHours, 0);
      expect([member, Number(entered)]).toEqual([member, hours]);
      expect([due, Number(lack)]).toEqual(['40', 40 - hours]);
    }
    expect(text).toMatch(/Due: 400 h of 10 members\. Entered: [\d.]+ h\./);
    // What the days lack adds up to "short by", also where other days make up for some of it.
    const lacked = ({ 'days without time': none = '', 'short days': short = '' }: Record<string, string>) =>
      [...short.matchAll(/ ([\d.]+) of ([\d.]+)/g)].reduce(
        (sum, [, on, due]) => sum + Number(due) - Number(on),
        none.split(', ').filter((day) => day !== '').length * 8,
      );
    for (const row of members)
      expect([row.member, Number(row['short by'] ?? row.missing)]).toEqual([row.member, lacked(row)]);
    expect(members.some((row) => 'short by' in row)).toBe(text.includes('make up for short days'));
    const [worst, next] = members;
    expect(Number(worst?.missing)).toBeGreaterThanOrEqual(Number(next?.missing));
  });

  it('leaves out holidays, weekends, today, and who need not enter time', async () => {
    const thanksgiving = await startSession({ toolsets: 'core,time', now: new Date('2026-11-28T17:00:00Z') });
    try {
      const week = await missing({ who: 'jdoe', period: '2026-11-23..2026-11-29' }, thanksgiving);
      expect(week.members[0]).toMatchObject({ due: '32' });
      expect(week.text).toContain('of 1 member (holiday: Thanksgiving, Thu 26 Nov)');
      // Jordan worked on the holiday.
      expect(week.text).toContain('extra hours make up for short days');
      expect(Number(week.members[0]?.['short by'])).toBeGreaterThan(Number(week.members[0]?.missing));
      expect(JSON.stringify(week.structured.rows)).not.toContain('Thu 26 Nov');
      // It is Saturday.
      expect((await missing({ who: 'jdoe', period: 'today' }, thanksgiving)).members[0]?.due).toBe('0');
    } finally {
      await thanksgiving.close();
    }
    const today = await missing({ who: ['Jordan Doe'], period: 'today' });
    expect(today.members[0]).toMatchObject({ due: '8', 'days without time': 'Tue 24 Nov' });
    const toDate = await missing({ who: ['Jordan Doe'], period: 'this week' });
    expect(toDate.members[0]).toMatchObject({ due: '8', 'days without time': 'Mon 23 Nov' });
    expect(toDate.text).toContain('without today');
    const free = [{ op: 'replace', path: 'requireTimeSheetEntryFlag', value: false }];
    const fresh = await startSession({ toolsets: 'core,time' });
    try {
      const id = (await fresh.rest('GET', `/system/members?conditions=${encodeURIComponent('identifier="bwest"')}`))
        .body[0].id;
      await fresh.rest('PATCH', `/system/members/${id}`, free);
      const all = await missing({}, fresh);
      expect(all.members.map(({ member }) => member)).not.toContain('Blake West');
      expect(all.text).toContain('Not counted, as they do not have to enter time: Blake West; who names them.');
      expect((await missing({ who: 'Blake West' }, fresh)).members).toHaveLength(1);
    } finally {
      await fresh.close();
    }
  });

  it("counts each entry on its member's own day, also where the clocks have just changed", async () => {
    // The evening of Sunday 1 November in New York, when the clocks went back; Monday has begun in India and Sydney.
    const sunday = await startSession({ toolsets: 'core,time', now: new Date('2026-11-04T02:00:00Z') });
    try {
      const members = (await sunday.rest('GET', '/system/members?pageSize=100')).body;
      const id = (identifier: string) =>
        members.find((one: { identifier: string }) => one.identifier === identifier).id;
      const enter = (member: string, timeStart: string, timeEnd: string) =>
        sunday.rest('POST', '/time/entries', {
          member: { id: id(member) },
          chargeToType: 'ChargeCode',
          chargeToId: 3,
          timeStart,
          timeEnd,
        });
      const before = (await missing({ who: ['pnair', 'jdoe'], period: '2026-11-02' }, sunday)).members;
      const entered = (list: Record<string, string>[], name: string) =>
        Number(list.find(({ member }) => member === name)?.entered);
      // 01:00 on Monday in Kolkata is Sunday afternoon in New York.
      expect((await enter('pnair', '2026-11-01T19:30:00Z', '2026-11-01T20:30:00Z')).status).toBe(201);
      // 23:30 on Monday in New York, Tuesday in UTC: after the change an hour later than before it.
      expect((await enter('jdoe', '2026-11-03T04:30:00Z', '2026-11-03T04:45:00Z')).status).toBe(201);
      // 23:30 on Sunday in New York, Monday in UTC.
      expect((await enter('jdoe', '2026-11-02T04:30:00Z', '2026-11-02T04:45:00Z')).status).toBe(201);
      const after = (await missing({ who: ['pnair', 'jdoe'], period: '2026-11-02' }, sunday)).members;
      expect(entered(after, 'Priya Nair') - entered(before, 'Priya Nair')).toBe(1);
      expect(entered(after, 'Jordan Doe') - entered(before, 'Jordan Doe')).toBe(0.25);
    } finally {
      await sunday.close();
    }
  });

  it('says who left in the period, from whom nothing is due after that', async () => {
    const period = '2026-04-20..2026-04-30';
    const { members, text } = await missing({ period });
    expect(text).toMatch(/Not counted: Robin Gone \(inactive since Fri 24 Apr\), .*; who names them\./);
    expect(members.map(({ member }) => member)).not.toContain('Robin Gone');
    const named = await missing({ period, who: ['rgone'] });
    expect(named.members).toMatchObject([{ member: 'Robin Gone', due: '40' }]);
    expect(named.text).not.toContain('Not counted');
    const later = await missing({ period: '2026-11-16..2026-11-20', who: ['rgone', 'achen'] });
    expect(later.text).toMatch(/Due: [\d.]+ h of 1 member.*Not counted, as they left before: Robin Gone/s);
    expect((await missing({ period: '2026-11-16..2026-11-20' })).text).not.toContain('Not counted');
  });

  it('names what there is when a name is nobody’s', async () => {
    expect(await session.refused('find_missing_time', { who: ['Knock'] })).toMatch(
      /no member, team, department or work role "Knock".*\n.*NOC/,
    );
    expect(await session.refused('find_missing_time', { who: ['Alex'] })).toMatch(/Alex Chen.*Alex Rivera/s);
    expect(await session.refused('find_missing_time', { weeks: 1 })).toContain('week');
  });
});
