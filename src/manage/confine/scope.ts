import { field } from '../../query/index.ts';
import type { ManageClient, ManageRecord } from '../client.ts';
import { ScopeError } from '../errors.ts';
import type { Dimension } from './ties.ts';

/** What an operator confines a server to: ids, identifiers or names, as they are written. */
export interface Confines {
  readonly companies?: readonly string[] | undefined;
  readonly boards?: readonly string[] | undefined;
}

/** The records of one dimension that are within reach. */
interface Members {
  readonly ids: ReadonlySet<number>;
  /** Identifiers of companies, names of boards, in lower case: what names one record and no other. */
  readonly names: ReadonlySet<string>;
}

/** What a server is confined to, resolved. */
export class Scope {
  readonly #members: ReadonlyMap<Dimension, Members>;

  constructor(members: ReadonlyMap<Dimension, Members>) {
    this.#members = members;
  }

  get dimensions(): readonly Dimension[] {
    return [...this.#members.keys()];
  }

  ids(dimension: Dimension): readonly number[] {
    return [...(this.#members.get(dimension)?.ids ?? [])];
  }

  /** Whether a company or board is within reach; all are where the server is not confined by them. */
  has(dimension: Dimension, id: unknown): boolean {
    const members = this.#members.get(dimension);
    return members === undefined || members.ids.has(Number(id));
  }

  hasName(dimension: Dimension, name: unknown): boolean {
    const members = this.#members.get(dimension);
    return members === undefined || members.names.has(String(name).trim().toLowerCase());
  }
}

/** The settings that confine, for messages. */
export const settingsOf = ({ companies, boards }: Confines): string =>
  [companies && 'CWM_COMPANIES', boards && 'CWM_BOARDS'].filter((name) => name !== undefined).join(' and ');

const SOURCES = {
  company: {
    list: 'GET /company/companies',
    names: ['identifier', 'name'],
    unique: 'identifier',
    setting: 'CWM_COMPANIES',
  },
  board: { list: 'GET /service/boards', names: ['name'], unique: 'name', setting: 'CWM_BOARDS' },
} as const;

/** The one record that an entry of a setting means. @throws {ScopeError} when there is none, or more than one */
async function recordOf(entry: string, dimension: Dimension, manage: ManageClient): Promise<ManageRecord> {
  const { list, names, setting } = SOURCES[dimension];
  const fields = ['id', ...names];
  const isId = /^\d+$/.test(entry);
  for (const name of isId ? ['id'] : names) {
    const conditions = field(name, '=', isId ? Number(entry) : entry);
    const { rows } = await manage.list<ManageRecord>(list, { conditions, fields, limit: 2 });
    if (rows.length > 1) throw new ScopeError(`${setting}: ${JSON.stringify(entry)} names several; write the id.`);
    if (rows[0] !== undefined) return rows[0];
  }
  throw new ScopeError(`${setting}: there is no ${dimension} ${JSON.stringify(entry)}.`);
}

async function membersOf(entries: readonly string[], dimension: Dimension, manage: ManageClient): Promise<Members> {
  const records = await Promise.all(entries.map((entry) => recordOf(entry, dimension, manage)));
  const { unique } = SOURCES[dimension];
  return {
    ids: new Set(records.map(({ id }) => Number(id))),
    names: new Set(records.map((record) => String(record[unique]).toLowerCase())),
  };
}

/**
 * Resolves what a server is confined to.
 * @param manage reads without confines
 * @throws {ScopeError} for a company or board that does not exist
 */
export async function resolveScope({ companies, boards }: Confines, manage: ManageClient): Promise<Scope> {
  const members = new Map<Dimension, Members>();
  if (companies !== undefined) members.set('company', await membersOf(companies, 'company', manage));
  if (boards !== undefined) members.set('board', await membersOf(boards, 'board', manage));
  return new Scope(members);
}
