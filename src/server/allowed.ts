import { carriesOthers } from '../api/carriers.ts';
import type { ApiDescription, Operation } from '../api/index.ts';
import { matching, NothingSelected, operationsSelected } from '../api/patterns.ts';
import type { FoundOperation, Search } from '../api/search/search-operations.ts';
import type { LimitSettings } from '../config/limits.ts';
import { isReading } from '../manage/index.ts';
import type { Kind } from '../names/kind.ts';
import { cleanLine } from '../text/index.ts';
import { ruleOf } from '../tool/arguments/rules.ts';
import { TOOLSETS, type ToolDefinition } from '../tool/define-tool.ts';
import type { Scope } from './caller.ts';
import { scopeOfTool } from './scopes.ts';

/** What `CWM_ALLOW` and `CWM_DENY` leave. */
export interface Allowed {
  /** Whether a tool may be listed and run. */
  tool(tool: ToolDefinition): boolean;
  /** Whether the operator names a tool by its own name: then it is listed, whatever the toolsets say. */
  lists(tool: ToolDefinition): boolean;
  /** Whether an operation may be called by its name: by the whole-API tools, or as a tool of its own. */
  operation(operation: Operation): boolean;
  /** Whether a request to an operation may be sent at all: for a tool, or for what the server looks up by itself. */
  request(operation: Operation): boolean;
}

const EVERYTHING: Allowed = { tool: () => true, lists: () => false, operation: () => true, request: () => true };

/** Text of people outside would come in what carries other requests, and not be known as theirs. */
const NO_CARRIERS: Allowed = {
  ...EVERYTHING,
  operation: (called) => !carriesOthers(called),
  request: (sent) => !carriesOthers(sent),
};

/** What some entries name, taken apart. */
interface Named {
  readonly toolsets: ReadonlySet<string>;
  readonly tools: ReadonlySet<string>;
  /** Operations that the patterns select, of the version that is described. */
  readonly operations: readonly Operation[];
  /** Whether a pattern selects an operation, of any version. */
  selects(operation: Operation): boolean;
}

export interface AllowedParts {
  readonly api: ApiDescription;
  /** Every direct tool, and the whole-API ones. */
  readonly tools: readonly ToolDefinition[];
  /** How names are looked up, by kind. */
  readonly kinds: Readonly<Record<string, Pick<Kind, 'list' | 'info'>>>;
}

const isOperationTool = ({ toolset, uses: [use = '*'] }: ToolDefinition): boolean =>
  toolset === 'api' && !use.endsWith('*') && use.includes('/');

/** @throws {NothingSelected} for an entry that is no tool, no toolset and no pattern of operations */
function named(entries: readonly string[], setting: string, { api, tools }: AllowedParts): Named {
  const toolsets = new Set<string>();
  const names = new Set<string>();
  const operations: Operation[] = [];
  const patterns: ((operation: Operation) => boolean)[] = [];
  const words = [...TOOLSETS, ...tools.map(({ name }) => name)];
  for (const entry of entries) {
    const word = entry.toLowerCase();
    if ((TOOLSETS as readonly string[]).includes(word)) toolsets.add(word);
    else if (tools.some(({ name }) => name === word)) names.add(word);
    else {
      operations.push(...operationsSelected(api, entry, { setting, words }));
      patterns.push(matching(entry));
    }
  }
  return { toolsets, tools: names, operations, selects: (one) => patterns.some((pattern) => pattern(one)) };
}

/**
 * Reads `CWM_ALLOW` and `CWM_DENY`. What is allowed is everything, or what `CWM_ALLOW` names, without what `CWM_DENY` names. An
 * allowed tool brings the operations that it uses and the look-ups of names, an allowed pattern the tools that need nothing else (the
 * names that they take included; what only dresses their answers is left out) and the whole-API tools, which reach no other operation then.
 * @throws {NothingSelected} for an entry that selects nothing
 */
export function allowedBy(
  { allow, deny, lockdown }: Pick<LimitSettings, 'allow' | 'deny' | 'lockdown'>,
  parts: AllowedParts,
): Allowed {
  if (allow === undefined && deny.length === 0) return lockdown ? NO_CARRIERS : EVERYTHING;
  const { api, tools, kinds } = parts;
  const wanted = allow && named(allow, 'CWM_ALLOW', parts);
  const refused = named(deny, 'CWM_DENY', parts);
  const isNamed = ({ name, toolset, core }: ToolDefinition, by: Named): boolean =>
    by.tools.has(name) || by.toolsets.has(toolset) || (core === true && by.toolsets.has('core'));
  const usedBy = ({ uses }: ToolDefinition): Operation[] => uses.flatMap((use) => api.find(use) ?? []);
  const neededBy = ({ uses, dressing = [] }: ToolDefinition): Operation[] =>
    uses.filter((use) => !dressing.includes(use)).flatMap((use) => api.find(use) ?? []);
  const isWhole = (one: ToolDefinition): boolean => one.toolset === 'api' && !isOperationTool(one);

  /** Without patterns, an executor that is allowed by name reaches all that it can do. */
  const byExecutor = (operation: Operation): boolean => {
    if (wanted === undefined || wanted.operations.length > 0) return false;
    const name = isReading(operation) ? 'call_read_operation' : 'call_write_operation';
    return tools.some((tool) => tool.name === name && isNamed(tool, wanted));
  };
  /** A toolset that is denied stands for its module: nobody calls what it has by name. Tools of others still read what they need. */
  const isOfRefused = ({ path }: Operation): boolean => refused.toolsets.has(path.split('/')[1]?.toLowerCase() ?? '');
  const isRefused = (called: Operation): boolean => refused.selects(called) || isOfRefused(called);
  const operation = (called: Operation): boolean =>
    !carriesOthers(called) &&
    !isRefused(called) &&
    (wanted === undefined || wanted.selects(called) || byExecutor(called));

  const servesPatterns = ({ name }: ToolDefinition, { operations }: Named): boolean =>
    operations.length > 0 &&
    (name === 'call_read_operation' ? operations.some(isReading) : true) &&
    (name === 'call_write_operation' ? operations.some((one) => !isReading(one)) : true);
  const isWanted = (tool: ToolDefinition): boolean => {
    if (wanted === undefined || isNamed(tool, wanted)) return true;
    if (isWhole(tool)) return servesPatterns(tool, wanted);
    const names = Object.values(tool.input.shape).flatMap((argument) => {
      const rule = ruleOf(argument);
      return rule?.reads === 'name' ? (api.find(kinds[rule.kind]?.list ?? '') ?? []) : [];
    });
    const used = [...neededBy(tool), ...names];
    return used.length > 0 && used.every((one) => wanted.selects(one));
  };
  const tool = (one: ToolDefinition): boolean => {
    if (isNamed(one, refused)) return false;
    const [first] = usedBy(one);
    if (isOperationTool(one)) return first !== undefined && (operation(first) || (isWanted(one) && !isRefused(first)));
    // Without the operation that it is there for, a tool can do nothing.
    return isWanted(one) && (first === undefined || !refused.selects(first));
  };

  // Who names operations means these and no others; a tool that is named would be of no use without names.
  const looksUp = wanted !== undefined && wanted.tools.size + wanted.toolsets.size > 0;
  const lookups = looksUp ? Object.values(kinds).flatMap(({ list, info }) => [list, info ?? list]) : [];
  const ofServer = ['GET /system/info', ...lookups].flatMap((name) => api.find(name) ?? []);
  // What a tool is listed for by patterns is within them; what dresses it may not be.
  const ofTools = tools.filter((one) => tool(one) && (wanted === undefined || isNamed(one, wanted)));
  const served = new Set([...ofServer, ...ofTools.flatMap(usedBy)].map(({ id }) => id));
  const request = (sent: Operation): boolean =>
    !carriesOthers(sent) && !refused.selects(sent) && (wanted === undefined || served.has(sent.id) || operation(sent));
  return { tool, lists: (one) => wanted?.tools.has(one.name) === true && tool(one), operation, request };
}

/** @throws {NothingSelected} where the limits leave none of the tools that were chosen */
export function withinLimits(tools: readonly ToolDefinition[], allowed: Allowed): readonly ToolDefinition[] {
  const left = tools.filter(allowed.tool);
  if (left.length > 0) return left;
  throw new NothingSelected(
    'CWM_ALLOW and CWM_DENY leave no tool of those that CWM_TOOLSETS and CWM_OPERATIONS choose.',
  );
}

/** More than anybody reads: what is not allowed is taken out of the best. */
const BEST = 200;

/** A search that finds allowed operations only. */
export const searchWithin =
  (search: Search, { operation }: Allowed): Search =>
  async (question, options = {}): Promise<FoundOperation[]> => {
    const { limit } = options;
    const best = await search(question, { ...options, limit: BEST });
    const found = best.filter((one) => operation(one.operation));
    return found.slice(0, limit ?? found.length);
  };

/** What keeps tools from a client. */
export interface Limits {
  readonly readOnly: boolean;
  readonly allowed: Pick<Allowed, 'tool'>;
  /** What the caller may do. */
  readonly scopes: ReadonlySet<Scope>;
  readonly api: ApiDescription;
}

/**
 * Why a tool that exists cannot be called here, so that nobody takes its name for a slip; `undefined` for a name of no tool.
 * @param name of a tool that is neither listed nor run by name
 * @param tools every one that the product has
 */
export function whyWithheld(
  name: string,
  tools: readonly ToolDefinition[],
  { readOnly, allowed, scopes, api }: Limits,
): string | undefined {
  const tool = tools.find((one) => one.name === name);
  if (tool === undefined) return undefined;
  const called = cleanLine(name);
  if (readOnly && tool.effect !== 'read')
    return `${called} writes, and the server is in read-only mode (CWM_READ_ONLY); nothing was sent.`;
  const scope = scopeOfTool(tool, api);
  if (!scopes.has(scope))
    return `${called} needs the scope ${scope}, which this sign-in does not have; nothing was sent.`;
  if (!allowed.tool(tool)) return `The operator's limits (CWM_ALLOW, CWM_DENY) do not allow ${called}.`;
  return `${called} is not in the toolsets that this server offers (CWM_TOOLSETS).`;
}
