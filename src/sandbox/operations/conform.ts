import type { ApiDescription, Field } from '../../api/index.ts';
import { defaultsOf } from '../records/defaults.ts';

/** Something that conforms to a field: the least that its schema allows. Used for answers that no entity describes. */
function leastValue(api: ApiDescription, field: Field, depth: number): unknown {
  switch (field.type) {
    case 'string':
      return field.enum?.[0] ?? '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'datetime':
      return '2000-01-01T00:00:00Z';
    case 'array':
      return [];
    case 'reference':
      return { id: 1 };
    case 'object':
      return depth > 2 ? {} : leastRecord(api, field.schema, depth + 1);
  }
}

/** The least record that conforms to a schema: its required members, and what is there without being set. */
export function leastRecord(api: ApiDescription, schema: string | undefined, depth = 0): Record<string, unknown> {
  const described = api.schema(schema ?? '');
  if (described === undefined) return {};
  const fields = [...described.fields].filter(([, field]) => field.required);
  const least = fields.map(([name, field]) => [name, leastValue(api, field, depth)] as const);
  return Object.fromEntries([...defaultsOf(described), ...least]);
}

/** A record with only the members that a schema has: `/info` shows less than the record. */
export function shapedAs(
  api: ApiDescription,
  schema: string | undefined,
  record: Record<string, unknown>,
): Record<string, unknown> {
  const fields = api.schema(schema ?? '')?.fields;
  if (fields === undefined || fields.size === 0) return record;
  let isShaped = true;
  for (const name in record) isShaped &&= fields.has(name) || name === '_info';
  if (isShaped) return record;
  return Object.fromEntries(Object.entries(record).filter(([name]) => fields.has(name) || name === '_info'));
}
