import { namesOfReference, type ResolvedPath, resolvePath } from '../api/fields.ts';
import type { Schemas } from '../api/index.ts';
import type { Comparison } from './ast.ts';
import { field } from './build.ts';
import { UnknownField, WhereError } from './errors.ts';
import { type Access, readPath } from './match.ts';

export interface OrderKey {
  readonly path: readonly string[];
  readonly descending: boolean;
}

const KEY = /^([A-Za-z_][A-Za-z0-9_/]*)(?:\s+(asc|desc|ascending|descending))?$/i;

/** Manage numbers priorities by urgency: 1 is the most urgent. */
const PRIORITY = 'PriorityReference';

/** Reads `contact/name asc, id desc`. `undefined` when it is not of that form. */
export function parseOrderBy(text: string): OrderKey[] | undefined {
  const keys = text.split(',').map((part) => KEY.exec(part.trim()));
  if (keys.some((key) => key === null)) return undefined;
  return keys.map((key) => ({
    path: (key?.[1] ?? '').split('/'),
    descending: (key?.[2] ?? '').toLowerCase().startsWith('desc'),
  }));
}

type Row = Readonly<Record<string, unknown>>;

/** Texts are compared without letter case, numbers as numbers. */
function folded(value: unknown): string | number | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'number' ? value : String(value).toLowerCase();
}

/** Absent values come first, as NULL does in SQL Server. */
function order(a: string | number | undefined, b: string | number | undefined): number {
  if (a === undefined) return b === undefined ? 0 : -1;
  if (b === undefined) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * Records by several keys; equal ones by their ids. Each record's keys are read once.
 * @param access how records are read, where they are more than their own members
 */
export function inOrder<T extends Row>(
  rows: readonly T[],
  keys: readonly OrderKey[],
  access: Access = (path) => (row) => readPath(row, path),
): T[] {
  const readers = keys.map(({ path }) => access(path));
  const keyed = rows.map((row) => ({ row, values: readers.map((read) => folded(read(row))) }));
  keyed.sort((a, b) => {
    for (const [index, { descending }] of keys.entries()) {
      const result = order(a.values[index], b.values[index]);
      if (result !== 0) return descending ? -result : result;
    }
    return Number(a.row.id ?? 0) - Number(b.row.id ?? 0);
  });
  return keyed.map(({ row }) => row);
}

/** Whether a record has no value in what it is ordered by. */
export function isEmptyAt(row: Row, { path }: OrderKey): boolean {
  const value = readPath(row, path);
  return value === undefined || value === null || value === '';
}

/** The condition for the records with a value in what they are ordered by; of a reference its id tells. */
export const filledAt = ({ path: [first = '', ...rest] }: OrderKey): Comparison =>
  field(rest.length === 0 ? first : `${first}/id`, '!=', null);

/** Whether Manage begins with the records that have no value in the key that it orders by first. */
export const beginsEmpty = (key: OrderKey | undefined): key is OrderKey => key !== undefined && !key.descending;

/** Records in the order that they have, except that those come last with which an ascending key begins: they have no value in it. */
export const emptyLast = <T extends Row>(rows: readonly T[], key: OrderKey | undefined): readonly T[] =>
  beginsEmpty(key)
    ? [...rows.filter((row) => !isEmptyAt(row, key)), ...rows.filter((row) => isEmptyAt(row, key))]
    : rows;

/**
 * A reference itself has no order: its name has. A priority is ordered by its urgency, `priority desc` and `priority` alone with
 * the most urgent first: Manage's own sort order, which its name need not follow.
 */
function sendable(text: string, { path, descending }: OrderKey, found: ResolvedPath, api: Schemas): string {
  const direction = descending ? 'desc' : 'asc';
  if (found.kind !== 'reference') return `${path.join('/')} ${direction}`;
  const members = api.schema(found.field.schema ?? '')?.fields;
  if (found.field.schema === PRIORITY && members?.has('sort') === true) {
    const isLeastFirst = /\sasc(ending)?$/i.test(text);
    return `${found.path.join('/')}/sort ${isLeastFirst ? 'desc' : 'asc'}`;
  }
  return `${found.path.join('/')}/${namesOfReference(api, found.field.schema)[0] ?? 'id'} ${direction}`;
}

/** Whether checked keys begin with the least urgent: `priority asc` asks for that. */
export const isLeastUrgentFirst = (keys: readonly string[]): boolean => /priority\/sort desc$/i.test(keys[0] ?? '');

/** `-id`, `+id` and `id:desc`, as other APIs write an order, in Manage's own form. */
function spelled(key: string): string {
  const [, sign, field] = /^([+-])(\w[\w/]*)$/.exec(key.trim()) ?? [];
  if (field !== undefined) return sign === '-' ? `${field} desc` : `${field} asc`;
  return key.replace(/^(\s*[\w/]+)\s*:\s*(asc|desc)/i, '$1 $2');
}

/** Whatever a priority is ordered by (`priority/sortOrder`, `priority/level`), its urgency is meant. */
function urgencyMeant(path: readonly string[], { api, schema }: { api: Schemas; schema: string }): readonly string[] {
  const owner = path.slice(0, -1);
  const found = owner.length === 0 ? undefined : resolvePath(api, schema, owner);
  if (found?.kind !== 'reference' || found.field.schema !== PRIORITY) return path;
  return resolvePath(api, schema, path).kind === 'unknown' ? [...owner, 'sort'] : path;
}

/**
 * Checks an order before it is sent, and gives its keys: `contact/name asc, id desc`. A reference is ordered by its name, a
 * priority by its urgency.
 * @throws {WhereError} for a field that the records do not have, with the closest that they have
 */
export function orderKeys(said: string, { api, schema }: { api: Schemas; schema: string }): string[] {
  const text = said.split(',').map(spelled).join(',');
  const keys = parseOrderBy(text);
  if (keys === undefined)
    throw new WhereError('orderBy', 'orderBy has to be fields with asc or desc, like "company/name asc, id desc".');
  const texts = text.split(',');
  return keys.map((key, index) => {
    const path = urgencyMeant(key.path, { api, schema });
    const found = resolvePath(api, schema, path);
    if (found.kind === 'unknown') {
      if (found.lacking !== undefined) throw new WhereError('orderBy', `orderBy: ${path.join('/')} ${found.lacking}.`);
      const before = path.slice(0, path.indexOf(found.segment));
      const closest = found.closest.map((name) => [...before, name].join('/'));
      const near = closest.length > 0 ? ` Did you mean ${closest.join(' or ')}?` : '';
      throw new UnknownField('orderBy', `orderBy: ${schema} has no field ${path.join('/')}.${near}`, closest);
    }
    return sendable((texts[index] ?? '').trim(), { ...key, path }, found, api);
  });
}
