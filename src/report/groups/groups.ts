import { inTurns } from '../../in-turns.ts';
import type { Counted } from '../measure.ts';
import type { Row } from '../tables/table.ts';
import { Folded } from './fold.ts';
import type { GroupName, Key } from './key.ts';

/** The records that share the names of one or two splits, and what they come to. */
export interface Group {
  readonly names: readonly GroupName[];
  /** By part. */
  readonly folded: readonly Folded[];
}

/** What a group is found by among others. */
export const groupId = (names: readonly GroupName[]): string => names.map(({ id }) => id).join('\n');

/** Nothing yet, for each part. */
export const emptyFolds = (parts: readonly Counted[]): Folded[] => parts.map(({ fold }) => new Folded(fold));

/** The names that one split has over all measures, each with a number. */
class Slots {
  readonly names: GroupName[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(name: GroupName): number {
    const known = this.#numbers.get(name.id);
    if (known !== undefined) return known;
    this.names.push(name);
    this.#numbers.set(name.id, this.names.length - 1);
    return this.names.length - 1;
  }
}

/** More names than one split can have: two numbers of names make one number of a group. */
const MOST_NAMES = 2 ** 24;

/** Which numbers the rows of one table have in a split; those that a filter does not let through have none. */
class Place {
  readonly #key: Key;
  readonly #slots: Slots;
  readonly #lets: (name: GroupName) => boolean;
  readonly #known = new Map<number, number>();

  constructor(key: Key, slots: Slots, lets: (name: GroupName) => boolean) {
    this.#key = key;
    this.#slots = slots;
    this.#lets = lets;
  }

  get isSingle(): boolean {
    return this.#key.several === undefined;
  }

  /** -1 for none. */
  one(row: Row): number {
    return this.#slotOf(this.#key.value(row));
  }

  all(row: Row): readonly number[] {
    const values = this.#key.several?.(row) ?? [this.#key.value(row)];
    return values.map((value) => this.#slotOf(value)).filter((slot) => slot >= 0);
  }

  #slotOf(value: number): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const name = this.#key.name(value);
    const slot = this.#lets(name) ? this.#slots.numberOf(name) : -1;
    this.#known.set(value, slot);
    return slot;
  }
}

/** Groups by up to two splits, and by the first of two alone. */
export class Groups {
  readonly #parts: readonly Counted[];
  readonly #slots: readonly Slots[];
  readonly #groups = new Map<number, Folded[]>();
  readonly #firsts = new Map<number, Folded[]>();
  /** A row is in several groups: two people on one ticket. */
  isDoubled = false;

  /** @param splits how many there are, 0 to 2 */
  constructor(parts: readonly Counted[], splits: number) {
    this.#parts = parts;
    this.#slots = Array.from({ length: splits }, () => new Slots());
  }

  /** The places of one table's rows, for `add`. */
  placesOf(keys: readonly Key[], lets: (split: number, name: GroupName) => boolean): readonly Place[] {
    return keys.map((key, split) => new Place(key, this.#slots[split] as Slots, (name) => lets(split, name)));
  }

  /** @param isFirst whether the value counts for the first split alone as well: states count there only at the end */
  add(places: readonly Place[], row: Row, value: { part: number; value: number; isFirst: boolean }): void {
    const [first, second] = places;
    if (first === undefined) {
      this.#fold(this.#groups, 0, value);
      return;
    }
    if (first.isSingle && (second?.isSingle ?? true)) {
      const [a, b] = [first.one(row), second?.one(row) ?? 0];
      if (a < 0 || b < 0) return;
      this.#fold(this.#groups, a + b * MOST_NAMES, value);
      if (second !== undefined && value.isFirst) this.#fold(this.#firsts, a, value);
      return;
    }
    const [left, right] = [first.all(row), second?.all(row) ?? [0]];
    this.isDoubled ||= left.length > 1 || right.length > 1;
    for (const a of left) {
      for (const b of right) this.#fold(this.#groups, a + b * MOST_NAMES, value);
      if (second !== undefined && value.isFirst && right.length > 0) this.#fold(this.#firsts, a, value);
    }
  }

  #fold(groups: Map<number, Folded[]>, code: number, { part, value }: { part: number; value: number }): void {
    let folded = groups.get(code);
    if (folded === undefined) {
      folded = emptyFolds(this.#parts);
      groups.set(code, folded);
    }
    folded[part]?.add(value);
  }

  /** The groups by the ids of their names. */
  async named(): Promise<{ groups: ReadonlyMap<string, Group>; firsts: ReadonlyMap<string, Group> }> {
    const [first, second] = this.#slots;
    const nameOf = (slots: Slots | undefined, slot: number): GroupName[] =>
      slots?.names[slot] === undefined ? [] : [slots.names[slot]];
    const keyed = async (groups: ReadonlyMap<number, Folded[]>, isPair: boolean) =>
      new Map(
        await inTurns(groups, ([code, folded]): readonly [string, Group] => {
          const names = [
            ...nameOf(first, code % MOST_NAMES),
            ...(isPair ? nameOf(second, Math.floor(code / MOST_NAMES)) : []),
          ];
          return [groupId(names), { names, folded }];
        }),
      );
    return { groups: await keyed(this.#groups, true), firsts: await keyed(this.#firsts, false) };
  }
}
