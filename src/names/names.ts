import type { NameKind } from './kind.ts';

/** A record that a name was found to mean. `label` is what a person calls it, `hint` what tells it from others of that name. */
export interface Named {
  readonly id: number;
  readonly label: string;
  readonly identifier?: string;
  readonly hint?: string;
  /** Not in use any more: never meant where something is set, found only by filters. */
  readonly inactive?: boolean;
  /** Members of the record that callers need, for example `closedStatus` of a status. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** Narrows a name to its parent: statuses, types and teams to a board, contacts, sites and agreements to a company, phases to a project. */
export interface NameScope {
  readonly boardId?: number;
  readonly companyId?: number;
  readonly projectId?: number;
}

export interface ResolveOptions extends NameScope {
  /** The tool's argument that carried the name; errors name it. */
  readonly argument: string;
  /** Inactive records may be meant, too: a filter can ask for the tickets of somebody who has left. */
  readonly inactive?: boolean;
  readonly signal?: AbortSignal;
}

/** Names to records and back, cached where the table is small. */
export interface Names {
  /**
   * The one record that `given` means: an id (number or digits), or a name, identifier, e-mail or initials in any letter case.
   * @throws {AmbiguousName} with the candidates when several fit.
   * @throws {UnknownName} with the closest when none fits.
   */
  resolve(kind: NameKind, given: string | number, options: ResolveOptions): Promise<Named>;
  /** All records of a kind (within the scope); for `lookup_values` and for messages that say what is allowed. */
  list(kind: NameKind, scope?: NameScope & { signal?: AbortSignal }): Promise<readonly Named[]>;
  /** Records whose name begins with or holds a text, for completing what somebody types; at most 50. */
  suggest(kind: NameKind, typed: string): Promise<readonly Named[]>;
  /** Forgets what is cached, after a write showed that it is out of date. */
  refresh(): void;
}
