import { enumWords } from '../../api/enum-words.ts';
import { isRecord } from '../../json.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { ABSENT, Vector } from './vector.ts';

/** What a reference is called, and what tells it from others of that name: the customer of an agreement. */
export interface Label {
  readonly label: string;
  readonly apart?: string | undefined;
}

/** What is kept of one member of a record, as a number: an amount, a moment in milliseconds, 0 or 1, an id, the number of a text. */
export interface Column {
  /** A `day` is midnight UTC and the same date in every zone. */
  readonly kind: 'number' | 'time' | 'day' | 'flag' | 'reference' | 'text';
  /** The members to fetch. */
  readonly fields: readonly string[];
  of(record: ManageRecord): unknown;
  /** For texts that are names of an enumeration: as a group they are told in words. */
  readonly isChoice?: boolean;
  /** For references that belong to a customer or project: whose it is. */
  readonly owner?: (record: ManageRecord) => unknown;
}

export type Columns = Readonly<Record<string, Column>>;

function at(record: ManageRecord, path: readonly string[]): unknown {
  let value: unknown = record;
  for (const member of path) value = isRecord(value) ? value[member] : undefined;
  return value;
}

const plain =
  (kind: Column['kind']) =>
  (path: string): Column => {
    const members = path.split('/');
    return { kind, fields: [path], of: (record) => at(record, members) };
  };

export const number = plain('number');
export const time = plain('time');
export const day = plain('day');
export const flag = plain('flag');
export const text = plain('text');

/** A value of an enumeration: `DoNotBill`, told as "do not bill". */
export const choice = (path: string): Column => ({ ...text(path), isChoice: true });

/** A reference: its id is kept for each row, its name once. @param owner the member that tells two of one name apart */
export function reference(path: string, owner?: string): Column {
  const members = path.split('/');
  const ownerMembers = owner?.split('/');
  return {
    kind: 'reference',
    fields: [`${path}/id`, `${path}/name`, `${path}/identifier`, ...(owner === undefined ? [] : [`${owner}/name`])],
    of: (record) => at(record, members),
    ...(ownerMembers !== undefined && { owner: (record: ManageRecord) => at(record, ownerMembers) }),
  };
}

/** The currency of a record, as its code. */
export const currency: Column = {
  kind: 'text',
  fields: ['currency'],
  of: (record: ManageRecord) => {
    const { currency: own } = record;
    return isRecord(own) ? (own.currencyCode ?? own.name) : undefined;
  },
};

/** The record itself, told from others of its name by its customer. */
export const itsName: Column = {
  kind: 'reference',
  fields: ['id', 'name', 'company/name'],
  of: (record) => record,
  owner: ({ company }) => company,
};

const nameIn = (value: unknown): string | undefined => {
  if (!isRecord(value)) return typeof value === 'string' ? value : undefined;
  const name = value.name ?? value.summary ?? value.description ?? value.identifier;
  return name === undefined || name === null ? undefined : String(name);
};

/** The fields of Manage that columns are made of, and the id: what a list is asked for. */
export const fieldsOf = (columns: Columns): string[] => [
  ...new Set(['id', ...Object.values(columns).flatMap(({ fields }) => fields)]),
];

/**
 * Records as columns of numbers: a time entry takes some 120 bytes in place of the kilobytes of a parsed record, so that a year of
 * them can be kept. What is absent is `NaN`.
 */
export class Table {
  readonly columns: Columns;
  /** When it was read or brought up to date, in milliseconds. */
  readAt = 0;
  readonly #vectors = new Map<string, Vector>();
  /** The columns that records are written to. */
  readonly #written: readonly (readonly [string, Column, Vector])[];
  readonly #texts: string[] = [];
  readonly #numberOfText = new Map<string, number>();
  readonly #labels = new Map<string, Map<number, Label>>();
  #length = 0;
  #byId: Map<number, number> | undefined;

  constructor(columns: Columns) {
    this.columns = columns;
    this.#written = Object.entries(columns).map(([name, column]) => [name, column, new Vector()] as const);
    for (const [name, , vector] of this.#written) this.#vectors.set(name, vector);
  }

  get length(): number {
    return this.#length;
  }

  add(record: ManageRecord): void {
    this.#write(this.#length, record);
    this.#byId?.set(this.number('id', this.#length), this.#length);
    this.#length += 1;
  }

  /** Writes a record over the row of the same id, or behind the others. */
  put(record: ManageRecord): void {
    const row = this.rowOf(Number(record.id));
    if (row === undefined) this.add(record);
    else this.#write(row, record);
  }

  /** The row of an id, in tables that keep `id`. */
  rowOf(id: number): number | undefined {
    if (this.#byId === undefined) {
      this.#byId = new Map();
      for (let row = 0; row < this.#length; row += 1) this.#byId.set(this.number('id', row), row);
    }
    return this.#byId.get(id);
  }

  has(column: string): boolean {
    return this.#vectors.has(column);
  }

  /** Keeps a number beside a row that was worked out from other records. */
  note(column: string, row: number, value: number): void {
    const vector = this.#vectors.get(column) ?? new Vector();
    this.#vectors.set(column, vector);
    vector.set(row, value);
  }

  number(column: string, row: number): number {
    return this.#vectors.get(column)?.get(row) ?? ABSENT;
  }

  text(column: string, row: number): string | undefined {
    return this.#texts[this.number(column, row)];
  }

  /** What a value of a column is called: the name of a reference, or a text. */
  label(column: string, value: number): Label | undefined {
    const known = this.columns[column];
    if (known?.kind === 'text') {
      const said = this.#texts[value];
      return said === undefined ? undefined : { label: known.isChoice === true ? enumWords(said) : said };
    }
    return this.#labels.get(column)?.get(value);
  }

  #write(row: number, record: ManageRecord): void {
    for (const [name, column, vector] of this.#written) vector.set(row, this.#valueOf(name, column, record));
  }

  #valueOf(name: string, column: Column, record: ManageRecord): number {
    const value = column.of(record);
    if (value === undefined || value === null || value === '') return ABSENT;
    switch (column.kind) {
      case 'number':
        return Number(value);
      case 'time':
      case 'day':
        return Date.parse(String(value));
      case 'flag':
        return value === true ? 1 : 0;
      case 'text':
        return this.#textNumber(String(value));
      default:
        return this.#referenceNumber(name, column, value, record);
    }
  }

  #textNumber(value: string): number {
    const known = this.#numberOfText.get(value);
    if (known !== undefined) return known;
    this.#texts.push(value);
    this.#numberOfText.set(value, this.#texts.length - 1);
    return this.#texts.length - 1;
  }

  #referenceNumber(name: string, column: Column, value: unknown, record: ManageRecord): number {
    const id = isRecord(value) ? Number(value.id) : Number(value);
    if (!Number.isFinite(id)) return ABSENT;
    const labels = this.#labels.get(name) ?? new Map<number, Label>();
    this.#labels.set(name, labels);
    const label = labels.has(id) ? undefined : nameIn(value);
    if (label !== undefined) labels.set(id, { label, apart: nameIn(column.owner?.(record)) });
    return id;
  }
}

/** One row of a table, and the moment that a state is asked for. One object walks over all rows. */
export class Row {
  readonly table: Table;
  index = 0;
  /** Milliseconds. */
  at = 0;

  constructor(table: Table) {
    this.table = table;
  }

  /** `NaN` where it is absent. */
  number(column: string): number {
    return this.table.number(column, this.index);
  }

  text(column: string): string | undefined {
    return this.table.text(column, this.index);
  }

  flag(column: string): boolean {
    return this.number(column) === 1;
  }

  has(column: string): boolean {
    return !Number.isNaN(this.number(column));
  }
}

/** In milliseconds. */
export const DAY = 86_400_000;
export const HOUR = 3_600_000;
