import { type Clean, clean, cleanLine, csvRow, joined, lines, say } from '../../text/index.ts';
import { isCalendar } from '../dimensions.ts';
import { dimensionOf, type Split } from '../groups/keys.ts';
import { addsUp, type Unit } from '../measure.ts';
import { isOfTime } from '../question.ts';
import type { Report } from '../report.ts';
import { type Cells, cellsIn, isAcross, isPart, titleIn } from './cells.ts';
import { headOf } from './head.ts';
import { currencyOf, eachCurrency, shownIn, wholesIn } from './in-unit.ts';
import {
  comingNote,
  datelessNote,
  definitionsOf,
  dividedByNothingNotes,
  doubledNote,
  farNote,
  lackingNotes,
  laterNote,
  presentNote,
  readNote,
  teamNote,
} from './notes.ts';

export interface Rendered extends Cells {
  readonly notes: readonly Clean[];
  readonly head: Clean;
  readonly shape: Shape;
  /** How many groups are left out, and what they come to together. */
  readonly left: Clean | undefined;
}

/** What rows and columns are, for whoever draws them. */
export interface Shape {
  readonly splits: readonly { readonly title: string; readonly kind: 'calendar' | 'time' | 'group' }[];
  /** `adds`: values of groups side by side make up a whole. */
  readonly measures: readonly {
    readonly name: string;
    readonly unit: Unit;
    readonly adds: boolean;
    /** None of its amounts has cents, so that they are told without. */
    readonly isWhole: boolean;
  }[];
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

const shapeOf = (report: Report, wholes = wholesIn(report)): Shape => ({
  splits: report.splits.map((split) => ({ title: titleIn(report, split), kind: kindOf(split) })),
  measures: report.measures.map((measure, index) => ({
    name: measure.name,
    unit: measure.unit,
    adds: addsUp(measure) && !report.counted.isDoubled && report.byCurrency.length === 0,
    isWhole: measure.unit === 'money' && wholes[index] === true,
  })),
  across: isAcross(report),
  compared: report.comparison !== undefined,
  currency: currencyOf(report),
});

/** What the groups that are not shown come to; `undefined` where all are. */
function leftOut(report: Report): Clean | undefined {
  const { rest, measures, groups } = report;
  if (rest === undefined) return undefined;
  const shown = shownIn(report);
  const told = measures.flatMap((measure, index) => {
    const isTold = [rest.line, ...rest.byCurrency.map(({ line }) => line)].some(
      ({ values }) => values[index] !== undefined,
    );
    const value = eachCurrency(rest, { measure, index }, ({ values }, currency) =>
      joined([cleanLine(shown(values[index], index)), cleanLine(measure.unit === 'money' ? currency : undefined)], ' '),
    );
    return isTold ? [say`${cleanLine(measure.name)} ${value}`] : [];
  });
  if (told.length === 0) return say`Left out: ${rest.count} of ${groups}.`;
  return say`Left out: ${rest.count} of ${groups}, together ${joined(told, ', ')}.`;
}

/** What was left out, lacks something, is not over, was read, and is meant. */
function notesOf(report: Report, explain: boolean): readonly Clean[] {
  const { lines: all, splits } = report;
  const notes: (Clean | undefined)[] = [...report.missing, leftOut(report)];
  const parts = all.flatMap(({ names }) => splits.map((_, place) => isPart(report, place, names[place]?.rank)));
  if (parts.includes(true)) notes.push(say`* not over yet, or partly outside the period.`);
  if (report.isShortened) notes.push(say`What is 0 throughout is left out.`);
  notes.push(
    ...dividedByNothingNotes(report),
    ...lackingNotes(report),
    doubledNote(report),
    farNote(report),
    presentNote(report),
    laterNote(report),
    comingNote(report),
    datelessNote(report),
  );
  notes.push(teamNote(report), report.zoneNote, ...definitionsOf(report, explain), readNote(report));
  return notes.filter((note) => note !== undefined);
}

/** A report as cells for programs and as lines for reading. */
export function render(report: Report, explain: boolean): Rendered {
  return {
    ...cellsIn(report),
    head: headOf(report),
    notes: notesOf(report, explain),
    shape: shapeOf(report),
    left: leftOut(report),
  };
}

/** The rows as comma-separated values, the columns first. */
export const csv = ({ columns, rows }: Pick<Rendered, 'columns' | 'rows'>): Clean =>
  lines(
    [columns, ...rows].map((row) =>
      clean(csvRow(row.map((cell) => (typeof cell === 'string' ? cleanLine(cell) : cell)))),
    ),
  );
