import type { Named, NameKind } from './kind.ts';

/** Candidates that an error lists. */
const MOST = 15;

/** A name that several records have, or a text that holds several names. */
export class AmbiguousName extends Error {
  readonly kind: NameKind;
  readonly argument: string;
  readonly given: string;
  /** At most 15. */
  readonly candidates: readonly Named[];
  /** Candidates beyond those; `some` when nobody counted them. */
  readonly more: number | 'some';

  constructor(name: GivenName, candidates: readonly Named[], complete = true) {
    super(`${name.argument} ${JSON.stringify(name.given)} fits several records.`);
    this.name = 'AmbiguousName';
    this.kind = name.kind;
    this.argument = name.argument;
    this.given = name.given;
    this.candidates = candidates.slice(0, MOST);
    this.more = complete ? Math.max(0, candidates.length - MOST) : 'some';
  }
}

/** A name as a call gave it. */
export interface GivenName {
  readonly kind: NameKind;
  readonly argument: string;
  readonly given: string;
}

/** What has a name outside of where it was looked for. */
export interface Elsewhere {
  /** Their `hint` says where they are: `on the board Internal`, `of Acme Corporation`. */
  readonly records: readonly Named[];
  /** There may be others, which were not seen. */
  readonly more?: boolean;
  /** Where nothing has it either: `of any other company`. */
  readonly nowhere?: string;
}

/** A record of another kind that is called what was said: "Remote" is no work type, it is a service location. */
export interface OfAnotherKind {
  readonly kind: NameKind;
  readonly label: string;
  /** The arguments of the same tool that take it. */
  readonly arguments: readonly string[];
  /** What has it, where the tool has no argument for it. */
  readonly of?: 'tickets' | 'time' | 'members' | undefined;
}

/** What a parent has of a kind, where the parent was named in the place of one of them: an agreement by its customer. */
export interface OfParent {
  readonly parent: Named;
  readonly parentKind: NameKind;
  readonly records: readonly Named[];
  /** There are others, which were not read. */
  readonly more: boolean;
}

/** What is known about a name that no record has. */
export interface UnknownNameFacts {
  readonly closest?: readonly string[];
  /** All names, where they are few. */
  readonly allowed?: readonly string[];
  /** Where it was looked for: `on the board "Internal"`. */
  readonly where?: string | undefined;
  readonly elsewhere?: Elsewhere | undefined;
  /** Records of the name that are inactive. */
  readonly inactive?: readonly Named[];
  /** Records of other kinds that have the name. */
  readonly otherKinds?: readonly OfAnotherKind[];
  /** What it may be of, where the name is that of a parent. */
  readonly ofParent?: OfParent | undefined;
  /** Whom the record gets without the argument. */
  readonly byDefault?: string | undefined;
}

/** A name that no record has, with the closest that there are. */
export class UnknownName extends Error {
  readonly kind: NameKind;
  readonly argument: string;
  readonly given: string;
  readonly closest: readonly string[];
  readonly allowed: readonly string[];
  readonly where: string | undefined;
  readonly elsewhere: Elsewhere;
  readonly inactive: readonly string[];
  /** They are not only inactive. */
  readonly deleted: boolean;
  readonly otherKinds: readonly OfAnotherKind[];
  readonly ofParent: OfParent | undefined;
  readonly byDefault: string | undefined;

  constructor({ kind, argument, given }: GivenName, facts: UnknownNameFacts = {}) {
    super(`${argument}: there is no ${kind} ${JSON.stringify(given)}.`);
    this.name = 'UnknownName';
    this.kind = kind;
    this.argument = argument;
    this.given = given;
    this.closest = facts.closest ?? [];
    this.allowed = facts.allowed ?? [];
    this.where = facts.where;
    this.elsewhere = facts.elsewhere ?? { records: [] };
    this.otherKinds = facts.otherKinds ?? [];
    this.ofParent = facts.ofParent;
    this.byDefault = facts.byDefault;
    const inactive = facts.inactive ?? [];
    this.inactive = inactive.map(({ label }) => label);
    this.deleted = inactive.some(({ deleted }) => deleted);
  }
}

/** A text too long to be a name, for example a whole note. */
export class NameTooLong extends Error {
  readonly argument: string;

  constructor(argument: string, length: number, most: number) {
    super(`${argument} has ${length} characters; a name has at most ${most}. Send the name or id alone.`);
    this.name = 'NameTooLong';
    this.argument = argument;
  }
}

/** No member is configured that the server works for. */
export class NoMember extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoMember';
  }
}
