import { type Key, memberName, NONE } from '../groups/key.ts';
import type { Row, Table } from './table.ts';

/** What a text of a row lists, each with its number. A text that several rows have is taken apart once. */
function listedIn(column: string, between: string, numberOf: (part: string) => number): Omit<Key, 'name'> {
  const kept = new Map<number, readonly number[]>();
  const several = (row: Row): readonly number[] => {
    const text = row.number(column);
    if (Number.isNaN(text)) return [Number.NaN];
    const known = kept.get(text) ?? (row.text(column) ?? '').split(between).map(numberOf);
    kept.set(text, known);
    return known;
  };
  return { several, value: (row) => several(row)[0] ?? Number.NaN };
}

/** The people of a ticket, by their identifiers. @param column of identifiers with commas between them */
export function ofPeople(column: string, members: Table): Key {
  const ids = new Map<string, number>();
  const strangers: string[] = [];
  for (let row = 0; row < members.length; row += 1)
    ids.set((members.text('identifier', row) ?? '').toLowerCase(), members.number('id', row));
  const idOf = (identifier: string): number => {
    const known = ids.get(identifier.toLowerCase());
    if (known !== undefined) return known;
    strangers.push(identifier);
    ids.set(identifier.toLowerCase(), -strangers.length);
    return -strangers.length;
  };
  return {
    ...listedIn(column, ',', idOf),
    name(id) {
      if (Number.isNaN(id)) return { ...NONE, label: '(nobody)' };
      if (id < 0) return { id: String(id), label: strangers[-id - 1] ?? '' };
      return memberName(id, members) ?? { id: String(id), label: String(id) };
    },
  };
}

/** The records that a row lists. @param column of lines of `id name` */
export function ofList(column: string): Key {
  const names = new Map<number, string>();
  const read = (line: string): number => {
    const [, id = '', name = ''] = /^(\d+) (.*)$/.exec(line) ?? [];
    names.set(Number(id), name);
    return Number(id);
  };
  return {
    ...listedIn(column, '\n', read),
    name: (id) => (Number.isNaN(id) ? NONE : { id: String(id), label: names.get(id) ?? String(id) }),
  };
}

/** The teams of the member that a column holds the id of. A name that several boards have is one team. */
export function ofTeams(column: string, teams: ReadonlyMap<number, readonly string[]>): Key {
  const labels = [...new Set([...teams.values()].flat())];
  const numbers = new Map(labels.map((label, index) => [label, index]));
  const placesOf = new Map([...teams].map(([member, own]) => [member, own.map((label) => numbers.get(label) ?? 0)]));
  const several = (row: Row): readonly number[] => placesOf.get(row.number(column)) ?? [Number.NaN];
  return {
    several,
    value: (row) => several(row)[0] ?? Number.NaN,
    name(index) {
      const label = labels[index];
      return label === undefined ? { ...NONE, label: '(no team)' } : { id: label.toLowerCase(), label };
    },
  };
}
