import type { ApiDescription } from '../../api/index.ts';
import type { Comparison } from '../../query/index.ts';
import type { SandboxRecord, Store } from '../store/store.ts';
import type { FieldError } from './failure.ts';
import type { ActionAnswer, ActionRequest } from './request.ts';

/** What every hook may use: the data, who calls, and the sandbox's own clock. */
export interface HookContext {
  readonly store: Store;
  readonly api: ApiDescription;
  /** Identifier and id of the member whose keys the caller uses. */
  readonly caller: { readonly memberId: number; readonly identifier: string };
  /** Makes keys that act as a member; only there for those who may: integrator logins. */
  readonly impersonate?: ((member: SandboxRecord) => unknown) | undefined;
  /** The sandbox's present moment. */
  readonly now: Date;
  /** How a path of a collection's records is read, as if each were whole. */
  reading(template: string, path: readonly string[]): (record: SandboxRecord) => unknown;
  /** IANA zone of the provider. */
  readonly timeZone: string;
  /** Due dates of tickets are cut to the day. */
  readonly dueDaysOnly?: boolean;
  /** Ids of the parents in the path, outermost first. */
  readonly parentIds: readonly number[];
  /** Ends the request with this answer. */
  fail(status: number, body: { code: string; message: string; errors?: readonly FieldError[] | null }): never;
}

/** What the hooks of one save use besides. */
export interface SaveContext<Scratch = unknown> extends HookContext {
  /** The record before this save; `undefined` for a new one. */
  readonly previous: SandboxRecord | undefined;
  /** What one hook leaves to a later one of the same save; empty at its start. */
  readonly scratch: Partial<Scratch>;
}

/** The context for the hooks of a new save. */
export const saveContext = (context: HookContext, previous: SandboxRecord | undefined): SaveContext => ({
  ...context,
  previous,
  scratch: {},
});

/**
 * What one entity does beyond the generic rules that follow from its schema. Every hook is optional; the generic engine
 * checks members, types, lengths, enums, required fields and existing references before any of them runs.
 */
export interface Behaviour<Scratch = unknown> {
  /** Collection template as in the catalog, for example `/service/tickets` or `/service/boards/{parentId}/statuses`. */
  readonly collection: string;
  /** Word in `<resource> object is invalid`, when it is not derived from the schema's name. */
  readonly resource?: string;
  /** Words in `<label> 404 not found`, for example `Service Ticket`. */
  readonly label?: string;
  /**
   * For rows that go by another record's id, as a contact in a marketing group does: the id under which a row of these parents is
   * stored. `present` gives the other id back.
   */
  storedId?(id: number, parentIds: readonly number[]): number;
  /** Fills what Manage fills when a record is created or a PUT leaves a member out. */
  defaults?(record: SandboxRecord, context: SaveContext<Scratch>): void;
  /** The record as a PATCH finds it, where some of its members are kept by another. Gives a new object. */
  asChanged?(record: SandboxRecord, context: HookContext): SandboxRecord;
  /** Rules beyond the schema: board-scoped statuses, duplicates, locks. */
  validate?(record: SandboxRecord, context: SaveContext<Scratch>): readonly FieldError[];
  /** Sets derived members before the record is stored. */
  beforeSave?(record: SandboxRecord, context: SaveContext<Scratch>): void;
  /** Consequences in other collections, after the record is stored. */
  afterSave?(record: SandboxRecord, context: SaveContext<Scratch>): void;
  /** Refuses (with `context.fail`) or prepares a deletion. Answer `'keep'` when the record stays, as a soft-deleted company does. */
  beforeDelete?(record: SandboxRecord, context: HookContext): undefined | 'keep';
  /** Members that are worked out when the record is read. Gives a new object; the stored one stays. */
  present?(record: SandboxRecord, context: HookContext): SandboxRecord;
  /** A condition on something that is not a member of the record, as one on its members. */
  rewrite?(comparison: Comparison, context: HookContext): Comparison | undefined;
  /** Links of `_info`, by name, beside those that every record has: they follow from the id of the record alone. */
  links?(id: number): Readonly<Record<string, string>>;
  /** Members that POST, PATCH and PUT ignore silently, for example `resources` of a ticket. */
  readonly derived?: readonly string[];
  /** Operations that are not plain create/read/update/delete, by `POST /service/tickets/{parentId}/merge`. */
  readonly actions?: Readonly<Record<string, (request: ActionRequest, context: HookContext) => ActionAnswer>>;
}
