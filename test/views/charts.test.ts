import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chart, chartsOf, MOST_SERIES } from '../../views/report/charts.ts';
import { csvOf } from '../../views/report/csv.ts';
import { shown, shownWithUnit } from '../../views/report/format.ts';
import { blocksAt, lineThrough, reachOf, wordsOf } from '../../views/report/places.ts';
import { guessedShape, type Report, type Shape } from '../../views/report/report.ts';
import { everyFor, partOf, scaleFor } from '../../views/report/scale.ts';

const report = (columns: string[], rows: Report['rows'], totals: Report['totals'] = {}): Report => ({
  head: '',
  columns,
  rows,
  totals,
  notes: [],
});
const calendar = { title: 'month', kind: 'calendar' } as const;
const member = { title: 'member', kind: 'group' } as const;
const opened = { name: 'opened', unit: 'number', adds: true, isWhole: false } as const;
const killRate = { name: 'killRate', unit: 'percent', adds: false, isWhole: false } as const;
const shape = (some: Partial<Shape>): Shape => ({ splits: [], measures: [], across: false, compared: false, ...some });
const only = (charts: readonly Chart[]): Chart => {
  expect(charts).toHaveLength(1);
  return charts[0] as Chart;
};

describe('a report as charts', () => {
  it('has measures of one unit in a chart, lines over a calendar, and marks what is not over', () => {
    const rows = [
      ['2026-09*', 5, 40],
      ['2026-10', 7, null],
      ['2026-11*', 9, 12.5],
    ];
    const charts = chartsOf(
      report(['month', 'opened', 'killRate'], rows),
      shape({ splits: [calendar], measures: [opened, killRate] }),
    );
    expect(charts.map(({ title, form, unit }) => [title, form, unit])).toEqual([
      ['opened', 'lines', 'number'],
      ['killRate', 'lines', 'percent'],
    ]);
    expect(charts[0]?.places).toEqual([
      { label: '2026-09', isPart: true },
      { label: '2026-10', isPart: false },
      { label: '2026-11', isPart: true },
    ]);
    expect(charts[1]?.series).toEqual([{ name: 'killRate', values: [40, null, 12.5] }]);
    expect(wordsOf(charts[1] as Chart, 1, undefined)).toBe('2026-10: killRate –');
  });

  it('has bars for names, with what was before beside them', () => {
    const rows = [['Acme*', 9, 4, '+125%']];
    const chart = only(
      chartsOf(
        report(['member', 'opened', 'before', 'change'], rows),
        shape({ splits: [member], measures: [opened], compared: true }),
      ),
    );
    expect(chart.form).toBe('bars');
    expect(chart.places).toEqual([{ label: 'Acme*', isPart: false }]);
    expect(chart.series).toEqual([
      { name: 'opened', values: [9] },
      { name: 'opened before', values: [4], isBefore: true },
    ]);
  });

  it.each([
    [
      'down',
      ['member', 'month', 'opened'],
      [
        ['Jo', '2026-11*', 3],
        ['Jo', '2026-10', 1],
        ['Al', '2026-10', 2],
      ],
      false,
    ],
    [
      'across',
      ['member \\ month', '2026-10', '2026-11*'],
      [
        ['Jo', 1, 3],
        ['Al', 2, null],
      ],
      true,
    ],
  ])('stacks what adds up, with time along the axis, from a table %s', (_, columns, rows, across) => {
    const chart = only(
      chartsOf(report(columns, rows), shape({ splits: [member, calendar], measures: [opened], across })),
    );
    expect(chart).toMatchObject({ form: 'columns', isStacked: true, title: 'opened by member' });
    expect(chart.places.map(({ label }) => label)).toEqual(['2026-10', '2026-11']);
    expect(chart.series).toEqual([
      { name: 'Jo', values: [1, 3] },
      { name: 'Al', values: [2, null] },
    ]);
  });

  it('tells no more series apart than colours can, loses nothing that adds up, and says what else is left out', () => {
    const names = Array.from({ length: 12 }, (_, index) => `M${index}`);
    const rows = [['2026-10', ...names.map((_, index) => index)]];
    const of = (measure: Shape['measures'][number]) =>
      only(
        chartsOf(
          report(['month', ...names], rows),
          shape({ splits: [calendar, member], measures: [measure], across: true }),
        ),
      );
    const sums = of(opened);
    expect(sums.series).toHaveLength(MOST_SERIES);
    expect(sums.series.at(-1)).toEqual({ name: '5 others', values: [0 + 1 + 2 + 3 + 4] });
    const rates = of(killRate);
    expect([rates.series.length, rates.unshown, rates.isStacked]).toEqual([MOST_SERIES, 4, false]);
  });

  it('gives a name the same colour in every chart', () => {
    const rows = Array.from({ length: 10 }, (_, index) => [`M${index}`, '2026-10', index, 10 - index]);
    const second = { ...opened, name: 'closed' };
    const [first, other] = chartsOf(
      report(['member', 'month', 'opened', 'closed'], rows),
      shape({ splits: [member, calendar], measures: [opened, second] }),
    );
    expect(other?.series.map(({ name }) => name)).toEqual(first?.series.map(({ name }) => name));
  });

  it('has none where there is nothing to split, or nothing at all', () => {
    expect(chartsOf(report(['opened'], [], { opened: 3 }), shape({ measures: [opened] }))).toEqual([]);
    expect(chartsOf(report(['month', 'opened'], []), shape({ splits: [calendar], measures: [opened] }))).toEqual([]);
  });

  it('guesses what is what where a host hands on the result alone', () => {
    expect(guessedShape(report(['member', 'opened'], [['Jo', 3]], { opened: 3 }))).toMatchObject({
      splits: [{ title: 'member' }],
      measures: [{ name: 'opened' }],
      across: false,
    });
    expect(guessedShape(report(['month \\ member', 'Jo'], [['2026-10', 3]], { opened: 3 }))).toMatchObject({
      measures: [{ name: 'opened' }],
      across: true,
    });
  });
});

describe('the drawing', () => {
  const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

  it('has a scale of few round lines that holds 0 and every value', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const reach = { low: Math.min(0, a, b), high: Math.max(0, a, b) };
        fc.pre(reach.high - reach.low > 1e-6);
        const near = (reach.high - reach.low) * 1e-6;
        const scale = scaleFor(reach);
        expect(scale.low).toBeLessThanOrEqual(reach.low + near);
        expect(scale.high).toBeGreaterThanOrEqual(reach.high - near);
        expect(scale.lines).toContain(0);
        expect(scale.lines.length).toBeLessThanOrEqual(8);
        for (const value of [a, b]) {
          expect(partOf(value, scale)).toBeGreaterThanOrEqual(-1e-6);
          expect(partOf(value, scale)).toBeLessThanOrEqual(1 + 1e-6);
        }
      }),
    );
    expect(scaleFor({ low: 0, high: 0 })).toEqual({ low: 0, high: 1, lines: [0, 1] });
  });

  it('stacks values on each other, those below 0 downwards, and reaches as far', () => {
    const chart: Chart = {
      title: '',
      unit: 'money',
      isWhole: true,
      form: 'columns',
      isStacked: true,
      places: [{ label: 'a', isPart: false }],
      series: [5, -2, 3, null, -1].map((value, index) => ({ name: String(index), values: [value] })),
      unshown: 0,
    };
    expect(blocksAt(chart, 0)).toEqual([
      { from: 0, to: 5 },
      { from: -2, to: 0 },
      { from: 5, to: 8 },
      undefined,
      { from: -3, to: -2 },
    ]);
    expect(reachOf(chart)).toEqual({ low: -3, high: 8 });
  });

  it('breaks a line off where there is no value', () => {
    expect(lineThrough({ name: '', values: [0, null, 10, 5] }, { low: 0, high: 10, lines: [] })).toBe(
      'M125.0 1000.0 M625.0 0.0 L875.0 500.0',
    );
  });

  it.each([
    [7, '2026-10', 480, 1],
    [31, '2026-10-01', 480, 6],
    [31, '2026-10-01', 240, 11],
    [1, 'a name that is longer than the axis is wide, by far and without end', 240, 1],
  ])('%i labels like %s keep apart in %i px: every %i.', (count, label, width, every) => {
    expect(
      everyFor(
        Array.from({ length: count }, () => label),
        width,
      ),
    ).toBe(every);
  });

  it('writes numbers as the text does', () => {
    expect(shown(1234.5, 'money')).toBe('1,234.50');
    expect(shown(84.25, 'percent')).toBe('84.3%');
    expect(shownWithUnit(12.5, { unit: 'hours' })).toBe('12.5 h');
    expect(shownWithUnit(3, { unit: 'money', currency: 'USD' })).toBe('3.00 USD');
    expect(shownWithUnit(1250, { unit: 'money', currency: 'USD', isWhole: true })).toBe('1,250 USD');
    expect(shownWithUnit(null, { unit: 'money', currency: 'USD' })).toBe('–');
  });

  it('writes CSV that a spreadsheet does not run', () => {
    expect(csvOf(report(['company', 'billed'], [['=HYPERLINK("x")', 3]]))).toBe(
      'company,billed\r\n"\'=HYPERLINK(""x"")",3\r\n',
    );
    expect(csvOf(report(['billed'], [], { billed: null }))).toBe('billed\r\n\r\n');
  });
});
