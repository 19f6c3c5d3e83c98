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

function sectionText({ title, columns, rows, total = rows.length }: Section): Clean {
  const count = total > rows.length ? say` (${rows.length} of ${total})` : say``;
  return lines([
    say`${cleanLine(title)}${count}: ${joined(columns.map(cleanLine), ' | ')}`,
    ...rows.map((row) => say`- ${cleanLine(row.map(cleanLine).join(' | '))}`),
  ]);
}

/** One record with what belongs to it, the same facts for programs and for reading; every text cleaned. */
export function recordView({
  id,
  title,
  facts,
  sections = [],
  notes,
}: RecordView): ToolResult<{ id: number } & Record<string, unknown>> {
  const known = facts
    .filter(([, value]) => filled(value))
    .map(([label, value]) => [caption(label), cleanLine(value)] as const);
  const shown = sections.filter(({ rows }) => rows.length > 0);
  return {
    structured: {
      id,
      title: cleanLine(title),
      ...Object.fromEntries(known),
      ...Object.fromEntries(
        shown.map(({ key, columns, rows }) => [
          caption(key),
          rows.map((row) =>
            Object.fromEntries(columns.map((column, index) => [caption(column), cleanLine(row[index])])),
          ),
        ]),
      ),
      ...(notes !== undefined && notes !== '' && { notes: clean(notes) }),
    },
    text: lines([
      cleanLine(title),
      ...known.map(([label, value]) => say`${label}: ${value}`),
      ...shown.map(sectionText),
      clean(notes),
    ]),
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
