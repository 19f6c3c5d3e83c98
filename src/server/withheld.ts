import { cleanLine } from '../text/index.ts';
import type { ToolDefinition } from '../tool/index.ts';
import type { Allowed } from './allowed.ts';

/** What keeps tools from a client. */
export interface Limits {
  readonly readOnly: boolean;
  readonly allowed: Pick<Allowed, 'tool'>;
}

/**
 * Why a tool that exists cannot be called here, so that nobody takes its name for a slip; `undefined` for a name of no tool.
 * @param name of a tool that is neither listed nor run by name
 * @param tools every one that the product has
 */
export function whyWithheld(
  name: string,
  tools: readonly ToolDefinition[],
  { readOnly, allowed }: Limits,
): string | undefined {
  const tool = tools.find((one) => one.name === name);
  if (tool === undefined) return undefined;
  const called = cleanLine(name);
  if (readOnly && tool.effect !== 'read')
    return `${called} writes, and the server is in read-only mode (CWM_READ_ONLY); nothing was sent.`;
  if (!allowed.tool(tool)) return `The operator's limits (CWM_ALLOW, CWM_DENY) do not allow ${called}.`;
  return `${called} is not in the toolsets that this server offers (CWM_TOOLSETS).`;
}
