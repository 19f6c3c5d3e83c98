import { isRecord, type JsonObject } from '../../../src/json.ts';

/** What a reference is replaced by: its other members go with it. */
const OF_REFERENCE = new Set(['id', 'name', 'identifier']);

/**
 * The members that a PATCH sets, under their own names: `priority/id` sets `priority`, as Manage does it. Paths into a list stay as
 * they are.
 * @param members by path, without the first slash
 * @param record as it is now
 */
export function membersAfter(members: JsonObject, record: JsonObject): JsonObject {
  const after: JsonObject = {};
  for (const [path, value] of Object.entries(members)) {
    const [head = path, inner, ...deeper] = path.split('/');
    const now = after[head] ?? record[head];
    if (inner === undefined || deeper.length > 0 || Array.isArray(now)) after[path] = value;
    else after[head] = OF_REFERENCE.has(inner) ? { [inner]: value } : { ...(isRecord(now) ? now : {}), [inner]: value };
  }
  return after;
}
