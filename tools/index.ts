import type { ToolDefinition } from '../src/tool/index.ts';

/** Every tool, in the order in which clients see them. */
export const tools: readonly ToolDefinition[] = [];
