import { z } from 'zod';
import { inTurns } from '../../in-turns.ts';
import { type ManageReader, type ManageRecord, TooMany, type Whole } from '../../manage/index.ts';
import { type Clean, clean, cleanLine, excerptLine, lines, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import type { ToolResult } from '../tool-result.ts';
import { more, table } from './budget.ts';

/** Output of tools that answer with a list: the rows as cells, because names on every row would double what a model has to read. */
export const tableOutput = z.looseObject({
  total: z.int().optional(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
});

/** The same answer said in less, for lists that few ask for: every token of a tool's surface is read in every conversation. */
export const listOutput = z.looseObject({ total: z.int().optional() });

/** Characters of a cell: more leaves no room for other rows. */
export const LONGEST_CELL = 4_000;

export interface TableAnswer {
  readonly noun: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** How many there are; `undefined` where that is not known. */
  readonly total: number | undefined;
  readonly page?: number | undefined;
  readonly pageSize?: number;
  /** A line before the table: what was understood, sums. */
  readonly head?: string;
  /** A line after it: what to do next, for example with an empty list. */
  readonly hint?: Clean | undefined;
}

/** A list as a result: the same cells for programs and for reading; cleaned in turns with everything else that there is to do. */
export async function tableResult({
  noun,
  columns,
  rows,
  total,
  page = 1,
  pageSize = 25,
  head,
  hint,
}: TableAnswer): Promise<ToolResult<z.input<typeof tableOutput>>> {
  const cells = await inTurns(rows, (row) => row.map((cell) => excerptLine(cell, LONGEST_CELL)));
  const count = more(rows.length, noun, { total, page, pageSize });
  const next = hint === '' ? undefined : hint;
  const note = head === undefined || head === '' ? undefined : clean(head);
  return {
    structured: {
      total,
      ...(page > 1 && { page }),
      ...(note !== undefined && { note }),
      ...(next !== undefined && { hint: next }),
      columns: columns.map(cleanLine),
      rows: cells,
    },
    text: lines([note, clean(count), cells.length > 0 ? clean(table(columns, cells)) : undefined, next]),
  };
}

/** Rows that are added up beside a page of them; for more there is `groupBy`. */
const MOST_SUMMED = 5_000;

/**
 * What everything that a query finds adds up to, not only its page: that is what people ask for. Says so where it is too much.
 * @param total adds up the rows, which hold `fields`
 */
export async function totalOf(
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
  operation: string,
  options: Parameters<ManageReader['all']>[1],
  total: (rows: Whole<ManageRecord>) => Clean,
): Promise<Clean> {
  try {
    return total(await manage.all(operation, { ...options, most: MOST_SUMMED, signal }));
  } catch (error) {
    if (error instanceof TooMany) return say`Too many to add up here; use groupBy`;
    throw error;
  }
}
