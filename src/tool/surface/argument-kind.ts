/** The part of an argument's JSON schema that tells what goes into it. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** What an object holds, as `{product, quantity, unitCost?}`; nothing where it is not said. */
export const membersText = ({ properties, required = [] }: JsonSchema): string | undefined =>
  properties &&
  `{${Object.keys(properties)
    .map((name) => (required.includes(name) ? name : `${name}?`))
    .join(', ')}}`;

/** What an argument takes, in a few words: `string`, `one of a, b`, `list of {product, quantity, unitCost?}`. */
export function argumentKind(schema: JsonSchema): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`;
  if (schema.type === 'array') return schema.items === undefined ? 'list' : `list of ${argumentKind(schema.items)}`;
  return membersText(schema) ?? schema.type ?? 'text';
}
