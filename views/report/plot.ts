import { element } from '../shared/element.ts';
import type { Chart } from './charts.ts';
import { wordsOf } from './places.ts';

/** What every chart shares: what it is called, whose colours are whose, and the values of the place that is looked at. */
export interface Frame {
  readonly figure: HTMLElement;
  /** Puts what is drawn into the figure: an element for each place, by which the values are asked for. */
  fill(plot: HTMLElement, places: readonly HTMLElement[]): void;
}

/** What the keys do to the place that is looked at, by how many places there are. */
const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const HINT = 'Point at a place, or focus the chart and use the arrow keys, to see its values.';

/** What tells the style sheet a series; what was before has the colour of what it is compared with. */
export const marksOf = ({ series }: Chart, index: number) => ({
  'data-series': series.slice(0, index + 1).filter(({ isBefore }) => isBefore !== true).length,
  'data-before': series[index]?.isBefore,
});

function legend(chart: Chart): HTMLElement | undefined {
  if (chart.series.length < 2) return undefined;
  return element(
    'ul',
    { class: 'legend' },
    ...chart.series.map(({ name }, index) => element('li', { dir: 'auto', ...marksOf(chart, index) }, name)),
  );
}

/** The frame of a chart. @param currency of amounts */
export function frameOf(chart: Chart, currency: string | undefined): Frame {
  const readout = element('p', { class: 'readout quiet', 'aria-live': 'polite', dir: 'auto' }, HINT);
  const figure = element(
    'figure',
    { class: 'chart', 'data-form': chart.form },
    element(
      'figcaption',
      {},
      element('h2', { dir: 'auto' }, chart.title),
      legend(chart),
      chart.unshown > 0 && element('p', { class: 'quiet' }, `${chart.unshown} more are in the table.`),
    ),
    readout,
  );
  let at = -1;

  function fill(plot: HTMLElement, places: readonly HTMLElement[]): void {
    function look(place: number): void {
      places[at]?.removeAttribute('data-at');
      at = place;
      places[at]?.setAttribute('data-at', '');
      readout.textContent = at < 0 ? HINT : wordsOf(chart, at, currency);
      readout.classList.toggle('quiet', at < 0);
    }
    for (const [place, made] of places.entries()) made.addEventListener('pointerenter', () => look(place));
    plot.addEventListener('pointerleave', () => look(-1));
    plot.addEventListener('blur', () => look(-1));
    plot.addEventListener('keydown', (event) => {
      const move = MOVES[event.key];
      if (move === undefined) return;
      event.preventDefault();
      look(Math.min(Math.max(move(at, places.length), 0), places.length - 1));
    });
    plot.setAttribute('tabindex', '0');
    plot.setAttribute('role', 'group');
    plot.setAttribute('aria-roledescription', 'chart');
    plot.setAttribute('aria-label', `${chart.title}: ${places.length} places, by the arrow keys`);
    figure.append(plot);
  }
  return { figure, fill };
}
