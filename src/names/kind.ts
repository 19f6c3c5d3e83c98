import { type NumberParts, withExtension } from './phone-number.ts';
import { nameOf } from './reference.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A record that a name was found to mean. `label` is what a person calls it, `hint` what tells it from others of that name. */
export interface Named {
  readonly id: number;
  readonly label: string;
  readonly identifier?: string;
  /** What else it answers to: e-mail addresses, phone numbers, serial numbers, a product's description. */
  readonly alsoCalled?: readonly string[];
  readonly hint?: string;
  /** Not in use any more: never meant where something is set, found only by filters. */
  readonly inactive?: boolean;
  /** Marked as deleted, which Manage keeps. */
  readonly deleted?: boolean;
  /** Members of the record that callers need, for example `closedStatus` of a status. */
  readonly record: Row;
}

/** Narrows a name to its parent: statuses, types and teams to a board, contacts, sites and agreements to a company, phases to a project. */
export interface NameScope {
  readonly boardId?: number;
  readonly companyId?: number;
  readonly projectId?: number;
}

/**
 * The kinds of record that people name. Each room of tools adds its own by declaration merging in its `names.ts`, so that nothing
 * below the rooms imports them and a kind that no room declares does not compile.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the rooms fill it
export interface NameKinds {}

export type NameKind = keyof NameKinds;

/** How the records of each kind are found; `tools/names.ts` collects it from the rooms. */
export type KindTable = Readonly<Record<NameKind, Kind>>;

/** How the records of a kind are found and named. */
export interface Kind {
  /** The list operation. */
  readonly list: string;
  /** The list that needs fewer rights, for callers who may not see the table itself. */
  readonly info?: string;
  /** Members to fetch. */
  readonly fields: readonly string[];
  /** Members that a person may name the record by, the label first. */
  readonly names: readonly string[];
  /** Looked up by query instead of being read whole: there can be thousands. */
  readonly large?: boolean;
  /** Named as people are: by initials, first and last name, e-mail, phone or job. */
  readonly person?: boolean;
  /** Digits are the number that is printed on the record (the first of `names`) before they are an id. */
  readonly numbered?: boolean;
  /** Words that people put before or behind the name: "Invoice 10126", "the Help Desk board". In lower case. */
  readonly wrappings?: readonly string[];
  /** People put a quantity before the name: "10 x LT-14". */
  readonly counted?: boolean;
  /** The scope that the path of the list needs, or that narrows it by a condition. */
  readonly parent?: {
    readonly scope: keyof NameScope;
    readonly path?: string;
    readonly field?: string;
    readonly required?: boolean;
  };
  /** Rows that are never meant: inactive ones. */
  readonly hidden?: (row: Row) => boolean;
  /** What tells it from others of the same name. */
  readonly hint?: (row: Row) => string | undefined;
  /** What has it, of kinds that are mixed up with one another: people put the service location of a ticket into the work type of time. */
  readonly mixedUp?: 'tickets' | 'time' | 'members';
  /** The records that a word means which none is called by: "urgent" for the first priority. */
  readonly meantBy?: (word: string, candidates: readonly Named[]) => readonly Named[];
}

/** Whether a record is out of use. */
export const inactive = (row: Row): boolean => row.inactiveFlag === true || row.inactive === true;
/** Members that most setup tables have. */
export const named = ['id', 'name', 'defaultFlag', 'inactiveFlag'] as const;

/** A setup table that is read whole and named by `name`. */
export function table(list: string, more: Partial<Kind> = {}): Kind {
  return { list: `GET ${list}`, fields: named, names: ['name'], hidden: inactive, ...more };
}

/** Texts and the names of references, joined for a hint; absent ones are left out. */
export const hintOf = (...parts: readonly unknown[]): string =>
  parts
    .map((part) => (typeof part === 'string' ? part : nameOf(part)))
    .filter((part) => part !== undefined && part !== '')
    .join(', ');

/** What a person calls a record. */
function labelOf(row: Row, names: readonly string[]): string {
  const person = [row.firstName, row.lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
  if (person !== '') return person;
  const isName = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && value !== '');
  const own = names.map((member) => row[member]).find(isName);
  return String(own ?? row.description ?? row.id);
}

function alsoCalled(row: Row, kind: Kind): string[] {
  const names = kind.person ? [] : kind.names.slice(1).map((member) => row[member]);
  const items = Array.isArray(row.communicationItems)
    ? (row.communicationItems as Partial<NumberParts>[]).map(withExtension)
    : [];
  return [...names, row.officeEmail, row.primaryEmail, ...items].filter(
    (value): value is string => typeof value === 'string' && value !== '',
  );
}

/** A row of a list as a named record. */
export function toNamed(row: Row, kind: Kind): Named {
  return {
    id: Number(row.id),
    label: labelOf(row, kind.names),
    identifier: typeof row.identifier === 'string' ? row.identifier : undefined,
    alsoCalled: alsoCalled(row, kind),
    hint: kind.hint?.(row) || undefined,
    inactive: kind.hidden?.(row) === true || undefined,
    deleted: row.deletedFlag === true || undefined,
    record: row,
  };
}

/** Those of some records that are not inactive. */
export const active = (rows: readonly Named[]): Named[] => rows.filter(({ inactive }) => inactive !== true);

/** What a scope narrows names to. */
export const PARENTS: Readonly<Record<keyof NameScope, { readonly kind: NameKind; readonly words: string }>> = {
  boardId: { kind: 'board', words: 'on the board' },
  companyId: { kind: 'company', words: 'of' },
  projectId: { kind: 'project', words: 'of the project' },
};
