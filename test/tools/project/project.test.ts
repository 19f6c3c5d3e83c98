import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,project' });
});
afterAll(() => session.close());

describe('projects', () => {
  it('are found, with hours against budget', async () => {
    const all = await session.get('/project/projects?pageSize=1000');
    const open = all.filter(({ closedFlag }: { closedFlag?: boolean }) => closedFlag !== true);
    const { structured } = await session.ok('search_projects', {});
    expect(structured.total).toBe(open.length);
    const over = open.filter(
      (one: { actualHours?: number; budgetHours?: number }) =>
        (one.budgetHours ?? 0) > 0 && (one.actualHours ?? 0) > (one.budgetHours ?? 0),
    );
    expect(structured.rows.filter((row: string[]) => row[6] === 'yes')).toHaveLength(over.length);
  });

  it('are read with phases in WBS order, team and ticket counts', async () => {
    const [row] = await session.get('/project/projects?pageSize=1');
    const phases = await session.get(`/project/projects/${row.id}/phases?pageSize=1000`);
    const tickets = await session.get(`/project/tickets?conditions=project/id=${row.id}&pageSize=1000`);
    const { text, structured } = await session.ok('get_project', { project: String(row.id) });
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
    expect((await session.ok('create_project', { ...input, dryRun: true })).text).toContain('"budgetHours":80');
    const { structured, text } = await session.ok('create_project', input);
    const { id } = structured;
    expect(text).toContain('2026-12-01 to 2027-02-26');
    expect(await session.refused('create_project', input)).toMatch(/already/);
    const changed = await session.ok('update_project', { project: String(id), manager: 'me', budgetHours: 100 });
    expect(changed.text).toContain('budgetHours: 80 -> 100');
    const phase = await session.ok('save_project_phase', { project: String(id), name: 'Network', budgetHours: 30 });
    await session.ok('save_project_phase', { project: String(id), name: 'Firewall', under: 'Network' });
    expect(await session.refused('save_project_phase', { project: String(id), name: 'Network' })).toMatch(/already/);
    const rack = await session.ok('save_project_phase', { project: String(id), name: 'Rack' });
    const move = { project: String(id), phase: 'Rack', under: 'Network' };
    const moved = await session.ok('save_project_phase', { ...move, notes: 'First floor' });
    expect(moved.text).toMatch(/parentPhase: - -> Network/);
    const stored = await session.get(`/project/projects/${id}/phases/${rack.structured.id}`);
    expect([stored.wbsCode, stored.parentPhase.name]).toEqual(['1.2', 'Network']);
    expect((await session.ok('save_project_phase', move)).text).toContain('Nothing differs from before.');
    const around = { project: String(id), phase: 'Network', under: 'Plan' };
    await session.ok('save_project_phase', { project: String(id), name: 'Plan' });
    expect(await session.refused('save_project_phase', around)).toMatch(/has phases of its own.*Firewall, Rack/);
    const bigger = await session.ok('save_project_phase', { project: String(id), phase: 'Network', budgetHours: 40 });
    expect(bigger.text).toContain('budgetHours: 30 -> 40');
    expect((await session.get(`/project/projects/${id}/phases/${phase.structured.id}`)).budgetHours).toBe(40);
    const changes = await session.ok('call_read_operation', {
      operation: 'list_changes',
      arguments: { tool: 'save_project_phase', limit: 1 },
    });
    expect(changes.text).toContain('(Network)');
    const roles = await session.get('/project/securityRoles');
    await session.ok('set_project_team', { project: String(id), member: 'Alex Chen', role: roles[0].name });
    expect(await session.refused('set_project_team', { project: String(id), member: 'Alex Chen' })).toMatch(
      /already on the team/,
    );
    await session.ok('add_project_note', { project: String(id), text: 'Kick-off on Tuesday.' });
    const story = await session.ok('get_project', { project: 'Move to the new office' });
    expect(story.text).toMatch(/Network.*0 h of 40 h/);
    expect(story.text).toContain('Alex Chen');
    expect(story.text).toContain('Kick-off on Tuesday.');
    const more = await session.ok('set_project_team', { project: String(id), member: 'Alex Chen', hours: 12 });
    expect(more.text).toMatch(/hours: .* -> 12/);
    const role = await session.ok('set_project_team', {
      project: String(id),
      member: 'Alex Chen',
      role: roles[1].name,
    });
    expect(role.text).toContain(`projectRole: ${roles[0].name} -> ${roles[1].name}`);
    await session.ok('set_project_team', { project: String(id), member: 'Alex Chen', remove: true });
    expect(await session.get(`/project/projects/${id}/teamMembers`)).toEqual([]);
  });

  it('have no phase 1.1 where there is a "Phase 1" with the code 1', async () => {
    const { id } = (
      await session.ok('create_project', { name: 'Audit', company: 'Globex', start: '2026-12-01', end: '2027-02-26' })
    ).structured;
    await session.ok('save_project_phase', { project: String(id), name: 'Phase 1: Survey' });
    const wrong = { project: String(id), phase: '1.1', clear: ['deadline'] };
    expect(await session.refused('save_project_phase', wrong)).toMatch(/no phase "1\.1".*Phase 1: Survey/s);
    await session.ok('save_project_phase', { project: String(id), name: 'Tests', under: 'Phase 1' });
    const { text } = await session.ok('save_project_phase', { ...wrong, notes: 'Twice.' });
    expect(text).toMatch(/^Updated phase \d+: 1\.1 Tests/);
  });

  it.each([
    ['create_project', { name: 'x', company: 'Globex', start: '2026-12-02', end: '2026-12-01' }, /before start/],
    [
      'create_project',
      { name: 'x', company: 'Globex', start: '2026-12-01', end: '2026-12-24', board: 'Help Desk' },
      /not a project board/,
    ],
    ['create_project', { name: 'x'.repeat(101), company: 'Globex', start: 'today', end: 'today' }, /101 characters/],
    ['update_project', { project: '1' }, /Nothing to change/],
    ['save_project_phase', { project: '1' }, /Send name/],
    ['set_project_team', { project: '1', member: 'Alex', role: 'x' }, /fits several/],
    ['get_project', { project: 'No such thing at all' }, /there is no project/],
  ])('%s %j is answered with what to send', async (tool, input, message) => {
    expect(await session.refused(tool, input)).toMatch(message);
  });
});
