import type { Literal } from '../../query/index.ts';
import type { Ids } from './ids.ts';

/** Comparisons of moments that an index answers. */
export type DateOperator = '<' | '<=' | '>' | '>=';

/** A stored record: JSON with a numeric `id`; references as `{id}` plus whatever the engine expanded. */
export type SandboxRecord = { id: number } & Record<string, unknown>;

/** The records of one collection of the catalog. Records of sub-collections carry the ids of their parents beside them. */
export interface Collection {
  readonly template: string;
  get(id: number): SandboxRecord | undefined;
  /** All records, under these parents when given, by ascending id. */
  all(parentIds?: readonly number[]): Iterable<SandboxRecord>;
  /** The same in a list, as they are now. */
  list(): SandboxRecord[];
  /** Records whose member (a scalar, or `board/id` of a reference) equals the value, by ascending id. */
  where(path: string, value: string | number | boolean): SandboxRecord[];
  /** Ids of all records, ascending. */
  readonly ids: Ids;
  /** Ids of the records under these parents, ascending. */
  idsUnder(parentIds: readonly number[]): Ids;
  has(id: number): boolean;
  /** Ids of the records whose value at the path equals one of the literals, as a query means it; `undefined` where no index can say. */
  equal(path: readonly string[], literals: readonly Literal[]): Ids | undefined;
  /** Ids of the records whose moment at the path is before or after one; `undefined` where no index can say. */
  dated(path: readonly string[], operator: DateOperator, time: number): Ids | undefined;
  /** The same ids by the moments at the path; `undefined` where no index can say. */
  byDate(path: readonly string[], ids: Ids, descending: boolean): Ids | undefined;
  /** Changes with every write. */
  readonly version: number;
  /** Ids of the parents of a record, outermost first. */
  parentsOf(id: number): readonly number[];
  /** Stores a record; without an id it gets the next one. `_info` is stamped by the store from `by` and `at`. */
  put(record: Record<string, unknown> & { id?: number }, options?: PutOptions): SandboxRecord;
  /** Stores a record that was made for it: not copied, `_info` as it is, and with the next id for id 0. For the seed. */
  plant(record: SandboxRecord, parentIds?: readonly number[]): SandboxRecord;
  remove(id: number): boolean;
  readonly size: number;
}

export interface PutOptions {
  readonly parentIds?: readonly number[];
  /** Member identifier for `_info.updatedBy` and `enteredBy`. */
  readonly by?: string;
  /** When it was written; also `_info.dateEntered` of a new record. */
  readonly at?: Date;
}

export interface Store {
  /** The collection at a template such as `/service/tickets`; created empty at first use. */
  collection(template: string): Collection;
  /**
   * Lets records be made when somebody first asks for their collection, as if they had been there before: a large seed has more
   * notes than anything else, and most sandboxes are never asked for them. What is made may depend on nothing that can change until
   * then, and asks for no other collection that is put off.
   */
  defer(template: string, make: () => void): void;
}
