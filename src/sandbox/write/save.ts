import type { ApiDescription, Operation, Schema } from '../../api/index.ts';
import { meaningOf } from '../../api/meanings.ts';
import { type FieldProblem, isMissing, valueProblems } from '../../api/validate-value.ts';
import { type Behaviour, type HookContext, saveContext } from '../contract/behaviour.ts';
import { type Failure, type FieldError, invalidObject } from '../contract/failure.ts';
import type { Filled } from '../records/filler.ts';
import { resolveReferences } from '../references.ts';
import type { Collection, SandboxRecord } from '../store/store.ts';
import { fieldError } from './body.ts';
import { fillCustomFields } from './custom-fields.ts';

export interface SaveTarget {
  readonly api: ApiDescription;
  readonly operation: Operation;
  readonly schema: Schema | undefined;
  readonly collection: Collection;
  readonly behaviour: Behaviour | undefined;
  readonly context: HookContext;
  /** How records are shown, with what the server fills in. */
  readonly filled: Filled;
}

/** `Company.Configuration` is called configuration in messages, `TimeEntry` timeEntry. */
export function resourceOf(schema: string | undefined): string {
  const name = schema?.split('.').at(-1) ?? 'object';
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Schema errors of a whole record, as a PATCH and a PUT meet them again on members that they did not touch. */
function recordErrors(
  { api, schema, filled }: SaveTarget,
  record: SandboxRecord,
  previous: SandboxRecord,
): FieldError[] {
  // What nobody ever set counts as set where the server fills it in.
  const isFilledIn = (name: string): boolean =>
    previous[name] === undefined && filled.reading([name]).read(previous) !== undefined;
  return [...(schema?.fields ?? [])].flatMap(([name, field]) => {
    if (name === '_info' || name === 'id') return [];
    const isWanted = field.required === true || field.requiredOnUpdate === true;
    const problems: readonly FieldProblem[] =
      isWanted && isMissing(record[name], field) && !isFilledIn(name)
        ? [{ field: name, problem: 'required', message: 'is required' }]
        : valueProblems(api, record[name], field, name);
    return problems.map((problem) => fieldError(problem, field.type === 'reference'));
  });
}

/** Members that a create or update sent without a value are not set. */
const withoutNulls = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );

/** Members that hold a calendar date keep no time of day: it is cut, not rounded. A due date keeps its own, unless told otherwise. */
function withoutTimes(record: SandboxRecord, schema: Schema | undefined, { dueDaysOnly }: HookContext): void {
  for (const [name, field] of schema?.fields ?? []) {
    const value = record[name];
    if (field.type !== 'datetime' || typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(value)) continue;
    const isCut = dueDaysOnly === true && name === 'requiredDate';
    if (isCut || meaningOf(schema?.name ?? '', name)?.time === 'day') record[name] = `${value.slice(0, 10)}T00:00:00Z`;
  }
}

/** The refusal of a record, with each problem once. */
function invalid({ behaviour, schema }: SaveTarget, errors: readonly FieldError[]): Failure {
  const distinct = errors.filter(
    (error, index) => errors.findIndex(({ field, code }) => field === error.field && code === error.code) === index,
  );
  return invalidObject(behaviour?.resource ?? resourceOf(schema?.name), distinct);
}

/**
 * Fills, checks and stores a record; the one way into the store for POST, PUT and PATCH.
 * @param errors what the body's schema already said
 * @throws `<resource> object is invalid` with every error; nothing is stored then.
 */
export function save(
  target: SaveTarget,
  draft: Record<string, unknown>,
  previous: SandboxRecord | undefined,
  errors: readonly FieldError[],
): SandboxRecord {
  const { schema, collection, behaviour } = target;
  const context = saveContext(target.context, previous);
  const record = { ...withoutNulls(draft), ...(previous && { id: previous.id }) } as SandboxRecord;
  const misread = [...errors, ...(previous === undefined ? [] : recordErrors(target, record, previous))];
  // What is of the wrong kind is not even read: no rule looks at it.
  if (misread.some(({ code }) => code === 'InvalidField')) throw invalid(target, misread);
  if (previous === undefined) {
    const given: unknown = record.id;
    for (const name of ['id', '_info', ...(behaviour?.derived ?? [])]) delete (record as Record<string, unknown>)[name];
    if (behaviour?.storedId !== undefined && typeof given === 'number')
      record.id = behaviour.storedId(given, context.parentIds);
  }
  if (previous === undefined || target.operation.method === 'PUT') behaviour?.defaults?.(record, context);
  const changed = (field: string): boolean => record[field] !== previous?.[field];
  const found = [
    ...errors,
    // What a PUT left out may have been filled in.
    ...(previous === undefined ? [] : recordErrors(target, record, previous)),
    ...rangeErrors(schema?.name, record),
    ...(schema === undefined ? [] : resolveReferences(record, schema.fields, context, changed)),
  ];
  const all = found.length > 0 ? found : (behaviour?.validate?.(record, context) ?? []);
  if (all.length > 0) throw invalid(target, all);
  withoutTimes(record, schema, context);
  fillCustomFields(record, collection.template, context.store);
  behaviour?.beforeSave?.(record, context);
  const stored = collection.put(record, {
    parentIds: context.parentIds,
    by: context.caller.identifier,
    at: context.now,
  });
  behaviour?.afterSave?.(stored, context);
  return collection.get(stored.id) ?? stored;
}

/** Numbers that the document does not bound, but the server does: schema, member, least and greatest. */
const RANGES: Readonly<Record<string, readonly (readonly [member: string, least: number, greatest: number])[]>> = {
  Company: [['yearEstablished', 1900, 9999]],
  UserDefinedField: [['sequenceNumber', 1, 500]],
};

/** Members whose number is out of range, in the server's words. */
export function rangeErrors(schema: string | undefined, record: Readonly<Record<string, unknown>>): FieldError[] {
  return (RANGES[schema ?? ''] ?? []).flatMap(([member, least, greatest]) => {
    const value = record[member];
    return typeof value === 'number' && (value < least || value > greatest)
      ? [
          {
            code: 'OutOfRange',
            message: `The field ${member} must be between ${least} and ${greatest}.`,
            field: member,
          },
        ]
      : [];
  });
}
