import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: SUNDAY, toolsets: 'all' });
});
afterAll(() => session.close());

describe('a forecast line', () => {
  const line = { opportunity: '2', product: 'LT-14', quantity: 10, revenue: 1290 };

  it('has its revenue in all, not each', async () => {
    const { text } = await session.ok('add_forecast_line', { ...line, dryRun: true });
    expect(text).toContain('10 x LT-14 (Product), revenue 1,290.00 USD in all, 129.00 USD each');
    expect(text).toContain("The catalog's price is 1,290.00 USD each, 12,900.00 USD for 10.");
    const added = await session.ok('add_forecast_line', line);
    expect(added.text).toContain('10 x LT-14 (Product), revenue 1,290.00 USD in all');
    const [{ forecastItems }] = await session.get('/sales/opportunities/2/forecast');
    expect(forecastItems.at(-1)).toMatchObject({ id: added.structured.id, quantity: 10, revenue: 1290 });
  });

  it('says its cost, as it was read', async () => {
    const costly = { opportunity: '5', product: 'FW-60', quantity: 3, revenue: 2670, cost: '1.830,00', dryRun: true };
    expect((await session.ok('add_forecast_line', costly)).text).toContain('890.00 USD each, cost 1,830.00 USD');
  });

  it('is added once, unless it is said to be another', async () => {
    const input = { ...line, opportunity: '3' };
    const { structured } = await session.ok('add_forecast_line', input);
    expect(await session.refused('add_forecast_line', input)).toMatch(new RegExp(`already .*: ${structured.id}`));
    const again = await session.ok('add_forecast_line', { ...input, allowDuplicate: true });
    expect(again.structured).toMatchObject({ lines: structured.lines + 1 });
  });
});

describe('an opportunity', () => {
  it.each(['Laptop refresh', "Bob's “Best” Burgers - Laptop refresh", 'bobsburgers laptop refresh'])(
    'is the one with the name of the customer before it: %s',
    async (name) => {
      const text = await session.refused('create_opportunity', { name, company: "Bob's" });
      expect(text).toContain('already has opportunity 2 "BobsBurgers: Laptop refresh"');
    },
  );

  it('is shown from one status to the other by their names', async () => {
    const { text } = await session.ok('update_opportunity', { opportunity: '1', status: 'won', dryRun: true });
    expect(text).toContain('status: Open -> Won');
  });

  it('loses what is cleared, and nothing for an empty value', async () => {
    await session.ok('update_opportunity', { opportunity: '4', notes: 'Call in May' });
    await session.ok('update_opportunity', { opportunity: '4', notes: '', name: 'Renamed deal' });
    expect(await session.get('/sales/opportunities/4')).toMatchObject({ name: 'Renamed deal', notes: 'Call in May' });
    await session.ok('update_opportunity', { opportunity: '4', clear: ['notes'] });
    expect((await session.get('/sales/opportunities/4')).notes).toBeUndefined();
    const both = { opportunity: '4', notes: 'x', clear: ['notes'] };
    expect(await session.refused('update_opportunity', both)).toContain('notes is both set and cleared');
  });

  it.each(['project', 'agreement'])('answers with the days of the %s as they were read', async (to) => {
    const more = to === 'agreement' ? { agreementType: 'Managed Services' } : {};
    const days = { start: '2027-03-01', end: '12 Apr 2027' };
    const input = { opportunity: '5', to, ...days, ...more, confirm: true, allowDuplicate: true };
    const { text } = await session.ok('convert_opportunity', input);
    expect(text).toMatch(/^Made .*\n(?:Type: .*\n)?(?:Board: .*\n)?Start: 2027-03-01\nEnd: 2027-04-12/);
    // A type or board that nobody chose is Manage's choice, which the answer says.
    expect(text).toMatch(to === 'agreement' ? /^Type: Managed Services$/m : /^Board: \w+/m);
  });

  it('does not give an order the name that Manage does not keep', async () => {
    const input = { opportunity: '5', to: 'salesOrder', name: 'Order of Bob', confirm: true };
    const { text, structured } = await session.ok('convert_opportunity', input);
    expect(text).toMatch(new RegExp(`: ${structured.id}\\.\nOrder date: `));
  });

  it('is converted once, unless it is said to be another', async () => {
    const input = { opportunity: '5', to: 'serviceTicket', confirm: true };
    const { structured } = await session.ok('convert_opportunity', input);
    expect(await session.refused('convert_opportunity', input)).toMatch(new RegExp(`already .*: ${structured.id}`));
    const again = await session.ok('convert_opportunity', { ...input, allowDuplicate: true });
    expect(again.structured.id).toBeGreaterThan(structured.id);
  });

  it.each([
    [{ to: 'serviceTicket', board: 'Projects' }, 'board does not belong to a service ticket'],
    [{ to: 'project', agreementType: 'Managed Services' }, 'agreementType does not belong to a project'],
    [{ to: 'project', start: '2026-12-04', end: '2026-11-30' }, 'is before the start'],
  ])('is not converted with %j', async (input, message) => {
    expect(await session.refused('convert_opportunity', { opportunity: '6', ...input })).toContain(message);
  });
});

describe('a search', () => {
  it('says whose activities it shows, and shows all that are asked for', async () => {
    const mine = await session.ok('search_activities', {});
    expect(mine.text).toContain('Of Jordan Doe only; member: "all" shows everybody\'s.');
    const all = await session.ok('search_activities', { member: 'all' });
    expect(all.text).not.toContain('only');
    const open = await session.get('/sales/activities?conditions=status/name!="Closed"&pageSize=1000');
    expect(all.structured.total).toBe(open.length);
  });

  it.each(['search_opportunities', 'search_activities'])(
    '%s takes the status of a filter in place of open',
    async (tool) => {
      const path = tool.replace('search_', '/sales/');
      const name = tool === 'search_activities' ? 'Closed' : 'Won';
      const stored = await session.get(`${path}?conditions=status/name="${name}"&pageSize=1000`);
      const { structured } = await session.ok(tool, {
        conditions: `status/name="${name}"`,
        ...(tool === 'search_activities' && { member: 'all' }),
      });
      expect(structured.total).toBe(stored.length);
    },
  );

  it('refuses a state and a status that contradict each other', async () => {
    expect(await session.refused('search_opportunities', { state: 'open', status: 'Won' })).toMatch(
      /state: open and status: Won contradict each other/,
    );
  });
});

describe('an activity', () => {
  it('keeps its length when it moves, and its time when only the length changes', async () => {
    const input = { name: 'Quarterly review', company: 'Globex', due: 'Friday 2pm', length: '45' };
    const { structured } = await session.ok('save_activity', input);
    const activityId = structured.id;
    const path = `/sales/activities/${activityId}`;
    expect(await session.get(path)).toMatchObject({
      dateStart: '2026-12-04T19:00:00Z',
      dateEnd: '2026-12-04T19:45:00Z',
    });
    await session.ok('save_activity', { activityId, due: 'Friday 4pm' });
    expect(await session.get(path)).toMatchObject({
      dateStart: '2026-12-04T21:00:00Z',
      dateEnd: '2026-12-04T21:45:00Z',
    });
    await session.ok('save_activity', { activityId, length: '1 hour' });
    expect(await session.get(path)).toMatchObject({ dateEnd: '2026-12-04T22:00:00Z' });
  });

  it('keeps its day when only a time of day is said', async () => {
    const { structured } = await session.ok('save_activity', {
      name: 'Demo of the portal',
      company: 'Globex',
      due: '2026-12-10 10:30',
    });
    const moved = await session.ok('save_activity', { activityId: structured.id, due: '15:00' });
    expect(moved.text).toContain('Thu 10 Dec 2026 10:30 -> Thu 10 Dec 2026 15:00');
  });

  it('is not completed with a status that is open', async () => {
    const [{ id }] = await session.get('/sales/activities?conditions=status/name="Open"&pageSize=1');
    expect(await session.refused('save_activity', { activityId: id, complete: true, status: 'Open' })).toContain(
      'contradict each other',
    );
  });

  it('is planned for the past only when a person agrees, and logged there when it is complete', async () => {
    const input = { name: 'Call about the offer', due: 'yesterday 2pm' };
    expect(await session.refused('save_activity', input)).toMatch(/due: Sat 28 Nov 2026 14:00 is in the past/);
    const { text } = await session.ok('save_activity', { ...input, complete: true });
    expect(text).toContain('Closed');
  });
});
