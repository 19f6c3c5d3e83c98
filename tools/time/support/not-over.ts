import type { DateTime } from 'luxon';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';

/** Says of work that is not over when it is logged: Manage takes it, and nobody knows yet that it was done. `undefined` of work that is. */
export function notOverYet(end: DateTime<true>, now: DateTime<true>): Clean | undefined {
  if (end.diff(now, 'minutes').minutes < 1) return undefined;
  const shown = end.toFormat(end.hasSame(now, 'day') ? 'HH:mm' : 'ccc d LLL HH:mm');
  return say`It ends at ${cleanLine(shown)}, which has not come yet: it is ${cleanLine(now.toFormat('HH:mm'))}.`;
}
