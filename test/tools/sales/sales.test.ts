import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,sales' });
});
afterAll(() => session.close());

describe('opportunities', () => {
  it('are found open, and by when they close', async () => {
    const statuses = await session.get('/sales/opportunities/statuses');
    const closed = new Set(
      statuses.filter(({ closedFlag }: { closedFlag?: boolean }) => closedFlag).map(({ id }: { id: number }) => id),
    );
    const all = await session.get('/sales/opportunities?pageSize=1000');
    const open = all.filter(({ status }: { status: { id: number } }) => !closed.has(status.id));
    expect((await session.ok('search_opportunities', {})).structured.total).toBe(open.length);
    expect((await session.ok('search_opportunities', { state: 'any' })).structured.total).toBe(all.length);
  });

  it('are opened, forecast, changed and converted', async () => {
    const input = { name: 'Backup for the branch', company: 'Acme', closes: '2026-12-18' };
    const { structured, text } = await session.ok('create_opportunity', input);
    expect(text).toContain('closes 2026-12-18');
    expect(await session.refused('create_opportunity', input)).toMatch(/already/);
    const opportunity = String(structured.id);
    const line = await session.ok('add_forecast_line', {
      opportunity,
      description: 'Backup seats',
      quantity: 10,
      revenue: 1200,
      cost: 700,
    });
    expect(line.text).toContain('1,200.00 USD in all');
    const stages = await session.get('/sales/stages');
    const changed = await session.ok('update_opportunity', { opportunity, stage: stages.at(-1).name });
    expect(changed.text).toContain(`-> ${stages.at(-1).name}`);
    const story = await session.ok('get_opportunity', { opportunity });
    expect(story.text).toContain('revenue: 1,200.00');
    expect(await session.refused('convert_opportunity', { opportunity, to: 'serviceTicket' })).toMatch(/confirm: true/);
    const made = await session.ok('convert_opportunity', { opportunity, to: 'serviceTicket', confirm: true });
    expect((await session.get(`/service/tickets/${made.structured.id}`)).summary).toBe('Backup for the branch');
  });

  it.each([
    ['create_opportunity', { name: 'x', company: 'Nobody Inc' }, /there is no company/],
    ['update_opportunity', { opportunity: '1', stage: 'Daydream' }, /stage: there is no opportunity stage/],
    ['convert_opportunity', { opportunity: '1', to: 'invoice' }, /to has to be one of agreement, project/],
    ['add_forecast_line', { opportunity: '1', revenue: 5 }, /product or description/],
    ['get_opportunity', { opportunity: '99999999' }, /there is no opportunity/],
  ])('%s %j is answered with what to send', async (tool, input, message) => {
    expect(await session.refused(tool, input)).toMatch(message);
  });
});

describe('activities and orders', () => {
  it('are planned at a local time, not twice, and completed', async () => {
    const input = { name: 'Call about the renewal', company: 'Globex', due: 'tomorrow 9:30' };
    const { structured, text } = await session.ok('save_activity', input);
    expect(text).toContain('Wed 25 Nov 2026 09:30');
    expect(await session.get(`/sales/activities/${structured.id}`)).toMatchObject({
      dateStart: '2026-11-25T14:30:00Z',
      dateEnd: '2026-11-25T15:00:00Z',
    });
    expect(await session.refused('save_activity', input)).toMatch(/already .*Send activityId/);
    expect((await session.ok('search_activities', { company: 'Globex' })).text).toContain('Call about the renewal');
    await session.ok('save_activity', { activityId: structured.id, complete: true, notes: 'They renew.' });
    expect((await session.ok('search_activities', { company: 'Globex' })).text).not.toContain('Call about the renewal');
    expect(await session.refused('save_activity', {})).toMatch(/Send name/);
  });

  it('finds sales orders', async () => {
    const all = await session.get('/sales/orders?pageSize=1000');
    expect((await session.ok('search_orders', {})).structured.total).toBe(all.length);
    for (const text of ['C-4101', 'c4101', 'c 4101', '4101'])
      expect((await session.ok('search_orders', { text })).text).toMatch(/\| C-4101 \|/);
    expect((await session.ok('search_orders', { text: 'c-41010' })).structured.total).toBe(0);
  });
});
