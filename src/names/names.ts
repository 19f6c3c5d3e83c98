import type { ManageClient } from '../manage/index.ts';
import type { OfAnotherKind } from './errors.ts';
import type { KindTable, Named, NameKind, NameScope } from './kind.ts';
import type { Reliance, Tables } from './tables.ts';

/** What a call does with the records: a typing slip is corrected for reads only. */
export type Use = 'read' | 'write';

export interface ResolveOptions extends NameScope {
  /** The tool's argument that carried the name; errors name it. */
  readonly argument: string;
  /** The call's own (`forCall`) when left out, else `write`, which is the stricter. */
  readonly use?: Use;
  /** Inactive records may be meant, too: a filter can ask for the tickets of somebody who has left. */
  readonly inactive?: boolean;
  /** The tool's other arguments that take names: where a name is no record of this kind, it may be one of theirs. */
  readonly others?: readonly { readonly argument: string; readonly kind: NameKind }[];
  /** Whom the record gets where the argument is left out: the default contact of its company. */
  readonly byDefault?: string | undefined;
  readonly signal?: AbortSignal;
  /** The call's own (`forCall`): what it took from remembered tables. */
  readonly reliance?: Reliance;
}

export interface ListScope extends NameScope {
  /** As Manage has them now, not as they are remembered. */
  readonly fresh?: boolean;
  /** Looked at in Manage beside the call, however new it is: for what is chosen or counted from the whole. A write's always are. */
  readonly checked?: boolean;
  readonly signal?: AbortSignal;
  readonly reliance?: Reliance;
}

/** A record that a name was resolved to. */
export interface Resolved extends Named {
  /**
   * What the answer has to say where the name was not the record's own: `took Alex Chen for "alex chan"`. Text from outside:
   * clean it before it is shown.
   */
  readonly note?: string;
}

/** A name that a call gave, and the record that was taken for it. */
export interface Taken {
  readonly argument: string;
  readonly kind: NameKind;
  readonly given: string;
  readonly record: Resolved;
}

/**
 * Names to records. People say "Acme", "help desk", "alex", "Invoice 10126" or "me"; Manage wants ids. A name is taken
 *
 * - without a word where nothing else can be meant: the same letters apart from case, accents, punctuation, blanks and the order
 *   of words; a unique beginning, whole words, initials, an e-mail address, an identifier, a number, an id;
 * - with a word (`note`) where it is certain but said otherwise: a job title, "urgent", a part of a word, and an exact
 *   identifier that other names begin with ("Acme" is Acme Corporation, and there is Acme Dental Group);
 * - for reads only, and with a word, where one typing slip was corrected.
 *
 * Digits never bend: LT-15 is not LT-14. Everything else is an error that lists the candidates.
 *
 * Setup tables (boards, statuses, members ...) are read whole and remembered, also from one start to the next; big collections are
 * asked by query. What a call took from memory is checked with Manage beside the call: see `confirmed`.
 */
export interface Names {
  /**
   * The one record that `given` means: an id, or a name in one of the forms above.
   * @throws {AmbiguousName} with the candidates when several fit, and when the text holds several names
   * @throws {UnknownName} with the closest when none fits
   * @throws {NameTooLong} for what can be no name
   */
  resolve(kind: NameKind, given: string | number, options: ResolveOptions): Promise<Resolved>;
  /**
   * The records that a list of names means: a list, a JSON list, or one text ("Client, Partner"; names may hold commas
   * themselves). Each record once, in the order given.
   * @throws as `resolve` does, for the first name that fails
   */
  resolveAll(
    kind: NameKind,
    given: string | number | readonly (string | number)[],
    options: ResolveOptions,
  ): Promise<readonly Resolved[]>;
  /** All active records of a kind (within the scope): for `lookup_values` and for messages that say what is allowed. */
  list(kind: NameKind, scope?: ListScope): Promise<readonly Named[]>;
  /** Records of other kinds that have a name which none of this kind has: for an error that was looked for past `resolve`. */
  otherKinds(kind: NameKind, given: string, options: ResolveOptions): Promise<readonly OfAnotherKind[]>;
  /** Records whose name begins with or holds a text, for completing what somebody types; at most 50. */
  suggest(kind: NameKind, typed: string): Promise<readonly Named[]>;
  /** Reads setup tables that are not remembered yet, of few parents also those of each: nobody waits for it, and it never fails. */
  ahead(kinds: readonly NameKind[]): void;
  /** Reads those of these setup tables that are remembered and old again: nobody waits for it, and it never fails. */
  renew(kinds: readonly NameKind[]): void;
  /** Forgets what is cached, after a write showed that it is out of date. */
  refresh(): void;
  /** The same names for one call of a tool, which remember what they resolved. */
  forCall(use: Use): CallNames;
}

/** The names of one call. */
export interface CallNames extends Names {
  /** What the call resolved so far, each name once: what a write has to name, and the notes that the answer has to say. */
  readonly taken: readonly Taken[];
  /**
   * Whether all that the call took from remembered tables is still so. Where it is not, the call has to be made again, from its
   * start, before anything is sent or answered.
   */
  confirmed(): Promise<boolean>;
}

/** What names are looked up with. */
export interface NamesDependencies {
  /** How the records of each kind are found. */
  readonly kinds: KindTable;
  readonly manage: ManageClient;
  /** The person that "me" means; absent when nobody is configured. */
  readonly me?: () => Promise<{ readonly memberId: number }>;
  /** Where setup tables are remembered; for these names alone when left out. */
  readonly tables?: Tables;
}
