import type { ApiDescription } from '../api/index.ts';
import { rightsOf } from '../api/rights.ts';
import type { ToolDefinition } from '../tool/index.ts';
import { estimateTokens } from './token-estimate.ts';

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
