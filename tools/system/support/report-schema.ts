import type { Field, Schema, Schemas } from '../../../src/api/index.ts';

const typeOf = (said: string): Field['type'] => {
  if (/date|time/i.test(said)) return 'datetime';
  if (/num|int|dec|money|float|double|real/i.test(said)) return 'number';
  return /bool|bit/i.test(said) ? 'boolean' : 'string';
};

/**
 * One column of a report as Manage describes it: `{"Hours_Actual": {"type": "Numeric", ...}}`; a bare name and
 * `{"name": "Hours_Actual", "type": "Numeric"}` are taken as well.
 */
function columnOf(definition: unknown): readonly [string, Field][] {
  if (typeof definition === 'string') return [[definition, { type: 'string' }]];
  const { name, type } = (definition ?? {}) as { name?: unknown; type?: unknown };
  if (typeof name === 'string') return [[name, { type: typeOf(String(type ?? '')) }]];
  return Object.entries((definition ?? {}) as Record<string, { type?: unknown } | null>).map(([column, more]) => [
    column,
    { type: typeOf(String(more?.type ?? '')) },
  ]);
}

/**
 * A report's columns as the schema of its rows, so that filters, orders and sums over it are checked like those of any record.
 * @param definitions the `column_definitions` of a report, or what its `columns` operation answers
 */
export function reportSchema(name: string, definitions: readonly unknown[]): Schema {
  return { name, fields: new Map(definitions.flatMap(columnOf)) };
}

/** A stand-in for the catalog that knows nothing but the rows of a report. */
export const onlySchema = (schema: Schema): Schemas => ({
  schema: (name) => (name === schema.name ? schema : undefined),
});
