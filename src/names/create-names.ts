import { LRUCache } from 'lru-cache';
import { Forbidden, type ManageClient } from '../manage/index.ts';
import { all, any, type Expression, field } from '../query/index.ts';
import { AmbiguousName, UnknownName } from './errors.ts';
import { type Kind, type KindTable, type NameKind, toNamed } from './kind.ts';
import type { Named, NameScope, Names, ResolveOptions } from './names.ts';
import { answersTo, fitting, folded, nearest } from './rank.ts';
import { asTyped, withoutRemark } from './typed.ts';
import { byUrgency } from './urgency.ts';

type Row = Record<string, unknown>;

/** Longer than any name that Manage stores: nothing is looked for. */
const LONGEST_NAME = 300;
const TTL_MS = 5 * 60_000;
/** Rows that a query may bring back to choose from. */
const CANDIDATES = 50;
const FEW = 40;
/** Contacts or configurations of one company that an error may list. */
const FEW_OF_MANY = 15;

/** What a scope narrows names to. */
const PARENTS: Readonly<Record<string, { readonly kind: NameKind; readonly words: string }>> = {
  boardId: { kind: 'board', words: 'on the board' },
  companyId: { kind: 'company', words: 'of' },
  projectId: { kind: 'project', words: 'of the project' },
};

export interface NamesDependencies {
  /** How the records of each kind are found. */
  readonly kinds: KindTable;
  readonly manage: ManageClient;
  /** The person whom "me" means; absent when nobody is configured. */
  readonly me?: () => Promise<{ readonly memberId: number }>;
}

class CachedNames implements Names {
  readonly #kinds: KindTable;
  readonly #manage: ManageClient;
  readonly #me: NamesDependencies['me'];
  /** Whole small tables. Promises are kept, so that a table is fetched once however many ask at the same time. */
  readonly #tables = new LRUCache<string, Promise<readonly Named[]>>({ max: 300, ttl: TTL_MS });

  constructor({ kinds, manage, me }: NamesDependencies) {
    this.#kinds = kinds;
    this.#manage = manage;
    this.#me = me;
  }

  async list(kind: NameKind, scope: NameScope & { signal?: AbortSignal } = {}): Promise<readonly Named[]> {
    return (await this.#all(kind, scope)).filter(({ inactive }) => inactive !== true);
  }

  async #all(kind: NameKind, scope: NameScope & { signal?: AbortSignal | undefined }): Promise<readonly Named[]> {
    const rule = this.#kinds[kind];
    if (rule.large) return this.#query(rule, undefined, scope);
    const key = keyOf(kind, rule, scope);
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    // Not the caller's signal: others may wait for the same table.
    const fetched = this.#table(rule, scope);
    this.#tables.set(key, fetched);
    fetched.catch(() => this.#tables.delete(key));
    return fetched;
  }

  async suggest(kind: NameKind, typed: string): Promise<readonly Named[]> {
    const rule = this.#kinds[kind];
    const text = typed.trim();
    const rows =
      !rule.large || text === ''
        ? await this.list(kind)
        : await this.#query(rule, any(...rule.names.map((member) => field(member, 'contains', text))), {});
    const found = rows.filter(
      (row) => row.inactive !== true && answersTo(row).some((name) => name.includes(folded(text))),
    );
    const begins = (row: Named): boolean => answersTo(row).some((name) => name.startsWith(folded(text)));
    return [...found.filter(begins), ...found.filter((row) => !begins(row))].slice(0, CANDIDATES);
  }

  refresh(): void {
    this.#tables.clear();
  }

  /** A name that a remembered table does not have may be newer than the table: it is read once more before the name is refused. */
  async resolve(kind: NameKind, given: string | number, options: ResolveOptions): Promise<Named> {
    const key = keyOf(kind, this.#kinds[kind], options);
    const remembered = this.#tables.has(key);
    try {
      return await this.#withOrWithoutRemark(kind, given, options);
    } catch (error) {
      if (!remembered || !(error instanceof UnknownName)) throw error;
      this.#tables.delete(key);
      return this.#withOrWithoutRemark(kind, given, options);
    }
  }

  async #withOrWithoutRemark(kind: NameKind, given: string | number, options: ResolveOptions): Promise<Named> {
    const short = withoutRemark(String(given).trim());
    try {
      return await this.#resolve(kind, given, options);
    } catch (error) {
      if (!(error instanceof UnknownName) || short === String(given).trim()) throw error;
      return this.#resolve(kind, short, options);
    }
  }

  async #resolve(kind: NameKind, given: string | number, options: ResolveOptions): Promise<Named> {
    const rule = this.#kinds[kind];
    if (String(given).length > LONGEST_NAME)
      throw new UnknownName(kind, options.argument, `${String(given).slice(0, 60)}...`);
    const text = asTyped(String(given));
    // "!Closed" is not "Closed".
    if (/^(!|not\s)/i.test(text)) throw new UnknownName(kind, options.argument, text);
    if (kind === 'member' && /^(me|myself|i)$/i.test(text) && this.#me !== undefined)
      return this.#byId(rule, kind, (await this.#me()).memberId, options);
    if (/^#?\d+$/.test(text)) return this.#byId(rule, kind, Number(text.replace('#', '')), options);
    const everything = rule.large ? await this.#search(rule, kind, text, options) : await this.#all(kind, options);
    const people = kind === 'member' || kind === 'contact';
    const candidates = everything.filter(({ inactive }) => inactive !== true);
    const fits = fitting(text, candidates, people);
    const found = fits.length === 0 && kind === 'priority' ? byUrgency(text, candidates) : fits;
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (found.length > 1) throw new AmbiguousName(kind, options.argument, text, found.slice(0, 10));
    const gone = fitting(
      text,
      everything.filter(({ inactive }) => inactive === true),
      people,
    );
    if (gone.length > 0) return this.#inactive(kind, text, gone, options);
    return this.#slip(rule, kind, text, candidates, options);
  }

  /** Only inactive records have the name. */
  #inactive(kind: NameKind, text: string, gone: readonly Named[], options: ResolveOptions): Named {
    const [only] = gone;
    if (options.inactive && only !== undefined && gone.length === 1) return only;
    if (options.inactive) throw new AmbiguousName(kind, options.argument, text, gone.slice(0, 10));
    throw new UnknownName(kind, options.argument, text, { inactive: gone.map(({ label }) => label) });
  }

  /** Nothing fits: one certain typing slip is taken, everything else is answered with what is near. */
  async #slip(
    rule: Kind,
    kind: NameKind,
    text: string,
    candidates: readonly Named[],
    options: ResolveOptions,
  ): Promise<Named> {
    const rows = candidates.length > 0 || !rule.large ? candidates : await this.#query(rule, undefined, options);
    const pool = rows.filter(({ inactive }) => inactive !== true);
    const near = nearest(text, pool);
    const meant = pool.filter(({ label, identifier }) => near[0] === label || near[0] === identifier);
    const [only] = meant;
    const closeEnough =
      near[0] !== undefined && Math.abs(near[0].length - text.length) <= 2 && folded(near[0])[0] === folded(text)[0];
    if (only !== undefined && meant.length === 1 && near.length === 1 && closeEnough) return only;
    const few = rule.large ? scopeId(rule, options) !== undefined && pool.length <= FEW_OF_MANY : pool.length <= FEW;
    throw new UnknownName(kind, options.argument, text, {
      closest: near,
      allowed: few ? pool.map(({ label }) => label) : [],
      where: await this.#where(rule, options),
    });
  }

  async #byId(rule: Kind, kind: NameKind, id: number, options: ResolveOptions): Promise<Named> {
    const rows = rule.large ? await this.#query(rule, field('id', '=', id), options) : await this.#all(kind, options);
    const found = rows.find((row) => row.id === id);
    if (found !== undefined && (found.inactive !== true || options.inactive)) return found;
    const active = rows.filter(({ inactive }) => inactive !== true);
    throw new UnknownName(kind, options.argument, String(id), {
      ...(found !== undefined && { inactive: [found.label] }),
      allowed: active.length <= FEW && !rule.large ? active.map((row) => `${row.label} (${row.id})`) : [],
      where: await this.#where(rule, options),
    });
  }

  /** What the names were looked for in, for the error. */
  async #where(rule: Kind, scope: NameScope): Promise<string | undefined> {
    const id = scopeId(rule, scope);
    const parent = PARENTS[rule.parent?.scope ?? ''];
    if (id === undefined || parent === undefined) return undefined;
    const rows = this.#kinds[parent.kind].large
      ? await this.#query(this.#kinds[parent.kind], field('id', '=', id), {}).catch(() => [])
      : await this.#all(parent.kind, {}).catch(() => []);
    const label = rows.find((row) => row.id === id)?.label;
    return label === undefined ? undefined : `${parent.words} ${label}`;
  }

  /** Records of a big collection whose name could be meant: the whole text first, then its words. */
  async #search(rule: Kind, kind: NameKind, text: string, options: ResolveOptions): Promise<readonly Named[]> {
    if (kind === 'contact' && text.includes('@')) {
      const mail = all(
        field('communicationItems/value', '=', text),
        field('communicationItems/communicationType', '=', 'Email'),
      );
      return this.#query(rule, undefined, options, mail);
    }
    const terms = kind === 'contact' ? text.split(/\s+/) : [text];
    const contains = (term: string): Expression | undefined =>
      any(...rule.names.map((member) => field(member, 'contains', term)));
    const whole = await this.#query(rule, all(...terms.map(contains)), options);
    if (whole.length > 0) return whole;
    if (kind === 'contact') {
      const titled = await this.#query(rule, field('title', '=', text.replace(/^(the|their|our)\s+/i, '')), options);
      if (titled.length > 0) return titled;
    }
    const long = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3);
    if (long.length === 0) return [];
    return this.#query(
      rule,
      any(...long.map((word) => contains(word.slice(0, Math.max(3, word.length - 2))))),
      options,
    );
  }

  async #query(
    rule: Kind,
    conditions: Expression | undefined,
    scope: NameScope & { signal?: AbortSignal | undefined },
    childConditions?: Expression,
  ): Promise<Named[]> {
    const id = scopeId(rule, scope);
    const narrowed =
      rule.parent?.field !== undefined && id !== undefined ? field(rule.parent.field, '=', id) : undefined;
    const both = all(narrowed, conditions);
    const { rows } = await this.#manage.page<Row>(rule.list, {
      ...(both && { conditions: both }),
      childConditions,
      fields: rule.fields,
      pageSize: CANDIDATES,
      ...(scope.signal && { signal: scope.signal }),
    });
    return rows.map((row) => toNamed(row, rule));
  }

  async #table(rule: Kind, scope: NameScope): Promise<readonly Named[]> {
    const id = scopeId(rule, scope);
    if (rule.parent?.required && id === undefined) throw new RangeError(`${rule.list} needs ${rule.parent.scope}.`);
    const path = rule.parent?.path !== undefined && id !== undefined ? { path: { [rule.parent.path]: id } } : {};
    const read = async (operation: string, fields: readonly string[]): Promise<Named[]> => {
      const { rows } = await this.#manage.page<Row>(operation, { ...path, fields, pageSize: 1000 });
      return rows.map((row) => toNamed(row, rule));
    };
    try {
      return await read(rule.list, rule.fields);
    } catch (error) {
      if (!(error instanceof Forbidden) || rule.info === undefined) throw error;
      return read(rule.info, []);
    }
  }
}

const keyOf = (kind: NameKind, rule: Kind, scope: NameScope): string => `${kind}:${scopeId(rule, scope) ?? ''}`;

const scopeId = (rule: Kind, scope: NameScope): number | undefined =>
  rule.parent === undefined ? undefined : scope[rule.parent.scope];

/** Names over one client; small tables are kept for five minutes. */
export const createNames = (dependencies: NamesDependencies): Names => new CachedNames(dependencies);
