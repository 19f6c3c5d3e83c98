import type { NameKind } from './kinds/index.ts';
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

/** A name that no record has, with the closest that there are. */
export class UnknownName extends Error {
  readonly kind: NameKind;
  readonly argument: string;
  readonly given: string;
  readonly closest: readonly string[];
  /** All names, where they are few. */
  readonly allowed: readonly string[];

  constructor(
    kind: NameKind,
    argument: string,
    given: string,
    closest: readonly string[],
    allowed: readonly string[] = [],
  ) {
    super(`${argument}: there is no ${kind} ${JSON.stringify(given)}.`);
    this.name = 'UnknownName';
    this.kind = kind;
    this.argument = argument;
    this.given = given;
    this.closest = closest;
    this.allowed = allowed;
  }
}

/** Nobody was configured whom the server works for. */
export class NoMember extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoMember';
  }
}
