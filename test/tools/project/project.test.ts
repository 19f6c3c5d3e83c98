import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,project' });
});
afterAll(() => session.close());

const ok = async (tool: string, input: Record<string, unknown>) => {
  const answer = await session.call(tool, input);
  expect(answer.isError, answer.text).toBe(false);
  return answer;
};
const refused = async (tool: string, input: Record<string, unknown>): Promise<string> => {
  session.writes();
  const { text, isError } = await session.call(tool, input);
  expect(isError, text).toBe(true);
  expect(session.writes()).toEqual([]);
  return text;
};
const get = async (path: string) => (await session.rest('GET', path)).body;

describe('projects', () => {
  it('are found, with hours against budget', async () => {
    const all = await get('/project/projects?pageSize=1000');
    const open = all.filter(({ closedFlag }: { closedFlag?: boolean }) => closedFlag !== true);
    const { structured } = await ok('search_projects', {});
    expect(structured.total).toBe(open.length);
    const over = open.filter(
      (one: { actualHours?: number; budgetHours?: number }) =>
        (one.budgetHours ?? 0) > 0 && (one.actualHours ?? 0) > (one.budgetHours ?? 0),
    );
    expect(structured.rows.filter((row: string[]) => row[6] === 'yes')).toHaveLength(over.length);
  });

  it('are read with phases in WBS order, team and ticket counts', async () => {
    const [row] = await get('/project/projects?pageSize=1');
    const phases = await get(`/project/projects/${row.id}/phases?pageSize=1000`);
    const tickets = await get(`/project/tickets?conditions=project/id=${row.id}&pageSize=1000`);
    const { text, structured } = await ok('get_project', { project: String(row.id) });
    expect(structured.phases).toHaveLength(phases.length);
    const open = tickets.filter(({ closedFlag }: { closedFlag?: boolean }) => closedFlag !== true).length;
    expect(text).toContain(`tickets: ${open} open, ${tickets.length - open} closed`);
  });

  it('are started, changed, given phases, a team and notes', async () => {
    const input = {
      name: 'Move to the new office',
      company: 'Globex',
      start: '2026-12-01',
      end: '2027-02-26',
      budgetHours: 80,
    };
    expect((await ok('create_project', { ...input, dryRun: true })).text).toContain('"budgetHours":80');
    const { structured, text } = await ok('create_project', input);
    const { id } = structured;
    expect(text).toContain('2026-12-01 to 2027-02-26');
    expect(await refused('create_project', input)).toMatch(/already/);
    const changed = await ok('update_project', { project: String(id), manager: 'me', budgetHours: 100 });
    expect(changed.text).toContain('budgetHours: 80 -> 100');
    const phase = await ok('save_project_phase', { project: String(id), name: 'Network', budgetHours: 30 });
    await ok('save_project_phase', { project: String(id), name: 'Firewall', under: 'Network' });
    expect(await refused('save_project_phase', { project: String(id), name: 'Network' })).toMatch(/already/);
    const bigger = await ok('save_project_phase', { project: String(id), phase: 'Network', budgetHours: 40 });
    expect(bigger.text).toContain('budgetHours: 30 -> 40');
    expect((await get(`/project/projects/${id}/phases/${phase.structured.id}`)).budgetHours).toBe(40);
    const roles = await get('/project/securityRoles');
    await ok('set_project_team', { project: String(id), member: 'Alex Chen', role: roles[0].name });
    expect(await refused('set_project_team', { project: String(id), member: 'Alex Chen' })).toMatch(
      /on the team already/,
    );
    await ok('add_project_note', { project: String(id), text: 'Kick-off on Tuesday.' });
    const story = await ok('get_project', { project: 'Move to the new office' });
    expect(story.text).toMatch(/Network.*0 h of 40 h/);
    expect(story.text).toContain('Alex Chen');
    expect(story.text).toContain('Kick-off on Tuesday.');
    expect(await refused('set_project_team', { project: String(id), member: 'Alex Chen', remove: true })).toMatch(
      /confirm: true/,
    );
    await ok('set_project_team', { project: String(id), member: 'Alex Chen', remove: true, confirm: true });
    expect(await get(`/project/projects/${id}/teamMembers`)).toEqual([]);
  });

  it.each([
    ['create_project', { name: 'x', company: 'Globex', start: '2026-12-02', end: '2026-12-01' }, /before start/],
    [
      'create_project',
      { name: 'x', company: 'Globex', start: '2026-12-01', end: '2026-12-24', board: 'Help Desk' },
      /no project board/,
    ],
    ['create_project', { name: 'x'.repeat(101), company: 'Globex', start: 'today', end: 'today' }, /101 characters/],
    ['update_project', { project: '1' }, /Nothing to change/],
    ['save_project_phase', { project: '1' }, /Send name/],
    ['set_project_team', { project: '1', member: 'Alex', role: 'x' }, /fits several/],
    ['get_project', { project: 'No such thing at all' }, /there is no project/],
  ])('%s %j is answered with what to send', async (tool, input, message) => {
    expect(await refused(tool, input)).toMatch(message);
  });
});
