import { element } from '../shared/element.ts';
import type { Chart } from './charts.ts';
import { onAxis } from './format.ts';
import { blocksAt, lineThrough, reachOf, SIDE } from './places.ts';
import { colourOf, frameOf } from './plot.ts';
import { everyFor, partOf, type Scale, scaleFor } from './scale.ts';

// Lines and columns: values upwards, places along. What stretches is drawn in parts of the whole, so that a chart fits any width without
// being measured; text is text, and does not stretch.

const SVG = 'http://www.w3.org/2000/svg';
/** Points that can still be told apart. */
const MOST_POINTS = 40;
/** The least width of an axis in a wide view, and in a narrow one, in pixels. */
const WIDE = 480;
const NARROW = 240;

function svg(tag: string, attributes: Readonly<Record<string, string | number>>, ...children: Node[]): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

const linesOf = (chart: Chart, scale: Scale): SVGElement =>
  svg(
    'svg',
    { viewBox: `0 0 ${SIDE} ${SIDE}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    ...chart.series.map((series, index) =>
      svg('path', {
        d: lineThrough(series, scale),
        'data-series': colourOf(chart, index),
        ...(series.isBefore && { 'data-before': '' }),
      }),
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
            'data-series': colourOf(chart, index),
            'data-before': chart.series[index]?.isBefore,
            '--from': partOf(block.from, scale),
            '--part': partOf(block.to, scale) - partOf(block.from, scale),
            '--lane': chart.isStacked ? 0 : index,
            '--lanes': lanes,
          }),
        ],
  );
}

const pointsAt = (chart: Chart, place: number, scale: Scale): HTMLElement[] =>
  chart.series.flatMap(({ values, isBefore }, index) => {
    const value = values[place] ?? null;
    if (value === null) return [];
    const attributes = { 'data-series': colourOf(chart, index), 'data-before': isBefore };
    return [element('span', { class: 'point', ...attributes, '--from': partOf(value, scale) })];
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
    form === 'lines' && (linesOf(chart, scale) as unknown as HTMLElement),
    element('div', { class: 'slots' }, ...slots),
  );
  frame.fill(element('div', { class: 'plot' }, area), slots);
  return frame.figure;
}
