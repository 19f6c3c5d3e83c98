import { isRecord } from '../../../json.ts';
import { matcher, parse } from '../../../query/index.ts';
import type { HookContext } from '../../contract/behaviour.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { derivedRows } from '../derived-lists.ts';
import { REPORT_COLUMNS } from './report-columns.ts';
import { COMPUTED } from './report-values.ts';

/** How a column's values are kept: as the reports of Manage name types. */
export type ColumnType = 'Numeric' | 'Text' | 'DateTime' | 'Boolean';

export interface ViewColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly isNullable: boolean;
  /** Where the value is in a record of the collection: `status/name`, or `$age`; `undefined` where there is none. */
  readonly path: string | undefined;
}

/** Some records of a collection, and the member of them whose items are rows of their own. */
interface RowSource {
  readonly collection: string;
  readonly each: string | undefined;
  readonly condition: string | undefined;
}

/** A report: rows of some collections under the column names of a database view. */
export interface View {
  readonly name: string;
  readonly sources: readonly RowSource[];
  readonly columns: readonly ViewColumn[];
}

export type Row = Record<string, unknown>;

const TYPES: Readonly<Record<string, ColumnType>> = { n: 'Numeric', t: 'Text', d: 'DateTime', b: 'Boolean' };

/** What a column without a value holds where it is never null. A moment is always nullable in what is answered. */
const EMPTY: Readonly<Record<ColumnType, unknown>> = { Numeric: 0, Text: '', DateTime: null, Boolean: false };

function readColumn(text: string): ViewColumn {
  const [, name = '', letter = '', path] = /^(\w+):(\w)(?:=(.+))?$/.exec(text) ?? [];
  const type = TYPES[letter.toLowerCase()];
  if (type === undefined) throw new Error(`Not a column: ${text}`);
  return { name, type, isNullable: letter === letter.toLowerCase(), path };
}

function readSource(text: string): RowSource {
  const [, collection = '', each, condition] = /^([^*?]+)(?:\*(\w+))?(?:\?(.+))?$/.exec(text) ?? [];
  return { collection, each, condition };
}

let known: ReadonlyMap<string, View> | undefined;

/** Every report by its name in lower case, which is how the server looks one up. */
export function reportViews(): ReadonlyMap<string, View> {
  known ??= new Map(
    REPORT_COLUMNS.trim()
      .split('\n')
      .map((line) => {
        const [name = '', from = '-', ...columns] = line.split(' ');
        const sources = from === '-' ? [] : from.split('+').map(readSource);
        return [name.toLowerCase(), { name, sources, columns: columns.map(readColumn) }];
      }),
  );
  return known;
}

/** How a column of a collection's rows is read. */
function reader(column: ViewColumn, collection: string, context: HookContext): (record: SandboxRecord) => unknown {
  const { path, type, isNullable } = column;
  const empty = isNullable ? null : EMPTY[type];
  if (path === undefined) return () => empty;
  const computed = COMPUTED[path];
  if (computed !== undefined) return (record) => computed(record, collection, context) ?? empty;
  const read = context.reading(collection, path.split('/'));
  return (record) => {
    const value = read(record) ?? empty;
    return type === 'Text' && typeof value !== 'string' && value !== null ? String(value) : value;
  };
}

/** A record once for each item of a list in it, such as its custom fields; columns find the item under `customField`. */
const withEach = (record: SandboxRecord, items: unknown): SandboxRecord[] =>
  Array.isArray(items) ? items.filter(isRecord).map((customField) => ({ ...record, customField })) : [];

/** `CalendarMonth` in words. */
const inWords = (name: string): string => name.replace(/([a-z])([A-Z0-9])/g, '$1 $2');

/** The records that rows are made of: those of a collection, of a list that is worked out, or the options of an enumeration. */
function recordsOf(collection: string, context: HookContext): Iterable<SandboxRecord> {
  const [, schema, member] = /^#(.+)\.(\w+)$/.exec(collection) ?? [];
  if (schema !== undefined && member !== undefined) {
    const options = context.api.schema(schema)?.fields.get(member)?.enum ?? [];
    return options.map((name, index) => ({ id: index + 1, name, title: inWords(name) }));
  }
  const derived = derivedRows(collection, context) as readonly SandboxRecord[] | undefined;
  return derived ?? context.store.collection(collection).all();
}

/** The rows of a report, as records of its columns. */
export function* rowsOf(view: View, context: HookContext): Generator<Row> {
  for (const { collection, each, condition } of view.sources) {
    const columns = view.columns.map((column) => ({ name: column.name, read: reader(column, collection, context) }));
    const fits = condition === undefined ? undefined : matcher(parse(condition));
    for (const record of recordsOf(collection, context)) {
      if (fits?.(record) === false) continue;
      for (const shown of each === undefined ? [record] : withEach(record, record[each])) {
        const row: Row = {};
        for (const { name, read } of columns) row[name] = read(shown);
        yield row;
      }
    }
  }
}
