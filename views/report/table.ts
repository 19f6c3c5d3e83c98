import { element } from '../shared/element.ts';
import { shown, type Told } from './format.ts';
import type { Cell, Report, Shape } from './report.ts';

/** The unit of a column's values, and whether none of them has cents. */
function toldIn(column: number, { splits, measures, across, compared }: Shape): Told {
  const place = across ? 0 : Math.floor((column - splits.length) / (compared ? 3 : 1));
  return measures[place] ?? { unit: 'number' };
}

/** All values of a report, as its text has them. */
export function reportTable({ columns, rows }: Report, shape: Shape): HTMLElement {
  const labels = shape.across ? 1 : shape.splits.length;
  const cellOf = (cell: Cell, column: number): HTMLElement => {
    if (column < labels) return element('th', { scope: 'row', dir: 'auto' }, String(cell ?? ''));
    const { unit, isWhole } = toldIn(column, shape);
    return element('td', {}, typeof cell === 'string' ? cell.replace(/^-$/, '–') : shown(cell, unit, isWhole));
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
