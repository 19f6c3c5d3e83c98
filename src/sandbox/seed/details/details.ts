import { readOf } from '../../records/read-of.ts';
import { placeOfReference } from '../../reference-places.ts';
import { idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { dateOnly, type Provider } from '../provider.ts';

/** What a member is: the same for all records, or told from the record and its place among those that have it. */
export type Value = string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>> | ValueOf;

/** Tells a member from its record, the record's place among those with details, and the provider. */
export type ValueOf = (record: SandboxRecord, index: number, provider: Provider) => unknown;

/** Members that people fill in for some records and leave alone in others. */
export interface Details {
  /** One of how many records has them; each where left out. */
  readonly every?: number;
  /** Which records they are; any where left out. */
  readonly where?: (record: SandboxRecord) => boolean;
  readonly members: Readonly<Record<string, Value>>;
}

/** So many records of a list have details: enough to find some, whatever the size of the data. */
const MOST = 40;

/** What a value is for a record; nothing where that record has none. */
export const told = (value: Value, ...of: Parameters<ValueOf>): unknown =>
  typeof value === 'function' ? value(...of) : value;

/** A reference to a row of the table that references of this schema lead to; the rows take turns. */
export const to =
  (schema: string, first = 0): ValueOf =>
  (_, index, provider) => {
    const rows = provider.store.collection(placeOfReference(schema) ?? '');
    const row = rows.get(rows.ids[(first + index) % rows.size] ?? 0);
    return row && provider.ref(schema, row);
  };

/** A reference to the row with this name, or identifier. */
export const toNamed =
  (schema: string, name: string): Value =>
  (_, __, provider) => {
    for (const row of provider.store.collection(placeOfReference(schema) ?? '').all())
      if (row.identifier === name || row.name === name || row.description === name) return provider.ref(schema, row);
    return undefined;
  };

/** A reference to the record itself, for the rows inside of it. */
export const toItself =
  (schema: string): Value =>
  (record, _, provider) =>
    provider.ref(schema, record);

/** A reference to the first record of a list that belongs to the record's company. */
export const ofCompany =
  (schema: string): ValueOf =>
  ({ company }, _, provider) => {
    const records = provider.store.collection(placeOfReference(schema) ?? '');
    const [found] = records.where('company/id', idOf(company) ?? 0);
    return found && provider.ref(schema, found);
  };

/** One of these, in turn. */
export const oneOf =
  (...values: readonly unknown[]): Value =>
  (_, index) =>
    values[index % values.length];

/** A text that ends in a number, which counts on from record to record. */
export const numbered =
  (prefix: string, first: number): Value =>
  (_, index) =>
    `${prefix}${first + index}`;

/** A value for the record at this place among those that have details, and for no other. */
export const only =
  (place: number, value: Value): Value =>
  (...of) =>
    of[1] === place ? told(value, ...of) : undefined;

/** A value for the records that this is so of, and for no other. */
export const onlyWhere =
  (isSo: (record: SandboxRecord) => boolean, value: Value): Value =>
  (...of) =>
    isSo(of[0]) ? told(value, ...of) : undefined;

/** Another member of the same record. */
export const same =
  (member: string): Value =>
  (record) =>
    record[member];

/** A date so many days from today; a day earlier for each record. */
export const day =
  (days: number): Value =>
  (_, index, { now }) =>
    dateOnly(now.plus({ days: days - index }));

/** Fills in details of a list's records; what a record has stays, and what the served version does not know is left out. */
export function addDetails(
  provider: Provider,
  template: string,
  { every = 1, where = () => true, members }: Details,
): void {
  const records = provider.store.collection(template);
  const fields = provider.api.schema(readOf(provider.api, template)?.response.schema ?? '')?.fields;
  const chosen = records
    .list()
    .filter(where)
    .filter((_, index) => index % every === every - 1)
    .slice(0, MOST);
  chosen.forEach((record, index) => {
    const added = Object.entries(members).flatMap(([member, value]) => {
      if (record[member] !== undefined || fields?.has(member) === false) return [];
      const made = told(value, record, index, provider);
      return made === undefined ? [] : [[member, made] as const];
    });
    if (added.length > 0) records.put({ ...record, ...Object.fromEntries(added) });
  });
}
