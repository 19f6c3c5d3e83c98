import type { ApiDescription } from '../api/index.ts';
import { rightsOf } from '../api/rights.ts';
import type { ToolDefinition } from '../tool/index.ts';

/**
 * About how many o200k tokens a text of JSON has. The product ships no tokenizer (its tables alone are larger than the whole bundle):
 * words are counted as they are cut by the real one, long ones twice; a test holds the estimate to what it counts.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(/[A-Z]?[a-z]+|[A-Z]+|\d{1,3}|[^\sA-Za-z\d]+/g))
    tokens += Math.ceil(piece.length / (/[a-z]/i.test(piece) ? 9 : 4));
  return tokens;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/**
 * A line a tool: toolset, name, effect, about how many tokens its entry in the list costs, and the rights that the caller's
 * security role needs for all that it can do; then the sums by toolset.
 */
export function toolLines(
  tools: readonly ToolDefinition[],
  api: ApiDescription,
  entryOf: (tool: ToolDefinition) => unknown,
): string {
  const costs = new Map(tools.map((tool) => [tool, estimateTokens(JSON.stringify(entryOf(tool)))]));
  const rows = tools.map((tool) => [
    tool.core === true ? `core, ${tool.toolset}` : tool.toolset,
    tool.name,
    tool.uses.includes('*') ? 'write' : tool.effect,
    `~${costs.get(tool)}`,
    tool.uses.some((name) => name.includes('*'))
      ? 'what the operation needs'
      : rightsOf(api, tool.uses).join('; ') || 'none',
  ]);
  const sum = (name: string, chosen: readonly ToolDefinition[]): string[] => [
    name,
    `${chosen.length} tools`,
    `~${chosen.reduce((total, tool) => total + (costs.get(tool) ?? 0), 0)} tokens`,
  ];
  const toolsets = [...new Set(tools.map(({ toolset }) => toolset))];
  return [
    ...aligned([['toolset', 'tool', 'effect', 'tokens', 'security right'], ...rows]),
    '',
    ...aligned([
      sum(
        'core (default)',
        tools.filter(({ core }) => core === true),
      ),
      ...toolsets.map((name) =>
        sum(
          name,
          tools.filter(({ toolset }) => toolset === name),
        ),
      ),
      sum('all', tools),
    ]),
  ].join('\n');
}

/** The most tools that are named. */
const MOST = 12;

/**
 * The tools that call operations which a description does not have, a line each. They are offered all the same, because most of
 * what they do may work; they say so when they reach what does not.
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
        `Tools that lose a part or all of what they do, because it lacks operations (${lines.length}):`,
        ...lines.slice(0, MOST),
        ...(lines.length > MOST ? [`  and ${lines.length - MOST} more`] : []),
      ];
}
