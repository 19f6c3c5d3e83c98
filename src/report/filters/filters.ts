import { fitting, type Named, type NameKind } from '../../names/index.ts';
import {
  all,
  any,
  type Conditions,
  type Expression,
  field,
  saysNull,
  type WhereEntry,
  whereOperator,
} from '../../query/index.ts';
import { cleanLine, joined, say } from '../../text/index.ts';
import { assignedTo, saysNobody } from '../../tickets/assign.ts';
import { onAnyBoard } from '../../tickets/boards.ts';
import { narrowed, ToolInputError } from '../../tool/index.ts';
import type { Collection, Way } from '../collection.ts';
import { type DimensionName, dimensionNamed, kindOf, OTHERWISE } from '../dimensions.ts';
import { isOf, type Owned, ownedDimension } from '../owned.ts';
import type { Reading } from '../tables/table-cache.ts';
import { type AgeFilter, ageFilter } from './age-filters.ts';

/** An entry of `where` that narrows by a dimension. */
export interface Filter {
  readonly dimension: DimensionName;
  /** Whose dimension was said: `invoiceType` is of invoices alone. */
  readonly owned?: Owned | undefined;
  readonly values: readonly string[];
  /** Everything but these. */
  readonly negated: boolean;
  /** Records without a value. */
  readonly none: boolean;
  /** The names that its values turned out to mean where they are not written like them; known once the records are read. */
  readonly taken: Set<string>;
  /** Whether any record has each of its values, of those that only records tell; known once they are read. */
  readonly had: Map<string, boolean>;
  /** The records that it lets through, where they are known already. */
  readonly ids?: ReadonlySet<string>;
}

/** What a report is narrowed by: dimensions, and fields of the records themselves. */
export interface Filters {
  readonly dimensions: readonly Filter[];
  readonly fields: readonly WhereEntry[];
  readonly ages: readonly AgeFilter[];
}

/** The operators that a dimension takes. */
const OPERATORS: Readonly<Record<string, Pick<Filter, 'negated' | 'none'>>> = {
  eq: { negated: false, none: false },
  in: { negated: false, none: false },
  ne: { negated: true, none: false },
  notIn: { negated: true, none: false },
  isNull: { negated: false, none: true },
  notNull: { negated: true, none: true },
};

/** `{company: "Acme", board: "Help Desk"}` as entries. */
function entriesOf(entry: WhereEntry): readonly WhereEntry[] {
  const { field: own, op, value, any: either, all: every, ...others } = entry as WhereEntry & Record<string, unknown>;
  const isEntry = [own, op, value, either, every].some((member) => member !== undefined);
  if (isEntry || Object.keys(others).length === 0) return [entry];
  return Object.entries(others).map(([name, said]) => ({ field: name, value: said as WhereEntry['value'] }));
}

const YES = /^(?:yes|true)$/i;
const NO = /^(?:no|false|(?:not|non|un)[- ]?billable)$/i;

/** Whether time is billable, as yes or no: the measure nonBillable counts all that is not marked Billable, too. */
function billableSaid(given: readonly string[]): { values: readonly string[]; isOther: boolean } {
  const [only = '', more] = given;
  const isOther = more === undefined && NO.test(only);
  return isOther || (more === undefined && YES.test(only))
    ? { values: ['Billable'], isOther }
    : { values: given, isOther };
}

/** Notes the names that a value means, where it is not one of them. */
function take({ values, taken }: Filter, labels: readonly string[]): void {
  const written = new Set(values.map((value) => value.toLowerCase()));
  for (const label of labels) if (!written.has(label.toLowerCase())) taken.add(label);
}

/** Dimensions of which "unassigned" and "nobody" mean that there is none. */
const isPerson = (dimension: DimensionName | undefined): boolean =>
  dimension === 'member' || dimension === 'owner' || dimension === 'assignee';

/** Sorts the entries of `where` into those by dimension, in names as people say them, and those by field. */
export function readFilters(where: readonly WhereEntry[]): Filters {
  const dimensions: Filter[] = [];
  const fields: WhereEntry[] = [];
  const ages: AgeFilter[] = [];
  for (const entry of where.flatMap(entriesOf)) {
    const owned = entry.field === undefined ? undefined : ownedDimension(entry.field);
    const dimension = entry.field === undefined ? undefined : (owned?.dimension ?? dimensionNamed(entry.field));
    if (dimension === 'age') {
      ages.push(ageFilter(entry));
      continue;
    }
    const given = entry.value === undefined || entry.value === null ? [] : [entry.value].flat().map(String);
    const isNobody = given.length === 1 && (saysNull(given[0]) || (isPerson(dimension) && saysNobody(given[0])));
    const taken = OPERATORS[whereOperator(entry.op || 'eq') ?? ''] ?? (isNobody ? OPERATORS.isNull : undefined);
    if (dimension === undefined || taken === undefined) {
      fields.push(entry);
      continue;
    }
    const none = taken.none || isNobody;
    if (given.length === 0 && !none)
      throw new ToolInputError('where', say`where: ${cleanLine(entry.field)} needs a value.`);
    const { values, isOther } = dimension === 'billable' ? billableSaid(given) : { values: given, isOther: false };
    const negated = taken.negated !== isOther;
    dimensions.push({ dimension, owned, values: none ? [] : values, negated, none, taken: new Set(), had: new Map() });
  }
  checkTogether(dimensions);
  return { dimensions, fields, ages };
}

/** Dimensions of which a record may be in several groups. */
const OF_SEVERAL: ReadonlySet<DimensionName> = new Set([
  'member',
  'owner',
  'assignee',
  'team',
  'configuration',
  'contact',
]);

/** @throws {ToolInputError} for two filters that want different values of one dimension: both hold for no record */
function checkTogether(filters: readonly Filter[]): void {
  const positive = filters.filter(({ negated, none, dimension }) => !negated && !none && !OF_SEVERAL.has(dimension));
  for (const [at, { dimension, values }] of positive.entries()) {
    const other = positive.slice(at + 1).find((one) => one.dimension === dimension);
    const isShared = other?.values.some((value) =>
      values.some((mine) => isPartOf(mine, value) || isPartOf(value, mine)),
    );
    if (other === undefined || isShared) continue;
    throw new ToolInputError(
      'where',
      say`where: ${cleanLine(dimension)} cannot be ${joined(values.map(cleanLine), ' or ')} and ${joined(other.values.map(cleanLine), ' or ')} at once. For either of them send one entry with op in.`,
    );
  }
}

const isPartOf = (part: string, whole: string): boolean => whole.toLowerCase().includes(part.toLowerCase());

/** What a filter lets through of one collection. */
export interface Sieve {
  readonly dimension: DimensionName;
  /** Whether a group of the dimension, by its id and label, is let through. */
  lets(group: { readonly id: string; readonly label: string }): boolean;
  /** What it comes to as a condition of the list, where it can be sent. */
  readonly condition: Expression | undefined;
  /** Names that are only known once the records are read: it is offered every label. */
  readonly check?: (labels: readonly string[]) => void;
}

const OF_BOARD = new Set(['status', 'type', 'subtype', 'item', 'team']);

const isOfTickets = ({ name }: Collection, way: Way): boolean =>
  /tickets/i.test(name) || way.through?.lookUp === 'ticket';

/** The records of a name, looked up once a report. @throws as `names.resolve` */
export function recordsNamed(kind: NameKind, value: string, { context, resolved }: Reading): Promise<readonly Named[]> {
  const key = `${kind} ${value}`;
  const known = resolved.get(key) ?? context.names.resolveAll(kind, value, { argument: 'where', inactive: true });
  resolved.set(key, known);
  return known;
}

/** The ids or labels that the values of a filter mean. */
async function meant(
  filter: Filter,
  { collection, way, reading }: { collection: Collection; way: Way; reading: Reading },
): Promise<{ ids: ReadonlySet<string>; identifiers: readonly string[] } | { labels: ReadonlySet<string> } | undefined> {
  const { dimension, values } = filter;
  if (OF_BOARD.has(dimension) && isOfTickets(collection, way)) {
    const found = await Promise.all(
      values.map((value) => onAnyBoard(reading.context.names, dimension as 'status' | 'type', value)),
    );
    const labels = found.flat().map(({ label }) => label);
    take(filter, labels);
    return { labels: new Set(labels.map((label) => label.toLowerCase())) };
  }
  const kind: NameKind | undefined = kindOf(dimension);
  if (kind === undefined) return undefined;
  const records = (await Promise.all(values.map((value) => recordsNamed(kind, value, reading)))).flat();
  take(
    filter,
    records.filter(({ id }) => !values.includes(String(id))).map(({ label }) => label),
  );
  return {
    ids: new Set(records.map(({ id }) => String(id))),
    identifiers: records.flatMap(({ identifier }) => identifier ?? []),
  };
}

/** More ids are not sent: a list of them is as long as what they keep out. */
const MOST_SENT = 200;

function byIds(ids: ReadonlySet<string>, dimension: DimensionName, path: string | undefined): Sieve {
  const sent = ids.size === 0 ? [0] : [...ids].map(Number);
  return {
    dimension,
    condition: path === undefined || ids.size > MOST_SENT ? undefined : field(path, 'in', sent),
    lets: ({ id }) => ids.has(id),
  };
}

/** How a dimension of a collection is narrowed. @throws as `names.resolve` for unknown names */
export async function sieveOf(filter: Filter, collection: Collection, reading: Reading): Promise<Sieve> {
  const { values, negated, none } = filter;
  const other = OTHERWISE[filter.dimension];
  const isHeld = other === undefined || collection.ways[filter.dimension] !== undefined;
  const dimension = isHeld ? filter.dimension : other;
  const way = collection.ways[dimension];
  const isAnothers = filter.owned !== undefined && !isOf(filter.owned, collection);
  if (way === undefined || isAnothers)
    throw new ToolInputError(
      'where',
      say`where: ${cleanLine(collection.noun)} have no ${cleanLine(isAnothers ? filter.owned?.said : dimension)}.`,
      {
        allowed: Object.keys(collection.ways).map(cleanLine),
      },
    );
  const path = way.through === undefined ? collection.paths[dimension] : undefined;
  if (filter.ids !== undefined) return byIds(filter.ids, dimension, path);
  if (none) {
    const condition = path?.includes('/') ? field(path, negated ? '!=' : '=', null) : undefined;
    return { dimension, condition, lets: ({ id }) => (id === '') !== negated };
  }
  const found = await meant({ ...filter, dimension }, { collection, way, reading });
  if (found === undefined) return byLabel();
  if ('labels' in found)
    return { dimension, condition: undefined, lets: ({ label }) => found.labels.has(label.toLowerCase()) !== negated };
  const people = dimension === 'member' && way.column === 'people' && !negated;
  const ids = [...found.ids].map(Number);
  const sent = path === undefined ? undefined : field(path, negated ? 'not in' : 'in', ids);
  return {
    dimension,
    condition: people ? any(...found.identifiers.map(assignedTo)) : sent,
    lets: ({ id }) => found.ids.has(id) !== negated,
  };

  function byLabel(): Sieve {
    let known: ReadonlySet<string> = new Set();
    return {
      dimension,
      condition: undefined,
      lets: ({ label }) => known.has(label) !== negated,
      check(labels) {
        const candidates = labels.map((label, id) => ({ id, label, record: {} }));
        const fits = new Set(
          values.flatMap((value) => {
            const { records } = fitting(value, candidates);
            filter.had.set(value, filter.had.get(value) === true || records.length > 0);
            // What nothing has leaves everything that is not it.
            if (records.length > 0 || labels.length === 0 || negated) return records.map(({ label }) => label);
            throw new ToolInputError(
              'where',
              say`where: these ${cleanLine(collection.noun)} have no ${cleanLine(dimension)} "${cleanLine(value)}".`,
              { allowed: labels.slice(0, 40).map(cleanLine) },
            );
          }),
        );
        known = fits;
        take(filter, [...fits]);
      },
    };
  }
}

/** The conditions of filters on fields that are no dimension. @throws {WhereError} for fields that the records do not have */
export async function fieldConditions(
  fields: readonly WhereEntry[],
  { schema, noun }: Collection,
  { context }: Reading,
): Promise<Conditions> {
  if (fields.length === 0) return {};
  if (schema === '')
    throw new ToolInputError(
      'where',
      say`where: ${cleanLine(noun)} cannot be narrowed by ${joined(
        fields.map((entry) => cleanLine(entry.field)),
        ', ',
      )}.`,
    );
  return (await narrowed(context, {}, { where: fields }, schema)).query;
}

/** Conditions of sieves and fields as one. */
export const joinedConditions = (sieves: readonly Sieve[], more: Conditions): Conditions => ({
  ...more,
  conditions: all(...sieves.map(({ condition }) => condition), more.conditions),
});
