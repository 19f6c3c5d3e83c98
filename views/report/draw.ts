import { button, element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import { barChart } from './bars.ts';
import { type Chart, chartsOf } from './charts.ts';
import { csvOf } from './csv.ts';
import { shownWithUnit } from './format.ts';
import { guessedShape, type Report, type Shape, shapeSchema } from './report.ts';
import { reportTable } from './table.ts';
import { uprightChart } from './upright.ts';

/** More columns than this leave no room for a chart beside the table. */
const MOST_BESIDE = 5;

const titleOf = ({ measures, splits }: Shape): string => {
  const names = measures.map(({ name }) => name).join(', ');
  const by = splits.map(({ title }) => title).filter((title) => title !== '');
  return by.length === 0 ? names : `${names} by ${by.join(' and ')}`;
};

const fileName = (shape: Shape): string => `${titleOf(shape).replace(/[^\p{L}\p{N}]+/gu, '-')}.csv`;

/** A CSV on the disk or, where the host lets no file out of the page, in a field to copy from. */
function csvButton(report: Report, shape: Shape, { save }: Asking, place: HTMLElement): HTMLButtonElement {
  return button('CSV', 'csv', () => {
    const text = csvOf(report);
    if (save(fileName(shape), 'text/csv', text)) return;
    const field = element('textarea', { readonly: true, rows: 8, 'aria-label': 'CSV' }, text);
    place.replaceChildren(element('p', { class: 'quiet' }, 'If no file was saved, copy it from here.'), field);
    field.select();
  });
}

function heading(report: Report, shape: Shape, asking: Asking, place: HTMLElement): HTMLElement {
  const { possible, input, ask } = asking;
  const title = titleOf(shape);
  return element(
    'header',
    { class: 'top' },
    element(
      'div',
      {},
      element('h1', { dir: 'auto' }, title),
      ...report.head.split('\n').map((line) => element('p', { class: 'quiet', dir: 'auto' }, line)),
    ),
    element(
      'nav',
      { 'aria-label': 'Report' },
      csvButton(report, shape, asking, place),
      possible && button('Refresh', 'refresh', () => ask(input, `Make this report again: ${title}.`)),
    ),
  );
}

/** The figures of a report that is not split. */
function figures({ totals }: Report, { measures, currency }: Shape): HTMLElement {
  const toldOf = (name: string) => measures.find((measure) => measure.name === name) ?? { unit: 'number' as const };
  return element(
    'dl',
    { class: 'figures' },
    ...Object.entries(totals).map(([name, value]) =>
      element(
        'div',
        {},
        element('dt', { dir: 'auto' }, name),
        element('dd', {}, shownWithUnit(value, { ...toldOf(name), currency })),
      ),
    ),
  );
}

const drawn = (chart: Chart, currency: string | undefined): HTMLElement =>
  chart.form === 'bars' ? barChart(chart, currency) : uprightChart(chart, currency);

function body(report: Report, shape: Shape): HTMLElement {
  if (shape.splits.length === 0) return figures(report, shape);
  if (report.rows.length === 0)
    return element('p', { class: 'empty' }, 'Nothing to show: no group has records in this period.');
  const charts = chartsOf(report, shape).map((chart) => drawn(chart, shape.currency));
  return element(
    'div',
    { class: 'both', 'data-beside': report.columns.length <= MOST_BESIDE },
    element('div', { class: 'charts' }, ...charts),
    reportTable(report, shape),
  );
}

/** A report: its figures as charts, all values in a table, and everything that the text says around them. */
export function drawReport(report: Report, asking: Asking): Node {
  const told = shapeSchema.safeParse(asking.aside);
  const shape = told.success && told.data.measures.length > 0 ? told.data : guessedShape(report);
  const file = element('div', { class: 'file' });
  return element(
    'article',
    { class: 'report' },
    heading(report, shape, asking, file),
    file,
    report.cut !== undefined &&
      element('p', { class: 'quiet' }, 'Not everything fits here; narrow the report for all of it.'),
    body(report, shape),
    report.notes.length > 0 &&
      element('ul', { class: 'notes' }, ...report.notes.map((note) => element('li', { dir: 'auto' }, note))),
  );
}
