type Json = Record<string, unknown>;

/** What breaks one client or another, wherever it stands in a schema. */
export function unsafe(schema: unknown, at: string, isRoot: boolean): string[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [`${at}: no schema`];
  const { type, properties, items, ...rest } = schema as Json;
  const found: string[] = [];
  if (typeof type !== 'string') found.push(`${at}: ${Array.isArray(type) ? 'type array' : 'no type'}`);
  for (const key of [
    '$ref',
    '$schema',
    '$defs',
    'exclusiveMinimum',
    'exclusiveMaximum',
    'anyOf',
    'oneOf',
    'allOf',
    'patternProperties',
  ]) {
    if (key in rest) found.push(`${at}: ${key}`);
  }
  if (isRoot && type !== 'object') found.push(`${at}: the root is not an object`);
  if (type === 'object' && properties === undefined) found.push(`${at}: object without declared properties`);
  if (type === 'array' && items === undefined) found.push(`${at}: array without items`);
  if (properties !== undefined) {
    const members = Object.entries(properties as Json);
    if (members.length === 0) found.push(`${at}: empty properties`);
    for (const [name, member] of members) found.push(...unsafe(member, `${at}.${name}`, false));
  }
  if (items !== undefined) found.push(...unsafe(items, `${at}[]`, false));
  return found;
}
