import { inTurns, pause } from '../../in-turns.ts';
import { Forbidden, NoSuchOperation } from '../../manage/index.ts';
import { type Clean, caption, clean, cleanLine, joined, lines, say } from '../../text/index.ts';
import type { ToolResult } from '../tool-result.ts';
import { table } from './budget.ts';

/** A list that belongs to a record: lines, phases, payments. */
export interface Section {
  /** Its name in the structured result. */
  readonly key: string;
  readonly title: string;
  readonly columns: readonly string[];
  /** `undefined` where the role may not read them: no rows would mean that there are none. */
  readonly rows: readonly (readonly unknown[])[] | undefined;
  /** How many there are where only some are shown. */
  readonly total?: number | undefined;
}

export interface RecordView {
  readonly id: number;
  /** `Agreement 12: Managed Services`. */
  readonly title: string;
  /** Labelled values; empty ones are left out. */
  readonly facts: readonly (readonly [string, unknown])[];
  readonly sections?: readonly Section[];
  /** Text that stands by itself, already quoted. */
  readonly notes?: string;
}

const filled = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** How many rows of each section are left out, for programs; nothing where all are there. */
function cutOf(sections: readonly CleanSection[]): { readonly cut?: Readonly<Record<string, number>> } {
  const left = sections.flatMap(({ key, cells, total = 0 }) =>
    total > cells.length ? [[caption(key), total - cells.length] as const] : [],
  );
  return left.length === 0 ? {} : { cut: Object.fromEntries(left) };
}

/** A section whose texts are cleaned. */
interface CleanSection extends Section {
  readonly cells: readonly (readonly Clean[])[];
}

function sectionText({ title, columns, cells, total = cells.length }: CleanSection): Clean {
  const count = total > cells.length ? say` (${cells.length} of ${total})` : say``;
  // An empty cell keeps its place: without it the next one would stand under its title.
  const [head = say``, ...rows] = table(columns, cells).split('\n').map(cleanLine);
  return lines([say`${cleanLine(title)}${count}: ${head}`, ...rows.map((row) => say`- ${row}`)]);
}

/**
 * One record with what belongs to it, the same facts for programs and for reading; every text cleaned, in turns with everything else
 * that there is to do.
 */
export async function recordView({
  id,
  title,
  facts,
  sections = [],
  notes,
}: RecordView): Promise<ToolResult<{ id: number } & Record<string, unknown>>> {
  await pause();
  const name = cleanLine(title);
  await pause();
  const said = clean(notes);
  const known = await inTurns(
    facts.filter(([, value]) => filled(value)),
    ([label, value]) => [caption(label), cleanLine(value)] as const,
  );
  const shown: CleanSection[] = [];
  for (const section of sections)
    if (section.rows !== undefined && section.rows.length > 0)
      shown.push({ ...section, cells: await inTurns(section.rows, (row) => row.map(cleanLine)) });
  const unread = sections.filter(({ rows }) => rows === undefined).map((section) => cleanLine(section.title));
  return {
    structured: {
      id,
      title: name,
      ...Object.fromEntries(known),
      ...Object.fromEntries(
        shown.map(({ key, columns, cells }) => [
          caption(key),
          cells.map((row) =>
            Object.fromEntries(columns.map((column, index) => [caption(column), row[index] ?? say``])),
          ),
        ]),
      ),
      ...cutOf(shown),
      ...(unread.length > 0 && { notRead: unread }),
      ...(notes !== undefined && notes !== '' && { notes: said }),
    },
    text: lines([
      name,
      ...known.map(([label, value]) => say`${label}: ${value}`),
      ...shown.map(sectionText),
      notRead(unread),
      said,
    ]),
  };
}

/** Says which parts of a record are missing because the security role may not read them. */
export const notRead = (parts: readonly Clean[]): Clean | undefined =>
  parts.length === 0 ? undefined : say`Not known, because the security role may not read them: ${joined(parts, ', ')}.`;

/** A part of a record; `undefined` where the role may not read it or this version of the API lacks it, instead of failing the whole. */
export async function readable<T>(read: Promise<T>): Promise<T | undefined> {
  return read.catch((error: unknown) => {
    if (error instanceof Forbidden || error instanceof NoSuchOperation) return undefined;
    throw error;
  });
}

/** Rows of a part that the role may not read, or that this version of the API lacks, are left out instead of failing the whole. */
export async function readablePart<T>(
  read: Promise<readonly T[] | { readonly rows: readonly T[] }>,
): Promise<readonly T[]> {
  return read.then(
    (part) => ('rows' in part ? part.rows : part),
    (error: unknown) => {
      if (error instanceof Forbidden || error instanceof NoSuchOperation) return [];
      throw error;
    },
  );
}
