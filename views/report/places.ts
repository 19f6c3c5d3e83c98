import { type Chart, type Series, sumOf } from './charts.ts';
import { shownWithUnit } from './format.ts';
import { partOf, type Scale } from './scale.ts';

/** The height and width of what is drawn, before it is stretched. */
export const SIDE = 1_000;

/** The values of a place, in words: `2026-10: opened 102, closed 91`. */
export function wordsOf({ places, series, unit, isWhole }: Chart, place: number, currency: string | undefined): string {
  const { label = '', isPart = false } = places[place] ?? {};
  const told = series.map(
    ({ name, values }) => `${name} ${shownWithUnit(values[place] ?? null, { unit, isWhole, currency })}`,
  );
  return `${label}${isPart ? ' (part)' : ''}: ${told.join(', ')}`;
}

/** The lowest and the highest value that a chart has to reach; stacks reach as far as what lies on each other. */
export function reachOf({ series, places, isStacked }: Chart): { low: number; high: number } {
  const ends = isStacked
    ? places.flatMap((_, place) => {
        const values = series.map(({ values: own }) => own[place] ?? 0);
        return [sumOf(values.filter((value) => value < 0)), sumOf(values.filter((value) => value > 0))];
      })
    : series.flatMap(({ values }) => values.filter((value) => value !== null));
  return { low: Math.min(0, ...ends), high: Math.max(0, ...ends) };
}

/** The way of a line through its values; it breaks off where there are none. */
export function lineThrough({ values }: Series, scale: Scale): string {
  const x = (place: number): number => ((place + 0.5) / values.length) * SIDE;
  const steps = values.map((value, place) => {
    if (value === null) return '';
    const isStart = place === 0 || values[place - 1] === null;
    return `${isStart ? 'M' : 'L'}${x(place).toFixed(1)} ${((1 - partOf(value, scale)) * SIDE).toFixed(1)}`;
  });
  return steps.filter((step) => step !== '').join(' ');
}

/** Blocks of a place: from where to where each reaches, on the scale. */
export function blocksAt({ series, isStacked }: Chart, place: number): ({ from: number; to: number } | undefined)[] {
  let [above, below] = [0, 0];
  return series.map(({ values }) => {
    const value = values[place] ?? null;
    if (value === null || (isStacked && value === 0)) return undefined;
    if (!isStacked) return { from: Math.min(0, value), to: Math.max(0, value) };
    if (value > 0) {
      above += value;
      return { from: above - value, to: above };
    }
    below += value;
    return { from: below, to: below - value };
  });
}
