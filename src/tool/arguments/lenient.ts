import { z } from 'zod';
import { lengthIn } from '../../clock/index.ts';
import { isRecord, isTooDeep } from '../../json.ts';
import { isSigned } from '../../names/index.ts';
import { currencySaid, numberSaid, type SaidNumber } from '../../query/index.ts';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import { periodIn } from './aliases.ts';
import { type Units, unitsSaid } from './balance.ts';
import { tooLarge } from './check-size.ts';
import { type Rule, ruleOf } from './rules.ts';

type Json = Readonly<Record<string, unknown>>;

type NumberRule = Extract<Rule, { reads: 'number' }>;
type Counts = NumberRule['counts'] | undefined;

const MINUTES_AN_HOUR = 60;
const SWITCH = /^(true|false|yes|no|y|n|on|off)$/i;

/** A number of a record as people write it: `#4711`, `ticket 4711`, `SR#4711`, `Ticket No. 4711`. */
const NUMBERED = /^(?:[a-z][a-z ]*?)? ?(?:no\.?|nr\.?|number|id)? ?[#:]? ?(\d+)$/i;
/** What stands beside a number of things. */
const ITEMS = /^(?:x\s*)?(\S+?)\s*(?:x|×|pcs?\.?|pieces?|units?|ea\.?|each|items?|seats?|licen[cs]es?|users?)$/i;
/** Longer texts are not taken for a number. */
const LONGEST_NUMBER = 60;

/** What an argument takes of a reference: its id as a number, or as a text, in which a name is held to what stands beside it. */
type Wanted = 'number' | 'text' | 'name';

/** A scalar that came in a list of one, or as the reference that Manage's own records hold. */
function unwrapped(value: unknown, wanted: Wanted): unknown {
  if (Array.isArray(value)) return value.length === 1 ? unwrapped(value[0], wanted) : value;
  if (!isRecord(value)) return value;
  const { id, identifier, name } = value;
  if (wanted === 'number') return id ?? value;
  const called = name ?? identifier;
  // As we list candidates, so that an id and a name of two records are told apart.
  if (wanted === 'name' && id !== undefined && typeof called === 'string') return `${String(id)}: ${called}`;
  return id ?? identifier ?? name ?? value;
}

const wantedBy = (schema: Json, fragment: unknown): Wanted => {
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  return ruleOf(fragment)?.reads === 'name' ? 'name' : 'text';
};

function numberRule(fragment: unknown): NumberRule | undefined {
  const rule = ruleOf(fragment);
  return rule?.reads === 'number' ? rule : undefined;
}

/** What a number counts by the rule of its schema. */
export const countsOf = (fragment: unknown): Counts => numberRule(fragment)?.counts;

/** A schema without `optional`, `default` and the like. */
function bare(fragment: unknown): unknown {
  const { unwrap } = (fragment ?? {}) as { unwrap?: () => unknown };
  return fragment instanceof z.ZodArray || typeof unwrap !== 'function' ? fragment : bare(unwrap.call(fragment));
}

function elementOf(fragment: unknown): unknown {
  const list = bare(fragment);
  return list instanceof z.ZodArray ? list.element : undefined;
}

function memberOf(fragment: unknown, name: string): unknown {
  const object = bare(fragment);
  return object instanceof z.ZodObject ? object.shape[name] : undefined;
}

/** The number in a text of what an argument counts: `40 hours`, `5 seats`, `$1,250.00`. */
function counted(text: string, counts: Counts): SaidNumber | undefined {
  if (counts === 'hours') {
    const minutes = lengthIn(text, undefined);
    if (minutes !== undefined) return { value: minutes / MINUTES_AN_HOUR };
  }
  if (counts !== 'money' && currencySaid(text) !== undefined) return undefined;
  return numberSaid(counts === 'items' ? (ITEMS.exec(text)?.[1] ?? text) : text);
}

/** An amount that was written with its currency or unit. */
export interface Amount {
  /** Where it stands: `amount`, `lines[0].unitCost`. */
  readonly argument: string;
  readonly given: string;
  /** What it counts where that is no money. */
  readonly units: Units | undefined;
}

/** The amounts in an argument that were written with a currency, or with what a balance counts: `€50`, `80 USD`, `3 hours`. */
export function amountsIn(argument: string, value: unknown, fragment: unknown): readonly Amount[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => amountsIn(`${argument}[${index}]`, item, elementOf(fragment)));
  if (isRecord(value))
    return Object.entries(value).flatMap(([name, member]) =>
      amountsIn(`${argument}.${name}`, member, memberOf(fragment, name)),
    );
  if (typeof value !== 'string' || countsOf(fragment) !== 'money') return [];
  const units = numberRule(fragment)?.orUnits === true ? unitsSaid(value)?.units : undefined;
  const isAmount = units !== undefined || currencySaid(value) !== undefined;
  return isAmount ? [{ argument, given: value.trim(), units }] : [];
}

/** A number with a word for what it counts: `30 miles`, `2 weeks`. */
const WITH_UNIT = /^([+-]?[\d.,]+)\s*([a-z]+)\.?$/i;
/** Days that a unit of the calendar always has. */
const DAYS: Readonly<Record<string, number>> = { d: 1, day: 1, week: 7 };
const ROWS = /^(?:rows?|results?|records?|items?|entr(?:y|ies)|lines?|tickets?)$/i;
const OWN_UNITS = {
  money: say`an amount of money`,
  items: say`a number of pieces`,
  hours: say`a number of hours`,
  rows: say`a number of rows`,
  days: say`a number of days`,
} as const;

/**
 * The number beside a unit that is the argument's own: `7 days` of `staleDays`, `10 rows` of `limit`. `undefined` where there is none.
 * @throws {ToolInputError} for another unit: as the same number it would be silently something else
 */
function inOwnUnit(argument: string, text: string, counts: Counts): SaidNumber | undefined {
  const [, digits = '', unit = ''] = WITH_UNIT.exec(text) ?? [];
  if (unit === '' || counts === undefined || counts === 'id') return undefined;
  const own = counts === 'rows' && /days$/i.test(argument) ? 'days' : counts;
  const days = own === 'days' ? DAYS[unit.toLowerCase().replace(/(?<=.)s$/, '')] : undefined;
  const said = numberSaid(digits);
  if (days !== undefined && said !== undefined && 'value' in said) return { value: said.value * days };
  if (own === 'rows' && ROWS.test(unit)) return said;
  throw new ToolInputError(
    argument,
    say`${cleanLine(argument)} has to be ${OWN_UNITS[own]}, not "${cleanLine(text)}".`,
  );
}

const CENTS = 100;

/** @throws {ToolInputError} for less than what the argument's rule allows */
function checkLeast(argument: string, value: number, least: NumberRule['least']): void {
  if (least === undefined || value > 0 || (least === 'none' && value === 0)) return;
  const allowed = least === 'some' ? say`has to be more than 0` : say`has to be at least 0`;
  throw new ToolInputError(argument, say`${cleanLine(argument)} ${allowed}, not ${value}.`);
}

function numeric(argument: string, value: unknown, how: { type: unknown; rule: NumberRule | undefined }): unknown {
  const { type, rule } = how;
  const counts = rule?.counts;
  const isId = argument.endsWith('Id') || counts === 'id';
  if (typeof value === 'number' && value <= 0 && argument.endsWith('Id'))
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)} ${value} is not an id; ids are numbers from 1, like 4711.`,
    );
  if (typeof value === 'number') checkLeast(argument, value, rule?.least);
  if (typeof value === 'number' && rule?.inCents === true && Math.abs(value * CENTS - Math.round(value * CENTS)) > 1e-6)
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)} ${value} has parts of a cent. Send at most two decimals.`,
    );
  if (typeof value !== 'string' || value.length > LONGEST_NUMBER) return value;
  const text = value.trim().replace(/\s+/g, ' ');
  const units = rule?.orUnits === true ? unitsSaid(text) : undefined;
  if (units !== undefined) return units.value;
  const numbered = isId ? NUMBERED.exec(text) : /^#(-?\d+)$/.exec(text);
  if (numbered !== null) return numeric(argument, Number(numbered[1]), how);
  const isTorn = isId && type === 'integer' && /[^\d.-]/.test(text);
  const said = isTorn ? undefined : (counted(text, counts) ?? inOwnUnit(argument, text, counts));
  if (said === undefined) return value;
  if ('value' in said) return numeric(argument, said.value, how);
  throw new ToolInputError(
    argument,
    say`${cleanLine(argument)} "${cleanLine(text)}" can be read as ${said.either[0]} or ${said.either[1]}. Send the one you mean.`,
  );
}

/**
 * Turns what was sent into the type that is meant, where there is only one meaning; anything else stays for the schema to refuse.
 * @param fragment the argument's own schema, whose rules say what a number counts
 */
export function lenient(argument: string, sent: unknown, schema: Json, fragment?: unknown): unknown {
  const isScalar = schema.type === 'number' || schema.type === 'integer' || schema.type === 'string';
  const value = isScalar ? unwrapped(sent, wantedBy(schema, fragment)) : sent;
  switch (schema.type) {
    case 'number':
    case 'integer':
      return numeric(argument, value, { type: schema.type, rule: numberRule(fragment) });
    case 'boolean':
      if (typeof value === 'string' && SWITCH.test(value.trim())) return /^(true|yes|y|on)$/i.test(value.trim());
      return value;
    case 'string':
      if (isRecord(value) && ruleOf(fragment)?.reads === 'period') return periodIn(value, argument) ?? value;
      if (Array.isArray(schema.enum) && typeof value === 'string') {
        const known = schema.enum.filter((choice): choice is string => typeof choice === 'string');
        // "!open" is anything but open.
        if (isSigned(value)) return value;
        return known.find((choice) => bareName(choice) === bareName(value)) ?? otherForm(known, value) ?? value;
      }
      return typeof value === 'number' || (typeof value === 'boolean' && mayBeSwitch(schema, fragment))
        ? String(value)
        : value;
    case 'array': {
      const list = typeof value === 'string' ? (parsed(value, '[') ?? value) : value;
      if (ruleOf(fragment)?.reads === 'fields') return eachField([list].flat());
      const items = Array.isArray(list) ? list : inOneText(list, (schema.items ?? {}) as Json);
      // The rule of a list of names is that of the list.
      const element = ruleOf(fragment)?.reads === 'name' ? bare(fragment) : elementOf(fragment);
      return items.map((item) => lenient(argument, item, (schema.items ?? {}) as Json, element));
    }
    case 'object':
      return withMembers(
        typeof value === 'string' ? (parsed(value, '{') ?? asOnlyRequired(value, schema)) : value,
        schema,
        fragment,
      );
    default:
      return value;
  }
}

/**
 * Whether a switch is a value of a text that is read as something else, which knows what it means. In a text that people read it is
 * none: a note "true", a reason "false".
 */
function mayBeSwitch(schema: Json, fragment: unknown): boolean {
  const reads = ruleOf(fragment)?.reads;
  return schema.enum === undefined && reads !== undefined && reads !== 'prose';
}

/** An object whose numbers and switches are read as those of an argument: `{product: "DOCK", quantity: "3"}`. */
function withMembers(value: unknown, { properties }: Json, fragment: unknown): unknown {
  if (!isRecord(value) || !isRecord(properties)) return value;
  const members = Object.entries(value).map(([name, member]) => {
    const schema = properties[name];
    const isPlain = isRecord(schema) && /^(number|integer|boolean)$/.test(String(schema.type));
    return [name, isPlain ? lenient(name, member, schema, memberOf(fragment, name)) : member] as const;
  });
  return Object.fromEntries(members);
}

/** Choices and numbers in one text, "contact, cc" or "#507 and 508". A list of names stays whole: names may hold commas themselves. */
function inOneText(value: unknown, items: Json): readonly unknown[] {
  const isPlain = Array.isArray(items.enum) || items.type === 'integer' || items.type === 'number';
  if (typeof value !== 'string' || !isPlain) return [value];
  const parts = value.split(/[,;]|\band\b/i).map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

/** Fields that stand in one text, "total, balance" or "board; priority", are several. */
const eachField = (list: readonly unknown[]): readonly unknown[] =>
  list.flatMap((item) => (typeof item === 'string' ? item.split(/[,;]/).flatMap((part) => part.trim() || []) : [item]));

/** A text in place of an object is the one text that such an object has to have: `"5185550123"` is `{value: "5185550123"}`. */
function asOnlyRequired(text: string, { required, properties }: Json): unknown {
  const [only, other] = Array.isArray(required) ? (required as string[]) : [];
  if (only === undefined || other !== undefined || text.trim() === '') return text;
  const { type } = (properties as Record<string, Json> | undefined)?.[only] ?? {};
  return type === 'string' ? { [only]: text } : text;
}

/** What is left of a word without the ending of a plural or of a past tense. */
const stems = (word: string): string[] => [
  word,
  ...['s', 'es', 'd', 'ed'].filter((ending) => word.endsWith(ending)).map((ending) => word.slice(0, -ending.length)),
  ...(word.endsWith('ies') ? [`${word.slice(0, -3)}y`] : []),
];

/** `priority` means `priorities`, `tickets` `Ticket` and `approved` `approve`, where that is the one choice that it can be. */
function otherForm(known: readonly string[], value: string): string | undefined {
  const said = bareName(value);
  const fitting = known.filter((choice) => {
    const own = bareName(choice);
    return own.length > 2 && said.length > 2 && (stems(said).includes(own) || stems(own).includes(said));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** JSON that was sent as a text, if it begins so, and has neither more levels nor more values than anybody means. */
export function parsed(text: string, first: '{' | '['): unknown {
  if (!text.trim().startsWith(first)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isTooDeep(value) || tooLarge(value) !== undefined ? undefined : value;
  } catch {
    return undefined;
  }
}

/** A name as it compares: in any letter case, with or without blanks, `_` and `-`, because models write all of these. */
export const bareName = (name: string): string => name.toLowerCase().replace(/[_\-\s]/g, '');
