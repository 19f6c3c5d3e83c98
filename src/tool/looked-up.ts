import type { z } from 'zod';
import { UnknownName } from '../names/index.ts';
import { type NarrowInput, QuerySyntaxError, QueryValueError, WhereError } from '../query/index.ts';
import { type NameWithin, ruleOf } from './arguments/rules.ts';
import type { ToolContext } from './context.ts';
import type { ToolDefinition } from './define-tool.ts';
import { narrowed } from './results/narrowed.ts';

type Values = Readonly<Record<string, unknown>>;

/** Kinds of records that are somewhere or nowhere: whose they have to be does not matter for that. */
const ANYWHERE: ReadonlySet<string> = new Set(['contact', 'member', 'configuration', 'project', 'sla']);
/** What stands for no record of its own. */
const NO_NAME = /^(all|any|every|everyone|everybody|anyone|anybody|\*|me|nobody|no ?one|none|unassigned)$/i;

/** Looks for the names that a tool looks up by itself. Fails for those that nothing at all is called by. */
function nowhere(input: z.ZodObject, read: Values, { names, signal }: ToolContext): Promise<unknown>[] {
  return Object.entries(read).flatMap(([argument, value]) => {
    const rule = ruleOf(input.shape[argument]);
    const { given } = (value ?? {}) as Partial<NameWithin>;
    if (rule?.reads !== 'name' || !rule.later || !ANYWHERE.has(rule.kind) || given === undefined) return [];
    if (NO_NAME.test(given.trim())) return [];
    const looking = names.resolve(rule.kind, given, { argument, inactive: rule.inactive, signal });
    return [
      looking.catch((error: unknown) => {
        // Several of them: the tool knows which one is within what.
        if (error instanceof UnknownName) throw error;
      }),
    ];
  });
}

/** Reads the filters of a list. Fails for what the caller wrote into them. */
async function filters({ uses }: ToolDefinition, read: Values, context: ToolContext): Promise<unknown> {
  const { where, conditions } = read as NarrowInput;
  const list = uses.find((operation) => operation.startsWith('GET /'));
  const schema = list === undefined || list.includes('{') ? undefined : context.api.find(list)?.response.schema;
  if (schema === undefined || !(where === undefined || Array.isArray(where))) return undefined;
  return narrowed(context, {}, { where, conditions }, schema).catch((error: unknown) => {
    if ([WhereError, QueryValueError, QuerySyntaxError, UnknownName].some((kind) => error instanceof kind)) throw error;
  });
}

/**
 * Look-ups of a tool for a call of which arguments are refused: what fails of them is said with the rest. What the tool says itself
 * of that, or else the names that it looks up when it runs, and the filters of a search.
 * @param read the arguments that could be read
 * @param refused names of the others
 */
export function lookedUp(
  tool: ToolDefinition,
  read: Values,
  { context, refused }: { readonly context: ToolContext; readonly refused: ReadonlySet<string> },
): readonly (Promise<unknown> | undefined)[] {
  const own = tool.looksUp?.(read as never, context, refused);
  return own ?? [...nowhere(tool.input, read, context), filters(tool, read, context)];
}
