/** A stored record: JSON with a numeric `id`; references as `{id}` plus whatever the engine expanded. */
export type SandboxRecord = { id: number } & Record<string, unknown>;

/** The records of one collection of the catalog. Records of sub-collections carry the ids of their parents beside them. */
export interface Collection {
  readonly template: string;
  get(id: number): SandboxRecord | undefined;
  /** All records, under these parents when given, by ascending id. */
  all(parentIds?: readonly number[]): Iterable<SandboxRecord>;
  /** Records whose member (a scalar, or `board/id` of a reference) equals the value; indexed where the engine keeps an index. */
  where(path: string, value: string | number | boolean): Iterable<SandboxRecord>;
  /** Ids of the parents of a record, outermost first. */
  parentsOf(id: number): readonly number[];
  /** Stores a record; without an id it gets the next one. `_info` is stamped by the store from `by` and `at`. */
  put(record: Record<string, unknown> & { id?: number }, options?: PutOptions): SandboxRecord;
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
}
