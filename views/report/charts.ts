import type { Cell, Report, Shape, Unit } from './report.ts';

/** What is counted, over all places of a chart. */
export interface Series {
  readonly name: string;
  /** `null` where there is no value. */
  readonly values: readonly (number | null)[];
  /** The same of the period that is compared with. */
  readonly isBefore?: boolean;
}

export interface Place {
  readonly label: string;
  /** A unit of the calendar that is not over, or only partly in the period. */
  readonly isPart: boolean;
}

/** A chart: series over places. Lines follow a calendar; columns stand on other times; bars lie beside names. */
export interface Chart {
  readonly title: string;
  readonly unit: Unit;
  /** No amount in it has cents. */
  readonly isWhole: boolean;
  readonly form: 'lines' | 'columns' | 'bars';
  readonly isStacked: boolean;
  readonly places: readonly Place[];
  readonly series: readonly Series[];
  /** Series that are not shown, one of which no sum can be told. */
  readonly unshown: number;
}

type Split = Shape['splits'][number];
type Measure = Shape['measures'][number];

/** More series than this cannot be told apart by colour. */
export const MOST_SERIES = 8;
/** A line through less says nothing. */
const FEWEST_FOR_LINE = 3;

const numberIn = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null);

/** A value and what it belongs to. */
interface Point {
  readonly first: string;
  readonly second: string;
  readonly value: number | null;
}

function placeOf(label: string, { kind }: Split): Place {
  const isPart = kind === 'calendar' && label.endsWith('*');
  return { label: isPart ? label.slice(0, -1) : label, isPart };
}

function formOf({ kind }: Split, places: number, isStacked: boolean): Chart['form'] {
  if (kind === 'group') return 'bars';
  return kind === 'calendar' && places >= FEWEST_FOR_LINE && !isStacked ? 'lines' : 'columns';
}

/** One split: measures of the same unit share a chart. */
function chartsOfOne({ rows }: Report, { splits, measures, compared }: Shape): Chart[] {
  const [split] = splits;
  if (split === undefined) return [];
  const places = rows.map(([label]) => placeOf(String(label), split));
  const width = compared ? 3 : 1;
  const seriesOf = ({ name }: Measure, index: number): Series[] => {
    const column = 1 + index * width;
    const values = rows.map((row) => numberIn(row[column]));
    const before = rows.map((row) => numberIn(row[column + 1]));
    return compared
      ? [
          { name, values },
          { name: `${name} before`, values: before, isBefore: true },
        ]
      : [{ name, values }];
  };
  const units = [...new Set(measures.map(({ unit }) => unit))];
  return units.map((unit) => {
    const series = measures.flatMap((measure, index) => (measure.unit === unit ? seriesOf(measure, index) : []));
    const names = series.filter(({ isBefore }) => isBefore !== true).map(({ name }) => name);
    return {
      title: names.join(', '),
      unit,
      isWhole: measures.every((measure) => measure.unit !== unit || measure.isWhole),
      form: formOf(split, places.length, false),
      isStacked: false,
      places,
      series,
      unshown: 0,
    };
  });
}

function pointsOf({ columns, rows }: Report, { across, compared }: Shape, measure: number): Point[] {
  if (across)
    return rows.flatMap(([first, ...values]) =>
      values.map((value, index) => ({
        first: String(first),
        second: columns[index + 1] ?? '',
        value: numberIn(value),
      })),
    );
  const column = 2 + measure * (compared ? 3 : 1);
  return rows.map((row) => ({ first: String(row[0]), second: String(row[1]), value: numberIn(row[column]) }));
}

export const sumOf = (values: readonly (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** What some series come to at a place. */
export const sumAt = (series: readonly Series[], place: number): number =>
  sumOf(series.map(({ values }) => values[place] ?? null));

/** Whose series are shown, the same in all charts of a report so that colours mean the same: those with most of the first measure. */
function namesShown(series: readonly Series[], adds: boolean): ReadonlySet<string> {
  const bySize = [...series].sort((a, b) => sumOf(b.values) - sumOf(a.values)).map(({ name }) => name);
  return new Set(bySize.length <= MOST_SERIES ? bySize : bySize.slice(0, adds ? MOST_SERIES - 1 : MOST_SERIES));
}

/** The series of some names, and the others together where they add up. */
function shownOf(all: readonly Series[], names: ReadonlySet<string>, adds: boolean): Pick<Chart, 'series' | 'unshown'> {
  const series = all.filter(({ name }) => names.has(name));
  const rest = all.filter(({ name }) => !names.has(name));
  if (!adds || rest.length === 0) return { series, unshown: rest.length };
  const together = (rest[0]?.values ?? []).map((_, place) => sumAt(rest, place));
  return { series: [...series, { name: `${rest.length} others`, values: together }], unshown: 0 };
}

/** Two splits: one along the axis, the other as series; a measure a chart. */
function chartsOfTwo(report: Report, shape: Shape): Chart[] {
  const read = shape.measures.map((measure, index) => ({ ...measure, ...seriesOfTwo(report, shape, index) }));
  const [first] = read;
  if (first === undefined) return [];
  const names = namesShown(first.all, first.adds);
  return read.map(({ name, unit, isWhole, adds, along, other, places, all }) => ({
    title: `${name} by ${other.title}`,
    unit,
    isWhole,
    form: formOf(along, places.length, adds),
    isStacked: adds,
    places: places.map((label) => placeOf(label, along)),
    ...shownOf(all, names, adds),
  }));
}

/** The values of a measure by two splits, and which of them runs along the axis. */
function seriesOfTwo(report: Report, shape: Shape, index: number) {
  const points = pointsOf(report, shape, index);
  const [firsts, seconds] = [
    [...new Set(points.map(({ first }) => first))],
    [...new Set(points.map(({ second }) => second))],
  ];
  const [first, second] = shape.splits as [Split, Split];
  const bothTimes = first.kind !== 'group' && second.kind !== 'group';
  // Time runs along the axis; of two times, the one with more to tell.
  const isTurned = bothTimes ? seconds.length > firsts.length : first.kind === 'group' && second.kind !== 'group';
  const [along, other] = isTurned ? [second, first] : [first, second];
  const [alongLabels, otherLabels] = isTurned ? [seconds, firsts] : [firsts, seconds];
  const inOrder = along.kind === 'calendar' && isTurned ? [...alongLabels].sort() : alongLabels;
  const values = new Map(points.map((point) => [JSON.stringify([point.first, point.second]), point.value]));
  const valueAt = (place: string, series: string): number | null =>
    values.get(JSON.stringify(isTurned ? [series, place] : [place, series])) ?? null;
  const all = otherLabels.map((label) => ({
    name: placeOf(label, other).label,
    values: inOrder.map((place) => valueAt(place, label)),
  }));
  return { along, other, places: inOrder, all };
}

/** The charts that show a report; none where it is not split, or empty. */
export function chartsOf(report: Report, shape: Shape): Chart[] {
  if (report.rows.length === 0) return [];
  if (shape.splits.length < 2) return chartsOfOne(report, shape);
  return chartsOfTwo(report, shape);
}
