import { element } from '../shared/element.ts';
import { type Chart, sumAt } from './charts.ts';
import { shown } from './format.ts';
import { blocksAt, reachOf } from './places.ts';
import { frameOf, marksOf } from './plot.ts';
import { partOf, type Scale } from './scale.ts';

/** A track with its blocks and, behind it, its value. */
function track(chart: Chart, scale: Scale, blocks: readonly (Node | undefined)[], value: number | null): HTMLElement {
  return element(
    'div',
    { class: 'track', '--zero': partOf(0, scale) },
    element('div', { class: 'way' }, ...blocks),
    element('span', { class: 'value' }, shown(value, chart.unit, chart.isWhole)),
  );
}

function tracksAt(chart: Chart, place: number, scale: Scale): HTMLElement[] {
  const blocks = blocksAt(chart, place).map(
    (block, index) =>
      block &&
      element('span', {
        class: 'block',
        ...marksOf(chart, index),
        '--from': partOf(block.from, scale),
        '--part': partOf(block.to, scale) - partOf(block.from, scale),
      }),
  );
  if (chart.isStacked) return [track(chart, scale, blocks, sumAt(chart.series, place))];
  return chart.series.map(({ values }, index) => track(chart, scale, [blocks[index]], values[place] ?? null));
}

/** A chart of bars: names at the side, as long as they are, and bars that begin at one line. */
export function barChart(chart: Chart, currency: string | undefined): HTMLElement {
  const { low, high } = reachOf(chart);
  // No lines are drawn, so the longest bar takes all the room.
  const scale: Scale = high > low ? { low, high, lines: [] } : { low: 0, high: 1, lines: [] };
  const rows = chart.places.map(({ label }, place) =>
    element(
      'div',
      { class: 'row' },
      element('span', { class: 'name', dir: 'auto' }, label),
      element('div', { class: 'tracks' }, ...tracksAt(chart, place, scale)),
    ),
  );
  const frame = frameOf(chart, currency);
  frame.fill(element('div', { class: 'bars' }, ...rows), rows);
  return frame.figure;
}
