import { z } from 'zod';
import { cleanLine } from '../../text/index.ts';
import type { ToolResult } from '../define-tool.ts';
import { more, table } from './budget.ts';

/** Output of tools that answer with a list: the rows as cells, because names on every row would double what a model has to read. */
export const tableOutput = z.looseObject({
  total: z.int(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
});

/** The same answer said in less, for lists that few ask for: every token of a tool's surface is read in every conversation. */
export const listOutput = z.looseObject({ total: z.int() });

export interface TableAnswer {
  readonly noun: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly total: number;
  readonly page?: number | undefined;
  readonly pageSize?: number;
  /** A line before the table: what was understood, sums. */
  readonly head?: string;
}

/** A list as a result: the same cells for programs and for reading. */
export function tableResult({
  noun,
  columns,
  rows,
  total,
  page = 1,
  pageSize = 25,
  head,
}: TableAnswer): ToolResult<z.input<typeof tableOutput>> {
  const cells = rows.map((row) => row.map((cell) => cleanLine(cell)));
  const count = more(rows.length, total, noun, page, pageSize);
  const lines = [head, count, ...(rows.length > 0 ? [table(columns, cells)] : [])].filter(
    (line) => line !== undefined && line !== '',
  );
  return {
    structured: {
      total,
      ...(page > 1 && { page }),
      ...(head !== undefined && { note: head }),
      columns: [...columns],
      rows: cells,
    },
    text: lines.join('\n'),
  };
}
