import { element } from '../shared/element.ts';
import { shown, type Told } from './format.ts';
import type { Cell, Report, Shape } from './report.ts';

/** The unit of a column's values, and whether none of them has cents. */
function toldIn(column: number, { splits, measures, across, compared }: Shape): Told {
  const place = across ? 0 : Math.floor((column - splits.length) / (compared ? 3 : 1));
  return measures[place] ?? { unit: 'number' };
}

/** The name of a measure with places to break it, because it is one word that is longer than its figures: `response` `Hours`. */
const partsOf = (name: string): readonly string[] => name.split(/(?<=[a-z])(?=[A-Z])|(?<=\/)/);

/** What stands above a column. */
function titleCell(name: string, isLabel: boolean): HTMLElement {
  const parts = partsOf(name);
  return element(
    'th',
    { scope: 'col', dir: 'auto', 'data-label': isLabel, 'data-parts': parts.length > 1 },
    ...parts.flatMap((part, index) => (index === 0 ? [part] : [element('wbr'), part])),
  );
}

/** All values of a report, as its text has them. */
export function reportTable({ columns, rows }: Report, shape: Shape): HTMLElement {
  const labels = shape.across ? 1 : shape.splits.length;
  const isTime = (column: number): boolean => ['calendar', 'time'].includes(shape.splits[column]?.kind ?? '');
  const cellOf = (cell: Cell, column: number): HTMLElement => {
    if (column < labels)
      return element('th', { scope: 'row', dir: 'auto', 'data-time': isTime(column) }, String(cell ?? ''));
    const { unit, isWhole } = toldIn(column, shape);
    return element('td', {}, typeof cell === 'string' ? cell.replace(/^-$/, '–') : shown(cell, unit, isWhole));
  };
  return element(
    'div',
    { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...columns.map((name, column) => titleCell(name, column < labels)))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map(cellOf)))),
    ),
  );
}
