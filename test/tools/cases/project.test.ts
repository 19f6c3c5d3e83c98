import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const NOW = new Date('2026-11-29T19:30:00Z');

describe('a project', () => {
  let session: Session;
  let project: string;
  beforeAll(async () => {
    session = await startSession({ now: NOW, toolsets: 'all' });
    const [first] = await session.get('/project/projects?pageSize=1&conditions=closedFlag=false');
    project = String(first.id);
  });
  afterAll(() => session.close());

  it.each([
    ['Monday', 'Friday', '2026-11-30', '2026-12-04'],
    ['9 Dec 2026', 'Friday', '2026-12-09', '2026-12-11'],
    ['Friday', 'Friday', '2026-12-04', '2026-12-04'],
    ['2026-12-01', 'end of the month', '2026-12-01', '2026-12-31'],
  ])('that runs from %s to %s runs from %s to %s', async (start, end, first, last) => {
    const input = { name: `Move ${start}`, company: 'Globex', start, end, dryRun: true };
    const { text } = await session.ok('create_project', input);
    expect(text).toContain(`"estimatedStart":"${first}T00:00:00Z"`);
    expect(text).toContain(`"estimatedEnd":"${last}T00:00:00Z"`);
  });

  it.each([
    ['Friday', 'tomorrow'],
    ['9 Dec 2026', 'next Friday'],
    ['2026-12-09', '2026-12-08'],
  ])('that starts on %s does not end %s', async (start, end) => {
    const input = { name: 'Backwards', company: 'Globex', start, end };
    expect(await session.refused('create_project', input)).toMatch(/is before start/);
  });

  it('does not end before it starts after a change', async () => {
    expect(await session.refused('update_project', { project, end: '2020-01-01' })).toMatch(/before it starts/);
  });

  it('gets a note once, unless the same is meant again', async () => {
    const input = { project, text: 'Cabling is done.\nPatching follows.' };
    const { structured } = await session.ok('add_project_note', input);
    const again = await session.refused('add_project_note', { ...input, text: `${input.text}\n` });
    expect(again).toMatch(new RegExp(`Note ${structured.id} on project .* already says the same`));
    await session.ok('add_project_note', { ...input, allowDuplicate: true });
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/notes' });
    await session.ok('add_project_note', { ...input, allowDuplicate: true });
    const notes = await session.get(`/project/projects/${project}/notes?pageSize=1000`);
    expect(notes.filter(({ text }: { text: string }) => text.trim() === input.text)).toHaveLength(3);
  });

  it('gets a phase once, unless another of that name is meant', async () => {
    const input = { project, name: 'Acceptance', deadline: 'Friday' };
    const { structured } = await session.ok('save_project_phase', input);
    const path = `/project/projects/${project}/phases/${structured.id}`;
    expect((await session.get(path)).deadlineDate).toBe('2026-12-04T00:00:00Z');
    expect(await session.refused('save_project_phase', input)).toContain('allowDuplicate: true');
    await session.ok('save_project_phase', { project, phase: 'Acceptance', deadline: '', notes: '', budgetHours: 4 });
    expect((await session.get(path)).deadlineDate).toBe('2026-12-04T00:00:00Z');
    await session.ok('save_project_phase', { project, phase: 'Acceptance', clear: ['deadline'] });
    expect((await session.get(path)).deadlineDate).toBeUndefined();
    const other = await session.ok('save_project_phase', { ...input, allowDuplicate: true });
    expect(other.structured.id).not.toBe(structured.id);
  });

  it('loses a budget only when that is said', async () => {
    await session.ok('update_project', { project, budgetHours: 40, description: 'Old' });
    await session.ok('update_project', { project, description: '', manager: '', status: null, budgetHours: 50 });
    expect(await session.get(`/project/projects/${project}`)).toMatchObject({ budgetHours: 50, description: 'Old' });
    await session.ok('update_project', { project, clear: ['budgetHours'] });
    const after = await session.get(`/project/projects/${project}`);
    expect([after.budgetHours, after.budgetFlag]).toEqual([undefined, false]);
  });

  it('is not searched by a status and a state that exclude each other', async () => {
    const [done] = await session.get('/project/statuses?conditions=name="Closed"');
    expect(await session.refused('search_projects', { status: done.name, state: 'open' })).toContain('leaves none');
    const closed = await session.get('/project/projects?conditions=closedFlag=true&pageSize=1000');
    const { structured } = await session.ok('search_projects', { conditions: 'closedFlag=true' });
    expect(structured.total).toBe(closed.length);
  });
});

describe.each(['Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Honolulu'])('the dates of a project in %s', (zone) => {
  it('are the dates that were said', async () => {
    const session = await startSession({ now: NOW, toolsets: 'all', environment: { CWM_TIME_ZONE: zone } });
    const dates = { start: '2027-03-08', end: '2027-03-10' };
    const { structured, text } = await session.ok('create_project', {
      name: 'Move',
      company: 'Globex',
      manager: 'achen',
      ...dates,
    });
    expect(text).toContain('2027-03-08 to 2027-03-10');
    expect(text).toMatch(/^time approver: Alex Chen\nexpense approver: Alex Chen$/m);
    const id = String(structured.id);
    await session.ok('update_project', { project: id, end: '2027-03-11' });
    await session.ok('save_project_phase', { project: id, name: 'Plan', deadline: '2027-03-09' });
    expect(await session.get(`/project/projects/${id}`)).toMatchObject({
      estimatedStart: '2027-03-08T00:00:00Z',
      estimatedEnd: '2027-03-11T00:00:00Z',
    });
    expect((await session.ok('get_project', { project: id })).text).toMatch(
      /2027-03-08 to 2027-03-11(.|\n)*2027-03-09/,
    );
    const found = await session.ok('search_projects', { ending: '2027-03-11' });
    expect(found.structured.rows.map(([row]: string[]) => row)).toEqual([id]);
    // A conversion takes no date: Manage, here in UTC, dates the order.
    const order = await session.ok('convert_opportunity', { opportunity: '5', to: 'salesOrder', confirm: true });
    const [stored] = await session.get(`/sales/orders?conditions=id=${order.structured.id}`);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(NOW);
    const told = `Manage dated the order by its own zone; here it is ${today}.`;
    expect(order.text.includes(told)).toBe(stored.orderDate.slice(0, 10) !== today);
    await session.close();
  });
});
