import { inTurns, pause } from '../../in-turns.ts';
import { Forbidden, NoSuchOperation } from '../../manage/index.ts';
import { type Clean, caption, clean, cleanLine, joined, lines, say } from '../../text/index.ts';
import type { ToolResult } from '../tool-result.ts';

/** A list that belongs to a record: lines, phases, payments. */
export interface Section {
  /** Its name in the structured result. */
  readonly key: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** How many there are where only some are shown. */
  readonly total?: number;
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

/** A section whose texts are cleaned. */
interface CleanSection extends Section {
  readonly cells: readonly (readonly Clean[])[];
}

function sectionText({ title, columns, cells, total = cells.length }: CleanSection): Clean {
  const count = total > cells.length ? say` (${cells.length} of ${total})` : say``;
  return lines([
    say`${cleanLine(title)}${count}: ${joined(columns.map(cleanLine), ' | ')}`,
    ...cells.map((row) => say`- ${joined(row, ' | ')}`),
  ]);
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
  for (const section of sections.filter(({ rows }) => rows.length > 0))
    shown.push({ ...section, cells: await inTurns(section.rows, (row) => row.map(cleanLine)) });
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
      ...(notes !== undefined && notes !== '' && { notes: said }),
    },
    text: lines([name, ...known.map(([label, value]) => say`${label}: ${value}`), ...shown.map(sectionText), said]),
  };
}

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
