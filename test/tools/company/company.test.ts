import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.close());

const call = (tool: string, input: Record<string, unknown>) => session.call(tool, input);

describe('companies', () => {
  it('are found by a part of the name, with quotes, wildcards and umlauts in it', async () => {
    expect((await call('search_companies', { text: 'acme' })).structured.total).toBe(2);
    for (const name of [`Bob's "Best" Burgers`, '50% Off', 'Müller & Söhne']) {
      expect((await call('search_companies', { text: name })).structured.total).toBe(1);
    }
    expect((await call('search_companies', { text: '100% Nothing' })).structured.total).toBe(0);
  });

  it('are shown with sites, contacts, agreements and counts', async () => {
    const { structured, text } = await call('get_company', { company: 'Acme Corporation' });
    expect(structured).toMatchObject({ id: 2, identifier: 'Acme' });
    expect(structured.contacts.length).toBeGreaterThan(0);
    expect(text).toMatch(/open tickets: \d+; active configurations: \d+/);
  });

  it('are answered with candidates when several fit, and with the closest when none does', async () => {
    expect((await call('get_company', { company: 'acm' })).text).toMatch(
      /fits several.*2: Acme Corporation \(Acme, \w+\).*3: Acme Dental Group/s,
    );
    expect((await call('get_company', { company: 'Glbex Manufacturing' })).text).toMatch(/Globex Manufacturing/);
    expect((await call('get_company', { company: 'Nowhere at all' })).text).toMatch(/there is no company/);
  });
});

describe('contacts', () => {
  it('are found by e-mail, type and title, which live in three different places', async () => {
    expect((await call('search_contacts', { email: 'grace.keller@acme.example' })).structured.rows[0][1]).toBe(
      'Grace Keller',
    );
    expect((await call('search_contacts', { email: '@globex.example' })).structured.total).toBeGreaterThan(1);
    expect((await call('search_contacts', { type: 'Approver' })).structured.total).toBeGreaterThan(10);
    expect(
      (await call('search_contacts', { name: 'grace keller', company: 'Acme Corporation', title: 'office' })).structured
        .total,
    ).toBe(1);
    const where = await call('search_contacts', {
      where: [
        { field: 'types/name', value: 'Approver' },
        { field: 'company/name', op: 'contains', value: 'acme' },
      ],
    });
    expect(where.isError).toBe(false);
    expect((await call('search_contacts', { conditions: 'types/name = "Approver"' })).text).toMatch(
      /types\/name is inside the list types.*childConditions.*Use where/s,
    );
  });

  it('are created with the types of this installation, once', async () => {
    const input = {
      firstName: 'Zoë',
      lastName: 'Quist',
      company: 'Globex',
      email: 'zoe.quist@globex.example',
      mobile: '518 555 0100',
    };
    const { structured } = await call('create_contact', input);
    const stored = (await session.rest('GET', `/company/contacts/${structured.id}`)).body;
    expect(stored.communicationItems).toMatchObject([
      { type: { name: 'Email' }, value: 'zoe.quist@globex.example', defaultFlag: true },
      { type: { name: 'Mobile' }, value: '518 555 0100', defaultFlag: true },
    ]);
    expect((await call('create_contact', input)).text).toMatch(
      new RegExp(`already Zoë Quist, Globex Manufacturing \\(contact ${structured.id}\\) with this e-mail address`),
    );
    expect((await call('create_contact', { ...input, email: 'not an address' })).text).toMatch(/not an e-mail address/);
  });
});

describe('configurations, members, values', () => {
  it('find warranties that end', async () => {
    const { structured } = await call('search_configurations', { warrantyEnds: '2026-11-24..2027-01-31', limit: 100 });
    expect(structured.total).toBeGreaterThan(0);
    for (const row of structured.rows) expect(row[7] >= '2026-11-24' && row[7] <= '2027-01-31').toBe(true);
  });

  it('find members by any part of the name, without inactive ones', async () => {
    expect((await call('search_members', { text: 'alex' })).structured.total).toBe(2);
    expect((await call('search_members', { text: "o'brien" })).structured.rows[0][1]).toBe('mobrien');
    expect((await call('search_members', { text: 'rgone' })).structured.total).toBe(0);
    expect((await call('search_members', { text: 'rgone', includeInactive: true })).structured.total).toBe(1);
  });

  it('list the values of a board and say which board is missing', async () => {
    const { text } = await call('lookup_values', { table: 'statuses', board: 'onsite services' });
    expect(text).toMatch(/4 \| Completed|\d+ \| Completed \| \n|Completed/);
    expect(text).toMatch(/Invoiced \| closed, no time entry/);
    expect((await call('lookup_values', { table: 'statuses' })).text).toMatch(/send board as well.*lists the boards/s);
    expect((await call('lookup_values', { table: 'colours' })).text).toMatch(/table has to be one of boards/);
    expect((await call('lookup_values', { table: 'work_roles' })).structured.total).toBe(4);
  });

  it('fetch a small table once however many ask', async () => {
    const fresh = await startSession();
    try {
      // All of them ask while the table is on its way.
      fresh.sandbox.faults.add({ kind: 'slow', delayMs: 2_000, path: '/time/workTypes' });
      await Promise.all(Array.from({ length: 8 }, () => fresh.call('lookup_values', { table: 'workTypes' })));
      expect(fresh.sandbox.requests.filter(({ path }) => path.endsWith('/time/workTypes'))).toHaveLength(1);
    } finally {
      await fresh.close();
    }
  });

  it('work for a role that may read only the low-privilege endpoints', async () => {
    const reader = await startSession({
      environment: {
        CWM_PUBLIC_KEY: 'readerPublic',
        CWM_PRIVATE_KEY: 'readerPrivate',
        CWM_MEMBER: '',
        CWM_TIME_ZONE: 'America/New_York',
      },
    });
    try {
      expect((await reader.call('search_members', { text: 'alex' })).structured.total).toBe(2);
      expect((await reader.call('lookup_values', { table: 'boards' })).structured.total).toBe(5);
      expect((await reader.call('lookup_values', { table: 'agreements', company: 'Acme Corporation' })).text).toMatch(
        /do not have security permission.*Security Roles/s,
      );
    } finally {
      await reader.close();
    }
  });
});

describe('the schedule', () => {
  /** Ids of tickets that still want work. */
  const openTickets = async (): Promise<number[]> => {
    const { body } = await session.rest('GET', '/service/tickets?conditions=closedFlag=false&fields=id&pageSize=2');
    return body.map(({ id }: { id: number }) => id);
  };

  it('shows days in local time, and puts people on tickets', async () => {
    const [first, second] = await openTickets();
    const { structured } = await call('schedule_work', {
      ticketId: first,
      member: 'alex rivera',
      start: 'tomorrow 9am to 11am',
    });
    expect((await session.rest('GET', `/schedule/entries/${structured.id}`)).body).toMatchObject({
      dateStart: '2026-11-25T14:00:00Z',
      dateEnd: '2026-11-25T16:00:00Z',
      hours: 2,
      type: { id: 4 },
    });
    expect((await session.rest('GET', `/service/tickets/${first}`)).body.resources).toContain('arivera');
    expect((await call('search_schedule', { member: 'arivera', period: 'tomorrow' })).text).toContain(
      'Wed 25 Nov 2026 09:00-11:00',
    );
    expect((await call('schedule_work', { ticketId: second, member: 'arivera', start: 'tomorrow 10am' })).text).toMatch(
      /is busy then.*allowConflicts: true/s,
    );
  });

  it('takes a day without a time', async () => {
    const [ticketId] = await openTickets();
    const { structured, text } = await call('schedule_work', { ticketId, member: 'dlopez', date: 'friday' });
    expect(text).toContain('Fri 27 Nov 2026, no time set');
    expect((await session.rest('GET', `/schedule/entries/${structured.id}`)).body).toMatchObject({
      dateStart: '2026-11-27T00:00:00Z',
      hours: 0,
    });
  });
});
