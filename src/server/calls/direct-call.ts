import { Buffer } from 'node:buffer';
import { isDeepStrictEqual } from 'node:util';
import { isRecord, type JsonObject } from '../../json.ts';
import { saysNothing } from '../../tool/arguments/nothing-given.ts';
import { type ToolDefinition, tooLarge } from '../../tool/index.ts';
import { toolNameMeant } from '../../tool/operations/tool-name.ts';
import { parseMessage } from '../message-json.ts';

/** The two tools that run any operation, and any direct tool by its name. */
const EXECUTORS: ReadonlySet<string> = new Set(['call_read_operation', 'call_write_operation']);

/** A call as it is carried out. */
export interface CarriedOut {
  readonly tool: ToolDefinition;
  readonly given: unknown;
}

/** The whole-API tools, which take the name of a tool in place of an operation. */
const TAKE_NAMES: ReadonlySet<string> = new Set([...EXECUTORS, 'describe_operation']);

/** The name of a tool in a call of a whole-API tool, if it is one; a name of an operation looks otherwise. */
export function toolNamedIn(tool: ToolDefinition, given: unknown): string | undefined {
  if (!TAKE_NAMES.has(tool.name) || !isRecord(given)) return undefined;
  return toolNameMeant(given.operation ?? given.operationId ?? given.name);
}

/** A call that is answered with why it cannot be carried out. */
export interface Refused {
  readonly refusal: string;
}

const WRITES = 'That tool writes; call_write_operation runs it, with the same arguments.';

/** An object that was sent as itself, alone in a list, or as JSON text; one without members where nothing was sent. */
async function objectOf(value: unknown): Promise<JsonObject | undefined> {
  if (isRecord(value)) return value;
  if (Array.isArray(value)) return value.length > 1 ? undefined : objectOf(value[0]);
  if (saysNothing('arguments', value)) return {};
  if (typeof value !== 'string') return undefined;
  try {
    const parsed = await parseMessage(Buffer.from(value));
    return typeof parsed === 'object' && tooLarge(parsed) === undefined ? await objectOf(parsed) : undefined;
  } catch {
    return undefined;
  }
}

/** Arguments of the writing executor that mean the same inside of `arguments`. */
const SWITCHES = ['confirm', 'dryRun', 'allowDuplicate'] as const;

const isOn = (value: unknown): boolean => value === true || String(value).toLowerCase() === 'true';

/** The first argument that two places give different values; what one of them leaves empty is in the other. */
const differing = (one: JsonObject, other: JsonObject): string | undefined =>
  Object.keys(other).find(
    (name) =>
      Object.hasOwn(one, name) &&
      !saysNothing(name, one[name]) &&
      !saysNothing(name, other[name]) &&
      !isDeepStrictEqual(one[name], other[name]),
  );

const without = (given: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));

const saidTwice = (name: string, { name: tool }: ToolDefinition): string =>
  `${name} of ${tool} stands in two places with different values. Send it once, in arguments.`;

/**
 * The arguments of a direct tool with those that stood beside its name. A switch that is on in either place is on: hosts send the
 * executor's own as `false` where nobody set it. A consent is nothing to a tool that never asks.
 */
function together(inner: JsonObject, beside: JsonObject, { input }: ToolDefinition): JsonObject {
  const given: JsonObject = { ...inner, ...beside };
  for (const name of SWITCHES) if (isOn(inner[name])) given[name] = inner[name];
  if ('confirm' in beside && !('confirm' in inner) && !('confirm' in input.shape)) delete given.confirm;
  return given;
}

/**
 * An executor's call that names a direct tool instead of an operation is a call of that tool, with the same reading of arguments,
 * consent and results as if it were listed. Its arguments are in `arguments`, or wherever a model put them.
 * @param reachable the tools that the operator's limits allow, listed or not
 * @returns the call itself where it names no direct tool; a refusal where the reading executor is asked for a tool that writes, and
 * for arguments that cannot be read: without them the tool would do something else
 */
export async function directCall(
  tool: ToolDefinition,
  given: unknown,
  reachable: ReadonlyMap<string, ToolDefinition>,
): Promise<CarriedOut | Refused> {
  if (!EXECUTORS.has(tool.name) || !isRecord(given)) return { tool, given };
  const { operation, operationId, path, query, body, arguments: own, ...rest } = given;
  const target = reachable.get(toolNameMeant(operation ?? operationId));
  if (target === undefined || EXECUTORS.has(target.name)) return { tool, given };
  if (tool.name === 'call_read_operation' && target.effect !== 'read') return { refusal: WRITES };
  const merged: JsonObject = {};
  for (const [name, value] of Object.entries({ path, query, body, arguments: own })) {
    // Some tools have a `query` of their own, which is a text.
    const members = (await objectOf(value)) ?? (name in target.input.shape ? { [name]: value } : undefined);
    if (members === undefined)
      return { refusal: `${name} of ${target.name} has to be JSON of one object, like {"name": "value"}.` };
    const twice = differing(merged, members);
    if (twice !== undefined) return { refusal: saidTwice(twice, target) };
    Object.assign(merged, members);
  }
  const twice = differing(merged, without(rest, SWITCHES));
  if (twice !== undefined) return { refusal: saidTwice(twice, target) };
  return { tool: target, given: together(merged, rest, target) };
}
