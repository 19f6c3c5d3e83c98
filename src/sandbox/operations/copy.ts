import type { Schema } from '../../api/index.ts';
import type { OperationAnswer } from '../contract/request.ts';
import type { SandboxRecord } from '../store/store.ts';
import { shown } from './read.ts';
import type { Call, Records } from './records.ts';

/** What names a record: the copy's has to differ. How Manage names copies is not known. */
const NAMES = ['name', 'identifier', 'description', 'caption', 'question'] as const;

export function renamed(record: SandboxRecord, schema: Schema | undefined): Record<string, unknown> {
  const { id: _, _info: __, ...rest } = record;
  const name = NAMES.find((member) => typeof rest[member] === 'string');
  if (rest.defaultFlag === true) rest.defaultFlag = false;
  if (name === undefined) return rest;
  const longest = schema?.fields.get(name)?.maxLength ?? 50;
  return { ...rest, [name]: `Copy of ${String(rest[name])}`.slice(0, longest) };
}

/** `…/{id}/copy`: another record like this one, under the same parents. */
export function copyRecord(records: Records, { request, target, collection, context }: Call): OperationAnswer {
  const source = records.item(request, target, collection, context.parentIds);
  const schema = records.api.schema(request.operation.response.schema ?? '');
  const copy = collection.put(renamed(source, schema), {
    parentIds: context.parentIds,
    by: context.caller.identifier,
    at: context.now,
  });
  return { status: request.operation.response.status, body: shown(records, request, target, context)(copy) };
}
