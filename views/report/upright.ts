import { element, svgElement } from '../shared/element.ts';
import type { Chart } from './charts.ts';
import { onAxis } from './format.ts';
import { blocksAt, lineThrough, reachOf, SIDE } from './places.ts';
import { frameOf, marksOf } from './plot.ts';
import { everyFor, partOf, type Scale, scaleFor } from './scale.ts';

// Lines and columns: values upwards, places along. What stretches is drawn in parts of the whole, so that a chart fits any width without
// being measured; text is text, and does not stretch.

/** Points that can still be told apart. */
const MOST_POINTS = 40;
/** The least width of an axis in a wide view, and in a narrow one, in pixels. */
const WIDE = 480;
const NARROW = 240;

const linesOf = (chart: Chart, scale: Scale): SVGElement =>
  svgElement(
    'svg',
    { viewBox: `0 0 ${SIDE} ${SIDE}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    ...chart.series.map((series, index) =>
      svgElement('path', { d: lineThrough(series, scale), ...marksOf(chart, index) }),
    ),
  );

function columnsAt(chart: Chart, place: number, scale: Scale): HTMLElement[] {
  const lanes = chart.isStacked ? 1 : chart.series.length;
  return blocksAt(chart, place).flatMap((block, index) =>
    block === undefined
      ? []
      : [
          element('span', {
            class: 'column',
            ...marksOf(chart, index),
            '--from': partOf(block.from, scale),
            '--part': partOf(block.to, scale) - partOf(block.from, scale),
            '--lane': chart.isStacked ? 0 : index,
            '--lanes': lanes,
          }),
        ],
  );
}

const pointsAt = (chart: Chart, place: number, scale: Scale): HTMLElement[] =>
  chart.series.flatMap(({ values }, index) => {
    const value = values[place] ?? null;
    if (value === null) return [];
    return [element('span', { class: 'point', ...marksOf(chart, index), '--from': partOf(value, scale) })];
  });

/** A chart of lines or columns. */
export function uprightChart(chart: Chart, currency: string | undefined): HTMLElement {
  const { places, form, unit } = chart;
  const scale = scaleFor(reachOf(chart));
  const labels = places.map(({ label }) => label);
  const [wide, narrow] = [everyFor(labels, WIDE), everyFor(labels, NARROW)];
  const slots = places.map(({ label, isPart }, place) =>
    element(
      'div',
      {
        class: 'slot',
        'data-part': isPart,
        'data-wide': place % wide === 0,
        'data-narrow': place % narrow === 0,
      },
      ...(form === 'lines' ? pointsAt(chart, place, scale) : columnsAt(chart, place, scale)),
      element('span', { class: 'label', dir: 'auto' }, label),
    ),
  );
  const frame = frameOf(chart, currency);
  const area = element(
    'div',
    { class: 'area', 'data-crowded': places.length > MOST_POINTS, 'aria-hidden': 'true' },
    ...scale.lines.map((value) =>
      element(
        'div',
        { class: 'line', '--from': partOf(value, scale), 'data-zero': value === 0 },
        element('span', {}, onAxis(value, unit)),
      ),
    ),
    form === 'lines' && linesOf(chart, scale),
    element('div', { class: 'slots' }, ...slots),
  );
  frame.fill(element('div', { class: 'plot' }, area), slots);
  return frame.figure;
}
