import { readDay, readMoment, toManage } from '../../../src/clock/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';

/** The end of a working day, for "due Friday". */
const END_OF_DAY = 17;

/**
 * When a ticket is due, as Manage keeps it: a moment, or the end of the working day where only a day was said. `null` clears it.
 * @throws {ClockError} for what is neither
 */
export async function readDue(said: string, argument: string, context: ToolContext): Promise<string | null> {
  if (/^(none|never|clear|remove|no|)$/i.test(said.trim())) return null;
  const options = { now: await context.now(), argument, direction: 'ahead' } as const;
  try {
    return toManage(readDay(said, options).at.set({ hour: END_OF_DAY }));
  } catch {
    return toManage(readMoment(said, options).at);
  }
}
