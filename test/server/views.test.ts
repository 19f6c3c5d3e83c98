import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { borrowSandbox } from '../support/sandboxes.ts';
import { type Session, startHttpSession } from '../support/session.ts';
import { connectStdio } from '../support/stdio.ts';

const PAGES = [
  ['get_timesheet', 'ui://manage/timesheet'],
  ['get_ticket', 'ui://manage/ticket'],
  ['report', 'ui://manage/report'],
  ['search_tickets', 'ui://manage/tickets'],
  ['search_schedule', 'ui://manage/dispatch'],
] as const;

describe.each(['modern', 'handshake'] as const)('views for a %s client', (era) => {
  let session: Session;
  beforeAll(async () => {
    session = await startHttpSession({ era });
  });
  afterAll(() => session.close());

  it('are named by their tools and by no others', async () => {
    const named = (await session.listTools()).flatMap(({ name, _meta }) =>
      _meta === undefined ? [] : [[name, _meta]],
    );
    expect(Object.fromEntries(named)).toEqual(
      Object.fromEntries(PAGES.map(([tool, resourceUri]) => [tool, { ui: { resourceUri } }])),
    );
  });

  it.each(PAGES)('that %s names is a resource, whole in itself', async (_, uri) => {
    const { resources } = await session.client.listResources();
    expect(resources.find((resource) => resource.uri === uri)?.mimeType).toBe('text/html;profile=mcp-app');
    const { contents } = await session.client.readResource({ uri });
    const [content] = contents as { uri: string; mimeType?: string; text?: string; _meta?: unknown }[];
    expect(content).toMatchObject({
      uri,
      mimeType: 'text/html;profile=mcp-app',
      _meta: { ui: { csp: { connectDomains: [], resourceDomains: [] } } },
    });
    const html = content?.text ?? '';
    expect(html).toMatch(/^<!doctype html>/);
    expect(html.length).toBeLessThan(100_000);
    expect(html).toContain("default-src 'none'; script-src 'sha256-");
    const [head = '', ...scripts] = html.split('<script');
    expect(scripts.map((script) => script.slice(0, 15))).toEqual([' type="module">']);
    expect(head).not.toMatch(/<link|@import|url\(/);
  });

  it.each(['ui://manage/weather', 'ui://manage/../catalog.json', 'ui://other/ticket'])(
    'cannot be used to %s',
    async (uri) => {
      await expect(session.client.readResource({ uri })).rejects.toThrow(/no resource/);
    },
  );
});

describe('views', () => {
  it('are built next to the program', async () => {
    const sandbox = await borrowSandbox();
    const client = await connectStdio('modern', sandbox.environment, []);
    try {
      const { contents } = await client.readResource({ uri: 'ui://manage/timesheet' });
      expect((contents as { text?: string }[])[0]?.text).toMatch(/^<!doctype html>/);
    } finally {
      await client.close();
      await sandbox.close();
    }
  });

  it('are listed only with their tools', async () => {
    const session = await startHttpSession({ toolsets: 'company' });
    const { resources } = await session.client.listResources();
    expect(resources.filter(({ uri }) => uri.startsWith('ui:'))).toEqual([]);
    await session.close();
  });

  it('show nothing that the text does not say', async () => {
    const session = await startHttpSession();
    const { structured, text } = await session.call('get_timesheet', { date: 'last week' });
    for (const { entries, gaps } of structured.days) {
      for (const { id, start, end, on, company, notes } of entries) {
        const line = text.split('\n').find((one) => one.includes(`[${id},`));
        for (const part of [`${start}-${end}`, on, company, notes]) expect(line).toContain(part);
      }
      for (const gap of gaps) expect(text).toContain(`${gap}  gap`);
    }
    const [{ id }] = (await session.rest('GET', '/service/tickets?pageSize=1')).body;
    const ticket = await session.call('get_ticket', { ticketId: id });
    for (const value of Object.values(ticket.structured))
      if (typeof value === 'string') expect(ticket.text.toLowerCase()).toContain(value.toLowerCase());
    for (const { at, author, text: said } of ticket.structured.conversation)
      for (const part of [at, author, said]) expect(ticket.text).toContain(part);
    await session.close();
  });
});
