import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { ToolDefinition } from '../define-tool.ts';
import { valuesOf } from './entries.ts';
import { ruleOf } from './rules.ts';

/** Arguments that say how to go about a change, in every tool that has them. */
const MANNER = /^(dryRun|confirm|allow[A-Z].*)$/;

const saysSomething = (argument: string, value: unknown, schema: z.ZodType): boolean => {
  if (value === undefined) return false;
  const rule = ruleOf(schema);
  return rule?.reads !== 'values' || valuesOf(argument, value, rule.key) !== undefined;
};

/** Whether an argument says of which record: the first one, or the one that is called as what the tool saves. */
function isHandle(argument: string, { name, input }: Pick<ToolDefinition, 'name' | 'input'>): boolean {
  const [first] = Object.keys(input.shape);
  return argument === first || argument.replace(/Id$/, '') === name.split('_').at(-1);
}

/**
 * The arguments of a call that say what is to be: those that may be left out, and say neither of which record nor how to go about
 * it. What `clear` empties stands for itself.
 */
export function askedIn(
  tool: Pick<ToolDefinition, 'name' | 'input'>,
  given: Readonly<Record<string, unknown>>,
): string[] {
  return Object.entries(tool.input.shape).flatMap(([argument, schema]) => {
    if (isHandle(argument, tool)) return [];
    const left = (schema as z.ZodType).safeParse(undefined);
    const value = given[argument];
    if (
      !left.success ||
      isDeepStrictEqual(left.data, value) ||
      MANNER.test(argument) ||
      !saysSomething(argument, value, schema as z.ZodType)
    )
      return [];
    return argument === 'clear' && Array.isArray(value) ? value.map(String) : [argument];
  });
}
