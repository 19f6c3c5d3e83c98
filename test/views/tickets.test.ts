import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../support/session.ts';
import { expectInert, poisonedResult } from './host/attacks.ts';
import { chromiumPath } from './host/chromium.ts';
import type { Result } from './host/scene.ts';
import { type HostOptions, type Shown, showTool } from './host/show-tool.ts';
import { type Stage, stageForViews } from './host/stage.ts';

describe.skipIf(chromiumPath === undefined)('a list of tickets in a host', () => {
  let session: Session;
  let stage: Stage;
  beforeAll(async () => {
    [session, stage] = await Promise.all([startSession(), stageForViews()]);
  });
  afterAll(() => session?.close());

  const OPEN = { board: 'Help Desk', limit: 5 };
  const show = (options?: HostOptions, input: Record<string, unknown> = OPEN): Promise<Shown> =>
    showTool({ ...stage, session }, 'search_tickets', input, options);
  const listed = async (): Promise<string[][]> => (await session.ok('search_tickets', OPEN)).structured.rows;
  const fact = async (ticketId: number): Promise<Record<string, string>> =>
    (await session.ok('get_ticket', { ticketId })).structured;

  it('shows the tickets of the answer, filters them, and opens one in its place', async () => {
    const { view, calls, complaints, strays } = await show();
    const rows = await listed();
    expect(await view.locator('.ticket-row').count()).toBe(rows.length);
    const [id = '', summary = ''] = rows[1] ?? [];
    await view.getByLabel('Filter these tickets').fill(`#${id}`.slice(1));
    await expect.poll(() => view.locator('.ticket-row').count()).toBe(1);
    await view.getByRole('button', { name: summary }).click();
    await view.getByRole('heading', { name: summary }).waitFor();
    expect(await view.locator('.opened').innerText()).toContain(`Ticket ${id}`);
    // The statuses of the board are read by the view: who has no views needs none.
    expect(calls).toEqual([
      { name: 'lookup_values', input: { table: 'statuses', board: 'Help Desk' } },
      { name: 'get_ticket', input: { ticketId: Number(id) } },
    ]);
    await view.getByLabel('Filter these tickets').fill('no such words');
    await view.getByText('No ticket here says that.').waitFor();
    expect({ complaints, strays }).toEqual({ complaints: [], strays: [] });
  });

  it('changes a status by its menu, and the model is told', async () => {
    const { view, calls, told } = await show();
    const [id = '', , , , status] = (await listed()).find(([, , , , own]) => own !== 'Waiting on Customer') ?? [];
    const menu = view.getByLabel(`Status of ticket ${id}`);
    await menu.locator('option', { hasText: 'Closed (closes)' }).waitFor({ state: 'attached' });
    expect(await menu.inputValue()).toBe(status);
    await menu.selectOption('Waiting on Customer');
    await expect.poll(async () => (await fact(Number(id))).status).toBe('Waiting on Customer');
    await expect.poll(() => told.join('\n')).toContain(`Ticket ${id} to Waiting on Customer`);
    expect(calls.find(({ name }) => name === 'update_ticket')).toEqual({
      name: 'update_ticket',
      input: { ticketId: Number(id), status: 'Waiting on Customer' },
    });
  });

  it('moves a card on the board into another column', async () => {
    const { view } = await show({ width: 1900 });
    const [id = ''] = (await listed()).find(([, , , , own]) => own !== 'Scheduled') ?? [];
    await view.getByRole('button', { name: 'Board' }).click();
    await view.locator(`[data-ticket="${id}"] p`).dragTo(view.getByRole('region', { name: /^Scheduled/ }));
    await expect.poll(async () => (await fact(Number(id))).status).toBe('Scheduled');
    await view
      .getByRole('region', { name: /^Scheduled/ })
      .locator(`[data-ticket="${id}"]`)
      .waitFor();
  });

  it('shows what the server refuses, and changes nothing', async () => {
    const [id = '', , , , status] = (await listed())[0] ?? [];
    const refusal = { isError: true, content: [{ type: 'text', text: 'The board does not allow that.' }] };
    const { view } = await show({
      callTool: async (name, input) =>
        name === 'update_ticket' ? refusal : session.client.callTool({ name, arguments: input }),
    });
    const other = status === 'New' ? 'Assigned' : 'New';
    await view.locator('option', { hasText: '(closes)' }).first().waitFor({ state: 'attached' });
    await view.getByLabel(`Status of ticket ${id}`).selectOption(other);
    await view.getByText('The board does not allow that.').waitFor();
    expect(await view.getByLabel(`Status of ticket ${id}`).inputValue()).toBe(status);
  });

  it('lets a person only look where the host lets a view do nothing, and asks the assistant where it may talk', async () => {
    const looking = await show({ allows: 'nothing' });
    expect(await looking.view.locator('select').count()).toBe(0);
    const talking = await show({ allows: 'words' });
    const [id = '', summary = ''] = (await listed())[0] ?? [];
    await talking.view.getByRole('button', { name: summary }).first().click();
    await expect.poll(() => talking.words).toContain(`Show ticket ${id}.`);
  });

  it('keeps a ticket open in a list, a board and a filter, and what it showed where it cannot be read again', async () => {
    let refuses = false;
    const { view, calls } = await show({
      callTool: async (name, input) => {
        if (refuses && name === 'get_ticket') throw new Error('Not now.');
        return session.client.callTool({ name, arguments: input });
      },
    });
    const reads = () => calls.filter(({ name }) => name === 'get_ticket').length;
    const [id = '', summary = ''] = (await listed())[1] ?? [];
    const title = view.getByRole('heading', { level: 1, name: summary });
    const opener = () => view.locator(`[data-name="open-${id}"]`);
    await opener().click();
    await title.waitFor();
    await view.getByRole('button', { name: 'Board' }).click();
    await view.getByLabel('Filter these tickets').fill(id);
    expect(await title.isVisible()).toBe(true);
    expect(await opener().getAttribute('aria-expanded')).toBe('true');
    await view.getByRole('button', { name: 'List' }).click();
    expect(await view.locator(`[data-ticket="${id}"] .opened`).innerText()).toContain(summary);
    expect(reads()).toBe(1);
    refuses = true;
    await view.locator('.opened').getByRole('button', { name: 'Refresh' }).click();
    await view.getByText(`Ask the assistant for ticket ${id}.`).waitFor();
    expect(await title.isVisible()).toBe(true);
    expect(await view.getByText('Loading…').count()).toBe(0);
    refuses = false;
    await view.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => view.getByText('Ask the assistant').count()).toBe(0);
    // A list that is read again reads the ticket again, too.
    await view.getByRole('navigation', { name: 'Tickets' }).getByRole('button', { name: 'Refresh' }).click();
    await expect.poll(reads).toBe(4);
    await title.waitFor();
    // Escape in a form of the ticket closes the form, then the ticket, and the keyboard is back where it came from.
    const note = view.locator('.opened').getByRole('button', { name: 'Add note' });
    await note.click();
    await view.locator('.opened').getByRole('form').getByRole('textbox').first().press('Escape');
    expect(await title.isVisible()).toBe(true);
    await note.press('Escape');
    expect(await title.count()).toBe(0);
    expect(await opener().and(view.locator(':focus')).count()).toBe(1);
    await opener().click();
    await title.waitFor();
    await opener().click();
    expect(await opener().getAttribute('aria-expanded')).toBe('false');
    expect(await title.count()).toBe(0);
  });

  it('takes no card where tickets cannot be changed, and nothing that is no card', async () => {
    const reading = await session.restart({ CWM_READ_ONLY: 'true' });
    const looking = await showTool({ ...stage, session: reading }, 'search_tickets', OPEN);
    const writing = await show();
    const [id = ''] = (await listed())[0] ?? [];
    for (const [{ view, frame, calls }, kind] of [
      [looking, 'application/x-cwm-ticket'],
      [writing, 'text/plain'],
    ] as const) {
      await view.getByRole('button', { name: 'Board' }).click();
      await frame().evaluate(`{
        const dataTransfer = new DataTransfer();
        dataTransfer.setData('${kind}', '${id}');
        for (const column of document.querySelectorAll('.column'))
          column.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
      }`);
      expect(await view.locator('.act').count()).toBe(0);
      expect(calls.filter(({ name }) => name === 'update_ticket')).toEqual([]);
    }
    await reading.close();
  });

  it('draws groups as a table, and says when there is nothing', async () => {
    const groups = await show({}, { groupBy: ['board'] });
    expect(await groups.view.locator('table').innerText()).toContain('Help Desk');
    const nothing = await show({}, { text: 'zzqx' });
    await nothing.view.getByText('No tickets.').waitFor();
  });

  it.each(['light', 'dark'] as const)('can be read in a %s host', async (theme) => {
    const { view, worst } = await show({ theme });
    const list = await worst();
    expect(list.ratio, list.text).toBeGreaterThanOrEqual(4.5);
    await view.getByRole('button', { name: 'Board' }).click();
    const board = await worst();
    expect(board.ratio, board.text).toBeGreaterThanOrEqual(4.5);
  });

  it('fits 320 px, long words and right-to-left names included', async () => {
    const { view, frame, drawnWidth } = await show({
      width: 320,
      alter: (result) => {
        const { rows, ...rest } = result.structuredContent as { rows: string[][] };
        const long = rows.map(([id = '', , , ...cells]) => [id, 'x'.repeat(200), 'شركة النور للتجارة', ...cells]);
        return { ...result, structuredContent: { ...rest, rows: long } } as Result;
      },
    });
    expect(await drawnWidth()).toBeLessThanOrEqual(320);
    const direction = `getComputedStyle([...document.querySelectorAll('[dir=auto]')].find((node) => /^ش/.test(node.textContent))).direction`;
    expect(await frame().evaluate(direction)).toBe('rtl');
    await view.getByRole('button', { name: 'Board' }).click();
    expect(await drawnWidth()).toBeLessThanOrEqual(320);
  });

  it('stays inert where nothing was cleaned before', async () => {
    const shown = await show({ alter: (result) => poisonedResult(result) });
    await expect.poll(() => shown.view.innerText()).toContain('window.hit=1');
    await expectInert(shown);
  });
});
