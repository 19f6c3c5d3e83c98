import { isRecord, type JsonObject } from '../../json.ts';
import type { ToolDefinition } from '../../tool/index.ts';

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
  return spelled(given.operation ?? given.operationId ?? given.name);
}

const spelled = (name: unknown): string => String(name).trim().toLowerCase().replaceAll('-', '_');

/** An object that was sent as itself or as JSON text. */
function objectOf(value: unknown): JsonObject {
  if (isRecord(value)) return value;
  if (typeof value !== 'string' || !value.trim().startsWith('{')) return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** Arguments of the writing executor that mean the same inside of `arguments`. */
const SWITCHES = ['confirm', 'dryRun', 'allowDuplicate'] as const;

const isOn = (value: unknown): boolean => value === true || String(value).toLowerCase() === 'true';

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
 * @returns the call itself where it names no direct tool; `undefined` where the reading executor is asked for a tool that writes
 */
export function directCall(
  tool: ToolDefinition,
  given: unknown,
  reachable: ReadonlyMap<string, ToolDefinition>,
): CarriedOut | undefined {
  if (!EXECUTORS.has(tool.name) || !isRecord(given)) return { tool, given };
  const { operation, operationId, path, query, body, arguments: own, ...rest } = given;
  const target = reachable.get(spelled(operation ?? operationId));
  if (target === undefined || EXECUTORS.has(target.name)) return { tool, given };
  if (tool.name === 'call_read_operation' && target.effect !== 'read') return undefined;
  return {
    tool: target,
    given: together({ ...objectOf(path), ...objectOf(query), ...objectOf(body), ...objectOf(own) }, rest, target),
  };
}
