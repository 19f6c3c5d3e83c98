import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../support/session.ts';
import { expectInert, poisonedResult } from './host/attacks.ts';
import { chromiumPath } from './host/chromium.ts';
import type { Result } from './host/scene.ts';
import { type HostOptions, type Shown, showTool } from './host/show-tool.ts';
import { type Stage, stageForViews } from './host/stage.ts';

const MONTHS = { measures: ['opened', 'closed'], by: ['month'], period: 'last 6 months' };

describe.skipIf(chromiumPath === undefined)('a report in a host', () => {
  let session: Session;
  let stage: Stage;
  let shown: Shown;
  beforeAll(async () => {
    [session, stage] = await Promise.all([startSession(), stageForViews()]);
    shown = await show(MONTHS);
  });
  afterAll(() => {
    shown?.giveBack();
    return session?.close();
  });

  const show = (input: Record<string, unknown>, options?: HostOptions): Promise<Shown> =>
    showTool({ ...stage, session }, 'report', input, options);
  /** Another report in the page that is there. */
  const next = async (input: Record<string, unknown>, change = (result: Result): Result => result): Promise<Result> => {
    const result = (await session.client.callTool({ name: 'report', arguments: input })) as Result;
    const { head } = result.structuredContent as { head: string };
    await shown.show(change(result));
    await shown.view
      .getByText(String(head.split('\n')[0]))
      .first()
      .waitFor();
    return result;
  };

  it('has every value in its table, and what the text says around it', async () => {
    const { view, complaints, strays } = shown;
    const { structured } = await session.call('report', MONTHS);
    const cells = await view.getByRole('table').locator('th, td').allInnerTexts();
    expect(cells).toEqual([structured.columns, ...structured.rows].flat().map(String));
    const text = await view.innerText();
    for (const said of [...structured.head.split('\n'), ...structured.notes]) expect(text).toContain(said);
    expect({ complaints, strays }).toEqual({ complaints: [], strays: [] });
  });

  it('asks the person where the server asks first, and goes on when they agree, once', async () => {
    const before = (await session.client.callTool({ name: 'report', arguments: MONTHS })) as Result;
    const reopened = { measures: ['reopened'], period: 'last 30 days' };
    const { view, calls } = await show(reopened, { alter: () => before });
    const refresh = view.getByRole('button', { name: 'Refresh' });
    await refresh.click();
    await view.getByText(/^This takes \d+ requests to Manage, one for each of the tickets.*Go on\?/).waitFor();
    await view.getByRole('button', { name: 'Yes, do it' }).click();
    await view.getByText('In all: reopened').waitFor();
    expect(await view.getByText('Go on?').count()).toBe(0);
    // The yes was for the one call.
    await refresh.click();
    await expect
      .poll(() => calls.map(({ input }) => input))
      .toEqual([reopened, { ...reopened, confirm: true }, reopened]);
  });

  it('tells values to the keyboard and to the pointer', async () => {
    const { view } = shown;
    const { structured } = await session.call('report', MONTHS);
    const words = (row: (string | number)[]): string =>
      `${String(row[0]).replace(/\*$/, ' (part)')}: opened ${row[1]}, closed ${row[2]}`;
    const chart = view.getByRole('group', { name: /^opened, closed/ });
    const readout = view.locator('.readout');
    await chart.press('ArrowRight');
    expect(await readout.innerText()).toBe(words(structured.rows[0]));
    await chart.press('End');
    expect(await readout.innerText()).toBe(words(structured.rows.at(-1)));
    await chart.press('ArrowLeft');
    expect(await readout.innerText()).toBe(words(structured.rows.at(-2)));
    await view.locator('.slot').nth(2).hover();
    expect(await readout.innerText()).toBe(words(structured.rows[2]));
  });

  it('saves its values as CSV through the host', async () => {
    await shown.view.getByRole('button', { name: 'CSV' }).click();
    const { text } = await session.call('report', { ...MONTHS, format: 'csv' });
    await expect.poll(() => shown.saved).toHaveLength(1);
    expect(shown.saved[0]?.name).toBe('opened-closed-by-month.csv');
    expect(shown.saved[0]?.text.trim().split('\r\n')).toEqual(text.split('\n'));
  });

  it('draws higher what is more', async () => {
    await next({ measures: ['hours'], by: ['member'], period: 'last month' });
    const { rows } = (await session.call('report', { measures: ['hours'], by: ['member'], period: 'last month' }))
      .structured;
    const widths = await Promise.all([0, 5].map((at) => shown.view.locator('.block').nth(at).boundingBox()));
    expect((widths[1]?.width ?? 0) / (widths[0]?.width ?? 1)).toBeCloseTo(rows[5][1] / rows[0][1], 1);
  });

  it('shows figures alone where nothing is split, and says so where nothing was found', async () => {
    await next({ measures: ['opened', 'killRate'], period: 'last month' });
    const { totals } = (await session.call('report', { measures: ['opened', 'killRate'], period: 'last month' }))
      .structured;
    expect(await shown.view.locator('.figures').innerText()).toContain(String(totals.opened));
    // Amounts with cents where the text has them, and without where it has none.
    for (const measures of [['billed'], ['labourValue']]) {
      const input = { measures, by: ['company'], period: 'last quarter' };
      await next(input);
      const [, ...lines] = (await session.call('report', input)).text.split('\n').filter((line) => line.includes('|'));
      const cells = await shown.view.locator('tbody td').allInnerTexts();
      expect(cells).toEqual(lines.map((line) => line.split('|')[1]));
    }
    const empty = (result: Result): Result => ({
      ...result,
      structuredContent: { ...(result.structuredContent as object), total: 0, rows: [] },
    });
    await next({ measures: ['hours'], by: ['project'], period: 'last week' }, empty);
    expect(await shown.view.locator('.empty').innerText()).toMatch(/^Nothing to show/);
  });

  it.each(['light', 'dark'] as const)(
    'can be read in a %s host and fits every width: long, many, right to left',
    async (theme) => {
      await shown.theme(theme);
      const long = (result: Result): Result => {
        const { rows = [], ...rest } = result.structuredContent as { rows?: unknown[][] };
        const names = ['x'.repeat(120), 'شركة الأفق للتجارة والمقاولات', 'W. '.repeat(30)];
        const made = Array.from({ length: 60 }, (_, at) => [`${names[at % 3]} ${at}`, ...(rows[0] ?? []).slice(1)]);
        return { ...result, structuredContent: { ...rest, rows: made } };
      };
      for (const [input, change] of [
        [{ measures: ['hours'], by: ['month', 'member'], period: 'last 6 months' }, undefined],
        [{ measures: ['billed', 'hours'], by: ['company'], period: 'this year', compare: 'lastYear' }, long],
      ] as const) {
        await next(input, change);
        for (const width of [320, 768, 1200]) {
          await shown.resize(width);
          expect(await shown.drawnWidth(), `${width} px`).toBeLessThanOrEqual(width);
          // What reaches over the left edge cannot even be scrolled to.
          const left =
            "Math.min(0, ...[...document.querySelectorAll('.name')].map((one) => one.getBoundingClientRect().x))";
          expect(await shown.frame().evaluate(left), `${width} px`).toBe(0);
          // However long a name is, figures stand beside it, and it stays while they are looked through.
          const beside = `(() => {
            const table = document.querySelector('.table');
            table.scrollLeft = 10_000;
            const name = table.querySelector('tbody th').getBoundingClientRect();
            const box = table.getBoundingClientRect();
            return [name.x - box.x, name.width / box.width];
          })()`;
          const [from = 1, part = 1] = (await shown.frame().evaluate(beside)) as number[];
          expect(from, `${width} px`).toBeCloseTo(1, 0);
          expect(part, `${width} px`).toBeLessThan(0.5);
        }
        const { ratio, text } = await shown.worst();
        expect(ratio, text).toBeGreaterThanOrEqual(4.5);
      }
      expect(await shown.view.locator('.name[dir=auto]').count()).toBe(120);
      await shown.resize(1000);
    },
  );

  it('asks for the same again, and draws the result alone where a host hands on nothing else', async () => {
    await next(MONTHS, ({ _meta, ...result }) => result);
    expect(await shown.view.locator('.chart').count()).toBe(1);
    await shown.view.getByRole('button', { name: 'Refresh' }).click();
    await expect.poll(() => shown.calls).toEqual([{ name: 'report', input: MONTHS }]);
  });

  it('stays inert where nothing was cleaned before', async () => {
    const result = (await session.client.callTool({ name: 'report', arguments: MONTHS })) as Result;
    await shown.show(poisonedResult(result));
    await shown.view.getByText('window.hit=1').first().waitFor();
    await expectInert(shown);
  });
});
