import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { closest } from '../../api/closest.ts';
import { isRecord, isTooDeep } from '../../json.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import { inputJsonSchema } from '../surface/json-schema.ts';
import { type Alias, type Aliases, argumentOf } from './aliases.ts';
import { checkLength } from './check-length.ts';
import { entriesFor, namesCustomFields } from './entries.ts';
import { isAddedByHost } from './host-arguments.ts';
import { type Amount, amountsIn, bareName, countsOf, lenient, parsed } from './lenient.ts';
import { isMissing, isZero, saysNothing, withoutNothing } from './nothing-given.ts';
import { refused } from './refused.ts';
import { ruleOf, verbatimRule } from './rules.ts';
import { meantBy } from './synonyms.ts';
import { type Refusals, Unread } from './unread.ts';

type Json = Record<string, unknown>;

/** What the API gets, as it was sent, as JSON text, or as the query of an address. */
function verbatim(sent: unknown, { isQuery }: { readonly isQuery: boolean }): unknown {
  if (typeof sent !== 'string') return sent;
  const json = parsed(sent, '{') ?? parsed(sent, '[');
  if (json !== undefined || !isQuery || !/^\??[A-Za-z]+=/.test(sent.trim())) return json ?? sent;
  const pairs = [...new URLSearchParams(sent.trim())];
  const query = Object.fromEntries(pairs);
  // A parameter that comes twice has no one value.
  return Object.keys(query).length === pairs.length ? query : sent;
}

const schemas = new WeakMap<z.ZodObject, Json>();

function propertiesOf(input: z.ZodObject): Record<string, Json> {
  const schema = schemas.get(input) ?? inputJsonSchema(input);
  schemas.set(input, schema);
  return (schema.properties ?? {}) as Record<string, Json>;
}

/**
 * What a name leads to: an argument, in another spelling too, or one of the tool's aliases. An alias of an argument's own name
 * converts how its value is said.
 */
function aliasNamed(name: string, known: readonly string[], aliases: Aliases): Alias | undefined {
  const spelt = known.find((argument) => argument === name) ?? known.find((one) => bareName(one) === bareName(name));
  if (spelt !== undefined) return aliases[spelt] ?? spelt;
  return Object.entries(aliases).find(([alias]) => bareName(alias) === bareName(name))?.[1];
}

interface ReadingOptions {
  /** Says where an argument is that this tool does not have. */
  readonly elsewhere?: (name: string) => Clean | undefined;
  /** Gets what the answer has to say about how an argument was read. */
  readonly remark?: (text: Clean) => void;
  /** Gets every amount that came with its currency. */
  readonly amount?: (amount: Amount) => void;
}

/** Whether a value is 0 where none can be meant: nobody asks for no rows, and no record has that id. */
function isNoCount(fragment: unknown, value: unknown): boolean {
  const counts = countsOf(fragment);
  return (counts === 'rows' || counts === 'id') && isZero(value);
}

/** Whether nothing came for what goes to the API as it is: an object without members is one. */
const withoutText = (sent: unknown): boolean =>
  sent === null || sent === undefined || (typeof sent === 'string' && sent.trim() === '');

/** Whether a text stands for one that is not there. What `clear` empties is asked about later. */
function isNoText(
  argument: string,
  fragment: unknown,
  { value, clears }: { value: unknown; clears: unknown },
): boolean {
  if (!isMissing(value)) return false;
  const reads = ruleOf(fragment)?.reads;
  return reads === 'prose' || (reads === undefined && !JSON.stringify(clears ?? '').includes(`"${argument}"`));
}

/** What of a call could be read, and what could not. */
export interface ReadArguments extends Refusals {
  readonly values: Json;
}

/**
 * A tool's input from what a client sent. Slips whose meaning is certain are taken: a number as a text, a single value for a
 * list, `ticket_id` for `ticketId`, `minutes: 45` for `hours`. An unknown argument, and a value that does not fit, is refused with
 * the closest real one; all others are read all the same, so that everything that is wrong with a call can be said at once.
 * @throws {ToolInputError} for what are no arguments at all
 */
export function readArguments(
  input: z.ZodObject,
  given: unknown,
  aliases: Aliases = {},
  { elsewhere, remark, amount }: ReadingOptions = {},
): ReadArguments {
  if (given !== undefined && !isRecord(given))
    throw new ToolInputError('arguments', say`The arguments have to be one object.`);
  if (isTooDeep(given)) throw new ToolInputError('arguments', say`The arguments are nested too deep.`);
  const properties = propertiesOf(input);
  const known = Object.keys(input.shape);
  const read: Json = {};
  const unread = new Unread();
  const unknown: string[] = [];
  /** The name under which each argument came. */
  const cameAs = new Map<string, string>();
  const inside: { readonly name: string; readonly into: string; readonly member: string; readonly value: unknown }[] =
    [];
  const readOne = (name: string, sent: unknown, alias: Alias): void => {
    const argument = argumentOf(alias) ?? name;
    const fragment = input.shape[argument];
    const asSent = verbatimRule(fragment);
    const isNothing = (value: unknown): boolean =>
      (saysNothing(argument, value) && !namesCustomFields(fragment, value)) ||
      isNoCount(fragment, value) ||
      isNoText(argument, fragment, { value, clears: properties.clear });
    if (countsOf(fragment) === 'rows' && isZero(sent)) remark?.(say`${cleanLine(name)}: 0 was read as not given.`);
    if (asSent ? withoutText(sent) : isNothing(sent) && (saysNothing(name, sent) || name === argument)) return;
    if (typeof alias !== 'string' && 'instead' in alias)
      throw new ToolInputError(name, say`There is no argument ${cleanLine(name)}. ${cleanLine(alias.instead)}`);
    if (typeof alias !== 'string' && 'into' in alias) {
      inside.push({ name, into: alias.into, member: alias.member, value: sent });
      return;
    }
    checkLength(argument, fragment, sent);
    const said = typeof alias === 'string' ? sent : alias.as(sent, given ?? {}, name);
    if (!asSent && isNothing(said)) return;
    const meant =
      entriesFor(argument, fragment, said) ??
      meantBy(fragment, said) ??
      lenient(argument, said, properties[argument] ?? {}, fragment);
    for (const one of amountsIn(argument, said, fragment)) {
      amount?.(one);
      // Hours and incidents are told with the amount.
      if (one.units !== undefined) continue;
      const read = typeof meant === 'number' ? say` as ${meant}` : say``;
      remark?.(
        say`${cleanLine(one.argument)}: ${cleanLine(one.given)} was read${read}, in the currency of the record.`,
      );
    }
    const value = asSent ? verbatim(said, asSent) : withoutNothing(meant);
    // Two names for one argument may both be given while they say the same.
    if (cameAs.has(argument) && !isDeepStrictEqual(read[argument], value)) {
      const other = cameAs.get(argument) === argument ? name : (cameAs.get(argument) ?? name);
      throw new ToolInputError(other, sameArgument(other, argument));
    }
    cameAs.set(argument, name);
    read[argument] = value;
  };
  for (const [name, sent] of Object.entries(given ?? {})) {
    const alias = aliasNamed(name, known, aliases);
    if (alias !== undefined) unread.unless(argumentOf(alias) ?? name, () => readOne(name, sent, alias));
    else if (!isAddedByHost(name, sent)) unknown.push(name);
  }
  for (const { name, into, member, value } of inside)
    unread.unless(into, () => {
      const whole = isRecord(read[into]) ? read[into] : {};
      if (whole[member] !== undefined && !isDeepStrictEqual(whole[member], value))
        throw new ToolInputError(name, sameArgument(name, `${into}.${member}`));
      read[into] = { ...whole, [member]: value };
    });
  for (const name of unknown) {
    const near = nearest(name, known, aliases);
    // Who misspelt an argument has not forgotten it.
    unread.add(
      near === undefined || near in read ? name : near,
      unknownArgument(name, near, { known: name === unknown.at(-1) ? known : [], place: elsewhere?.(name) }),
    );
  }
  unread.unless('clear', () => checkCleared(read));
  return parsedBy(input, { read, unread, properties });
}

/** The arguments that a schema takes, each for itself where it does not take all of them. */
function parsedBy(
  input: z.ZodObject,
  { read, unread, properties }: { read: Json; unread: Unread; properties: Record<string, Json> },
): ReadArguments {
  for (const argument of unread.refused.keys()) delete read[argument];
  const result = input.safeParse(read);
  if (result.success) return { values: result.data, ...unread.ended() };
  const issues = result.error.issues.filter(({ path: [first] }) => !unread.refused.has(String(first)));
  for (const error of refused(issues, properties, read)) unread.add(error.argument.split(/[.[]/)[0] ?? '', error);
  const values: Json = {};
  for (const [argument, schema] of Object.entries(input.shape)) {
    const one = (schema as z.ZodType).safeParse(read[argument]);
    if (one.success && one.data !== undefined && !unread.refused.has(argument)) values[argument] = one.data;
  }
  return { values, ...unread.ended() };
}

/** A field cannot be emptied and set in one call. @throws {ToolInputError} with the argument that is both */
function checkCleared(read: Json): void {
  const both = [read.clear].flat().find((member) => typeof member === 'string' && read[member] !== undefined);
  if (both !== undefined)
    throw new ToolInputError(String(both), say`${cleanLine(both)} is both set and cleared; send one of the two.`);
}

const sameArgument = (name: string, argument: string): Clean =>
  say`${cleanLine(name)} and ${cleanLine(argument)} are the same argument; send ${cleanLine(argument)} only.`;

const ID = /_?id$/i;

/** Whether two arguments take ids of different records: the number of a ticket is none of an entry, however alike the names look. */
const isOtherId = (name: string, other: string): boolean =>
  ID.test(name) && ID.test(other) && closest(name.replace(ID, ''), [other.replace(ID, '')], 1).length === 0;

/** The argument that a name is a slip of. */
function nearest(name: string, known: readonly string[], aliases: Aliases): string | undefined {
  const [word] = closest(name, [...known, ...Object.keys(aliases)], 1);
  const alias = word === undefined ? undefined : aliases[word];
  const meant = alias === undefined ? word : argumentOf(alias);
  return meant === undefined || isOtherId(name, meant) ? undefined : meant;
}

/** @param more the arguments that there are, and where this one is */
function unknownArgument(
  name: string,
  near: string | undefined,
  { known, place }: { known: readonly string[]; place: Clean | undefined },
): ToolInputError {
  const there = place === undefined ? say`` : say` ${place}`;
  const hint = near === undefined ? there : say`${there} Did you mean ${cleanLine(near)}?`;
  return new ToolInputError(name, say`There is no argument ${cleanLine(name)}.${hint}`, { allowed: known });
}
