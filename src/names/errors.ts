import type { NameKind } from './kind.ts';
import type { Named } from './names.ts';

/** A name that several records have. */
export class AmbiguousName extends Error {
  readonly kind: NameKind;
  readonly argument: string;
  readonly given: string;
  readonly candidates: readonly Named[];

  constructor(kind: NameKind, argument: string, given: string, candidates: readonly Named[]) {
    super(`${argument} ${JSON.stringify(given)} fits ${candidates.length} records.`);
    this.name = 'AmbiguousName';
    this.kind = kind;
    this.argument = argument;
    this.given = given;
    this.candidates = candidates;
  }
}

/** What is known about a name that no record has. */
export interface UnknownNameFacts {
  readonly closest?: readonly string[];
  /** All names, where they are few. */
  readonly allowed?: readonly string[];
  /** Where it was looked for: `on the board "Internal"`. */
  readonly where?: string | undefined;
  /** Records of the name that are inactive. */
  readonly inactive?: readonly string[];
}

/** A name that no record has, with the closest that there are. */
export class UnknownName extends Error {
  readonly kind: NameKind;
  readonly argument: string;
  readonly given: string;
  readonly closest: readonly string[];
  readonly allowed: readonly string[];
  readonly where: string | undefined;
  readonly inactive: readonly string[];

  constructor(kind: NameKind, argument: string, given: string, facts: UnknownNameFacts = {}) {
    super(`${argument}: there is no ${kind} ${JSON.stringify(given)}.`);
    this.name = 'UnknownName';
    this.kind = kind;
    this.argument = argument;
    this.given = given;
    this.closest = facts.closest ?? [];
    this.allowed = facts.allowed ?? [];
    this.where = facts.where;
    this.inactive = facts.inactive ?? [];
  }
}

/** Nobody was configured whom the server works for. */
export class NoMember extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoMember';
  }
}
