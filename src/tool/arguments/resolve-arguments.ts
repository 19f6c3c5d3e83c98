import type { DateTime } from 'luxon';
import type { z } from 'zod';
import { ClockError, type Day, readDay, readDays, readLength, readMoment, readPeriod } from '../../clock/index.ts';
import { type Named, type NameKind, type NameScope, nameOf, UnknownName } from '../../names/index.ts';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import { inputJsonSchema } from '../surface/json-schema.ts';
import { checkWebsite, phoneIn } from './addresses.ts';
import { namesWithoutValue, valuesOf } from './entries.ts';
import { asksForWhatIsOver } from './over.ts';
import { type NameWithin, type Rule, ruleOf } from './rules.ts';
import { isRefusal, reasonsIn, refusal } from './together.ts';
import type { Understood } from './understood.ts';
import type { Refusals } from './unread.ts';

export interface Resolving {
  readonly understood: Understood;
  /** What could not be read of the call at all. */
  readonly unread: Refusals;
  now(): Promise<DateTime<true>>;
  readonly signal: AbortSignal;
  /**
   * What else the tool would look up, for a call of which arguments are refused: all that is wrong is said at once.
   * @param read the arguments that could be read
   * @param refused names of the others
   */
  alsoLookedUp(read: Values, refused: ReadonlySet<string>): Promise<readonly (Promise<unknown> | undefined)[]>;
}

const EVERY = /^(all|any|every|everyone|everybody|anyone|anybody|\*)( (of them|boards|companies|customers|members))?$/i;

/** What people send for a field that is to be empty. */
const EMPTIED =
  /^(none|nothing|never|clear|cleared|remove|delete|empty|nobody|no ?one|unassigned|null|undefined|n\/?a|-+)$/i;
/** The same in a text of its own, in which some of those words can be meant: a job may be called "Clear". */
const EMPTY_TEXT = /^(none|nothing|null|undefined|n\/?a|-+)$/i;

/** Whether the tool's `clear` takes an argument. */
function isClearable(input: z.ZodObject, argument: string): boolean {
  if (!('clear' in input.shape)) return false;
  const properties = inputJsonSchema(input).properties as { clear?: { items?: { enum?: unknown[] } } } | undefined;
  return properties?.clear?.items?.enum?.includes(argument) ?? false;
}

/** What programs and models write into a text that people read when they have nothing to say. */
const NOTHING_TO_READ = /^\W*(?:none|nil|n\/?a|true|false)\W*$|^\s*-+\s*$/i;

/** @throws {ToolInputError} for a note that says nothing: "N/A" */
function checkSaysSomething(input: z.ZodObject, argument: string, value: unknown): void {
  if (typeof value !== 'string' || !NOTHING_TO_READ.test(value)) return;
  const emptied = isClearable(input, argument) ? say` clear: ["${cleanLine(argument)}"] empties it.` : say``;
  throw new ToolInputError(
    argument,
    say`${cleanLine(argument)} "${cleanLine(value)}" says nothing: leave it out if there is none.${emptied}`,
  );
}

const SWITCH = /^\s*(yes|true|no|false)\s*$/i;

/** Which scope a record of these kinds gives to the names within it. */
const SCOPES: Readonly<Record<string, keyof NameScope>> = {
  company: 'companyId',
  board: 'boardId',
  project: 'projectId',
};

/** Whether a value asks for its argument to be emptied; in prose every word is one. */
function asksToEmpty(value: unknown, rule: Rule | undefined): boolean {
  if (rule?.reads === 'prose' || rule?.reads === 'verbatim') return false;
  return (
    typeof value === 'string' &&
    (rule === undefined || rule.reads === 'fields' ? EMPTY_TEXT : EMPTIED).test(value.trim())
  );
}

/** What the tool gets as the schema read it. */
const isRead = (rule: Rule): rule is Extract<Rule, { reads: 'verbatim' | 'prose' | 'number' | 'fields' }> =>
  ['verbatim', 'prose', 'number', 'fields'].includes(rule.reads);

type NameRule = Extract<Rule, { reads: 'name' }>;
type Values = Readonly<Record<string, unknown>>;

/**
 * The arguments of a call as a tool gets them: names become records, phrases of time become moments, days, periods and minutes, by
 * the rules that the fragments gave to the schema. What does not depend on another argument is looked up side by side.
 * @throws {UnknownName} {AmbiguousName} {ClockError} for what cannot be read, {ToolInputError} for what could not be read before;
 * {SeveralRefused} for more than one argument
 */
export async function resolveArguments(input: z.ZodObject, values: Values, resolving: Resolving): Promise<Values> {
  const { errors, refused } = resolving.unread;
  const begun = new Map<string, Promise<unknown>>();
  const rules = new Map(Object.entries(input.shape).map(([argument, schema]) => [argument, ruleOf(schema)]));

  const read = (argument: string): Promise<unknown> => {
    const known = begun.get(argument);
    if (known !== undefined) return known;
    // A contact is not looked for at all customers because the company that was named has a slip in it.
    if (refused.has(argument)) throw refused.get(argument);
    const value = values[argument];
    if (asksToEmpty(value, rules.get(argument)) && isClearable(input, argument))
      throw new ToolInputError(
        argument,
        say`${cleanLine(argument)} is emptied with clear: ["${cleanLine(argument)}"].`,
      );
    if (rules.get(argument)?.reads === 'prose') checkSaysSomething(input, argument, value);
    const reading = readOne(argument, value, rules.get(argument), { ...resolving, values, sibling: read, rules });
    begun.set(argument, reading);
    return reading;
  };

  const given = Object.keys(values);
  // One that fails at once must not leave the others without anybody who hears how they end.
  const results = await Promise.allSettled(given.map(async (argument) => read(argument)));
  const resolved = Object.fromEntries(
    results.flatMap((result, index) => (result.status === 'fulfilled' ? [[given[index], result.value]] : [])),
  );
  const reasons = reasonsIn(results);
  if (reasons.length + errors.length === 0) return resolved;
  const unresolved = new Set([...refused.keys(), ...given.filter((argument) => !(argument in resolved))]);
  const rest = await resolving.alsoLookedUp(resolved, unresolved).catch(() => []);
  const others = reasonsIn(await Promise.allSettled(rest));
  // That the rest could not be looked up, because Manage fails for example, matters only once the arguments are right.
  const first = errors.length > 0 ? [...errors, ...reasons.filter(isRefusal)] : reasons;
  throw refusal([...first, ...others.filter(isRefusal)]);
}

interface Reading extends Resolving {
  readonly values: Values;
  sibling(argument: string): Promise<unknown>;
  readonly rules: ReadonlyMap<string, Rule | undefined>;
}

async function readOne(argument: string, value: unknown, rule: Rule | undefined, reading: Reading): Promise<unknown> {
  if (value === undefined || rule === undefined || isRead(rule)) return value;
  if (rule.reads === 'values') {
    for (const name of namesWithoutValue(value, rule.key)) reading.understood.withoutValue(argument, name);
    return valuesOf(argument, value, rule.key);
  }
  if (rule.reads === 'name') return readName(argument, value, rule, reading);
  const text = String(value);
  if (rule.reads === 'phone') return phoneIn(text, argument);
  if (rule.reads === 'website') {
    checkWebsite(text, argument);
    return text;
  }
  if (rule.reads === 'length') return readLength(text, { argument, unit: rule.unit, most: rule.most });
  if (rule.reads === 'period' && rule.orSwitch && SWITCH.test(text)) return /yes|true/i.test(text);
  const now = await reading.now();
  if (rule.reads === 'moment')
    return readMoment(text, { now, argument, direction: rule.direction, dayMeans: rule.dayMeans });
  if (rule.reads === 'day') {
    const options = { now, argument, direction: rule.direction, only: rule.only };
    const said = async (): Promise<Day | undefined> =>
      rule.after === undefined ? undefined : ((await reading.sibling(rule.after)) as Day | undefined);
    const first = await said().catch((error: unknown) => refusedAnyway(error, async () => readDay(text, options)));
    return readDay(text, { ...options, notBefore: first?.at });
  }
  const direction = rule.direction === 'ahead' && asksForWhatIsOver(reading.values) ? 'past' : rule.direction;
  const period = (rule.days ? readDays : readPeriod)(text, { now, argument, direction });
  reading.understood.period(argument, period);
  return period;
}

async function readName(argument: string, value: unknown, rule: NameRule, reading: Reading): Promise<unknown> {
  const { signal, understood } = reading;
  const { names } = understood;
  const { kind, inactive } = rule;
  const asked = { argument, inactive, signal, others: otherNames(argument, reading.rules) };
  if (rule.later) {
    // What is looked up beside other arguments is not looked up again where it is used.
    const found = new Map<string, Promise<Named>>();
    const within = (scope: NameScope): Promise<Named> => {
      const key = JSON.stringify(scope);
      const known = found.get(key) ?? names.resolve(kind, String(value), { ...asked, ...scope });
      found.set(key, known);
      return known;
    };
    return { given: String(value), within } satisfies NameWithin;
  }
  if (rule.filter && EVERY.test(String(value).trim())) return undefined;
  const scope = await scopeOf(rule, reading).catch((error: unknown) =>
    refusedAnyway(error, () => names.resolve(kind, String(value), asked)),
  );
  const byDefault = rule.orDefault ? await defaultContactOf(rule, reading) : undefined;
  if (rule.many) return names.resolveAll(kind, value as string[], { ...asked, ...scope });
  return names.resolve(kind, String(value), { ...asked, ...scope, byDefault });
}

/** The tool's other arguments that take a name. */
const otherNames = (argument: string, rules: Reading['rules']): { argument: string; kind: NameKind }[] =>
  [...rules].flatMap(([other, rule]) =>
    other !== argument && rule?.reads === 'name' ? [{ argument: other, kind: rule.kind }] : [],
  );

/** Who is taken where a contact is left out: the default contact of the company. */
async function defaultContactOf({ of }: NameRule, { sibling }: Reading): Promise<string | undefined> {
  const company = of === undefined ? undefined : ((await sibling(of)) as Named | undefined);
  return nameOf(company?.record.defaultContact);
}

/**
 * An argument that hangs on one that is refused: it fails for that, unless it is wrong by itself.
 * @throws why it is wrong, else the other's error
 */
async function refusedAnyway(error: unknown, alone: () => Promise<unknown>): Promise<never> {
  const own = isRefusal(error) ? await alone().catch((reason: unknown) => reason) : undefined;
  throw own instanceof UnknownName || (own instanceof ClockError && own.code === 'unreadable') ? own : error;
}

/** The record of the argument that this one is `of`, as a scope. */
async function scopeOf({ of }: NameRule, { sibling, rules }: Reading): Promise<NameScope> {
  if (of === undefined) return {};
  const parent = (await sibling(of)) as Named | undefined;
  const rule = rules.get(of);
  const scope = rule?.reads === 'name' ? SCOPES[rule.kind] : undefined;
  return parent === undefined || scope === undefined ? {} : { [scope]: parent.id };
}
