import { amountTitle } from '../../tool/index.ts';
import { isCalendar } from '../dimensions.ts';
import { dimensionOf, type Split, titleOf, unitNames } from '../groups/keys.ts';
import { hasNothing, type Line, rounded, shownChange } from '../groups/values.ts';
import { isCount, isDerived, type Unit } from '../measure.ts';
import { isOfTime } from '../question.ts';
import type { Report } from '../report.ts';
import { currencyOf, shownIn } from './in-unit.ts';
import { WIDEST_TIMES } from './lines.ts';

type Cell = string | number | null;

/** The lines of a report as rows of cells. */
export interface Cells {
  readonly columns: readonly string[];
  /** Labels, and values as numbers. */
  readonly rows: readonly (readonly Cell[])[];
  /** The columns with what all of their values are, and the values as they read. */
  readonly titles: readonly string[];
  readonly shown: readonly (readonly string[])[];
}

/** What the groups of a split stand under; of ages what they are, where a measure says it. */
export function titleIn({ parts }: Report, split: Split): string {
  const ages = dimensionOf(split) === 'age' ? new Set(parts.map((part) => part.ages)) : new Set<undefined>();
  const [own] = ages;
  return ages.size === 1 && own !== undefined ? own : titleOf(split);
}

const numberOf = (value: number | undefined, unit: Parameters<typeof rounded>[1]): number | null =>
  value === undefined || !Number.isFinite(value) ? null : rounded(value, unit);

/** A percentage, or points of it, under a title that says so. */
const bare = (shown: string): string => shown.replace(/(?:%| points)$/, '');

/** The values of a line, with those of the other period and the change where there is one. */
function cellsOf(
  { measures }: Report,
  { values, before }: Line,
  told: ReturnType<typeof shownIn>,
): { cells: Cell[]; texts: string[] } {
  const cells: Cell[] = [];
  const texts: string[] = [];
  for (const [index, { unit }] of measures.entries()) {
    cells.push(numberOf(values[index], unit));
    texts.push(bare(told(values[index], index)));
    if (before === undefined) continue;
    const change = shownChange(values[index], before[index], unit);
    cells.push(numberOf(before[index], unit), change);
    texts.push(bare(told(before[index], index)), unit === 'percent' ? bare(change) : change);
  }
  return { cells, texts };
}

/** Most columns of a table that has one split down and the other across. */
const WIDEST = 14;

/** Whether the groups of the second split are columns. */
export const isAcross = ({ splits, measures, lines: all, comparison }: Report): boolean => {
  const second = splits[1];
  if (second === undefined || measures.length > 1 || comparison !== undefined) return false;
  const isTime = isOfTime(second);
  const values = new Set(all.map(({ names }) => names[1]?.id));
  return isTime ? values.size <= WIDEST_TIMES : values.size <= WIDEST && all.length > values.size * 1.5;
};

const labelIn = (report: Report, line: Line, place: number): string => {
  const name = line.names[place];
  if (name === undefined) return '';
  const label = report.labels[place]?.(name) ?? name.label;
  return isPart(report, place, name.rank) ? `${label}*` : label;
};

/** Whether a group is a unit of the calendar that is not wholly in the period. */
export function isPart({ splits, buckets }: Report, place: number, rank: number | undefined): boolean {
  const split = splits[place];
  const isUnit = isCalendar(dimensionOf(split));
  return isUnit && rank !== undefined && buckets[rank]?.isPart === true;
}

/** The groups across in order; of a calendar those without records as well. */
function withEveryUnit({ splits, buckets }: Report, given: readonly Line[]): readonly Line[] {
  const second = splits[1];
  const isUnit = isCalendar(dimensionOf(second));
  const known = new Set(given.map(({ names }) => names[1]?.id));
  const added: Line[] =
    isUnit && buckets.length <= WIDEST_TIMES
      ? unitNames(buckets)
          .filter(({ id }) => !known.has(id))
          .map((name) => ({ names: [name, name], values: [], before: undefined }))
      : [];
  return [...given, ...added].sort((a, b) => (a.names[1]?.rank ?? 0) - (b.names[1]?.rank ?? 0));
}

/** One split down, the other across: a value for each pair. */
function across(report: Report): Cells {
  const [measure] = report.measures;
  const unit = measure?.unit ?? 'number';
  const told = shownIn(report);
  const seconds = new Map(report.lines.map((line) => [line.names[1]?.id ?? '', line]));
  const ordered = withEveryUnit(report, [...seconds.values()]);
  const columns = ordered.map((line) => labelIn(report, line, 1));
  const rows = new Map<string, { label: string; values: Map<string, number | undefined> }>();
  for (const line of report.lines) {
    const id = line.names[0]?.id ?? '';
    const row = rows.get(id) ?? { label: labelIn(report, line, 0), values: new Map() };
    row.values.set(line.names[1]?.id ?? '', line.values[0]);
    rows.set(id, row);
  }
  const nothing = measure !== undefined && !isDerived(measure) && isCount(measure) ? 0 : undefined;
  const valuesIn = (row: { values: Map<string, number | undefined> }) =>
    ordered.map((line) => {
      const id = line.names[1]?.id ?? '';
      return row.values.has(id) ? row.values.get(id) : nothing;
    });
  const titles = [report.splits.map((split) => titleIn(report, split)).join(' \\ '), ...columns];
  const short = withoutYear(report.splits[1], columns);
  return {
    columns: titles,
    titles: [`${titles[0]}${short.of}${unit === 'percent' ? ', %' : ''}`, ...short.labels],
    rows: [...rows.values()].map((row) => [row.label, ...valuesIn(row).map((value) => numberOf(value, unit))]),
    shown: [...rows.values()].map((row) => [row.label, ...valuesIn(row).map((value) => bare(told(value, 0)))]),
  };
}

/** Days and weeks without the year that all of them have, which is told once. */
function withoutYear(split: Split | undefined, labels: readonly string[]): { of: string; labels: readonly string[] } {
  const years = new Set(labels.map((label) => label.slice(0, 5)));
  const [year = ''] = years;
  const isYear = ['day', 'week'].includes(dimensionOf(split) ?? '') && years.size === 1 && labels.length > 1;
  return isYear && /^\d{4}-$/.test(year)
    ? { of: ` of ${year.slice(0, 4)}`, labels: labels.map((label) => label.slice(5)) }
    : { of: '', labels };
}

/** Lines with nothing, of which so many are told as one. */
const FEW = 3;

/** Lines as they read: those with nothing, which all look alike, as one that names them all. */
function inOneLine(made: readonly { shown: readonly string[]; isNothing: boolean }[]): readonly (readonly string[])[] {
  const alike = new Map<string, string[]>();
  for (const { shown, isNothing } of made) {
    const [label = '', ...texts] = shown;
    if (isNothing) alike.set(texts.join(' '), [...(alike.get(texts.join(' ')) ?? []), label]);
  }
  return made.flatMap(({ shown, isNothing }) => {
    const [label = '', ...texts] = shown;
    const labels = (isNothing && alike.get(texts.join(' '))) || [];
    if (labels.length < FEW) return [shown];
    return label === labels[0] ? [[labels.join('; '), ...texts]] : [];
  });
}

/** What stands above the values of a measure: its name, and what all of them are. */
function titled(name: string, unit: Unit, currency: string | undefined): string {
  if (unit === 'percent') return `${name} %`;
  return unit === 'money' ? amountTitle(name, currency) : name;
}

function down(report: Report): Cells {
  const { splits, measures, comparison } = report;
  const columns = [
    ...splits.map((split) => titleIn(report, split)),
    ...measures.flatMap(({ name }) => (comparison === undefined ? [name] : [name, 'before', 'change'])),
  ];
  const short = withoutYear(splits[0], splits.length === 1 ? report.lines.map((line) => labelIn(report, line, 0)) : []);
  const titles = [
    ...splits.map((split) => `${titleIn(report, split)}${short.of}`),
    ...measures.flatMap(({ name, unit }) => {
      const own = titled(name, unit, currencyOf(report));
      return comparison === undefined ? [own] : [own, 'before', unit === 'percent' ? 'points' : 'change'];
    }),
  ];
  const told = shownIn(report);
  const made = report.lines.map((line, index) => {
    const { cells, texts } = cellsOf(report, line, told);
    const labels = splits.map((_, place) => labelIn(report, line, place));
    const read = short.of === '' ? labels : [short.labels[index] ?? ''];
    return { row: [...labels, ...cells], shown: [...read, ...texts], isNothing: hasNothing(measures, line) };
  });
  const isList = splits.length === 1 && !isOfTime(splits[0]);
  return {
    columns,
    titles,
    rows: made.map(({ row }) => row),
    shown: isList ? inOneLine(made) : made.map(({ shown }) => shown),
  };
}

/** The lines in the form that fits them. */
export const cellsIn = (report: Report): Cells => (isAcross(report) ? across(report) : down(report));
