import type { ToolDefinition } from './define-tool.ts';

/** The hints by which hosts decide what may run unattended; all of them follow from the tool's effect. */
export function annotationsOf({ title, effect, idempotent }: ToolDefinition): Record<string, unknown> {
  if (effect === 'read') return { title, readOnlyHint: true, openWorldHint: false };
  return {
    title,
    readOnlyHint: false,
    destructiveHint: effect !== 'create',
    ...(idempotent === true && { idempotentHint: true }),
    // Mail leaves the system that the caller sees.
    openWorldHint: effect === 'send',
  };
}
