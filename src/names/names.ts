import type { Named, NameKind, NameScope } from './kind.ts';

export type { Named, NameScope } from './kind.ts';

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
