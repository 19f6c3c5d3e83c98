import { annotationsOf, inputJsonSchema, outputJsonSchema, type ToolDefinition } from '../tool/index.ts';
import { viewMeta } from './views.ts';

/** A tool as a client sees it. */
export function toolEntry(
  tool: ToolDefinition,
): Record<string, unknown> & { name: string; inputSchema: { type: 'object' } } {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputJsonSchema(tool.input) as { type: 'object' },
    outputSchema: outputJsonSchema(tool.output),
    annotations: annotationsOf(tool),
    ...(tool.view && { _meta: viewMeta(tool.view) }),
  };
}

const entries = new WeakMap<readonly ToolDefinition[], ReturnType<typeof toolEntry>[]>();

/** The same for all of a selection, made once. */
export function entriesOf(tools: readonly ToolDefinition[]): ReturnType<typeof toolEntry>[] {
  const known = entries.get(tools) ?? tools.map(toolEntry);
  entries.set(tools, known);
  return known;
}
