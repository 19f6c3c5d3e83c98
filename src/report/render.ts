import { type Clean, clean, cleanLine, csvRow, joined, lines, say } from '../text/index.ts';
import { amountTitle } from '../tool/index.ts';
import { isCalendar } from './dimensions.ts';
import { headOf } from './head.ts';
import { currencyOf, inUnit, shownIn } from './in-unit.ts';
import { dimensionOf, type Split, titleOf, unitNames } from './keys.ts';
import { isCount, isDerived, type Unit } from './measure.ts';
import { definitionsOf, doubledNote, farNote, lackingNotes, presentNote, readNote, teamNote } from './notes.ts';
import { isOfTime } from './question.ts';
import type { Report } from './report.ts';
import { hasNothing, type Line, rounded, shownChange } from './values.ts';

type Cell = string | number | null;

export interface Rendered {
  readonly columns: readonly string[];
  /** The columns as they are read: those of amounts with their currency. */
  readonly titles: readonly string[];
  /** Labels, and values as numbers. */
  readonly rows: readonly (readonly Cell[])[];
  readonly shown: readonly (readonly string[])[];
  readonly notes: readonly Clean[];
  readonly head: Clean;
  readonly shape: Shape;
}

/** What rows and columns are, for whoever draws them. */
export interface Shape {
  readonly splits: readonly { readonly title: string; readonly kind: 'calendar' | 'time' | 'group' }[];
  /** `adds`: values of groups side by side make up a whole. */
  readonly measures: readonly { readonly name: string; readonly unit: Unit; readonly adds: boolean }[];
  /** The groups of the second split are columns. */
  readonly across: boolean;
  /** Behind each value stand the one before and the change. */
  readonly compared: boolean;
  /** Of all amounts, where they have one. */
  readonly currency: string | undefined;
}

function kindOf(split: Split): 'calendar' | 'time' | 'group' {
  if (isCalendar(dimensionOf(split))) return 'calendar';
  return isOfTime(split) ? 'time' : 'group';
}

/** What the groups of a split stand under; of ages what they are, where a measure says it. */
function titleIn({ parts }: Report, split: Split): string {
  const ages = dimensionOf(split) === 'age' ? new Set(parts.map((part) => part.ages)) : new Set<undefined>();
  const [own] = ages;
  return ages.size === 1 && own !== undefined ? own : titleOf(split);
}

const shapeOf = (report: Report): Shape => ({
  splits: report.splits.map((split) => ({ title: titleIn(report, split), kind: kindOf(split) })),
  measures: report.measures.map((measure) => ({
    name: measure.name,
    unit: measure.unit,
    adds: !isDerived(measure) && measure.fold === 'sum' && !report.counted.isDoubled,
  })),
  across: isAcross(report),
  compared: report.comparison !== undefined,
  currency: currencyOf(report),
});

const numberOf = (value: number | undefined, unit: Parameters<typeof rounded>[1]): number | null =>
  value === undefined || !Number.isFinite(value) ? null : rounded(value, unit);

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
    texts.push(told(values[index], index));
    if (before === undefined) continue;
    const change = shownChange(values[index], before[index], unit);
    cells.push(numberOf(before[index], unit), change);
    texts.push(told(before[index], index), change);
  }
  return { cells, texts };
}

/** Most columns of a table that has one split down and the other across. */
const WIDEST = 14;
/** The same for times, of which all are told. */
const WIDEST_TIMES = 31;

const isAcross = ({ splits, measures, lines: all, comparison }: Report): boolean => {
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

function isPart({ splits, buckets }: Report, place: number, rank: number | undefined): boolean {
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
function across(report: Report): Pick<Rendered, 'columns' | 'titles' | 'rows' | 'shown'> {
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
  return {
    columns: titles,
    titles,
    rows: [...rows.values()].map((row) => [row.label, ...valuesIn(row).map((value) => numberOf(value, unit))]),
    shown: [...rows.values()].map((row) => [row.label, ...valuesIn(row).map((value) => told(value, 0))]),
  };
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

function down(report: Report): Pick<Rendered, 'columns' | 'titles' | 'rows' | 'shown'> {
  const { splits, measures, comparison } = report;
  const columnsOf = (titled: (measure: Report['measures'][number]) => string): string[] => [
    ...splits.map((split) => titleIn(report, split)),
    ...measures.flatMap((measure) =>
      comparison === undefined ? [titled(measure)] : [titled(measure), 'before', 'change'],
    ),
  ];
  const columns = columnsOf(({ name }) => name);
  const titles = columnsOf(({ name, unit }) => (unit === 'money' ? amountTitle(name, currencyOf(report)) : name));
  const told = shownIn(report);
  const made = report.lines.map((line) => {
    const { cells, texts } = cellsOf(report, line, told);
    const labels = splits.map((_, place) => labelIn(report, line, place));
    return { row: [...labels, ...cells], shown: [...labels, ...texts], isNothing: hasNothing(measures, line) };
  });
  const isList = splits.length === 1 && !isOfTime(splits[0]);
  return {
    columns,
    titles,
    rows: made.map(({ row }) => row),
    shown: isList ? inOneLine(made) : made.map(({ shown }) => shown),
  };
}

/** What was left out, lacks something, is not over, was read, and is meant. */
function notesOf(report: Report, explain: boolean): readonly Clean[] {
  const { lines: all, splits, rest, measures } = report;
  const notes: (Clean | undefined)[] = [...report.missing];
  if (rest !== undefined) {
    const shown = shownIn(report);
    const told = measures.map(
      ({ name, unit }, index) => say`${cleanLine(name)} ${inUnit(report, shown(rest.line.values[index], index), unit)}`,
    );
    notes.push(say`Left out: ${rest.count} of ${report.groups}, together ${joined(told, ', ')}.`);
  }
  const parts = all.flatMap(({ names }) => splits.map((_, place) => isPart(report, place, names[place]?.rank)));
  if (parts.includes(true)) notes.push(say`* not over yet, or only partly in the period.`);
  if (report.isShortened) notes.push(say`What is 0 throughout is left out.`);
  notes.push(...lackingNotes(report), doubledNote(report), farNote(report), presentNote(report));
  notes.push(teamNote(report), report.zoneNote, ...definitionsOf(measures, explain), readNote(report));
  return notes.filter((note) => note !== undefined);
}

/** A report as cells for programs and as lines for reading. */
export function render(report: Report, explain: boolean): Rendered {
  const body = isAcross(report) ? across(report) : down(report);
  return { ...body, head: headOf(report), notes: notesOf(report, explain), shape: shapeOf(report) };
}

/** The rows as comma-separated values, the columns first. */
export const csv = ({ columns, rows }: Pick<Rendered, 'columns' | 'rows'>): Clean =>
  lines(
    [columns, ...rows].map((row) =>
      clean(csvRow(row.map((cell) => (typeof cell === 'string' ? cleanLine(cell) : cell)))),
    ),
  );
