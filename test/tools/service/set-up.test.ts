import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,service' });
});
afterAll(() => session.close());

describe('get_board', () => {
  it('shows statuses in order with what they do, types, and teams with their members', async () => {
    const { text, structured } = await session.call('get_board', { name: 'help desk' });
    expect(text).toMatch(/^Board 1: Help Desk/);
    expect(structured.statuses[0]).toMatchObject({ name: 'New', default: 'yes', closed: '' });
    expect(structured.statuses.find(({ name }: { name: string }) => name === 'Cancelled')).toMatchObject({
      closed: 'yes',
      'no time': 'yes',
    });
    expect(structured.subtypes[0]).toMatchObject({ 'of types': 'all' });
    expect(structured.teams[0].members).toContain('Alex Chen');
    expect(text).toContain('dispatcher:');
    // Each value under its title, also behind empty ones.
    expect(text).toMatch(
      /id \| name \| closed \| no time \| default \| escalation\n- 1 \| New \| \| \| yes \| not responded/,
    );
    await session.rest('POST', '/service/boards/1/skillMappings', {
      type: { id: 1 },
      skillCategory: { id: 1 },
      skill: { id: 1 },
    });
    const { skills } = (await session.ok('get_board', { board: 'Help Desk' })).structured;
    expect(skills).toMatchObject([{ type: 'Incident', skill: 'Firewalls' }]);
    const { text: projects } = await session.call('get_board', { board: 'Projects' });
    expect(projects).toContain('project board: yes');
    expect((await session.call('get_board', {})).text).toContain('Send board, or sla');
  });

  it('shows what an SLA promises, and how a ticket gets its priority', async () => {
    const { text, structured } = await session.call('get_board', { sla: 'Premium SLA' });
    expect(text).toContain('hi impact, hi urgency: Priority 1');
    expect(structured.rows[0]).toEqual([
      'Premium SLA',
      expect.stringContaining('Priority 1'),
      '0.25 h (90 %)',
      '1 h (90 %)',
      '2 h (85 %)',
    ]);
    const all = await session.call('get_board', { sla: 'all' });
    expect(all.structured.total).toBe(8);
    expect(all.text).toContain('Standard SLA (default): hours of MyCalendar, Office hours');
    expect((await session.call('lookup_values', { table: 'slas' })).text).toContain('Premium SLA');
  });
});

describe('search_knowledge_base', () => {
  const search = (input: Record<string, unknown>) => session.call('search_knowledge_base', input);

  it('finds articles by words of the problem, the best first and whole', async () => {
    const { structured, text } = await search({ query: 'the VPN is dropping' });
    expect(structured.articles[0]).toMatchObject({
      title: 'VPN drops every hour',
      category: 'How-to',
      board: 'Help Desk',
    });
    expect(text).toMatch(/<<[0-9a-f]{8}\nRaise the rekey time/);
    const some = await search({ query: 'printer offline zebra' });
    expect(some.text).toContain('that have some of the words');
    expect(some.structured.articles[0].title).toBe('Printer shows offline');
    expect((await search({ query: 'quantum' })).structured.total).toBe(0);
    expect((await search({ query: '?!' })).isError).toBe(true);
  });

  it('lists without words, and shows one by id whole', async () => {
    const { structured } = await search({});
    expect(structured.total).toBeGreaterThanOrEqual(6);
    expect(structured.articles[0].issue).toBeUndefined();
    const { text } = await search({ articleId: structured.articles[0].id });
    expect(text).toContain('Resolution:');
    expect((await search({ article: 99_999 })).isError).toBe(true);
    expect((await search({ query: 'vpn', board: 'Internal' })).structured.total).toBe(0);
  });
});

describe('get_survey_results', () => {
  const results = (input: Record<string, unknown>) => session.call('get_survey_results', input);

  it('adds up every answer of the survey in use', async () => {
    const { body } = await session.rest('GET', '/service/surveys/1/results?pageSize=1000');
    const points = (body as { totalPoints: number }[]).map(({ totalPoints }) => totalPoints);
    const { structured, text } = await results({});
    expect(structured).toMatchObject({ responses: points.length, best: 5 });
    expect(structured.average).toBeCloseTo(points.reduce((sum, one) => sum + one, 0) / points.length, 2);
    const [rating] = structured.questions;
    expect(rating.choices.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(points.length);
    expect(structured.technicians.reduce((sum: number, { answers }: { answers: number }) => sum + answers, 0)).toBe(
      points.length,
    );
    expect(text).toMatch(/How satisfied are you with our service\? Very good \d+, Good \d+/);
    expect(text).toMatch(/Latest remarks, 10 of \d+:/);
    expect(structured.calls.every((one: { points: number }) => one.points < 3)).toBe(true);
  });

  it('narrows by company, member and period, and names the surveys there are', async () => {
    const { structured: all } = await results({});
    const [{ owner, answers }] = all.technicians;
    const { structured: one } = await results({ member: owner });
    expect(one).toMatchObject({ responses: answers });
    const { body } = await session.rest('GET', '/service/surveys/1/results?pageSize=1');
    const { structured: own } = await results({ company: body[0].company.identifier });
    expect(own.responses).toBeGreaterThan(0);
    expect(own.responses).toBeLessThan(all.responses);
    expect((await results({ period: '2020-01' })).structured.responses).toBe(0);
    expect((await results({ survey: 'Lunch' })).text).toContain('Closed ticket');
  });
});

describe('create_ticket from a template', () => {
  it('uses the values of the template unless arguments override them', async () => {
    expect((await session.call('lookup_values', { table: 'serviceTemplates' })).text).toContain('New starter');
    const { structured, isError, text } = await session.call('create_ticket', {
      company: 'Acme',
      template: 'new starter',
      priority: 'high',
    });
    expect(isError, text).toBe(false);
    const { body } = await session.rest('GET', `/service/tickets/${structured.id}`);
    expect(body).toMatchObject({
      summary: 'New starter: account and laptop',
      board: { name: 'Help Desk' },
      budgetHours: 3,
      severity: 'Medium',
    });
    expect(body.priority.name).toMatch(/High/);
    const { body: notes } = await session.rest('GET', `/service/tickets/${structured.id}/notes`);
    expect(notes[0]).toMatchObject({ text: expect.stringContaining('order the laptop'), detailDescriptionFlag: true });
    const other = await session.call('create_ticket', {
      company: 'Acme',
      template: 'Leaver',
      board: 'Internal',
      summary: 'Ann leaves',
      dryRun: true,
    });
    expect(other.text).toMatch(/"summary":"Ann leaves".*"board":\{"id":4\}/s);
    expect((await session.call('create_ticket', { company: 'Acme' })).text).toContain('summary is missing');
    expect((await session.call('create_ticket', { company: 'Acme', template: 'Nothing' })).text).toContain(
      'Monthly maintenance',
    );
  });
});
