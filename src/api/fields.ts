import { closest } from './closest.ts';
import type { Field, Schema, Schemas } from './index.ts';
import { memberLacking } from './versions.ts';
import { knownMistake } from './wrong-fields.ts';

/** What a field path such as `board/name` means on a schema. `path` is in the description's letter case. */
export type ResolvedPath =
  | { readonly kind: 'scalar' | 'reference' | 'object'; readonly field: Field; readonly path: readonly string[] }
  /** The path enters an array: `array` is the path of the array itself, `field` what it leads to inside its items. */
  | {
      readonly kind: 'array';
      readonly field: Field;
      readonly path: readonly string[];
      readonly array: readonly string[];
    }
  | { readonly kind: 'customField' }
  | {
      readonly kind: 'unknown';
      readonly segment: string;
      readonly closest: readonly string[];
      /** Why this version does not have it, where another one does: `needs Manage 2025.1; this site is 2022.1`. */
      readonly lacking?: string;
    };

/** Filterable by these bare names on every record, although the record carries them inside `_info`. */
const METADATA: Readonly<Record<string, Field>> = {
  lastUpdated: { type: 'datetime' },
  dateEntered: { type: 'datetime' },
  updatedBy: { type: 'string' },
  enteredBy: { type: 'string' },
};

/** Names that can be filtered on although the schema has no such member. */
const SPECIAL: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  // Tickets are found by an attached configuration; the plural does not exist.
  Ticket: { configuration: { type: 'reference', schema: 'ConfigurationReference' } },
  ProjectTicket: { configuration: { type: 'reference', schema: 'ConfigurationReference' } },
  // The server's own link from a ticket to its products asks by these.
  ProductItem: { chargeToType: { type: 'string' }, chargeToId: { type: 'integer' } },
};

/** Members of a reference whose own schema the description does not have. */
const REFERENCE_MEMBERS: Readonly<Record<string, Field>> = {
  id: { type: 'integer' },
  name: { type: 'string' },
  identifier: { type: 'string' },
};

function memberOf(schema: Schema, segment: string): [string, Field] | undefined {
  const exact = schema.fields.get(segment);
  if (exact !== undefined) return [segment, exact];
  const lower = segment.toLowerCase();
  for (const [name, field] of schema.fields) if (name.toLowerCase() === lower) return [name, field];
  for (const [name, field] of Object.entries({ ...METADATA, ...SPECIAL[schema.name] })) {
    if (name.toLowerCase() === lower) return [name, field];
  }
  return undefined;
}

const innerSchema = (api: Schemas, field: Field): Schema | undefined => {
  const own = api.schema(field.schema ?? '');
  if (field.type !== 'reference') return own;
  return { name: own?.name ?? '', fields: new Map([...Object.entries(REFERENCE_MEMBERS), ...(own?.fields ?? [])]) };
};

const namesOf = (schema: Schema): string[] => [...schema.fields.keys()].filter((name) => name !== '_info');

/**
 * Looks a field path up on a schema, segment by segment, in any letter case.
 * @returns `unknown` with the segment that is not there and the closest members that are.
 */
export function resolvePath(api: Schemas, schemaName: string, segments: readonly string[]): ResolvedPath {
  const path: string[] = [];
  let array: readonly string[] | undefined;
  let schema = api.schema(schemaName);
  let field: Field | undefined;
  for (const segment of segments) {
    if (schema === undefined) return { kind: 'unknown', segment, closest: [] };
    const found = memberOf(schema, segment);
    if (found === undefined) {
      const lacking = memberLacking(api, schema, segment);
      if (lacking !== undefined) return { kind: 'unknown', segment, closest: [], lacking };
      const known = [...namesOf(schema), ...(path.length === 0 ? ['lastUpdated', 'dateEntered'] : [])];
      const meant = knownMistake(schema, segment);
      return { kind: 'unknown', segment, closest: meant ?? closest(segment, known) };
    }
    path.push(found[0]);
    if (found[0].toLowerCase() === 'customfields') return { kind: 'customField' };
    field = found[1];
    if (field.type === 'array') {
      array ??= [...path];
      field = field.items ?? { type: 'object' };
    }
    schema = innerSchema(api, field);
  }
  if (field === undefined) return { kind: 'unknown', segment: '', closest: [] };
  if (array !== undefined) return { kind: 'array', field, path, array };
  if (field.type === 'reference') return { kind: 'reference', field, path };
  return { kind: field.type === 'object' || field.type === 'array' ? 'object' : 'scalar', field, path };
}

/** Texts that people know a reference by. Companies and members go by both of the first two. */
const CALLED_BY = ['name', 'identifier'] as const;
const ELSE_CALLED_BY = ['summary', 'title', 'question', 'description'] as const;

/**
 * The members that hold what a reference is called: `name` and `identifier` where it has them, else what stands in their place, as the
 * summary of a ticket. Empty for one that has no such text, or that the description does not hold.
 * @param schema of the reference, as `IvItemReference`
 */
export function namesOfReference(api: Schemas, schema = ''): readonly string[] {
  const has = (name: string): boolean => api.schema(schema)?.fields.has(name) === true;
  const own = CALLED_BY.filter(has);
  return own.length > 0 ? own : ELSE_CALLED_BY.filter(has).slice(0, 1);
}

/** A field that was asked for and that the records do not have. */
export interface UnknownField {
  readonly field: string;
  /** Fields that were probably meant, the likeliest first. */
  readonly closest: readonly string[];
  /** Why this version does not have it, where another one does. */
  readonly lacking?: string;
}

/**
 * Fields of a list that the records of a schema do not have. Manage drops them without a word, so an answer has to say it. Nothing
 * is unknown about records that the description does not hold.
 * @param fields paths such as `status/name`, in any letter case
 */
export function unknownFields(api: Schemas, schema: string, fields: readonly string[]): UnknownField[] {
  if (api.schema(schema) === undefined) return [];
  return fields.flatMap((field): UnknownField[] => {
    const segments = field.trim().split('/');
    // `_info` and what a custom field is made of are not described.
    if (/^(_info|customfields)$/i.test(segments[0] ?? '') || segments[0] === '') return [];
    const found = resolvePath(api, schema, segments);
    if (found.kind !== 'unknown') return [];
    const before = segments.slice(0, segments.indexOf(found.segment));
    const near = found.closest.map((name) => [...before, name].join('/'));
    return [{ field: field.trim(), closest: near, lacking: found.lacking }];
  });
}
