import * as z from 'zod/mini';
import { list } from '../shared/schema.ts';

const unit = z.catch(z.enum(['number', 'hours', 'money', 'percent', 'days', 'rate']), 'number');

/** What `report` answers. */
export const reportSchema = z.looseObject({
  /** Groups that there are; some may be left out. */
  total: z.optional(z.number()),
  /** The period, the filters and the sums, in words. */
  head: z._default(z.string(), ''),
  totals: z._default(z.record(z.string(), z.nullable(z.number())), {}),
  columns: list(z.string()),
  rows: list(z.array(z.union([z.string(), z.number(), z.null()]))),
  notes: list(z.string()),
  /** What did not fit into the result. */
  cut: z.optional(z.unknown()),
});

/** What rows and columns are; the server says it to the view alone. */
export const shapeSchema = z.looseObject({
  splits: list(z.looseObject({ title: z.string(), kind: z.enum(['calendar', 'time', 'group']) })),
  /** `adds`: values of groups side by side make up a whole. */
  measures: list(
    z.looseObject({
      name: z.string(),
      unit,
      adds: z._default(z.boolean(), false),
      /** None of its amounts has cents. */
      isWhole: z._default(z.boolean(), false),
    }),
  ),
  /** The groups of the second split are columns. */
  across: z._default(z.boolean(), false),
  /** Behind each value stand the one before and the change. */
  compared: z._default(z.boolean(), false),
  currency: z.optional(z.string()),
});

export type Report = z.output<typeof reportSchema>;
export type Shape = z.output<typeof shapeSchema>;
export type Unit = z.output<typeof unit>;
export type Cell = Report['rows'][number][number];

/** How a host without the server's word for it is served: text is what is counted by, numbers are what is counted. */
export function guessedShape({ columns, rows, totals }: Report): Shape {
  const isLabel = (index: number): boolean => rows.length > 0 && rows.every((row) => typeof row[index] === 'string');
  const labels = columns.findIndex((_, index) => !isLabel(index));
  const named = columns.slice(0, Math.max(labels, 0));
  const across = named.length === 1 && !Object.keys(totals).some((name) => columns.includes(name));
  const plain = (name: string) => ({ name, unit: 'number' as const, adds: false, isWhole: false });
  return {
    splits: [...named, ...(across ? [''] : [])].map((title) => ({ title, kind: 'group' as const })),
    measures: across ? Object.keys(totals).slice(0, 1).map(plain) : columns.slice(named.length).map(plain),
    across,
    compared: false,
  };
}
