import type { ApiDescription } from '../api/index.ts';
import type { ToolDefinition } from '../tool/index.ts';

/** The most tools that are named. */
const MOST = 12;

/**
 * The tools that call what a catalog does not have, a line each: they are there all the same, because most of what they do may
 * work, and say so when they come to it.
 */
export function toolsWithout(tools: readonly ToolDefinition[], api: ApiDescription): string[] {
  const lines = tools.flatMap(({ name, uses }) => {
    const absent = uses.filter((operation) => !operation.includes('*') && api.find(operation) === undefined);
    return absent.length === 0
      ? []
      : [`  ${name}: ${absent.slice(0, 3).join(', ')}${absent.length > 3 ? ` and ${absent.length - 3} more` : ''}`];
  });
  return lines.length === 0
    ? []
    : [
        `Tools that need what is not in it (${lines.length}):`,
        ...lines.slice(0, MOST),
        ...(lines.length > MOST ? [`  and ${lines.length - MOST} more`] : []),
      ];
}
