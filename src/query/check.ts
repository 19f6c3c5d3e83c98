import { closest } from '../api/closest.ts';
import { resolvePath } from '../api/fields.ts';
import type { Field, FieldType, Schemas } from '../api/index.ts';
import type { Comparison, Expression, Literal } from './ast.ts';
import { instantOf } from './dates.ts';
import { quotesFor } from './print.ts';
import { timeField } from './times.ts';

export type ConditionParameter = 'conditions' | 'childConditions' | 'customFieldConditions';

/** Something that Manage would refuse, or answer in a way nobody means. */
export interface QueryProblem {
  readonly kind: 'unknown' | 'array' | 'customField' | 'notAnArray' | 'enum' | 'type' | 'operator' | 'notFilterable';
  readonly message: string;
  /** The field as it was written. */
  readonly field: string;
  /** Offset in the text, when the query was parsed from one. */
  readonly position?: number;
  readonly closest?: readonly string[];
  readonly allowed?: readonly string[];
  /** The type that the field compares with, where the value is of another one. */
  readonly wants?: FieldType;
  /** The parameter in which the comparison would work. */
  readonly use?: ConditionParameter;
}

export interface CheckOptions {
  readonly api: Schemas;
  /** Schema of the records that are listed, for example `Ticket`. */
  readonly schema: string;
  readonly parameter: ConditionParameter;
}

/** Members that lists return but cannot be filtered on, by schema. */
const NOT_FILTERABLE: Readonly<Record<string, readonly string[]>> = {
  TimeZone: ['daylightSavingsFlag'],
  'Company.Site': ['defaultFlag'],
  ServiceTicketNote: ['noteType'],
  ProjectTicketNote: ['noteType'],
};

const TEXT_OPERATORS = new Set(['contains', 'not contains', 'like', 'not like']);

const literalsOf = ({ value }: Comparison): readonly Literal[] => (value.kind === 'list' ? value.values : [value]);

type Finding = Omit<QueryProblem, 'field' | 'position'>;

const KIND_WORDS: Readonly<Record<Literal['kind'], string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  datetime: 'a date',
};

const DATE_TEXT = 'a UTC time in brackets, like [2026-03-04T15:00:00Z]';

/** What Manage wants to see for a field, with an example. */
const WANTED: Partial<Record<Field['type'], string>> = {
  string: 'a text in double quotes',
  integer: 'a number',
  number: 'a number',
  boolean: 'true or false',
  datetime: DATE_TEXT,
};

function literalFits(literal: Literal, field: Field, isTime: boolean): boolean {
  // Dates and moments that the document calls texts, such as `closedDate` of a ticket, are compared as such.
  if (isTime && field.type === 'string') return 'value' in literal && instantOf(String(literal.value)) !== undefined;
  switch (field.type) {
    case 'string':
      return literal.kind === 'string';
    case 'integer':
    case 'number':
      // Lists of quoted numbers are seen to work.
      return literal.kind === 'number' || (literal.kind === 'string' && /^-?\d+(\.\d+)?$/.test(literal.value));
    case 'boolean':
      return literal.kind === 'boolean';
    case 'datetime':
      return literal.kind === 'datetime' && instantOf(literal.value) !== undefined;
    default:
      return false;
  }
}

function valueFinding(comparison: Comparison, field: Field, isTime: boolean): Finding | undefined {
  const { operator } = comparison;
  if (field.enum !== undefined && TEXT_OPERATORS.has(operator)) {
    return {
      kind: 'operator',
      message: `${operator} does not work on an enumeration; compare with = and one of its values`,
      allowed: field.enum,
    };
  }
  for (const literal of literalsOf(comparison)) {
    if (literal.kind === 'null') continue;
    if (literal.kind === 'string' && typeof quotesFor(literal.value) !== 'string') {
      return { kind: 'type', message: 'the text cannot be quoted safely' };
    }
    if (TEXT_OPERATORS.has(operator) && literal.kind === 'string') continue;
    if (!literalFits(literal, field, isTime)) {
      const wanted = isTime ? DATE_TEXT : (WANTED[field.type] ?? 'another value');
      return {
        kind: 'type',
        wants: field.type,
        message: `takes ${wanted}, not ${KIND_WORDS[literal.kind]}${literal.kind === 'datetime' ? ' written like this' : ''}`,
      };
    }
    if (field.enum !== undefined && literal.kind === 'string') {
      const value = literal.value.toLowerCase();
      if (!field.enum.some((known) => known.toLowerCase() === value)) {
        return {
          kind: 'enum',
          message: `has no value ${JSON.stringify(literal.value)}`,
          allowed: field.enum,
          closest: closest(literal.value, field.enum, 1),
        };
      }
    }
  }
  return undefined;
}

function customFieldFinding({ path, operator }: Comparison): Finding | undefined {
  const name = path.join('/').toLowerCase();
  if (name !== 'caption' && name !== 'value') {
    return {
      kind: 'unknown',
      message: 'customFieldConditions compare caption and value only',
      allowed: ['caption', 'value'],
    };
  }
  return operator === 'in' || operator === 'not in'
    ? {
        kind: 'operator',
        message: `${operator} is not known in customFieldConditions; write several comparisons with OR`,
      }
    : undefined;
}

function finding(comparison: Comparison, { api, schema, parameter }: CheckOptions): Finding | undefined {
  if (parameter === 'customFieldConditions') return customFieldFinding(comparison);
  const found = resolvePath(api, schema, comparison.path);
  const isTime = (path: readonly string[], field: Field): boolean =>
    timeField({ api, schema }, path, field) !== undefined;
  switch (found.kind) {
    case 'unknown': {
      if (found.lacking !== undefined) return { kind: 'unknown', message: found.lacking };
      const prefix = comparison.path.slice(0, comparison.path.indexOf(found.segment)).join('/');
      const near = found.closest.map((name) => (prefix === '' ? name : `${prefix}/${name}`));
      return { kind: 'unknown', message: `is not a field of ${schema}`, closest: near.length > 0 ? near : undefined };
    }
    case 'customField':
      return {
        kind: 'customField',
        message: 'is about custom fields, which are filtered in customFieldConditions: caption="..." AND value="..."',
        use: 'customFieldConditions',
      };
    case 'array':
      if (parameter === 'conditions') {
        return {
          kind: 'array',
          message: `${found.path.length > found.array.length ? `is inside the list ${found.array.join('/')}` : 'is a list'}, and lists are filtered in childConditions`,
          use: 'childConditions',
        };
      }
      return valueFinding(comparison, found.field, isTime(found.path, found.field));
    default: {
      if (parameter === 'childConditions') {
        return { kind: 'notAnArray', message: 'is not inside a list; it belongs in conditions', use: 'conditions' };
      }
      if (NOT_FILTERABLE[schema]?.includes(found.path.join('/'))) {
        return { kind: 'notFilterable', message: 'is returned, but Manage cannot filter on it' };
      }
      if (found.kind === 'scalar') return valueFinding(comparison, found.field, isTime(found.path, found.field));
      const asksForNull = literalsOf(comparison).every(({ kind }) => kind === 'null');
      if (asksForNull) return undefined;
      const members = ['id', 'name'].map((name) => `${comparison.path.join('/')}/${name}`);
      return { kind: 'type', message: `is an object; compare one of its members`, closest: members };
    }
  }
}

/**
 * Everything in a query that the catalog knows to be wrong: unknown fields with the closest known ones, lists and custom
 * fields in the wrong parameter, values of the wrong kind, values that an enumeration does not have.
 */
export function check(expression: Expression, options: CheckOptions): QueryProblem[] {
  if (expression.kind !== 'comparison') return expression.terms.flatMap((term) => check(term, options));
  const found = finding(expression, options);
  if (found === undefined) return [];
  return [{ ...found, field: expression.path.join('/'), position: expression.span?.start }];
}
