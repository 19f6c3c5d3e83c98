import type { Field, Schemas } from '../../api/index.ts';
import { isRecord, type JsonObject } from '../../json.ts';
import { KIND_OF_REFERENCE, type Kind, kindOfMember, kindOfType } from './ties.ts';

/** A record that a request names. */
export interface Claim {
  /** The member of the body that names it, at its top. */
  readonly member: string;
  /** `undefined` for a type of record that nothing is known of. */
  readonly kind: Kind | undefined;
  readonly id: unknown;
  /** What names it where there is no id, or beside it. */
  readonly names: Readonly<Record<string, unknown>>;
}

/** Members whose id means a record of the type beside it. */
const TYPED: Readonly<Record<string, string>> = {
  chargeToId: 'chargeToType',
  applyToId: 'applyToType',
  recordId: 'recordType',
};

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || Number(value) === 0;

/** Steps of a PATCH as the record that they set: `company/id` inside `company`; places in lists do not count. */
function recordOfSteps(steps: readonly unknown[]): JsonObject[] {
  return steps.filter(isRecord).map(({ path, value }) =>
    String(path)
      .split('/')
      .filter((segment) => segment !== '' && !/^\d+$|^-$/.test(segment))
      .reduceRight<unknown>((inner, segment) => ({ [segment]: inner }), value),
  ) as JsonObject[];
}

interface Place {
  readonly api: Schemas;
  readonly schema: string | undefined;
  /** The member at the top under which everything stands that is found. */
  readonly top?: string;
}

/** Everything beside the id that a reference says: what Manage would find the record by where the id is left out. */
function ofReference(value: unknown, kind: Kind, member: string): Claim {
  if (!isRecord(value)) return { member, kind, id: value, names: {} };
  const { id, _info, ...rest } = value;
  return { member, kind, id, names: Object.fromEntries(Object.entries(rest).filter(([, text]) => !isNothing(text))) };
}

interface Member {
  readonly name: string;
  readonly value: unknown;
  readonly field: Field | undefined;
  /** The record that it is a member of. */
  readonly record: JsonObject;
}

function ofMember({ name, value, field, record }: Member, { api, top = name }: Place): Claim[] {
  const values = Array.isArray(value) ? value : [value];
  const reference = field?.items ?? field;
  const kind = KIND_OF_REFERENCE[reference?.schema ?? ''];
  if (kind !== undefined && reference?.type === 'reference') return values.map((one) => ofReference(one, kind, top));
  const type = TYPED[name];
  if (type !== undefined)
    return isNothing(value) ? [] : [{ member: top, kind: kindOfType(record[type]), id: value, names: {} }];
  const named = kindOfMember(name);
  if (named !== undefined && !values.some(isRecord))
    return values.filter((one) => !isNothing(one)).map((id) => ({ member: top, kind: named, id, names: {} }));
  return values.filter(isRecord).flatMap((one) => ofRecord(one, { api, schema: reference?.schema, top }));
}

function ofRecord(record: JsonObject, place: Place): Claim[] {
  const fields = place.api.schema(place.schema ?? '')?.fields;
  const byName = new Map([...(fields ?? [])].map(([name, field]) => [name.toLowerCase(), { name, field }]));
  return Object.entries(record).flatMap(([given, value]) => {
    if (value === undefined || given === '_info') return [];
    const { name = given, field } = byName.get(given.toLowerCase()) ?? {};
    return ofMember({ name, value, field, record }, { ...place, top: place.top ?? name });
  });
}

/**
 * Every record of a customer's, and every board, that a body names, at any depth.
 * @param schema of the body, or of the record that a PATCH changes
 */
export function claimsOf(api: Schemas, schema: string | undefined, body: unknown): readonly Claim[] {
  const kind = KIND_OF_REFERENCE[schema ?? ''];
  if (isRecord(body)) return kind === undefined ? ofRecord(body, { api, schema }) : [ofReference(body, kind, 'id')];
  if (!Array.isArray(body)) return [];
  const isPatch = body.every((step) => isRecord(step) && 'op' in step && 'path' in step);
  const records = isPatch ? recordOfSteps(body) : body.filter(isRecord);
  return records.flatMap((record) => ofRecord(record, { api, schema }));
}

/** The records that parameters behind the `?` name. */
export const claimsOfQuery = (query: Readonly<Record<string, unknown>> = {}): readonly Claim[] =>
  Object.entries(query).flatMap(([member, id]) => {
    const kind = kindOfMember(member);
    return kind === undefined || isNothing(id) ? [] : [{ member, kind, id, names: {} }];
  });
