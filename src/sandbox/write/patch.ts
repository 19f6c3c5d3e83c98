import { coercedValue } from '../../api/coerce.ts';
import type { ApiDescription, Field, Schema } from '../../api/index.ts';
import { patchProblems } from '../../api/validate-patch.ts';
import { isRecord } from '../../json.ts';
import { Failure } from '../contract/failure.ts';

type Json = Record<string, unknown>;

const invalid = (message: string): Failure => new Failure(400, { code: 'InvalidPatch', message });

/** The server turns texts into what the member holds: "26" into 26, "true" into true, "" into nothing. */
function coerce(api: ApiDescription, value: unknown, field: Field | undefined): unknown {
  if (value === '' || field === undefined) return value === '' ? null : value;
  return coercedValue(api, value, field);
}

function fieldAt(api: ApiDescription, schema: Schema | undefined, segments: readonly string[]): Field | undefined {
  let current = schema;
  let field: Field | undefined;
  for (const segment of segments) {
    field = field?.type === 'array' ? field.items : current?.fields.get(segment);
    current = field?.schema === undefined ? undefined : api.schema(field.schema);
  }
  return field;
}

function change(record: Json, segments: readonly string[], op: string, value: unknown): void {
  const last = segments.at(-1) ?? '';
  let at: unknown = record;
  for (const segment of segments.slice(0, -1)) {
    if (Array.isArray(at)) at = at[Number(segment)];
    else if (isRecord(at)) {
      at[segment] ??= {};
      at = at[segment];
    }
  }
  if (Array.isArray(at)) {
    const index = last === '-' ? at.length : Number(last);
    if (index > at.length || (op !== 'add' && index >= at.length))
      throw invalid(`The index ${last} is outside of the list.`);
    if (op === 'remove') at.splice(index, 1);
    else if (op === 'add' && index < at.length) at.splice(index, 0, value);
    else at[index] = value;
  } else if (isRecord(at)) {
    if (op === 'remove' || value === null) delete at[last];
    else {
      at[last] = value;
      // A reference whose id changes is a new one: its old name goes.
      if (segments.length > 1 && (last === 'id' || last === 'identifier' || last === 'name')) {
        for (const key of Object.keys(at)) if (key !== last) delete at[key];
      }
    }
  } else throw invalid(`The path ${segments.join('/')} is not valid.`);
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'System.String',
  number: 'System.Double',
  boolean: 'System.Boolean',
};

const typeOf = (value: unknown): string =>
  Number.isInteger(value) ? 'System.Int64' : (TYPE_NAMES[typeof value] ?? 'System.Object');

/** The server's own name of a type: those of a record stand in the namespace of the record, `Company.Contact.ContactCommunicationItem`. */
function typeName(target: string, schema: Schema | undefined, module: string | undefined): string {
  if (module === undefined || schema === undefined || /Reference$/.test(target)) return `Common.Models.${target}`;
  const area = `${module.charAt(0).toUpperCase()}${module.slice(1)}`;
  return `${area}.${schema.name.split('.').at(-1)}.${target}`;
}

/**
 * The record after a PATCH, not yet validated.
 * @throws 400 for a body that is not a list, for paths that do not exist, for values that cannot be converted.
 */
export function applyPatch(
  record: Json,
  body: unknown,
  {
    schema,
    api,
    derived = [],
    module,
  }: {
    readonly schema: Schema | undefined;
    readonly api: ApiDescription;
    readonly derived?: readonly string[];
    /** The first part of the path, such as `company`. */
    readonly module?: string | undefined;
  },
): Json {
  if (!Array.isArray(body)) {
    // The server's own text for this is not known.
    throw invalid('The patch document has to be a list of operations.');
  }
  const next = structuredClone(record);
  for (const step of body) {
    const problem = patchProblems(api, [step], schema).find(
      (found) => ['unknown', 'shape', 'required'].includes(found.problem) || /\/op$/.test(found.field),
    );
    if (problem !== undefined) throw invalid(`The path ${problem.field} is not valid: ${problem.message}.`);
    const { op, path, value } = step as { op: string; path: string; value?: unknown };
    const segments = path.replace(/^\//, '').split('/');
    if (derived.includes(segments[0] ?? '')) continue;
    const field = fieldAt(api, schema, segments);
    const converted = coerce(api, value, field);
    const expectsObject =
      field?.type === 'array' || field?.type === 'reference' || (field?.type === 'object' && field.format !== 'any');
    if (op !== 'remove' && expectsObject && converted !== null && typeof converted !== 'object') {
      const target = field?.items?.schema ?? field?.schema ?? 'Object';
      throw invalid(
        `Could not cast or convert from ${typeOf(converted)} to ConnectWise.Apis.v3_0.v2015_3.${typeName(target, schema, module)}${field?.type === 'array' ? '[]' : ''}.`,
      );
    }
    change(next, segments, op, structuredClone(converted));
  }
  return next;
}
