import { element } from '../shared/element.ts';
import { shown } from './format.ts';
import type { Cell, Report, Shape, Unit } from './report.ts';

/** The unit of a column's values. */
function unitOf(column: number, { splits, measures, across, compared }: Shape): Unit {
  if (across) return measures[0]?.unit ?? 'number';
  return measures[Math.floor((column - splits.length) / (compared ? 3 : 1))]?.unit ?? 'number';
}

/** All values of a report, as its text has them. */
export function reportTable({ columns, rows }: Report, shape: Shape): HTMLElement {
  const labels = shape.across ? 1 : shape.splits.length;
  const cellOf = (cell: Cell, column: number): HTMLElement => {
    if (column < labels) return element('th', { scope: 'row', dir: 'auto' }, String(cell ?? ''));
    return element('td', {}, typeof cell === 'string' ? cell.replace(/^-$/, '–') : shown(cell, unitOf(column, shape)));
  };
  return element(
    'div',
    { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map((name, column) =>
            element('th', { scope: 'col', dir: 'auto', 'data-label': column < labels }, name),
          ),
        ),
      ),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map(cellOf)))),
    ),
  );
}
