import { DateTime } from 'luxon';
import { resolvePath } from '../api/fields.ts';
import type { Field, Schemas } from '../api/index.ts';
import { meaningOfPath } from '../api/meanings.ts';
import type { Comparison, Expression, Literal, Operator } from './ast.ts';
import { all, any, field } from './build.ts';
import { instantOf } from './dates.ts';
import { WhereError } from './errors.ts';

/** What somebody said of time: half-open; `start` and `end` are the same for a single moment. In the zone of the person. */
export interface TimeSpan {
  readonly start: DateTime;
  readonly end: DateTime;
}

/** A field that a time is compared with. */
export interface TimePlace {
  readonly path: string;
  readonly kind: TimeField['kind'];
  /** Whether the time is a bound, not the whole of what is meant. */
  readonly isBound: boolean;
}

export interface TimeOptions {
  /** IANA zone in which days begin; UTC when it is not given. */
  readonly zone?: string;
  /**
   * Reads words such as "last week" that a field is compared with; `undefined` for anything that is not a time. Without it only ISO
   * dates and times are understood. Gets the field and what kind of time it holds. Of a bound (`lt`, `gte`) it is said: "before 6
   * months ago" means that day, not its whole month.
   */
  readonly readTime?: (said: string, place: TimePlace) => TimeSpan | undefined;
  /** Gets each time of a raw query that says no zone, which Manage takes for UTC. */
  readonly isInUtc?: (text: string, at: DateTime) => void;
}

export interface TimeField {
  readonly kind: 'day' | 'moment';
  /** A moment that means a calendar date when it stands at midnight UTC. */
  readonly dayAtMidnight: boolean;
}

/** Whether a field holds a calendar date or a moment; `undefined` for neither. Texts such as `closedDate` count by their meaning. */
export function timeField(
  { api, schema }: { api: Schemas; schema: string },
  path: readonly string[],
  { type, format }: Field,
): TimeField | undefined {
  const meaning = meaningOfPath(api, schema, path);
  const kind = meaning?.time ?? (type === 'datetime' ? 'moment' : undefined);
  return kind && { kind, dayAtMidnight: meaning?.dayAtMidnight === true || format === 'dayAtMidnight' };
}

/** Midnight UTC of a moment's own calendar date: how Manage keeps a date. */
const asDate = (moment: DateTime): DateTime => moment.startOf('day').setZone('utc', { keepLocalTime: true });

/**
 * One comparison of a date-only field with a calendar date.
 * @param day its date in its own zone counts, never the instant
 */
export const onDay = (path: string, operator: Operator, day: DateTime): Comparison =>
  field(path, operator, asDate(day));

const DATE_ONLY = /^(\d{4}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}\/\d{4})$/;
const HAS_OFFSET = /(Z|[+-]\d{2}:?\d{2})$/i;

/**
 * Whether a UTC time stands for its date in a date-only field: midnight, as Manage writes it, and the last minute of a day, as
 * ranges end. In no zone is it meant to be the next date.
 */
const meansItsDate = (utc: DateTime): boolean =>
  utc.equals(utc.startOf('day')) || (utc.hour === 23 && utc.minute === 59);

const at = (instant: number, zone: string): TimeSpan => {
  const moment = DateTime.fromMillis(instant, { zone });
  return { start: moment, end: moment };
};

/**
 * A value of a filter as a span: a date is the whole day in the zone, a time a moment, and words what `readTime` makes of them.
 * Midnight UTC is the date that Manage writes for a date-only field.
 * @param place the field that is compared, what kind of time it holds, and whether it is a bound
 */
export function readSpan(text: string, place: TimePlace, options: TimeOptions): TimeSpan | undefined {
  const { kind } = place;
  const { zone = 'utc', readTime } = options;
  const instant = instantOf(text);
  if (instant === undefined) return readTime?.(text, place);
  const utc = DateTime.fromMillis(instant, { zone: 'utc' });
  if (DATE_ONLY.test(text) || (kind === 'day' && meansItsDate(utc))) {
    const start = utc.startOf('day').setZone(zone, { keepLocalTime: true });
    return { start, end: start.plus({ days: 1 }) };
  }
  if (HAS_OFFSET.test(text)) return at(instant, zone);
  return at(utc.setZone(zone, { keepLocalTime: true }).toMillis(), zone);
}

/** From a moment on. Where midnight UTC means a date, that of the day which begins there belongs to it. */
function from(path: string, moment: DateTime, { dayAtMidnight }: TimeField): Expression {
  const later = field(path, '>=', moment);
  const isEarlier = dayAtMidnight && moment.equals(moment.startOf('day')) && asDate(moment) < moment;
  return isEarlier ? (any(later, onDay(path, '=', moment)) as Expression) : later;
}

/** Before a moment, without the date of the day that begins there. */
function before(path: string, moment: DateTime, { dayAtMidnight }: TimeField): Expression {
  const earlier = field(path, '<', moment);
  const isInside = dayAtMidnight && moment.equals(moment.startOf('day')) && asDate(moment) < moment;
  return isInside ? (all(earlier, onDay(path, '!=', moment)) as Expression) : earlier;
}

function compareDays(path: string, operator: Operator, { start, end }: TimeSpan): Expression | undefined {
  const last = end > start ? end.minus(1) : start;
  const isOneDay = asDate(start).equals(asDate(last));
  switch (operator) {
    case '=':
      return isOneDay ? onDay(path, '=', start) : all(onDay(path, '>=', start), onDay(path, '<=', last));
    case '!=':
      return isOneDay ? onDay(path, '!=', start) : any(onDay(path, '<', start), onDay(path, '>', last));
    case '<':
    case '>=':
      return onDay(path, operator, start);
    case '<=':
    case '>':
      return onDay(path, operator, last);
    default:
      return undefined;
  }
}

function compareMoments(path: string, operator: Operator, span: TimeSpan, known: TimeField): Expression | undefined {
  const { start, end } = span;
  if (end <= start) return field(path, operator, start);
  switch (operator) {
    case '=':
      return all(from(path, start, known), before(path, end, known));
    case '!=':
      return any(before(path, start, known), from(path, end, known));
    case '<':
      return before(path, start, known);
    case '<=':
      return before(path, end, known);
    case '>':
      return from(path, end, known);
    case '>=':
      return from(path, start, known);
    default:
      return undefined;
  }
}

/**
 * A comparison with what somebody said of time: `<=` a day includes the day, `>` a week begins after it, `=` means within it.
 * Date-only fields compare calendar dates, whatever the zone.
 * @returns `undefined` for operators that do not compare times
 */
export const compareTime = (
  path: string,
  operator: Operator,
  span: TimeSpan,
  known: TimeField,
): Expression | undefined =>
  known.kind === 'day' ? compareDays(path, operator, span) : compareMoments(path, operator, span, known);

/**
 * Records whose date or moment is in a period (`start` belongs to it, `end` does not). What kind of field it is comes from the
 * table of meanings, so that "closing on 30 November" finds the deals of that date in every zone.
 * @throws {WhereError} for a schema or field that the description does not have: read as a moment, a date would be another one
 */
export function within(path: string, span: TimeSpan, options: { api: Schemas; schema: string }): Expression {
  const { api, schema } = options;
  const segments = path.split('/');
  const found = resolvePath(api, schema, segments);
  const known = found.kind === 'scalar' ? timeField(options, segments, found.field) : undefined;
  const term = known && compareTime(path, '=', span, known);
  if (term !== undefined) return term;
  throw new WhereError(path, `${schema} has no date or time ${path} in this version of the API.`);
}

function calendarLiteral(literal: Literal, known: TimeField, { zone = 'utc', isInUtc }: TimeOptions): Literal {
  if (literal.kind !== 'datetime' && literal.kind !== 'string') return literal;
  const instant = instantOf(literal.value);
  if (instant === undefined) return literal;
  const utc = DateTime.fromMillis(instant, { zone: 'utc' });
  if (known.kind === 'moment' && !HAS_OFFSET.test(literal.value)) isInUtc?.(literal.value, utc);
  const wanted = known.kind === 'moment' || meansItsDate(utc) ? utc : asDate(utc.setZone(zone));
  return { kind: 'datetime', value: wanted.toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'") };
}

/**
 * A raw query in which date-only fields are compared with calendar dates: a moment becomes the date that it has in the zone.
 * Dates in quotes become times in brackets, which Manage wants.
 */
export function withCalendarDates(
  expression: Expression,
  options: TimeOptions & { readonly api: Schemas; readonly schema: string },
): Expression {
  if (expression.kind !== 'comparison') {
    return { ...expression, terms: expression.terms.map((term) => withCalendarDates(term, options)) };
  }
  const known = timeField(options, expression.path, { type: 'string' });
  if (known === undefined) return expression;
  const { value } = expression;
  const convert = (literal: Literal): Literal => calendarLiteral(literal, known, options);
  return {
    ...expression,
    value: value.kind === 'list' ? { kind: 'list', values: value.values.map(convert) } : convert(value),
  };
}
