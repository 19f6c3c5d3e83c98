import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startHttpSession } from '../support/session.ts';

// What models get wrong most: each ends in the right thing, or in an error that says what to send instead.

let session: Session;
beforeAll(async () => {
  session = await startHttpSession();
});
afterAll(() => session.close());

describe('a call with', () => {
  it('a misspelt argument names the right one', async () => {
    for (const [tool, input, right] of [
      ['create_ticket', { sumary: 'VPN down', company: 'Globex' }, 'summary'],
      ['log_time', { chargeCode: 'Training', hors: 1 }, 'hours'],
      ['search_contacts', { compny: 'Globex' }, 'company'],
      ['update_ticket', { ticketId: 7, statuss: 'New' }, 'status'],
    ] as const)
      expect(await session.refused(tool, input)).toMatch(new RegExp(`Did you mean .*${right}`));
  });

  it('a status of another board lists those of the board', async () => {
    const { structured } = await session.ok('create_ticket', {
      summary: 'Other board',
      company: 'Globex',
      board: 'Help Desk',
    });
    expect(await session.refused('update_ticket', { ticketId: structured.id, status: 'Triage' })).toMatch(
      /status: there is no status "Triage".*There are: New/s,
    );
  });

  it('a local time without a zone is taken for the local time that it is', async () => {
    for (const start of ['2026-11-24 14:00', '2026-11-24T14:00', '2026-11-24T14:00:00', '2pm today']) {
      const { structured, text } = await session.ok('log_time', {
        chargeCode: 'Training',
        start,
        hours: '10 min',
        dryRun: true,
      });
      expect(JSON.stringify(structured) + text).toContain('2026-11-24T19:00:00Z');
    }
  });

  it('a summary of 101 characters says how long it is and how long it may be', async () => {
    expect(await session.refused('create_ticket', { summary: 'x'.repeat(101), company: 'Globex' })).toMatch(
      /summary.*101 characters.*100/,
    );
    expect(
      (await session.ok('create_ticket', { summary: 'x'.repeat(100), company: 'Globex' })).structured.id,
    ).toBeGreaterThan(0);
  });

  it('a member by first name finds the only one, and asks which of several', async () => {
    const { structured } = await session.ok('create_ticket', {
      summary: 'For Priya',
      company: 'Globex',
      assignTo: 'priya',
    });
    const { resources } = await session.get(`/service/tickets/${structured.id}`);
    expect(resources).toBe('pnair');
    expect(
      await session.refused('create_ticket', { summary: 'For Alex', company: 'Globex', assignTo: 'Alex' }),
    ).toMatch(/assignTo "Alex" fits several.*achen.*arivera/s);
  });

  it('a company name with quotes in it finds that company, in quotes or not', async () => {
    for (const company of [`Bob's "Best" Burgers`, `Bob's \\"Best\\" Burgers`, `"Bob's "Best" Burgers"`]) {
      const { isError, text, structured } = await session.call('get_company', { company });
      if (isError) expect(text).toMatch(/Closest: .*Bob's "Best" Burgers/);
      else expect(structured.name ?? text).toContain('Best');
    }
  });

  it('a date in brackets is taken for the date', async () => {
    const { text } = await session.ok('log_time', {
      chargeCode: 'Training',
      start: '[2026-11-24T19:30:00Z]',
      hours: '10 min',
    });
    expect(text).toContain('2026-11-24T19:30:00Z');
    expect((await session.ok('get_timesheet', { date: '[2026-11-24]' })).text).toContain('Tue 24 Nov');
    expect(
      (await session.ok('search_tickets', { opened: '[2026-11-20]..[2026-11-24]', state: 'any' })).structured.total,
    ).toBeGreaterThan(0);
  });
});
