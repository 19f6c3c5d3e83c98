import { DateTime } from 'luxon';
import { type Clean, clean, cleanLine, csvRow, joined, lines, say } from '../text/index.ts';
import { isCalendar } from './dimensions.ts';
import { dimensionOf, type Split, titleOf, unitNames } from './keys.ts';
import { isDerived, isState, type Unit } from './measure.ts';
import { isOfTime } from './question.ts';
import { definitionsOf, type Report } from './report.ts';
import { type Line, rounded, shownChange, shownValue } from './values.ts';

type Cell = string | number | null;

export interface Rendered {
  readonly columns: readonly string[];
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

const shapeOf = (report: Report): Shape => ({
  splits: report.splits.map((split) => ({ title: titleOf(split), kind: kindOf(split) })),
  measures: report.measures.map((measure) => ({
    name: measure.name,
    unit: measure.unit,
    adds: !isDerived(measure) && measure.fold === 'sum' && !report.counted.isDoubled,
  })),
  across: isAcross(report),
  compared: report.comparison !== undefined,
  currency: report.counted.currencies.length === 1 ? report.counted.currencies[0] : undefined,
});

const numberOf = (value: number | undefined, unit: Parameters<typeof rounded>[1]): number | null =>
  value === undefined || !Number.isFinite(value) ? null : rounded(value, unit);

/** The values of a line, with those of the other period and the change where there is one. */
function cellsOf({ measures }: Report, { values, before }: Line): { cells: Cell[]; texts: string[] } {
  const cells: Cell[] = [];
  const texts: string[] = [];
  for (const [index, { unit }] of measures.entries()) {
    cells.push(numberOf(values[index], unit));
    texts.push(shownValue(values[index], unit));
    if (before === undefined) continue;
    const change = shownChange(values[index], before[index], unit);
    cells.push(numberOf(before[index], unit), change);
    texts.push(shownValue(before[index], unit), change);
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
function across(report: Report): Pick<Rendered, 'columns' | 'rows' | 'shown'> {
  const [measure] = report.measures;
  const unit = measure?.unit ?? 'number';
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
  const nothing = measure !== undefined && !isDerived(measure) && measure.fold === 'sum' ? 0 : undefined;
  const valuesIn = (row: { values: Map<string, number | undefined> }) =>
    ordered.map((line) => {
      const id = line.names[1]?.id ?? '';
      return row.values.has(id) ? row.values.get(id) : nothing;
    });
  return {
    columns: [report.splits.map(titleOf).join(' \\ '), ...columns],
    rows: [...rows.values()].map((row) => [row.label, ...valuesIn(row).map((value) => numberOf(value, unit))]),
    shown: [...rows.values()].map((row) => [row.label, ...valuesIn(row).map((value) => shownValue(value, unit))]),
  };
}

function down(report: Report): Pick<Rendered, 'columns' | 'rows' | 'shown'> {
  const { splits, measures, comparison } = report;
  const columns = [
    ...splits.map(titleOf),
    ...measures.flatMap(({ name }) => (comparison === undefined ? [name] : [name, 'before', 'change'])),
  ];
  const made = report.lines.map((line) => {
    const { cells, texts } = cellsOf(report, line);
    const labels = splits.map((_, place) => labelIn(report, line, place));
    return { row: [...labels, ...cells], shown: [...labels, ...texts] };
  });
  return { columns, rows: made.map(({ row }) => row), shown: made.map(({ shown }) => shown) };
}

/** What was left out, lacks something, is not over, was read, and is meant. */
function notesOf(report: Report, explain: boolean): readonly Clean[] {
  const { counted, lacking, lines: all, splits, rest, measures } = report;
  const notes: (Clean | undefined)[] = [...report.missing];
  if (rest !== undefined) {
    const told = measures.map(
      ({ name, unit }, index) => say`${cleanLine(name)} ${cleanLine(shownValue(rest.line.values[index], unit))}`,
    );
    notes.push(say`Left out: ${rest.count} of ${report.groups}, together ${joined(told, ', ')}.`);
  }
  const parts = all.flatMap(({ names }) => splits.map((_, place) => isPart(report, place, names[place]?.rank)));
  if (parts.includes(true)) notes.push(say`* not over yet, or only partly in the period.`);
  for (const { part, lacking: count, of } of lacking)
    notes.push(
      say`${cleanLine(part.name)}: ${count} of ${of} lack ${cleanLine(part.lacks ?? 'a value')} and are not in it.`,
    );
  if (counted.isDoubled)
    notes.push(
      splits.some((split) => dimensionOf(split) === 'configuration')
        ? say`A ticket of several devices counts for each of them; in the total it counts once.`
        : say`A ticket of several people (its owner, who is assigned) counts for each of them; in the total it counts once.`,
    );
  notes.push(presentNote(report), report.zoneNote, ...definitionsOf(measures, explain));
  notes.push(readNote(report));
  return notes.filter((note) => note !== undefined);
}

/** What is as of now in an answer about a time that is over. */
function presentNote({ parts, period, now }: Report): Clean | undefined {
  const present = parts.filter(({ when }) => when === 'now');
  if (period.end.toMillis() > now || present.length === 0 || present.length === parts.length) return undefined;
  const names = present.map(({ name }) => cleanLine(name));
  return say`${joined(names, ', ')}: as of now, because Manage keeps no history of it.`;
}

/** Records read longer ago than this are older than a person expects, so the answer says when, in milliseconds. */
const OLD_MS = 120_000;

function readNote({ counted, now, zone }: Report): Clean {
  const read = counted.reads.map(({ collection, records, at }) => {
    const noun = records === 1 ? collection.one : collection.noun;
    const time = DateTime.fromMillis(at, { zone }).toFormat('HH:mm');
    const when = now - at > OLD_MS ? say` (as of ${cleanLine(time)})` : say``;
    return say`${records} ${cleanLine(noun)}${when}`;
  });
  return say`Based on ${joined(read, ', ')}.`;
}

/** The dates of a period; of the present the minute is enough. */
const dates = (echo: string): Clean => cleanLine(echo.replace(/(\d\d:\d\d):\d\d/g, '$1'));

/** The moment at which is counted what stands: now, or the end of a period that is over. */
function momentIn({ period, now, zone, parts }: Report): Clean {
  const isOver = period.end.toMillis() <= now && parts.some(isState);
  const at = isOver ? period.end : DateTime.fromMillis(now, { zone });
  if (isOver && +at === +at.startOf('day'))
    return say`the end of ${cleanLine(at.minus({ days: 1 }).setLocale('en-GB').toFormat('ccc d LLL yyyy'))}`;
  return cleanLine(at.setLocale('en-GB').toFormat('ccc d LLL yyyy HH:mm'));
}

/** What a number counts, where neither its name nor its form says it. */
function unitWord({ counted }: Report, unit: Unit): Clean {
  if (unit === 'hours') return say`h`;
  if (unit === 'days') return say`days`;
  return unit === 'money' && counted.currencies.length === 1 ? cleanLine(counted.currencies[0]) : say``;
}

/** What the report is narrowed to, as it was said. */
function narrowedTo({ filters }: Report): Clean | undefined {
  const said = [
    ...filters.dimensions.map(({ dimension, values, negated, none }) => {
      const what = none ? say`none` : joined(values.map(cleanLine), ' or ');
      return say`${cleanLine(dimension)}${negated ? ' not' : ''} ${what}`;
    }),
    ...filters.fields.map(({ field, op = 'eq', value }) =>
      joined([field === undefined ? say`one of several` : cleanLine(field), cleanLine(op), cleanLine(value)], ' '),
    ),
  ];
  return said.length === 0 ? undefined : say`Only: ${joined(said, '; ')}.`;
}

function headOf(report: Report): Clean {
  const { period, isNow, comparison, totals, measures, splits, parts, now } = report;
  const moment = momentIn(report);
  const isAtEnd = parts.some(isState) && !splits.some((split) => isOfTime(split) && dimensionOf(split) !== 'age');
  const usual = period.byDefault === undefined ? say`` : say`${cleanLine(period.byDefault)} by default, `;
  const running = period.end.toMillis() > now && period.start.toMillis() < now && period.byDefault !== 'all time';
  const which = period.byDefault === 'all time' ? say`all time` : say`${usual}${dates(period.echo)}`;
  const span = isNow
    ? say`As of ${moment} (${cleanLine(report.zone)})`
    : say`Period: ${which}${running ? ', not over yet' : ''}${isAtEnd ? say`; what stands is as of ${moment}` : say``}`;
  const against = comparison === undefined ? say`` : say`; before: ${dates(comparison)}`;
  const { values, before } = totals;
  const told = measures.map(({ name, unit }, index) => {
    const value = joined([cleanLine(shownValue(values[index], unit)), unitWord(report, unit)], ' ');
    if (before === undefined) return say`${cleanLine(name)} ${value}`;
    const change = shownChange(values[index], before[index], unit);
    return say`${cleanLine(name)} ${value} (before ${cleanLine(shownValue(before[index], unit))}, ${cleanLine(change)})`;
  });
  return lines([say`${span}${against}.`, narrowedTo(report), say`In all: ${joined(told, ', ')}.`]);
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
