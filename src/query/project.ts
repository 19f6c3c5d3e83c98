import { isRecord } from '../json.ts';

type Row = Record<string, unknown>;

interface Wanted {
  whole: boolean;
  readonly members: Map<string, Wanted>;
}

function wantedOf(fields: readonly string[]): Wanted {
  const root: Wanted = { whole: false, members: new Map() };
  for (const path of fields) {
    let at = root;
    for (const segment of path.toLowerCase().split('/')) {
      const next = at.members.get(segment) ?? { whole: false, members: new Map() };
      at.members.set(segment, next);
      at = next;
    }
    at.whole = true;
  }
  return root;
}

function pick(value: unknown, wanted: Wanted): unknown {
  if (wanted.whole || wanted.members.size === 0) return value;
  if (Array.isArray(value)) return value.map((element) => pick(element, wanted));
  if (!isRecord(value)) return value;
  const picked: Row = {};
  for (const [key, inner] of Object.entries(value)) {
    const next = wanted.members.get(key.toLowerCase());
    if (next === undefined) continue;
    const kept = pick(inner, next);
    // Of a reference none of whose members was known, nothing is shown.
    if (!isRecord(kept) || next.whole || Object.keys(kept).length > 0) picked[key] = kept;
  }
  return picked;
}

/** A record with only these members (`['id', 'status/name']`, any letter case). Names that it does not have are dropped silently, as Manage does. */
export function projector(fields: readonly string[]): (record: Row) => Row {
  const wanted = wantedOf(fields);
  return (record) => pick(record, wanted) as Row;
}
