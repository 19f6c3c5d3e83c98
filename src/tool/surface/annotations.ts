import type { ToolDefinition } from '../define-tool.ts';

/**
 * The hints by which hosts decide what may run unattended; all of them follow from the tool's effect. The title stands beside
 * them in the tool's own entry, once.
 */
export function annotationsOf({
  effect,
  idempotent,
}: Pick<ToolDefinition, 'effect' | 'idempotent'>): Record<string, unknown> {
  if (effect === 'read') return { readOnlyHint: true, openWorldHint: false };
  return {
    readOnlyHint: false,
    destructiveHint: effect !== 'create',
    ...(idempotent === true && { idempotentHint: true }),
    // Mail leaves the system that the caller sees.
    openWorldHint: effect === 'send',
  };
}
