import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../support/session.ts';
import { ATTACKS, expectInert, poisonedResult } from './host/attacks.ts';
import { chromiumPath } from './host/chromium.ts';
import type { Result } from './host/scene.ts';
import { type HostOptions, type Shown, showTool } from './host/show-tool.ts';
import { type Stage, stageForViews } from './host/stage.ts';

describe.skipIf(chromiumPath === undefined)('a ticket in a host', () => {
  let session: Session;
  let stage: Stage;
  let ticketId: number;
  beforeAll(async () => {
    [session, stage] = await Promise.all([startSession(), stageForViews()]);
    const made = await session.call('create_ticket', {
      summary: 'VPN is down',
      company: 'Acme Corporation',
      contact: 'office manager',
      priority: 'high',
      description: 'Nobody reaches the file server.\nSince 8 this morning.',
      assignTo: 'me',
    });
    expect(made.text).toContain('VPN is down');
    ticketId = made.structured.id;
    await session.call('add_ticket_note', { ticketId, text: 'The gateway lost its certificate.' });
    await session.call('add_ticket_note', { ticketId, text: 'We are on it.', kind: 'discussion' });
    await session.call('add_ticket_note', { ticketId, text: 'Renewed the certificate.', kind: 'resolution' });
    await session.call('log_time', { ticketId, hours: '45 minutes', start: '2pm', notes: 'Renewed the certificate' });
    await session.rest('POST', `/service/tickets/${ticketId}/tasks`, { notes: 'Tell the user', closedFlag: false });
    looked = await show();
  });
  afterAll(() => {
    looked?.giveBack();
    return session?.close();
  });

  const show = (options?: HostOptions, input: Record<string, unknown> = { ticketId }): Promise<Shown> =>
    showTool({ ...stage, session }, 'get_ticket', input, options);
  /** The ticket as it is first shown, one page for all tests that only look: drawing it takes most of a test's time. */
  let looked: Shown;

  it('shows what it is, whose it is, and where it stands', async () => {
    const { view, complaints, strays } = looked;
    const { structured } = await session.call('get_ticket', { ticketId });
    expect(await view.getByRole('heading', { level: 1 }).innerText()).toBe('VPN is down');
    expect(await view.locator('.top').innerText()).toContain(`Ticket ${ticketId}`);
    const state = await view.getByRole('list', { name: 'State' }).innerText();
    for (const value of [structured.status, structured.priority, structured.SLA]) expect(state).toContain(value);
    const facts = await view.locator('.facts').innerText();
    for (const label of ['company', 'contact', 'board', 'assigned']) expect(facts).toContain(structured[label]);
    expect({ complaints, strays }).toEqual({ complaints: [], strays: [] });
  });

  it('tells the conversation in order, and who could read what', async () => {
    const { view } = looked;
    const notes = view.locator('.note');
    const kinds = await notes.locator('.badge').allInnerTexts();
    // The time begins before the ticket was opened.
    expect(kinds).toEqual(['Time', 'Discussion', 'Internal', 'Discussion', 'Resolution']);
    expect(await notes.locator('.text').nth(1).innerText()).toBe(
      'Nobody reaches the file server.\nSince 8 this morning.',
    );
    const boxes = await Promise.all([0, 1, 2, 3].map((index) => notes.nth(index).boundingBox()));
    expect(boxes.map((box) => box?.y)).toEqual([...boxes.map((box) => box?.y)].sort((a = 0, b = 0) => a - b));
    expect(await view.innerText()).not.toMatch(/<<|>>/);
  });

  it('has the work beside it: tasks, schedule, time', async () => {
    const { view } = looked;
    expect(await view.getByRole('region', { name: 'Tasks' }).innerText()).toContain('☐ Tell the user');
    expect(await view.getByRole('region', { name: 'Schedule' }).innerText()).toContain('Jordan Doe');
    expect(await view.getByRole('region', { name: 'Time' }).innerText()).toMatch(/0.75 h Jordan Doe/);
  });

  it('asks the server for the notes that were left out', async () => {
    const { view, calls } = await show({}, { ticketId, notes: 2 });
    const total = (await session.call('get_ticket', { ticketId })).structured.notesTotal;
    await view.getByText(`latest 2 of ${total}`).waitFor();
    await view.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => view.locator('.note').count()).toBe(total);
    await view.getByRole('button', { name: 'Refresh' }).click();
    await expect
      .poll(() => calls.map(({ input }) => input))
      .toEqual([
        { ticketId, notes: total },
        { ticketId, notes: total },
      ]);
  });

  it('stays inert where somebody wrote markup into it', async () => {
    const made = await session.call('create_ticket', {
      summary: 'Printer <img src=x onerror=alert(1)>',
      company: 'Acme Corporation',
      description: `Please help. ${ATTACKS}`,
    });
    const { view, frame, strays, complaints } = await show({}, { ticketId: made.structured.id });
    expect(await view.getByRole('heading', { level: 1 }).innerText()).toMatch(/^Printer/);
    expect(await view.locator('.text').first().innerText()).toMatch(/^Please help\./);
    expect(await frame().evaluate('window.hit')).toBeUndefined();
    expect({ strays, complaints }).toEqual({ strays: [], complaints: [] });
  });

  it('stays inert and readable even where nothing was cleaned before', async () => {
    const shown = await show({ alter: (result) => poisonedResult(result) });
    expect(await shown.view.getByRole('heading', { level: 1 }).innerText()).toBe(`VPN is down ${ATTACKS}`);
    // What is an address is a link, and leads nowhere by itself.
    expect(await shown.view.locator('a').count()).toBeGreaterThan(0);
    await expectInert(shown);
  });

  it('listens to the frame around it alone', async () => {
    const { page, view, frame } = looked;
    const before = await view.innerText();
    await frame().evaluate(`window.got = 0; addEventListener('message', () => { window.got += 1; }); undefined`);
    // The host's own page is not that frame, and knows the numbers of the view's calls.
    await page.evaluate(`
      const result = { content: [{ type: 'text', text: 'Forged' }], structuredContent: { summary: 'Forged' } };
      const messages = [
        { method: 'ui/notifications/tool-result', params: result },
        { method: 'ui/notifications/tool-cancelled' },
        ...[1, 2, 3, 4].map((id) => ({ id, result })),
      ];
      for (const message of messages) frames[0].frames[0].postMessage({ jsonrpc: '2.0', ...message }, '*');
    `);
    await expect.poll(() => frame().evaluate('window.got')).toBe(6);
    expect(await view.innerText()).toBe(before);
  });

  it('could run no script and reach no address even if there were markup', async () => {
    const { frame, strays } = looked;
    const tried = await frame().evaluate(`
      const script = document.createElement('script');
      script.textContent = 'window.hit = 1';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="https://attacker.example/x.png" onerror="window.hit = 1">');
      fetch('https://attacker.example/').then(() => 'reached', () => window.hit ?? 'refused')
    `);
    expect(tried).toBe('refused');
    expect(strays).toEqual([]);
  });

  it('can be read in light and dark hosts, and fits every width: long words, right to left, nothing there', async () => {
    const { view, frame, show: next, resize, theme: toTheme, worst, drawnWidth } = looked;
    const full = (await session.client.callTool({ name: 'get_ticket', arguments: { ticketId } })) as Result;
    const with_ = (some: object): Result => ({
      ...full,
      structuredContent: { ...(full.structuredContent as object), ...some },
    });
    const arabic = 'الطابعة في الطابق الثاني لا تعمل';
    const [note] = (full.structuredContent as { conversation: object[] }).conversation;
    for (const result of [
      full,
      with_({ summary: 'x'.repeat(200), company: 'Ü'.repeat(90) }),
      with_({ summary: arabic, conversation: [{ ...note, author: 'عمر', text: `${arabic}.\n<b>1</b> 2` }] }),
      with_({ conversation: [], notesTotal: 0, time: [], schedule: [], tasks: [] }),
    ]) {
      await next(result);
      await view
        .getByText((result.structuredContent as { summary: string }).summary)
        .first()
        .waitFor();
      for (const theme of ['light', 'dark'] as const) {
        await toTheme(theme);
        const { ratio, text } = await worst();
        expect(ratio, text).toBeGreaterThanOrEqual(4.5);
      }
      for (const width of [320, 768, 1200]) {
        await resize(width);
        expect(await drawnWidth(), `${width} px`).toBeLessThanOrEqual(width);
      }
      if (JSON.stringify(result.structuredContent).includes(arabic)) {
        const directions = 'getComputedStyle(document.querySelector("h1")).direction';
        expect(await frame().evaluate(directions)).toBe('rtl');
        expect(await frame().evaluate(directions.replace('h1', '.text'))).toBe('rtl');
      }
    }
    await view.getByText('No notes yet.').waitFor();
  });

  it('leads to mail, phone, and the ticket in Manage, through the host', async () => {
    const { view, opened, show: next } = looked;
    const full = (await session.client.callTool({ name: 'get_ticket', arguments: { ticketId } })) as Result;
    const records =
      'https://na.manage.example/v4_6_release/services/system_io/router/openrecord.rails?companyName=a%26b';
    const told = { 'cwm-mcp/view': { offers: [], records } };
    const facts = { 'e-mail': 'pat@acme.example', phone: '+1 (518) 555-0142 ext. 7' };
    await next({ ...full, _meta: told, structuredContent: { ...(full.structuredContent as object), ...facts } });
    await view.getByRole('link', { name: 'pat@acme.example' }).click();
    await view.getByRole('link', { name: '+1 (518) 555-0142 ext. 7' }).click();
    await view.getByRole('link', { name: 'Open in Manage' }).click();
    await expect
      .poll(() => opened)
      .toEqual([
        'mailto:pat@acme.example',
        'tel:+15185550142;ext=7',
        `${records}&recordType=ServiceFv&recid=${ticketId}`,
      ]);
    expect(await view.getByRole('group', { name: 'Change the ticket' }).count()).toBe(0);
  });
});
