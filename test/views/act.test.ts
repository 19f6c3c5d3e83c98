import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../support/session.ts';
import { chromiumPath } from './host/chromium.ts';
import type { Result } from './host/scene.ts';
import { type HostOptions, type Shown, showTool } from './host/show-tool.ts';
import { type Stage, stageForViews } from './host/stage.ts';

const SHEET = { date: 'last week' };

describe.skipIf(chromiumPath === undefined)('a change from a view', () => {
  let session: Session;
  let stage: Stage;
  let sheet: Shown;
  beforeAll(async () => {
    [session, stage] = await Promise.all([startSession(), stageForViews()]);
    sheet = await show('get_timesheet', SHEET);
  });
  afterAll(() => {
    sheet?.giveBack();
    return session?.close();
  });

  const show = (tool: string, input: Record<string, unknown>, options?: HostOptions): Promise<Shown> =>
    showTool({ ...stage, session }, tool, input, options);
  const entriesOf = async (ticketId: number) =>
    (await session.get(`/time/entries?conditions=chargeToId=${ticketId}&orderBy=id desc`)) as {
      timeStart: string;
      timeEnd: string;
      notes: string;
    }[];

  it('fills a gap: shows what would be logged, logs it when pressed, shows the sheet again, and tells the model', async () => {
    const { view, told, calls } = sheet;
    const { days } = (await session.call('get_timesheet', SHEET)).structured;
    const [gap] = days[0].gaps;
    const ticketId = Number(/\d+/.exec(days[0].entries[0].on)?.[0]);
    const before = await entriesOf(ticketId);
    await view.getByRole('button', { name: `${gap.replace('-', '–')} gap` }).click();
    const form = view.getByRole('form', { name: 'Log time' });
    expect([
      await form.getByLabel('From').inputValue(),
      await form.getByLabel('To', { exact: true }).inputValue(),
    ]).toEqual(gap.split('-'));
    await form.getByRole('combobox', { name: 'Ticket' }).fill(String(ticketId));
    await form.getByLabel('Notes').fill('Checked the cable');
    session.writes();
    await form.getByRole('button', { name: 'Preview' }).click();
    await form.getByText('Dry run: nothing was sent.').waitFor();
    expect(await form.locator('.shown').innerText()).toMatch(new RegExp(`#?${ticketId}.*\n.*${gap.slice(0, 5)}`));
    expect(session.writes()).toEqual([]);
    await form.getByRole('button', { name: 'Log time' }).click();
    await view
      .locator('.news')
      .getByText(/^Logged entry \d+ for Jordan Doe/)
      .waitFor();
    const [entry] = await entriesOf(ticketId);
    expect(await entriesOf(ticketId)).toHaveLength(before.length + 1);
    expect(entry).toMatchObject({
      notes: 'Checked the cable',
      timeStart: `2026-11-16T${Number(gap.slice(0, 2)) + 5}:${gap.slice(3, 5)}:00Z`,
    });
    await expect.poll(() => calls.at(-1)).toEqual({ name: 'get_timesheet', input: SHEET });
    await expect.poll(() => view.getByRole('button', { name: `${gap.replace('-', '–')} gap` }).count()).toBe(0);
    await expect
      .poll(() => told.at(-1))
      .toMatch(/^The person did this in the view, it is done:\nLog time\nLogged entry[\s\S]*The view now shows:/);
  });

  it('says what is wrong in the words of the server, and keeps what was filled in', async () => {
    const { view } = sheet;
    await view.getByRole('button', { name: 'Log time on Tue 17 Nov' }).click();
    const form = view.getByRole('form', { name: 'Log time' });
    await form.getByRole('button', { name: 'Preview' }).click();
    // The browser asks for what is missing; nothing is called.
    expect(await form.locator('.shown').count()).toBe(0);
    await form.getByLabel('From').fill('14:00');
    await form.getByLabel('To', { exact: true }).fill('15:00');
    await form.getByRole('combobox', { name: 'Ticket' }).fill('999999');
    await form.getByRole('combobox', { name: 'Ticket' }).press('Enter');
    await form
      .getByRole('alert')
      .getByText(/999999/)
      .waitFor();
    expect(await form.getByLabel('From').inputValue()).toBe('14:00');
    await form.press('Escape');
    expect(await form.count()).toBe(0);
  });

  it('is agreed to under the question of the server, word for word, and not by a second Enter', async () => {
    const { view, calls, told } = sheet;
    const id = (await session.call('get_timesheet', SHEET)).structured.sheet.id;
    const submit = view.getByRole('button', { name: 'Submit' });
    const form = view.getByRole('form', { name: 'Submit time sheet' });
    session.writes();
    await submit.press('Enter');
    await form.locator('.shown').waitFor();
    const asked = await form.locator('.shown').innerText();
    expect((await session.call('submit_timesheet', { sheetId: id })).text).toContain(asked);
    expect(asked).not.toContain('confirm');
    await sheet.page.keyboard.press('Enter');
    await form.getByRole('button', { name: 'Cancel' }).click();
    expect(await form.count()).toBe(0);
    expect(session.writes()).toEqual([]);
    await submit.click();
    await form.getByRole('button', { name: 'Yes, do it' }).click();
    await view
      .locator('.news')
      .getByText(/submitted/i)
      .waitFor();
    expect(session.writes()).toEqual([`POST /time/sheets/${id}/submit`]);
    expect(calls.filter(({ name }) => name === 'submit_timesheet').map(({ input }) => input)).toEqual([
      { sheetId: id },
      { sheetId: id },
      { sheetId: id, confirm: true },
    ]);
    // A sheet that was handed in takes nothing more.
    await expect.poll(() => view.locator('.add, .fill').count()).toBe(0);
    expect(await submit.count()).toBe(0);
    await expect.poll(() => told.at(-1)).toMatch(/Log time\nLogged[\s\S]*Submit time sheet\n/);
  });

  it('adds notes, files and time to a ticket', async () => {
    const made = await session.ok('create_ticket', { summary: 'Scanner jams', company: 'Acme Corporation' });
    const ticketId: number = made.structured.id;
    const { view } = await show('get_ticket', { ticketId });
    const formOf = async (title: string) => {
      await view.getByRole('button', { name: title }).click();
      return view.getByRole('form', { name: title });
    };
    const note = await formOf('Add note');
    await note.getByLabel('Note').fill('Ordered <b>rollers</b> at https://parts.example/r?a=1.');
    await note.getByRole('button', { name: 'Add note' }).click();
    const link = view.locator('.note').last().getByRole('link');
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('https://parts.example/r?a=1');
    const file = await formOf('Attach file');
    await file
      .getByLabel('File')
      .setInputFiles({ name: 'scan.txt', mimeType: 'text/plain', buffer: Buffer.from('jam') });
    await file.getByRole('button', { name: 'Preview' }).click();
    await file.locator('.shown').waitFor();
    await file.getByRole('button', { name: 'Attach file' }).click();
    await view.getByRole('region', { name: 'Attachments' }).getByText('scan.txt').waitFor();
    const time = await formOf('Log time');
    await time.getByLabel('How long').fill('30 minutes');
    await time.getByLabel('How long').press('Enter');
    await time.getByRole('button', { name: 'Log time' }).click();
    await view.getByRole('region', { name: 'Time' }).getByText('0.5 h Jordan Doe').waitFor();
  });

  it('is not offered where the server only reads, and asked of the assistant where a view may only talk', async () => {
    const reading = await session.restart({ CWM_READ_ONLY: 'true' });
    const { _meta } = (await reading.client.callTool({ name: 'get_ticket', arguments: { ticketId: 575 } })) as Result;
    expect(_meta?.['cwm-mcp/view']).toMatchObject({ offers: [] });
    await reading.close();
    const { view, words } = await show('get_ticket', { ticketId: 575 }, { allows: 'words' });
    await view.getByRole('button', { name: 'Add note' }).click();
    const form = view.getByRole('form', { name: 'Add note' });
    await form.getByLabel('Note').fill('Rang back');
    await form.getByRole('button', { name: 'Add note' }).click();
    await expect.poll(() => words).toEqual(['Add this internal note to ticket 575: Rang back']);
  });

  it('is asked of the person by the client where that can, whatever the view says', async () => {
    const asking = await startSession({ answer: () => false });
    const { structured } = await asking.call('get_timesheet', SHEET);
    const { text } = await asking.call('submit_timesheet', { sheetId: structured.sheet.id, confirm: true });
    expect(text).toMatch(/declined/);
    await asking.close();
  });
});
