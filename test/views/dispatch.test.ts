import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../support/session.ts';
import { expectInert, poisonedResult } from './host/attacks.ts';
import { chromiumPath } from './host/chromium.ts';
import type { Result } from './host/scene.ts';
import { type HostOptions, type Shown, showTool } from './host/show-tool.ts';
import { type Stage, stageForViews } from './host/stage.ts';

const TODAY = { member: 'all' };
const TOMORROW = { member: 'all', period: 'tomorrow' };

interface Entry {
  readonly id: number;
  readonly memberId: number;
  readonly member: string;
  readonly what: string;
  readonly start?: string;
  readonly clashes: readonly number[];
}

describe.skipIf(chromiumPath === undefined)('a day to dispatch in a host', () => {
  let session: Session;
  let stage: Stage;
  let board: Shown;
  beforeAll(async () => {
    [session, stage] = await Promise.all([startSession(), stageForViews()]);
    board = await show(TODAY);
  });
  afterAll(() => {
    board?.giveBack();
    return session?.close();
  });

  const show = (input: Record<string, unknown>, options?: HostOptions): Promise<Shown> =>
    showTool({ ...stage, session }, 'search_schedule', input, options);
  const answer = async (input: Record<string, unknown>): Promise<Result> =>
    (await session.client.callTool({ name: 'search_schedule', arguments: input })) as Result;
  const ownOf = ({ _meta }: Result) => {
    const aside = _meta?.['cwm-mcp/view'];
    return (aside as { own: { entries: Entry[] } }).own;
  };
  const entriesOf = async (input: Record<string, unknown>): Promise<Entry[]> => ownOf(await answer(input)).entries;
  const stored = (id: number) => session.get(`/schedule/entries/${id}`);
  const laneOf = (view: Shown['view'], name: string) => view.getByRole('region', { name, exact: true });

  it('has a lane for everybody, with every entry of the text in it and their free time between', async () => {
    const { view, calls, complaints, strays } = board;
    await view.locator('.gap').first().waitFor();
    const { structured } = await session.ok('find_free_time', { period: 'today', length: '15 minutes' });
    for (const [, name, slots] of structured.rows as string[][]) {
      const text = await laneOf(view, name ?? '').innerText();
      for (const slot of (slots ?? '').split(', ')) expect(text).toContain(slot.slice(0, 5));
    }
    const { rows } = (await session.ok('search_schedule', TODAY)).structured as { rows: string[][] };
    expect(await view.locator('.entry').count()).toBe(rows.length);
    for (const [id, when = '', member = '', what = ''] of rows) {
      const entry = laneOf(view, member).locator(`[data-name="entry-${id}"]`);
      const [, number, summary] = /Ticket# (\d+) - (.*)$/.exec(what) ?? [];
      expect(await entry.getAttribute('title')).toContain(`${/\d\d:\d\d-\d\d:\d\d/.exec(when)?.[0].replace('-', '–')}`);
      expect(await entry.locator('.what').innerText()).toBe(`#${number} ${summary}`);
    }
    expect(calls).toEqual([{ name: 'find_free_time', input: { period: '2026-11-24', length: '15 minutes' } }]);
    expect({ complaints, strays }).toEqual({ complaints: [], strays: [] });
  });

  it('places entries at their hours, and marks those that overlap with words as well', async () => {
    const { view } = board;
    const entries = await entriesOf(TODAY);
    const at = async (id: number) => view.locator(`li:has(> [data-name="entry-${id}"])`).boundingBox();
    const minutes = ({ start = '' }: Entry): number => Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16));
    const [first, second] = [entries[0] as Entry, entries.at(-1) as Entry];
    const [a, b] = [await at(first.id), await at(second.id)];
    const perMinute = (a?.width ?? 0) / 60;
    expect(b?.x).toBeCloseTo((a?.x ?? 0) + (minutes(second) - minutes(first)) * perMinute, 0);
    const [one, other] = entries.filter(({ clashes }) => clashes.length > 0);
    expect(await view.getByRole('region', { name: 'Overlaps' }).innerText()).toContain(one?.member);
    expect(await view.locator(`[data-name="entry-${one?.id}"] .unseen`).innerText()).toBe(
      `, overlaps entry ${other?.id}`,
    );
    expect((await at(one?.id ?? 0))?.y).not.toBe((await at(other?.id ?? 0))?.y);
    expect((await session.ok('search_schedule', TODAY)).text).toContain(
      `Overlapping: ${one?.id} and ${other?.id} (${one?.member})`,
    );
  });

  it('opens an entry by the keyboard, and gives the keyboard back', async () => {
    const { view, page, frame } = board;
    const entry = view.locator('.entry').first();
    await entry.press('Enter');
    const details = view.getByRole('region', { name: /^Schedule entry \d+$/ });
    expect(await details.innerText()).toMatch(/Tue 24 Nov, \d\d:\d\d–\d\d:\d\d/);
    expect(await entry.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Escape');
    expect(await details.count()).toBe(0);
    expect(await frame().evaluate('document.activeElement?.dataset.name')).toBe(await entry.getAttribute('data-name'));
  });

  it('moves an entry that is dragged to another lane and hour, after the person has read what would change', async () => {
    const made = await session.ok('schedule_work', {
      ticketId: 575,
      member: 'swright',
      start: '2026-11-25T10:00:00-05:00',
      hours: '90 minutes',
    });
    const { id } = made.structured;
    const { view, page, calls, told } = await show(TOMORROW);
    await laneOf(view, 'Alex Rivera').locator('.gap').waitFor();
    const from = (await view.locator(`[data-name="entry-${id}"]`).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const lane = (await laneOf(view, 'Alex Rivera').locator('.grid').boundingBox()) ?? { y: 0, height: 0 };
    const grab = { x: from.x + 10, y: from.y + 8 };
    session.writes();
    await page.mouse.move(grab.x, grab.y);
    await page.mouse.down();
    // Three hours and a bit later.
    await page.mouse.move(grab.x + from.width * 2 + 3, lane.y + lane.height / 2, { steps: 6 });
    expect(await view.locator('.ghost').innerText()).toBe('13:00–14:30');
    await page.mouse.up();
    const form = view.getByRole('form', { name: 'Move entry' });
    await form.getByText('Dry run: nothing was sent.').waitFor();
    expect(await form.locator('.shown').innerText()).toMatch(/10:00-11:30.*13:00-14:30/);
    expect(session.writes()).toEqual([]);
    await form.getByRole('button', { name: 'Move entry' }).click();
    await laneOf(view, 'Alex Rivera').locator(`[data-name="entry-${id}"]`).waitFor();
    expect(await stored(id)).toMatchObject({
      member: { identifier: 'arivera' },
      dateStart: '2026-11-25T18:00:00Z',
      dateEnd: '2026-11-25T19:30:00Z',
    });
    expect(session.writes()).toEqual([`PATCH /schedule/entries/${id}`]);
    // It is in no list of this server: the writing tool runs it by its name.
    expect(calls.find(({ name }) => name === 'call_write_operation')?.input.operation).toBe('update_schedule_entry');
    await expect.poll(() => told.join('\n')).toContain('Move entry');
    // A drag that is given up changes nothing.
    const again = (await view.locator(`[data-name="entry-${id}"]`).boundingBox()) ?? from;
    await page.mouse.move(again.x + 10, again.y + 8);
    await page.mouse.down();
    await page.mouse.move(again.x + 200, again.y + 8, { steps: 4 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await view.locator('.ghost, .act').count()).toBe(0);
  });

  it('leaves what a person presses or drags where it is when free time arrives meanwhile', async () => {
    let arrive = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { view, page, frame } = await show(TODAY, {
      async callTool(name, input) {
        if (name === 'find_free_time') await late;
        return session.client.callTool({ name, arguments: input });
      },
    });
    const block = view.locator('.entry').last();
    const { x, y } = (await block.boundingBox()) ?? { x: 0, y: 0 };
    await page.mouse.move(x + 10, y + 8);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 8, { steps: 3 });
    await view.locator('.ghost').waitFor();
    await frame().evaluate(
      `addEventListener('message', ({ data }) => data.result && setTimeout(() => (heard = true)))`,
    );
    arrive();
    await expect.poll(() => frame().evaluate('globalThis.heard')).toBe(true);
    expect([await view.locator('.ghost').count(), await view.locator('.gap').count()]).toEqual([1, 0]);
    await page.mouse.up();
    await view.getByRole('form', { name: 'Move entry' }).waitFor();
    await view.locator('.gap').first().waitFor();
  });

  it('says who is busy where an entry cannot go, and moves it by its form when the person insists', async () => {
    const [one, other] = await entriesOf({ member: 'dlopez' });
    const { view } = await show({ member: 'dlopez' });
    await view.locator(`[data-name="entry-${one?.id}"]`).press('Enter');
    await view.getByRole('button', { name: 'Move', exact: true }).click();
    const form = view.getByRole('form', { name: 'Move entry' });
    await form.getByLabel('From').fill(other?.start?.slice(11) ?? '');
    await form.getByLabel('To', { exact: true }).fill('');
    await form.getByLabel('From').press('Enter');
    await form.getByRole('alert').getByText(`entry ${other?.id}`).waitFor();
    // Of one person's day it is a name that is asked for: others are not known here.
    expect(await form.getByRole('combobox', { name: 'Who' }).inputValue()).toBe(one?.member);
    await form.getByLabel('Even if busy then').check();
    await form.getByRole('button', { name: 'Preview' }).click();
    await form.getByRole('button', { name: 'Move entry' }).click();
    // What has passed is asked about by the server.
    await form.getByText('in the past').waitFor();
    await form.getByRole('button', { name: 'Yes, do it' }).click();
    await view.getByRole('region', { name: 'Overlaps' }).waitFor();
    expect((await stored(one?.id ?? 0)).dateStart).toBe((await stored(other?.id ?? 0)).dateStart);
  });

  it('adds work in free time that is pressed', async () => {
    const { view } = await show(TOMORROW);
    const lane = laneOf(view, 'Jordan Doe');
    await lane.getByRole('button', { name: /^08:30.* free/ }).click();
    const form = view.getByRole('form', { name: 'Schedule work' });
    await form.getByLabel('Ticket').fill('#578');
    await form.getByRole('button', { name: 'Preview' }).click();
    await form.getByText('Dry run: nothing was sent.').waitFor();
    await form.getByRole('button', { name: 'Schedule work' }).click();
    await lane.locator('.entry', { hasText: '#578' }).waitFor();
    const [entry] = (await entriesOf(TOMORROW)).filter(({ what }) => what.includes('578'));
    expect(entry).toMatchObject({ member: 'Jordan Doe', start: '2026-11-25T08:30', end: '2026-11-25T09:30' });
    await lane.getByRole('button', { name: /^09:30.* free/ }).waitFor();
  });

  it('offers nothing where nothing can be written, and says so; and only words where a view may only talk', async () => {
    const reading = await session.restart({ CWM_READ_ONLY: 'true' });
    const looking = await showTool({ ...stage, session: reading }, 'search_schedule', TODAY);
    await looking.view.getByText('Entries cannot be moved from here').waitFor();
    expect(await looking.view.locator('[data-drag], .add').count()).toBe(0);
    await reading.close();
    const { view, words, calls } = await show(TODAY, { allows: 'words' });
    await view.getByRole('button', { name: 'Next day' }).click();
    await expect.poll(() => words).toEqual(['Show the schedule of everybody for 25 Nov 2026.']);
    expect(calls).toEqual([]);
    const nothing = await show(TODAY, { allows: 'nothing' });
    expect(await nothing.view.locator('nav, .add, [data-drag]').count()).toBe(0);
    expect(await nothing.view.locator('.entry').count()).toBeGreaterThan(0);
    await board.page.bringToFront();
  });

  it('shows holidays, days off and work without a time, and what to do about an empty day', async () => {
    await session.ok('schedule_work', { title: 'Vacation', member: 'tmoreau', date: '2026-11-30' });
    await session.ok('schedule_work', { ticketId: 565, member: 'Blake West', date: '2026-11-30' });
    const { view } = board;
    await board.show(await answer({ member: 'all', period: '2026-11-30' }));
    await laneOf(view, 'Théo Moreau').getByText('Vacation').waitFor();
    expect(await laneOf(view, 'Théo Moreau').innerText()).toContain('All day');
    const waiting = laneOf(view, 'Blake West').locator('.untimed .entry');
    expect(await waiting.innerText()).toContain('No time');
    // It gets one where it is dropped.
    await laneOf(view, 'Jordan Doe').locator('.gap').waitFor();
    await waiting.dragTo(laneOf(view, 'Jordan Doe').locator('.grid'), { targetPosition: { x: 300, y: 10 } });
    await view
      .getByRole('form', { name: 'Move entry' })
      .getByText(/no time set -> Mon 30 Nov 2026 \d\d:\d\d/)
      .waitFor();
    await board.show(await answer({ member: 'all', period: '2026-11-26' }));
    await view.getByText('Nothing is scheduled.').waitFor();
    await laneOf(view, 'Alex Chen').getByText('Holiday: Thanksgiving').waitFor();
    expect(await laneOf(view, 'Alex Chen').innerText()).toContain('no working time');
    await board.show(await answer({ member: 'all', period: '2026-11-29' }));
    await laneOf(view, 'Alex Chen').getByText('no working time').waitFor();
    const { text } = await session.ok('find_free_time', { period: '2026-11-26' });
    expect(text).toContain('holiday: Thanksgiving (2026-11-26) of all');
  });

  it('says that a page of the list is not all of it, and shows the rest', async () => {
    const { view } = board;
    await board.show(await answer({ ...TODAY, limit: 3 }));
    await view.getByText(/Only 3 of \d+ entries are here/).waitFor();
    await view.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(async () => view.locator('.entry').count()).toBe((await entriesOf(TODAY)).length);
    await board.show(await answer({ ...TODAY, period: 'today 9am to 12pm' }));
    await view.getByText('Only what touches 09:00–12:00 is here').waitFor();
    expect(await view.locator('.gap').count()).toBe(0);
    await view.getByRole('button', { name: 'Whole day' }).click();
    await expect.poll(async () => view.locator('.entry').count()).toBe((await entriesOf(TODAY)).length);
  });

  /** A day on which everything odd happens. */
  const odd = async (): Promise<Result> => {
    const result = await answer(TODAY);
    const own = ownOf(result);
    const entry = (id: number, start: string, end: string, what: string) => ({
      ...own.entries[0],
      ...{ id, start, end, what, memberId: 901, member: 'عمر الفاروق', clashes: [] },
    });
    const entries = [
      entry(9001, '2026-11-24T09:00', '2026-11-24T09:05', 'Acme / Ticket# 1 - Short'),
      entry(9002, '2026-11-24T09:05', '2026-11-24T09:10', 'شركة الأفق للتجارة / Ticket# 2 - طابعة لا تعمل'),
      entry(9003, '2026-11-24T23:00', '2026-11-25T01:30', `${'Überwachungsanlage'.repeat(4)}`),
      entry(9004, '2026-11-23T23:00', '2026-11-24T02:00', 'Night watch'),
    ];
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...own.entries[0],
      ...{ id: 9100 + index, memberId: 2000 + index, member: `${'Wolfeschlegelsteinhausen'.repeat(2)} ${index}` },
    }));
    const _meta = { 'cwm-mcp/view': { offers: ['schedule_work'], own: { ...own, entries: [...entries, ...many] } } };
    return { ...result, _meta } as Result;
  };

  it('shows entries over midnight, short ones readable, and an odd hour without a wide grid', async () => {
    const { view, frame } = board;
    await board.show(await odd());
    const lane = laneOf(view, 'عمر الفاروق');
    await lane.waitFor();
    expect(await lane.locator('[data-name=entry-9003] .when').textContent()).toBe('23:00–01:30 ⤵');
    expect(await lane.locator('[data-name^=rest-9004] .when').textContent()).toBe('⤴ 02:00');
    const boxes = await Promise.all(
      [9001, 9002].map((id) => lane.locator(`li:has(> [data-name=entry-${id}])`).boundingBox()),
    );
    for (const box of boxes) expect(box?.width).toBeGreaterThanOrEqual(40);
    expect(boxes[0]?.y).not.toBe(boxes[1]?.y);
    // The nights on both sides are folded: two hours, nine, one.
    expect(
      Number(await frame().evaluate(`getComputedStyle(document.querySelector('.board')).getPropertyValue('--length')`)),
    ).toBe(2 * 60 + 30 + 9 * 60 + 30 + 60);
    expect(await frame().evaluate(`getComputedStyle(document.querySelector('[aria-label^="ع"] h3')).direction`)).toBe(
      'rtl',
    );
  });

  it('can be read in light and dark hosts and fits every width: odd, as it is, and without entries', async () => {
    const { view, resize, theme: toTheme, worst, drawnWidth } = board;
    const bare = await answer({ member: 'swright', period: '2026-11-29' });
    for (const result of [await odd(), await answer(TODAY), bare]) {
      await board.show(result);
      await view.locator('.lane').first().waitFor();
      for (const theme of ['light', 'dark'] as const) {
        await toTheme(theme);
        const { ratio, text } = await worst();
        expect(ratio, text).toBeGreaterThanOrEqual(4.5);
      }
      for (const width of [320, 768, 1280]) {
        await resize(width);
        expect(await drawnWidth(), `${width} px`).toBeLessThanOrEqual(width);
      }
    }
    await resize(320);
    await board.show(await answer(TODAY));
    const lane = laneOf(view, 'Jordan Doe');
    await lane.locator('.entry').first().click();
    // What is pressed opens where it is, not under a list of lanes.
    await lane.getByRole('region', { name: /^Schedule entry/ }).waitFor();
    expect(await drawnWidth()).toBeLessThanOrEqual(320);
  });

  it('shows the table where a host hands on no more than the result', async () => {
    const { view } = board;
    const { content, structuredContent } = await answer(TODAY);
    await board.show({ content, structuredContent } as Result);
    await view.locator('table.plain').waitFor();
    expect(await view.locator('table.plain tbody tr').count()).toBe((await entriesOf(TODAY)).length);
  });

  it('stays inert where nothing was cleaned before', async () => {
    await board.show(poisonedResult(await answer(TODAY), 'words'));
    await board.view.getByText('window.hit=1').first().waitFor();
    await expectInert(board);
  });
});
