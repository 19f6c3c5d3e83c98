import { placeOfReference } from '../../reference-places.ts';
import { expand } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { dateOnly, type Provider, utc } from '../provider.ts';

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

/** A reference to a row of the table that references of this schema lead to; the rows take turns. */
export const to =
  (schema: string, first = 0): ValueOf =>
  (_, index, { api, store }) => {
    const template = placeOfReference(schema);
    if (template === undefined) return undefined;
    const rows = [...store.collection(template).all()];
    const row = rows[(first + index) % Math.max(1, rows.length)];
    if (row === undefined) return undefined;
    return expand(row, schema, { template, parentIds: store.collection(template).parentsOf(row.id) }, api);
  };

/** A reference to the row with this name, or identifier. */
export const toNamed =
  (schema: string, name: string): Value =>
  (_, __, { api, store }) => {
    const template = placeOfReference(schema) ?? '';
    for (const row of store.collection(template).all())
      if (row.identifier === name || row.name === name || row.description === name)
        return expand(row, schema, { template, parentIds: store.collection(template).parentsOf(row.id) }, api);
    return undefined;
  };

/** One of these, in turn. */
export const oneOf =
  (...values: readonly unknown[]): Value =>
  (_, index) =>
    values[index % values.length];

/** A value for the record at this place among those that have details, and for no other. */
export const only =
  (place: number, value: Value): Value =>
  (record, index, provider) => {
    if (index !== place) return undefined;
    return typeof value === 'function' ? value(record, index, provider) : value;
  };

/** Another member of the same record. */
export const same =
  (member: string): Value =>
  (record) =>
    record[member];

/** A date so many days from today, or a moment with `hours` past its midnight. */
export const day =
  (days: number, hours?: number): Value =>
  (_, index, { now }) => {
    const date = now.startOf('day').plus({ days: days - index });
    return hours === undefined ? dateOnly(date) : utc(date.plus({ hours }));
  };

/** Fills in details of a list's records; what a record has stays, and what the served version does not know is left out. */
export function addDetails(
  provider: Provider,
  template: string,
  { every = 1, where = () => true, members }: Details,
): void {
  const records = provider.store.collection(template);
  const read = provider.api.find(`GET ${template}/{id}`) ?? provider.api.find(`GET ${template}`);
  const fields = provider.api.schema(read?.response.schema ?? '')?.fields;
  const chosen = [...records.all()]
    .filter(where)
    .filter((_, index) => index % every === every - 1)
    .slice(0, MOST);
  chosen.forEach((record, index) => {
    const added = Object.entries(members).flatMap(([member, value]) => {
      if (record[member] !== undefined || fields?.has(member) === false) return [];
      const made = typeof value === 'function' ? value(record, index, provider) : value;
      return made === undefined ? [] : [[member, made] as const];
    });
    if (added.length > 0) records.put({ ...record, ...Object.fromEntries(added) });
  });
}
