import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../support/session.ts';
import { expectInert, poisonedResult } from './host/attacks.ts';
import { chromiumPath } from './host/chromium.ts';
import type { Result } from './host/scene.ts';
import { type HostOptions, type Shown, showTool } from './host/show-tool.ts';
import { type Stage, stageForViews } from './host/stage.ts';

describe.skipIf(chromiumPath === undefined)('the time sheet in a host', () => {
  let session: Session;
  let stage: Stage;
  beforeAll(async () => {
    [session, stage] = await Promise.all([startSession(), stageForViews()]);
    looked = await lastWeek();
  });
  afterAll(() => {
    looked?.giveBack();
    return session?.close();
  });

  const show = (input: Record<string, unknown>, options?: HostOptions): Promise<Shown> =>
    showTool({ ...stage, session }, 'get_timesheet', input, options);
  const lastWeek = (options?: HostOptions): Promise<Shown> => show({ date: 'last week' }, options);
  /** Last week as it is first shown, one page for all tests that only look: drawing it takes most of a test's time. */
  let looked: Shown;
  it('shows whose sheet it is, its state, and the hours against those due', async () => {
    const { view, complaints, strays } = looked;
    const { structured } = await session.call('get_timesheet', { date: 'last week' });
    expect(await view.getByRole('heading', { level: 1 }).innerText()).toBe(structured.member);
    expect(await view.locator('.badge').innerText()).toBe(structured.sheet.status);
    expect(await view.getByRole('region', { name: 'Totals' }).innerText()).toMatch(
      new RegExp(`${structured.hours} h of 40 h due, ${40 - structured.hours} h missing`),
    );
    expect(await view.getByRole('list', { name: 'Hours by billing' }).innerText()).toMatch(/Billable \d/);
    expect({ complaints, strays }).toEqual({ complaints: [], strays: [] });
  });

  it('has a column for every day, and every entry and gap in it', async () => {
    const { view } = looked;
    const { structured } = await session.call('get_timesheet', { date: 'last week' });
    const days = view.locator('.day');
    expect(await days.count()).toBe(structured.days.length);
    for (const [index, day] of structured.days.entries()) {
      const column = days.nth(index);
      expect(await column.locator('.entry').count()).toBe(day.entries.length);
      expect(await column.locator('.fill').count()).toBe(day.gaps.length);
      const text = await column.innerText();
      for (const { start, end, on } of day.entries)
        expect(text).toContain(`${start}–${end} ${on.replace('ticket ', '#')}`);
      for (const gap of day.gaps) expect(text).toContain(`${gap.replace('-', '–')} gap`);
      if (day.due > 0) expect(text).toContain(`${day.hours} h of ${day.due} h`);
    }
  });

  it('places entries at their times: an hour has the same height everywhere, and later is lower', async () => {
    const { view } = looked;
    const { structured } = await session.call('get_timesheet', { date: 'last week' });
    const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const placed = await Promise.all(
      structured.days.flatMap(({ entries }: { entries: { id: number; start: string; end: string }[] }) =>
        entries.map(async ({ id, start, end }) => {
          const box = await view.locator(`li:has([data-name=entry-${id}])`).boundingBox();
          return {
            from: minutes(start),
            length: minutes(end) - minutes(start),
            y: box?.y ?? 0,
            height: box?.height ?? 0,
          };
        }),
      ),
    );
    const [first] = placed;
    const perMinute = first.height / first.length;
    for (const { from, length, y, height } of placed) {
      expect(height).toBeCloseTo(length * perMinute, 0);
      expect(y).toBeCloseTo(first.y + (from - first.from) * perMinute, 0);
    }
  });

  it('shows an entry when it is pressed, and gives the keyboard back', async () => {
    const { view, page, frame } = looked;
    const entry = view.locator('.entry').first();
    await entry.press('Enter');
    const details = view.getByRole('region', { name: /^Time entry \d+$/ });
    expect(await details.innerText()).toMatch(/Billing\s+Billable/);
    expect(await entry.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Escape');
    expect(await details.count()).toBe(0);
    expect(await frame().evaluate('document.activeElement?.dataset.name')).toBe(await entry.getAttribute('data-name'));
  });

  it('asks the server for the next and the last week or day, and for the same again, and tells the model', async () => {
    const { view, calls, told, show: next } = await show({ date: 'last week', member: 'jdoe' });
    const title = view.locator('.top p');
    expect(told).toEqual([]);
    await view.getByRole('button', { name: 'Next week' }).click();
    await title.getByText('Mon 23 Nov – Sun 29 Nov 2026').waitFor();
    const { text } = await session.call('get_timesheet', { date: '2026-11-23', span: 'week', member: 'jdoe' });
    await expect.poll(() => told).toEqual([text]);
    expect(await view.locator('.day[data-today]').innerText()).toContain('Tue 24 Nov');
    await view.getByRole('button', { name: 'Refresh' }).press('Enter');
    await view.getByRole('button', { name: 'Previous week' }).click();
    await title.getByText('Mon 16 Nov – Sun 22 Nov 2026').waitFor();
    expect(calls).toEqual(
      ['2026-11-23', '2026-11-23', '2026-11-22'].map((date) => ({
        name: 'get_timesheet',
        input: { date, span: 'week', member: 'jdoe' },
      })),
    );
    const day = (await session.client.callTool({
      name: 'get_timesheet',
      arguments: { date: '2026-11-18' },
    })) as Result;
    await next(day);
    await view.getByRole('button', { name: 'Next day' }).click();
    await title.getByText('Thu 19 Nov 2026').waitFor();
    await next({ content: day.content });
    await view.getByText('time sheet: 2026-11-16 to 2026-11-22').waitFor();
  });

  it('shows the answer to what was asked last, whichever comes first', async () => {
    const waiting: (() => void)[] = [];
    const { view, calls } = await lastWeek({
      async callTool(name, input) {
        const result = await session.client.callTool({ name, arguments: input });
        await new Promise<void>((resolve) => waiting.push(resolve));
        return result;
      },
    });
    await view.getByRole('button', { name: 'Previous week' }).click();
    await view.getByRole('button', { name: 'Next week' }).click();
    await expect.poll(() => waiting.length).toBe(2);
    waiting[1]?.();
    await view.getByText('Mon 23 Nov – Sun 29 Nov 2026').waitFor();
    waiting[0]?.();
    // What is refreshed is what was shown when it was pressed, after the late answer had arrived.
    await view.getByRole('button', { name: 'Refresh' }).click();
    await expect.poll(() => calls.map(({ input }) => input.date)).toEqual(['2026-11-15', '2026-11-23', '2026-11-23']);
  });

  it('says what went wrong where the call failed, or what to ask the assistant where the host refuses it', async () => {
    let answer = async (): Promise<unknown> => ({
      content: [{ type: 'text', text: 'There is no member jdoh.' }],
      isError: true,
    });
    const { view } = await lastWeek({ callTool: () => answer() });
    await view.getByRole('button', { name: 'Refresh' }).click();
    await view.getByText('There is no member jdoh.').waitFor();
    answer = async () => {
      throw new Error('Not allowed.');
    };
    await view.getByRole('button', { name: 'Next week' }).click();
    await view
      .getByRole('status')
      .getByText(/did not allow it.*Show the time sheet of Jordan Doe.*23 Nov 2026/)
      .waitFor();
    expect(await view.locator('.day').count()).toBe(7);
  });

  it('writes to the assistant where that is all that the host lets it do', async () => {
    const { view, words } = await lastWeek({ allows: 'words' });
    await view.getByRole('button', { name: 'Next week' }).click();
    await view.getByText('The assistant was asked.').waitFor();
    expect(words).toEqual(['Show the time sheet of Jordan Doe for the week of 23 Nov 2026.']);
  });

  it('has no buttons that do nothing', async () => {
    const { view } = await lastWeek({ allows: 'nothing' });
    expect(await view.getByRole('button', { name: 'Refresh' }).count()).toBe(0);
    expect(await view.locator('.entry').count()).toBeGreaterThan(0);
  });

  it('takes the colours of the host, and follows when its person switches the theme', async () => {
    const { page, frame } = looked;
    const background = () => frame().evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(255, 255, 255)');
    await page.evaluate("change({ theme: 'dark' })");
    await expect.poll(background).toBe('rgb(29, 30, 33)');
    await page.evaluate("change({ styles: { variables: { '--color-background-primary': 'rgb(250, 245, 230)' } } })");
    await expect.poll(background).toBe('rgb(250, 245, 230)');
    await page.evaluate("change({ theme: 'light', styles: { variables: { '--color-background-primary': '' } } })");
    await expect.poll(background).toBe('rgb(255, 255, 255)');
  });

  /** A week in which everything odd happens. */
  const odd = async (): Promise<Result> => {
    const result = (await session.client.callTool({
      name: 'get_timesheet',
      arguments: { date: 'last week' },
    })) as Result;
    const { days, ...rest } = result.structuredContent as { days: { date: string; entries: object[] }[] };
    const [monday, ...others] = days as [(typeof days)[0], ...typeof days];
    const entry = (id: number, start: string, end: string, on: string) => ({
      ...monday.entries[0],
      ...{ id, start, end, on, company: 'شركة الأفق للتجارة', notes: `See https://kb.example/${id}.` },
    });
    const entries = [
      entry(9001, '09:00', '09:06', 'ticket 1 Short'),
      entry(9002, '09:06', '09:12', 'ticket 2 Short'),
      entry(9003, '23:00', '01:30', `ticket 3 ${'Überwachungsanlage'.repeat(4)}`),
    ];
    const structuredContent = { ...rest, member: 'عمر الفاروق', days: [{ ...monday, entries, gaps: [] }, ...others] };
    return { ...result, structuredContent };
  };

  it('shows entries over midnight on both days, short ones readable, and an odd hour without a high grid', async () => {
    const { view, frame, show: next } = looked;
    const high = (await view.locator('.calendar').boundingBox())?.height ?? 0;
    await next(await odd());
    await view.getByText('عمر الفاروق').waitFor();
    expect(await view.locator('[data-name=entry-9003] .when').innerText()).toBe('23:00–01:30 ⤵');
    const rest = view.locator('.day').nth(1).locator('[data-name=rest-9003]');
    expect(await rest.locator('.when').innerText()).toBe('⤴ 01:30');
    await rest.click();
    await view.getByText('Mon 16 Nov, 23:00–01:30, Tue 17 Nov').waitFor();
    expect(await view.locator('.details a').getAttribute('href')).toBe('https://kb.example/9003');
    await view.getByRole('button', { name: 'Close' }).click();
    // Of a line that there is no room for nothing is shown.
    const parts = `[...document.querySelectorAll('.calendar .lines')].map((one) =>
      (one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)) % 1)`;
    for (const part of (await frame().evaluate(parts)) as number[])
      expect(Math.abs(part - Math.round(part))).toBeLessThan(0.05);
    const boxes = await Promise.all(
      [9001, 9002].map((id) => view.locator(`li:has(> [data-name=entry-${id}])`).boundingBox()),
    );
    for (const box of boxes) expect(box?.height).toBeGreaterThanOrEqual(14);
    expect(boxes[0]?.x).not.toBe(boxes[1]?.x);
    // Three hours more and two folds, where fifteen hours more would double it.
    expect((await view.locator('.calendar').boundingBox())?.height).toBeLessThan(high * 1.6);
    expect(await frame().evaluate('getComputedStyle(document.querySelector("h1")).direction')).toBe('rtl');
  });

  it('gives entries side by side the room that their times need', async () => {
    const { view, show: next, resize, drawnWidth } = looked;
    const result = await odd();
    const { days, ...rest } = result.structuredContent as { days: { entries: object[] }[] };
    const [monday, ...others] = days;
    const aside = (id: number, start: string, end: string) => ({ ...monday?.entries[0], id, start, end });
    const entries = [aside(9011, '13:00', '15:00'), aside(9012, '13:15', '14:45'), aside(9013, '13:30', '14:30')];
    await next({ ...result, structuredContent: { ...rest, days: [{ ...monday, entries }, ...others] } });
    await resize(768);
    for (const id of [9011, 9012, 9013]) {
      const [entry, when] = await Promise.all(
        ['', ' .when'].map((inside) => view.locator(`[data-name=entry-${id}]${inside}`).boundingBox()),
      );
      const [edge, end] = [entry, when].map((box) => (box?.x ?? 0) + (box?.width ?? 0));
      expect(end).toBeLessThanOrEqual(edge ?? 0);
    }
    expect(await drawnWidth()).toBeLessThanOrEqual(768);
    await resize(1000);
  });

  it('can be read in light and dark hosts and fits every width: odd, as it is, and without entries', async () => {
    const { view, show: next, resize, theme: toTheme, worst, drawnWidth } = looked;
    const present = (await session.client.callTool({
      name: 'get_timesheet',
      arguments: { date: 'this week', propose: true },
    })) as Result;
    const { days, ...rest } = present.structuredContent as { days: object[] };
    const none = { ...rest, hours: 0, days: days.map((day) => ({ ...day, hours: 0, entries: [], gaps: [] })) };
    for (const result of [await odd(), present, { ...present, structuredContent: none }]) {
      await next(result);
      await view
        .getByRole('heading', { level: 1, name: (result.structuredContent as { member: string }).member })
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
    }
    await view.getByText('Nothing is logged on these days.').waitFor();
    await resize(320);
    const boxes = await Promise.all([0, 1].map((index) => view.locator('.day').nth(index).boundingBox()));
    expect(boxes[1]?.y).toBeGreaterThan((boxes[0]?.y ?? 0) + 30);
    expect(boxes[1]?.x).toBe(boxes[0]?.x);
    // What is pressed opens where it is, not under a list of days.
    const day = view.locator('.day').first();
    await day.getByRole('button', { name: /^Log time on/ }).click();
    await day.getByRole('form', { name: 'Log time' }).waitFor();
    expect(await drawnWidth()).toBeLessThanOrEqual(320);
  });

  it('stays inert where nothing was cleaned before', async () => {
    const sheet = { name: 'get_timesheet', arguments: { date: 'last week' } };
    await looked.show(poisonedResult((await session.client.callTool(sheet)) as Result, 'words'));
    await expect.poll(() => looked.view.innerText()).toContain('window.hit=1');
    await expectInert(looked);
  });
});
