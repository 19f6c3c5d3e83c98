import { Forbidden, type ManageClient, type ManageRecord } from '../manage/index.ts';
import { all, any, type Expression, field } from '../query/index.ts';
import { exactly, holding, jobIs, nearby, reachedBy, resembling, thoseReached } from './fuzzy-conditions.ts';
import {
  active,
  type Kind,
  type KindTable,
  type Named,
  type NameKind,
  type NameScope,
  PARENTS,
  type Row,
  toNamed,
} from './kind.ts';
import { withoutLegalForm } from './match.ts';
import { RememberedQueries } from './remembered-queries.ts';
import type { Reliance, Tables } from './tables.ts';

/** Rows that a first query may bring back to choose from, and a second one. */
const FEW = 50;
const MANY = 1000;

/** Parents whose tables are read before anybody asks for them. */
const FEW_PARENTS = 12;

export interface Scope extends NameScope {
  readonly signal?: AbortSignal;
  readonly reliance?: Reliance;
  readonly checked?: boolean;
}

/** Records to choose from, and whether they are all that could be meant. */
export interface Candidates {
  readonly rows: readonly Named[];
  readonly complete: boolean;
  /** Each of them is meant exactly: found by an address or number that fits whole. */
  readonly exact?: boolean;
}

interface Query {
  readonly conditions?: Expression | undefined;
  readonly childConditions?: Expression | undefined;
  readonly most?: number;
}

const NONE: Candidates = { rows: [], complete: true };

/** Where the records of names come from: whole setup tables and queries of big collections, both remembered. */
export class Lookup {
  readonly #kinds: KindTable;
  readonly #manage: ManageClient;
  readonly #tables: Tables;
  readonly #queries = new RememberedQueries<Candidates>();

  constructor(kinds: KindTable, manage: ManageClient, tables: Tables) {
    this.#kinds = kinds;
    this.#manage = manage;
    this.#tables = tables;
  }

  /** Every record of a kind in the scope, inactive ones included. */
  async everything(kind: NameKind, scope: Scope): Promise<readonly Named[]> {
    const rule = this.#kinds[kind];
    if (rule.large) return (await this.#read(kind, scope)).map((row) => toNamed(row, rule));
    // Not the caller's signal: others may wait for the same table.
    const read = (): Promise<readonly Row[]> => this.#read(kind, { ...scope, signal: undefined });
    const rows = await this.#tables.rows(this.#keyOf(kind, scope), read, scope.reliance, scope.checked);
    return rows.map((row) => toNamed(row, rule));
  }

  /** Reads a setup table that is not remembered yet, or those of each of a few parents. */
  async ahead(kind: NameKind): Promise<void> {
    const missing = (await this.#fewTables(kind)).filter((scope) => !this.remembers(kind, scope));
    await Promise.all(missing.map((scope) => this.everything(kind, scope)));
  }

  /** Reads those that are remembered and old again. */
  async renew(kind: NameKind): Promise<void> {
    const known = (await this.#fewTables(kind)).filter((scope) => this.remembers(kind, scope));
    // Given at once; what is old is read beside it.
    await Promise.all(known.map((scope) => this.everything(kind, { ...scope, reliance: new Set() })));
  }

  /** The scopes of a kind's tables: of all parents where they are few, else none. */
  async #fewTables(kind: NameKind): Promise<readonly NameScope[]> {
    const { parent } = this.#kinds[kind];
    if (!parent?.required) return [{}];
    const parents = await this.everything(PARENTS[parent.scope].kind, { reliance: new Set() });
    return parents.length > FEW_PARENTS ? [] : parents.map(({ id }) => ({ [parent.scope]: id }));
  }

  /**
   * Has Manage asked, beside what the call does, whether a record of a remembered table is still what it was; where it was taken for a
   * text that is not its name, whether the whole table is.
   */
  check(kind: NameKind, { id, record }: Named, isGuess: boolean, { reliance, ...scope }: Scope): void {
    if (reliance === undefined || this.#kinds[kind].large) return;
    if (isGuess) {
      this.#tables.recheck(this.#keyOf(kind, scope), () => this.#read(kind, { ...scope, signal: undefined }), reliance);
      return;
    }
    const read = (): Promise<Row | undefined> => this.#read(kind, scope, id).then(([row]) => row);
    this.#tables.check(this.#keyOf(kind, scope), record, read, reliance);
  }

  /** Forgets a remembered table. */
  forget(kind: NameKind, scope: NameScope): void {
    this.#tables.forget(this.#keyOf(kind, scope));
  }

  /** Lets a table be read anew; a reading that is under way serves as well. */
  outdate(kind: NameKind, scope: NameScope): void {
    this.#tables.outdate(this.#keyOf(kind, scope));
  }

  remembers(kind: NameKind, scope: NameScope): boolean {
    return this.#tables.has(this.#keyOf(kind, scope));
  }

  clear(): void {
    this.#tables.clear();
    this.#queries.clear();
  }

  /**
   * The records that a number may mean, inactive ones included: the one with this id, and those of this printed number where the
   * kind has one.
   */
  async numbered(kind: NameKind, digits: string, scope: Scope): Promise<readonly Named[]> {
    const rule = this.#kinds[kind];
    const id = Number(digits);
    if (!rule.large) {
      const rows = await this.everything(kind, scope);
      // A phase is called by its WBS code as well: "2".
      return rows.filter((row) => row.id === id || row.alsoCalled?.includes(digits));
    }
    const [number] = rule.names;
    const printed = rule.numbered && number !== undefined ? field(number, '=', digits) : undefined;
    const hasId = id <= 2_147_483_647 ? field('id', '=', id) : undefined;
    return (await this.#query(kind, { conditions: any(hasId, printed) }, scope)).rows;
  }

  /** The records that a text could mean, the whole text first, then anything like it. */
  async candidates(kind: NameKind, text: string, scope: Scope): Promise<Candidates> {
    const rule = this.#kinds[kind];
    if (!rule.large) return { rows: await this.everything(kind, scope), complete: true };
    const reached = rule.person ? reachedBy(text) : undefined;
    if (reached !== undefined) {
      const { rows, complete } = await this.#query(kind, { childConditions: reached }, scope);
      return { rows: thoseReached(rows, text), complete, exact: true };
    }
    const found = await this.#query(kind, { conditions: holding(rule, text) }, scope);
    if (!found.complete) return this.#amongMany(kind, text, scope);
    if (found.rows.length > 0) return found;
    const whole = this.#isScoped(rule, scope) ? await this.#query(kind, {}, scope) : undefined;
    if (whole?.complete) return whole;
    const company = withoutLegalForm(text.toLowerCase());
    const others = [
      resembling(rule, text),
      rule.person ? jobIs(text) : undefined,
      company === text.toLowerCase() ? undefined : holding(rule, company),
    ];
    for (const conditions of others) {
      const like = conditions === undefined ? NONE : await this.#query(kind, { conditions }, scope);
      if (like.rows.length > 0) return like;
    }
    return NONE;
  }

  /** The records that a text which nothing fits may be a slip for. */
  async near(kind: NameKind, text: string, scope: Scope): Promise<Candidates> {
    const rule = this.#kinds[kind];
    if (!rule.large) return { rows: await this.everything(kind, scope), complete: true };
    const whole = this.#isScoped(rule, scope) ? await this.#query(kind, {}, scope) : undefined;
    if (whole?.complete) return whole;
    const conditions = nearby(rule, text);
    return conditions === undefined
      ? NONE
      : { ...(await this.#query(kind, { conditions, most: MANY }, scope)), complete: false };
  }

  /** The first records of a kind in the scope. */
  few(kind: NameKind, scope: Scope): Promise<Candidates> {
    return this.#query(kind, {}, scope);
  }

  /** Whether a big collection is asked for one parent's records only, so that the same name may be of another parent. */
  isNarrowed(kind: NameKind, scope: NameScope): boolean {
    const rule = this.#kinds[kind];
    return rule.large === true && this.#isScoped(rule, scope);
  }

  /** The tables of all other parents, of a status those of the other boards, where they are few. */
  async besides(kind: NameKind, scope: Scope): Promise<readonly { of: Named; rows: readonly Named[] }[]> {
    const { parent } = this.#kinds[kind];
    if (!parent?.required || this.#kinds[PARENTS[parent.scope].kind].large) return [];
    const parents = active(await this.everything(PARENTS[parent.scope].kind, { ...scope }));
    if (parents.length > FEW_PARENTS) return [];
    const others = parents.filter(({ id }) => id !== scope[parent.scope]);
    return Promise.all(
      others.map(async (of) => ({
        of,
        rows: active(await this.everything(kind, { ...scope, [parent.scope]: of.id })),
      })),
    );
  }

  /** What the names were looked for in, for an error: `of Acme Corporation`. */
  async where(kind: NameKind, scope: Scope): Promise<string | undefined> {
    const parent = this.#kinds[kind].parent;
    const id = parent === undefined ? undefined : scope[parent.scope];
    if (parent === undefined || id === undefined) return undefined;
    const { kind: parentKind, words } = PARENTS[parent.scope];
    const rows = await this.numbered(parentKind, String(id), { signal: scope.signal }).catch(() => []);
    const label = rows.find((row) => row.id === id)?.label;
    return label === undefined ? undefined : `${words} ${label}`;
  }

  /** Records that hold a text, at most 50 as it is written and 50 with accents and marks that were left out. */
  async holding(kind: NameKind, text: string): Promise<readonly Named[]> {
    const rule = this.#kinds[kind];
    const like = text === '' ? undefined : resembling(rule, text);
    // What is typed without its accent is contained in no name that has it.
    const found = await Promise.all([
      this.#query(kind, { conditions: holding(rule, text) }, {}),
      like === undefined ? NONE : this.#query(kind, { conditions: like }, {}),
    ]);
    return [...new Map(found.flatMap(({ rows }) => rows).map((row) => [row.id, row])).values()];
  }

  /** More records hold the text than a person would choose from: those of exactly this name are asked for beside them. */
  async #amongMany(kind: NameKind, text: string, scope: Scope): Promise<Candidates> {
    const rule = this.#kinds[kind];
    const [exact, many] = await Promise.all([
      this.#query(kind, { conditions: exactly(rule, text) }, scope),
      this.#query(kind, { conditions: holding(rule, text), most: MANY }, scope),
    ]);
    const rows = new Map([...exact.rows, ...many.rows].map((row) => [row.id, row]));
    return { rows: [...rows.values()], complete: many.complete };
  }

  async #query(kind: NameKind, { most = FEW, ...query }: Query, scope: Scope): Promise<Candidates> {
    const rule = this.#kinds[kind];
    const parent = rule.parent?.field;
    const narrowed =
      parent !== undefined && this.#isScoped(rule, scope)
        ? field(parent, '=', this.#scopeId(rule, scope) ?? 0)
        : undefined;
    const asked = { conditions: all(narrowed, query.conditions), childConditions: query.childConditions, limit: most };
    const ask = async (): Promise<Candidates> => {
      const { signal } = scope;
      const { rows, complete } = await this.#manage.list<ManageRecord>(rule.list, {
        ...asked,
        fields: rule.fields,
        signal,
      });
      return { rows: rows.map((row) => toNamed(row, rule)), complete };
    };
    return this.#queries.answer(`${kind} ${JSON.stringify(asked)}`, ask, scope.reliance);
  }

  /** All records of a kind in the scope, or the one of an id. */
  async #read(kind: NameKind, scope: Scope, only?: number): Promise<readonly Row[]> {
    const rule = this.#kinds[kind];
    const id = this.#scopeId(rule, scope);
    if (rule.parent?.required && id === undefined) throw new RangeError(`${rule.list} needs ${rule.parent.scope}.`);
    const { path, field: parent } = rule.parent ?? {};
    const options = {
      path: path !== undefined && id !== undefined ? { [path]: id } : {},
      conditions: all(
        parent !== undefined && id !== undefined ? field(parent, '=', id) : undefined,
        only === undefined ? undefined : field('id', '=', only),
      ),
      signal: scope.signal,
    };
    const read = (operation: string, fields: readonly string[]): Promise<readonly Row[]> =>
      this.#manage.all<ManageRecord>(operation, { ...options, fields });
    try {
      return await read(rule.list, rule.fields);
    } catch (error) {
      if (!(error instanceof Forbidden) || rule.info === undefined) throw error;
      return read(rule.info, []);
    }
  }

  #scopeId(rule: Kind, scope: NameScope): number | undefined {
    return rule.parent === undefined ? undefined : scope[rule.parent.scope];
  }

  #isScoped(rule: Kind, scope: NameScope): boolean {
    return this.#scopeId(rule, scope) !== undefined;
  }

  #keyOf(kind: NameKind, scope: NameScope): string {
    return `${kind}:${this.#scopeId(this.#kinds[kind], scope) ?? ''}`;
  }
}
