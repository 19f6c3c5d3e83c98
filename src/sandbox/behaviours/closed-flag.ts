import type { HookContext } from '../behaviour.ts';
import { stamp } from '../store/memory-store.ts';
import type { SandboxRecord } from '../store/store.ts';
import { statusOf } from './board-scope.ts';

/** `closedFlag` follows the status; when and by whom is noted, and forgotten when the ticket is reopened. */
export function followStatus(record: SandboxRecord, previous: SandboxRecord | undefined, context: HookContext): void {
  const closed = statusOf(record, context)?.closedStatus === true;
  record.closedFlag = closed;
  if (!closed) {
    delete record.closedDate;
    delete record.closedBy;
  } else if (previous?.closedFlag !== true) {
    record.closedDate = stamp(context.now);
    record.closedBy = context.caller.identifier;
  }
}
