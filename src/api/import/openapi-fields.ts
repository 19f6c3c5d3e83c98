import { isRecord } from '../../json.ts';
import type { SourceField } from './source.ts';

type Json = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const SIMPLE: Readonly<Record<string, SourceField['type']>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
};

/** Names of members and schemas that the description can hold. */
const NAME = /^[A-Za-z_$][\w.$-]*$/;

/** How deep lists of lists and parts of parts are followed; no record of Manage comes near, and circles have no end. */
const DEEPEST = 20;

/** The schemas of an OpenAPI document as fields. */
export class Fields {
  readonly #schemas: Json;
  readonly #skipped: string[];
  readonly #missing = new Set<string>();

  constructor(schemas: Json, skipped: string[]) {
    this.#schemas = schemas;
    this.#skipped = skipped;
  }

  /** Every named schema with its members; those that are not objects have none. */
  all(): Map<string, Map<string, SourceField>> {
    const result = new Map<string, Map<string, SourceField>>();
    for (const [name, schema] of Object.entries(this.#schemas)) {
      if (NAME.test(name)) result.set(name, this.#members(name, schema, new Set()));
      else this.#skipped.push(`schema ${name.slice(0, 60)}: its name is not valid`);
    }
    return result;
  }

  /** Schemas that are referred to and not in the document: what has them is read as an object of anything. */
  missing(): readonly string[] {
    return [...this.#missing];
  }

  /** One schema where it is used: of a parameter, a body, a member. */
  read(schema: unknown, depth = 0): SourceField {
    if (!isRecord(schema) || depth > DEEPEST) return { type: 'object' };
    if (typeof schema.$ref === 'string') return this.#reference(schema.$ref, depth);
    const parts = [...listOf(schema.allOf), ...listOf(schema.anyOf), ...listOf(schema.oneOf)].filter(isRecord);
    const described = parts.filter((part) => part.type !== 'null');
    const nullable = schema.nullable === true || described.length < parts.length;
    if (described.length > 0) {
      // Several parts of one value: an intersection, whose first part says what it is.
      const { nullable: _, ...field } = this.read(described[0], depth + 1);
      return { ...field, ...this.#facts(schema), ...(nullable && { nullable: true }) };
    }
    const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter((type) => type !== 'null');
    const isNullable = nullable || (Array.isArray(schema.type) && types.length < schema.type.length);
    return { ...this.#typed(schema, String(types[0]), depth), ...(isNullable && { nullable: true }) };
  }

  #reference(ref: string, depth: number): SourceField {
    const name = ref.replace(/^#\/components\/schemas\//, '');
    const target = this.#schemas[name];
    if (!isRecord(target) || !Object.hasOwn(this.#schemas, name)) this.#missing.add(name.slice(0, 60));
    if (!isRecord(target) || !NAME.test(name)) return { type: 'object' };
    // A named enumeration or list is the thing itself, not a record.
    const isModel = target.type === 'object' || isRecord(target.properties) || Array.isArray(target.allOf);
    return isModel ? { type: 'ref', schema: name } : this.read(target, depth + 1);
  }

  #typed(schema: Json, type: string, depth: number): SourceField {
    if (type === 'array') return { type: 'array', items: this.read(schema.items, depth + 1) };
    const values = listOf(schema.enum).filter((value): value is string => typeof value === 'string');
    if (values.length > 0) return { type: 'string', enum: values };
    const { format } = schema;
    if (type === 'string' && (format === 'date-time' || format === 'date')) return { type: 'datetime' };
    if (type === 'number' && (format === 'int32' || format === 'int64')) return { type: 'integer' };
    const simple = SIMPLE[type] ?? (isRecord(schema.properties) ? 'object' : undefined) ?? 'object';
    return { type: simple, ...this.#facts(schema) };
  }

  /** Length, format, and what the document tells only in words. */
  #facts(schema: Json): Partial<SourceField> {
    const text = typeof schema.description === 'string' ? schema.description : '';
    const told = /Max length: (\d+)/i.exec(text)?.[1];
    const maxLength = typeof schema.maxLength === 'number' ? schema.maxLength : Number(told ?? Number.NaN);
    const format =
      typeof schema.format === 'string' && /^[a-z][a-z0-9-]*$/.test(schema.format) ? schema.format : undefined;
    const known = ['double', 'float', 'date-time', 'date', 'int32', 'int64'];
    return {
      ...(Number.isInteger(maxLength) && { maxLength }),
      ...(format !== undefined && !known.includes(format) && { format }),
      ...(/Required On Updates/i.test(text) && { requiredOnUpdate: true }),
    };
  }

  #members(name: string, schema: unknown, seen: Set<unknown>): Map<string, SourceField> {
    const fields = new Map<string, SourceField>();
    if (!isRecord(schema) || seen.has(schema)) return fields;
    seen.add(schema);
    for (const part of listOf(schema.allOf)) {
      const ref =
        isRecord(part) && typeof part.$ref === 'string'
          ? part.$ref.replace(/^#\/components\/schemas\//, '')
          : undefined;
      const inner = ref === undefined ? part : this.#schemas[ref];
      for (const [member, field] of this.#members(name, inner, seen)) fields.set(member, field);
    }
    for (const [member, value] of Object.entries(isRecord(schema.properties) ? schema.properties : {})) {
      if (!NAME.test(member)) {
        this.#skipped.push(`member ${member.slice(0, 40)} of ${name}: its name is not valid`);
        continue;
      }
      const field = this.read(value);
      const text = isRecord(value) && typeof value.description === 'string' ? value.description : '';
      if (/Required On Updates/i.test(text)) field.requiredOnUpdate = true;
      fields.set(member, field);
    }
    for (const member of listOf(schema.required)) {
      const field = fields.get(String(member));
      if (field !== undefined) field.required = true;
    }
    return fields;
  }
}
