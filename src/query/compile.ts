import { closest } from '../api/closest.ts';
import { enumNamed } from '../api/enum-words.ts';
import { namesOfReference, resolvePath } from '../api/fields.ts';
import type { Field, Schemas } from '../api/index.ts';
import type { Conditions, Expression, Operator } from './ast.ts';
import { all, any, field as comparison, type PlainValue } from './build.ts';
import type { ConditionParameter } from './check.ts';
import { checkContradictions } from './contradictions.ts';
import { captionIn, customFieldKind, withEmptyAsNo } from './custom-field.ts';
import { QueryValueError, UnknownField, WhereError } from './errors.ts';
import { percentSaid } from './number.ts';
import {
  absenceSaid,
  checkList,
  checkOrder,
  isNegated,
  meansIds,
  nullTest,
  operatorOf,
  saysNull,
  withOperators,
} from './operators.ts';
import { compareTime, readSpan, type TimeField, type TimeOptions, timeField } from './times.ts';
import { valuesOf, type WhereEntry, withSpelling } from './where.ts';

export interface CompileOptions extends TimeOptions {
  readonly api: Schemas;
  /** Schema of the records that are listed. */
  readonly schema: string;
  /** Types of custom fields, as `Date`, by caption in lower case; a caption that is not in it has a type that is not known. */
  readonly customFields?: ReadonlyMap<string, string>;
}

/** A compiled entry and the parameter that it has to be sent in. */
interface Part {
  readonly parameter: ConditionParameter;
  readonly expression: Expression;
}

function convert(value: unknown, field: Field, at: string): PlainValue {
  const wrong = (wanted: string): never => {
    throw new WhereError(at, `${at} has to be ${wanted}, not ${JSON.stringify(value)}.`);
  };
  switch (field.type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (/^(true|yes)$/i.test(String(value))) return true;
      return /^(false|no)$/i.test(String(value)) ? false : wrong('true or false');
    case 'integer':
    case 'number': {
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      const said = typeof value === 'string' ? percentSaid(value) : undefined;
      if (said === undefined) return wrong('a number');
      return 'value' in said ? said.value : wrong(`${said.either[0]} or ${said.either[1]}`);
    }
    default: {
      const text = String(value);
      if (field.enum === undefined) return text;
      const known = enumNamed(text, field.enum);
      if (known !== undefined) return known;
      throw new WhereError(at, `${at} has to be one of ${field.enum.join(', ')}.`, closest(text, field.enum, 1));
    }
  }
}

/** Where a comparison is: the field's path and description, the place in the filter, and the parameter that it goes to. */
interface Place {
  readonly path: string;
  /** What the caller calls the field, where that is not its path. */
  readonly called?: string;
  readonly field: Field;
  readonly at: string;
  /** Lists are known in `conditions` only; elsewhere they become comparisons joined by OR. */
  readonly takesLists: boolean;
  readonly time?: TimeField;
}

const isPlainText = ({ type, enum: choices }: Field): boolean => type === 'string' && choices === undefined;
const isText = (name: string): boolean => /contains|like/i.test(name);

/** A value as an expression of a date or moment; lists join one such expression for each value. */
function timeTerms(place: Place, time: TimeField, operator: Operator, options: CompileOptions) {
  return (value: unknown): Expression => {
    const { path, at, called = path } = place;
    const isBound = ['<', '<=', '>', '>='].includes(operator);
    const said = String(value).replace(/^\[|\]$/g, '');
    const span = readSpan(said, { path: called, kind: time.kind, isBound }, options);
    const single = { in: '=', 'not in': '!=' }[operator as 'in' | 'not in'] ?? operator;
    const term = span && compareTime(path, single as Operator, span, time);
    if (term !== undefined) return term;
    throw new WhereError(
      `${at}.value`,
      `${at}.value has to be a date or a UTC time, like 2026-03-04 or 2026-03-04T15:00:00Z${options.readTime === undefined ? '' : ', or words such as "last week"'}, not ${JSON.stringify(value)}.`,
    );
  };
}

/**
 * A comparison with nothing: by `isNull`, or by a word for it. `undefined` for any other, and for words that a choice may be called.
 */
function compareAbsence(entry: WhereEntry, { path, field, at, time }: Place): Expression | undefined {
  const { name, operator } = operatorOf(entry, at);
  const absence = nullTest(name, operator, entry, at);
  const said = absenceSaid(entry.value);
  const isChoice = field.enum !== undefined || field.type === 'boolean';
  if (absence === undefined || (isChoice && said !== undefined && !saysNull(entry.value))) return undefined;
  const none = comparison(path, absence, null);
  // A text can hold the word itself: a customer called Null, a choice called None.
  const isWord = isPlainText(field) && time === undefined && said === 'absent';
  if (!isWord || (name !== 'eq' && name !== 'ne')) return none;
  return (name === 'eq' ? any : all)(none, comparison(path, operator, String(entry.value))) as Expression;
}

function compare(entry: WhereEntry, place: Place, options: CompileOptions): Expression {
  const { path, field, at, time } = place;
  const absence = compareAbsence(entry, place);
  if (absence !== undefined) return absence;
  const { name, operator } = operatorOf(entry, at);
  if (entry.value === undefined || entry.value === null)
    throw new WhereError(`${at}.value`, `${at}.value is missing; use op isNull for records without ${path}.`);
  if (field.enum !== undefined && isText(name)) {
    throw new WhereError(`${at}.op`, `${path} is an enumeration; compare it with eq or in: ${field.enum.join(', ')}.`);
  }
  const isList = operator === 'in' || operator === 'not in';
  const values = valuesOf(entry, operator);
  if (values.length === 0)
    throw new WhereError(`${at}.value`, `${at}.value is an empty list, which nothing can match.`);
  if (!isList && values.length > 1)
    throw new WhereError(`${at}.value`, `${at}.value has to be a single value for op ${name}.`);
  const join = operator === 'not in' ? all : any;
  const others = isList ? values.filter((value) => !saysNull(value)) : values;
  if (others.length < values.length) {
    const none = comparison(path, operator === 'in' ? '=' : '!=', null);
    const rest = { ...entry, value: others as string[] };
    return others.length === 0 ? none : (join(none, compare(rest, place, options)) as Expression);
  }
  if (time !== undefined && !isText(name)) {
    return join(...values.map(timeTerms(place, time, operator, options))) as Expression;
  }
  // A text operator takes its pattern as it is, also on numbers.
  const target: Field = isText(name) ? { type: 'string' } : field;
  const converted = values.map((value) => convert(value, target, `${at}.value`));
  if (!isList) return comparison(path, operator, converted[0] as PlainValue);
  if (place.takesLists) return comparison(path, operator, converted);
  const terms = converted.map((value) => comparison(path, operator === 'in' ? '=' : '!=', value));
  return join(...terms) as Expression;
}

/** A list of references, as the types of a company: by the name of one of them, or by its id. */
function compileItem(entry: WhereEntry, path: string, at: string, options: CompileOptions): Part {
  const { name, operator } = operatorOf(entry, at);
  if (nullTest(name, operator, entry, at) !== undefined)
    throw new WhereError(`${at}.op`, `${at}.op: ${path} is a list, and Manage cannot look for empty ones.`);
  return compileField(entry, `${path}/${meansIds(entry, operator) ? 'id' : 'name'}`, at, options);
}

/** Whether the reference at a path is called by something else than a name, which Manage would find nothing by: `product/name`. */
function lacksName(path: readonly string[], { api, schema }: CompileOptions): boolean {
  const found = resolvePath(api, schema, path);
  const called = found.kind === 'reference' ? namesOfReference(api, found.field.schema) : [];
  return called.length > 0 && !called.includes('name');
}

function compileField(entry: WhereEntry, path: string, at: string, options: CompileOptions): Part {
  const { api, schema } = options;
  const caption = captionIn(path);
  if (caption !== undefined) {
    const kept = customFieldKind(options.customFields?.get(caption.toLowerCase()), entry, { caption, at });
    const compared = compare(entry, { path: 'value', called: caption, at, takesLists: false, ...kept }, options);
    const value = kept.field.type === 'boolean' ? withEmptyAsNo(compared) : compared;
    return {
      parameter: 'customFieldConditions',
      expression: all(comparison('caption', '=', caption), value) as Expression,
    };
  }
  const found = resolvePath(api, schema, path.split('/'));
  switch (found.kind) {
    case 'customField':
      throw new WhereError(`${at}.field`, `${at}.field: name the custom field, like customFields/Contract number.`);
    case 'unknown': {
      if (found.lacking !== undefined)
        throw new WhereError(`${at}.field`, `${at}.field: ${JSON.stringify(path)} ${found.lacking}.`);
      const isCaption = found.closest.length === 0 || /\s/.test(path);
      const custom = isCaption && api.schema(schema)?.fields.has('customFields') === true;
      const near = found.closest.length > 0 ? ` Closest: ${found.closest.join(', ')}.` : '';
      throw new UnknownField(
        `${at}.field`,
        `${at}.field: ${schema} has no field ${JSON.stringify(path)}.${near}${custom ? ` A custom field is customFields/${path}.` : ''}`,
        found.closest,
      );
    }
    case 'array':
    case 'scalar': {
      const { field } = found;
      if (found.kind === 'array') checkList(entry, found, at, options.api);
      if (found.kind === 'array' && field.type === 'reference') return compileItem(entry, path, at, options);
      if (found.path.length > 1 && found.path.at(-1) === 'name') {
        const owner = found.path.slice(0, -1);
        if (lacksName(owner, options)) return compileField(entry, owner.join('/'), at, options);
        checkOrder(entry, owner.join('/'), at);
      }
      const takesLists = found.kind === 'scalar';
      const time = timeField(options, found.path, field);
      const expression = compare(entry, { path: found.path.join('/'), field, at, takesLists, time }, options);
      return { parameter: takesLists ? 'conditions' : 'childConditions', expression };
    }
    default: {
      const own = found.path.join('/');
      const { name, operator } = operatorOf(entry, at);
      const absence = nullTest(name, operator, entry, at);
      if (absence !== undefined) return { parameter: 'conditions', expression: comparison(own, absence, null) };
      checkOrder(entry, own, at);
      // A bare reference compared with a number means its id, with a text its name.
      if (meansIds(entry, operator)) return compileField(entry, `${path}/id`, at, options);
      // "Acme" is the identifier of "Acme Corporation"; a product or an invoice has an identifier alone.
      const [first = 'name', ...others] = found.kind === 'reference' ? namesOfReference(api, found.field.schema) : [];
      const named = [first, ...others].map((member) => compileField(entry, `${path}/${member}`, at, options));
      const join = isNegated(name) ? all : any;
      return { parameter: 'conditions', expression: join(...named.map(({ expression }) => expression)) as Expression };
    }
  }
}

const MEMBERS: readonly string[] = ['field', 'op', 'value', 'any', 'all'];

function compileEntry(given: WhereEntry, at: string, options: CompileOptions): Part[] {
  const entry = withOperators(withSpelling(given), at);
  const extra = Object.keys(entry).find((name) => !MEMBERS.includes(name));
  if (extra !== undefined)
    throw new WhereError(
      at,
      `${at} has no member ${extra}; an entry is {field, op, value} or {any: [...]}.`,
      closest(extra, MEMBERS, 1),
    );
  // {"name": "Acme"} would be read as a field called "Acme".
  if (given.field === undefined && entry.field !== undefined && entry.op === undefined && entry.value === undefined)
    throw new WhereError(
      at,
      `${at} has to be {field, op, value}, like {"field": "name", "op": "eq", "value": "Acme"}.`,
    );
  const kinds = [entry.field, entry.any, entry.all].filter((part) => part !== undefined);
  if (kinds.length !== 1) {
    throw new WhereError(at, `${at} needs exactly one of field, any, all.`);
  }
  if (entry.all !== undefined) return compileList(entry.all, `${at}.all`, options);
  if (entry.any === undefined) {
    try {
      return [compileField(entry, entry.field ?? '', at, options)];
    } catch (error) {
      if (error instanceof QueryValueError) throw new WhereError(`${at}.value`, `${at}.value: ${error.message}`);
      throw error;
    }
  }
  const choices = entry.any.map((choice, index) => compileEntry(choice, `${at}.any[${index}]`, options));
  const parameters = new Set(choices.flat().map(({ parameter }) => parameter));
  const [parameter] = parameters;
  if (parameter === undefined) throw new WhereError(at, `${at}.any is empty, which nothing can match.`);
  if (parameters.size > 1) {
    throw new WhereError(
      at,
      `${at}.any mixes fields that Manage filters in ${[...parameters].join(' and ')}, which it can only join with AND; ask for them one after the other.`,
    );
  }
  const terms = choices.map((parts) => all(...parts.map(({ expression }) => expression)));
  return [{ parameter, expression: any(...terms) as Expression }];
}

const compileList = (where: readonly WhereEntry[], at: string, options: CompileOptions): Part[] =>
  where.flatMap((entry, index) => compileEntry(entry, `${at}[${index}]`, options));

/**
 * Structured filters as the three condition parameters: fields looked up in the catalog, values converted to the field's type,
 * lists and custom fields sent where Manage filters them.
 * @throws {WhereError} for what is not there or cannot be expressed, with the place in the filter.
 */
export function compileWhere(where: readonly WhereEntry[], options: CompileOptions): Conditions {
  const parts = compileList(where, 'where', options);
  checkContradictions(where, options);
  const joined = (parameter: ConditionParameter): Expression | undefined =>
    all(...parts.filter((part) => part.parameter === parameter).map(({ expression }) => expression));
  return {
    conditions: joined('conditions'),
    childConditions: joined('childConditions'),
    customFieldConditions: joined('customFieldConditions'),
  };
}
