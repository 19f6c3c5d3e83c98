import { carriesOthers } from '../api/carriers.ts';
import type { ApiDescription, Operation } from '../api/index.ts';
import { rightOf } from '../api/rights.ts';
import { isRecord } from '../json.ts';
import { isReading } from '../manage/index.ts';
import type { ToolDefinition } from '../tool/index.ts';
import type { Caller, Scope } from './caller.ts';
import { toolNamedIn } from './calls/direct-call.ts';

/** Functions of the security role screen that set Manage up, instead of working with it. */
const SET_UP: ReadonlySet<string> = new Set([
  'System > Table Setup',
  'System > Member Maintenance',
  'System > Security Roles',
  'System > My Company',
  'System > Mass Maintenance',
  'Finance > Accounting Interface',
]);

/** The scope that an operation needs. Who may look at everything sees set-up tables too; who changes them needs `admin`. */
export function scopeOf(operation: Operation): Scope {
  if (isReading(operation)) return 'read';
  // Who may have others act in the name of any member.
  if (carriesOthers(operation)) return 'admin';
  return SET_UP.has(rightOf(operation)?.name ?? '') ? 'admin' : 'write';
}

/** The scope without which a tool can do nothing; what it sends may need more, and is checked when it is sent. */
export function scopeOfTool({ effect, uses }: Pick<ToolDefinition, 'effect' | 'uses'>, api: ApiDescription): Scope {
  if (effect === 'read') return 'read';
  const writes = uses.flatMap((use) => api.find(use) ?? []).filter((operation) => !isReading(operation));
  return writes.length > 0 && writes.every((operation) => scopeOf(operation) === 'admin') ? 'admin' : 'write';
}

/** The scope that a caller lacks for an operation, if one is lacking. */
export const scopeLacking =
  ({ scopes }: Pick<Caller, 'scopes'>) =>
  (operation: Operation): Scope | undefined => {
    const scope = scopeOf(operation);
    return scopes.has(scope) ? undefined : scope;
  };

interface Called {
  readonly api: ApiDescription;
  readonly known: readonly ToolDefinition[];
  readonly operations: readonly ToolDefinition[];
}

/**
 * The scope that a message of the protocol needs: that of the tool which it calls, or of the operation or tool which that one is to
 * run. Anything but a call of a tool only reads. `undefined` where it calls nothing that there is.
 */
export function scopeOfMessage(message: unknown, { api, known, operations }: Called): Scope | undefined {
  if (!isRecord(message) || message.method !== 'tools/call' || !isRecord(message.params)) return undefined;
  const { name, arguments: given } = message.params;
  const toolNamed = (called: unknown): ToolDefinition | undefined =>
    [...known, ...operations].find((tool) => tool.name === called);
  const tool = toolNamed(name);
  if (tool === undefined) return undefined;
  const inner = tool.effect === 'read' ? undefined : toolNamedIn(tool, given);
  if (inner === undefined) return scopeOfTool(tool, api);
  const direct = toolNamed(inner);
  if (direct !== undefined) return scopeOfTool(direct, api);
  const operation = api.find(String(isRecord(given) ? (given.operation ?? given.operationId) : ''));
  return operation === undefined || isReading(operation) ? scopeOfTool(tool, api) : scopeOf(operation);
}
