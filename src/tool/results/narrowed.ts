import type { DateTime } from 'luxon';
import type { Schemas } from '../../api/index.ts';
import {
  ClockError,
  type Direction,
  echoMoment,
  onItsDay,
  readDays,
  readMoment,
  readPeriod,
} from '../../clock/index.ts';
import { type Conditions, type NarrowInput, narrow, type TimePlace, type TimeSpan } from '../../query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import { customFieldsInWhere } from './where-custom-fields.ts';
import { namesInWhere } from './where-names.ts';

/** Fields whose times mostly lie ahead: "Friday" is the coming one. */
const AHEAD = /due|required|deadline|expected|estimated|schedul|end|expir|cancel|renew|next/i;
const PASSED = /^(time|actual)|entered|sent/i;

/** Which side of today a day without a year or a week is on, by the name of its field. */
export function directionOf(path: string): Direction {
  const member = path.split('/').at(-1) ?? '';
  return AHEAD.test(member) && !PASSED.test(member) ? 'ahead' : 'past';
}

const AGO = /^\s*(an?|one|\d+) (week|month|quarter|year)s? ago\s*$/i;

/** "6 months ago" as that day: a period in itself is the whole month, but nobody means that by "older than" it. */
function asDayAgo(text: string, now: DateTime): string {
  const [, count, unit] = AGO.exec(text) ?? [];
  if (unit === undefined) return text;
  const length = { [`${unit.toLowerCase()}s`]: /\d/.test(count ?? '') ? Number(count) : 1 };
  return now.minus(length).toISODate() ?? text;
}

export interface Narrowed {
  readonly query: Conditions;
  /** How words of time in `where` were read, with dates and zone; nothing where there were none. */
  readonly understood: Clean | undefined;
}

/**
 * A tool's own filters joined with the caller's `where` and `conditions`. Days begin where the person is, and words such as "last
 * week" are read as in any other argument. Names in `where` are looked up where the context has `names`, the types of custom
 * fields where it has `manage`.
 * @param schema of the records that are listed
 * @throws {QuerySyntaxError}, {WhereError}, {UnknownName} or {AmbiguousName} for what the caller wrote
 */
export async function narrowed(
  {
    api,
    zone,
    now,
    names,
    manage,
    signal,
  }: Pick<ToolContext, 'zone' | 'now'> &
    Partial<Pick<ToolContext, 'names' | 'manage' | 'signal'>> & { readonly api: Schemas },
  own: Conditions,
  input: NarrowInput,
  schema: string,
): Promise<Narrowed> {
  if (input.where === undefined && input.conditions === undefined) return { query: own, understood: undefined };
  const [local, present] = await Promise.all([zone(), now()]);
  const read: Clean[] = [];
  const readTime = (text: string, { path, kind, isBound }: TimePlace): TimeSpan | undefined => {
    const said = isBound ? asDayAgo(text, present) : text;
    const options = { now: present, argument: 'where', direction: directionOf(path) };
    const told = (echo: string): void => {
      read.push(say`${cleanLine(path)} ${cleanLine(said)}: ${cleanLine(echo)}`);
    };
    let why: ClockError | undefined;
    try {
      const period = (kind === 'day' ? readDays : readPeriod)(said, options);
      told(period.echo);
      return period;
    } catch (error) {
      if (!(error instanceof ClockError)) throw error;
      why = error;
    }
    try {
      const { at, echo } = readMoment(said, options);
      const moment = kind === 'day' ? onItsDay(at, said, options) : at;
      told(echo);
      return { start: moment, end: moment };
    } catch (error) {
      if (!(error instanceof ClockError)) throw error;
      // What is no time at all is told by the field that it was for.
      if (why.code === 'unreadable' && error.code === 'unreadable') return undefined;
      throw why.code === 'unreadable' ? error : why;
    }
  };
  const isInUtc = (text: string, at: DateTime): void => {
    const here = at.setZone(local);
    if (here.offset !== 0)
      read.push(say`conditions: [${cleanLine(text)}] is UTC, here ${cleanLine(echoMoment(here, present))}`);
  };
  const { where: named, says } =
    names === undefined ? { ...input, says: [] } : await namesInWhere({ api, names }, input.where, schema);
  const ofSetup =
    named && manage && signal ? await customFieldsInWhere(named, schema, { api, manage, signal }) : undefined;
  const { where = named, types: customFields } = ofSetup ?? {};
  const query = narrow(own, { ...input, where }, { api, schema, zone: local, readTime, isInUtc, customFields });
  read.push(...says);
  return { query, understood: read.length === 0 ? undefined : joined([...new Set(read)], '; ') };
}
