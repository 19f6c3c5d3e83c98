import type { ToolDefinition } from '../tool/index.ts';

/** Characters of JSON a token, on average, for schemas like ours. */
const CHARACTERS_PER_TOKEN = 4.3;

/** A line a tool: toolset, name, effect, about how many tokens its entry in the list costs, and the operations that it calls. */
export function toolLines(tools: readonly ToolDefinition[], entryOf: (tool: ToolDefinition) => unknown): string {
  const rows = tools.map((tool) => {
    const tokens = Math.round(JSON.stringify(entryOf(tool)).length / CHARACTERS_PER_TOKEN);
    return [
      tool.core === true ? `core, ${tool.toolset}` : tool.toolset,
      tool.name,
      tool.effect,
      `~${tokens}`,
      tool.uses.join('; '),
    ];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
