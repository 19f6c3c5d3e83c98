import { readMoment, toManage } from '../../../src/clock/index.ts';
import type { LegacyToolContext as ToolContext } from '../../../src/tool/index.ts';

/**
 * When a ticket is due, as Manage keeps it: a moment, or the end of the working day where only a day was said. `null` clears it.
 * @throws {ClockError} for what is neither
 */
export async function readDue(said: string, argument: string, context: ToolContext): Promise<string | null> {
  if (/^(?:none|never|clear|remove|no|)$/i.test(said.trim())) return null;
  const read = { now: await context.now(), argument, direction: 'ahead', dayMeans: '17:00' } as const;
  return toManage(readMoment(said, read).at);
}
