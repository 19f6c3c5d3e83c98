import type { Named } from '../names/index.ts';
import { ToolInputError } from '../tool/index.ts';

/** An API-only member cannot own time or expenses; Manage would say so in its own, less helpful way. */
export function checkOwner(member: Named, what: 'time' | 'expenses'): void {
  if (member.record.licenseClass === 'A') {
    throw new ToolInputError(
      'member',
      `${member.label} is an API member, which can own no ${what}. Send member, or set CWM_MEMBER to the person.`,
    );
  }
}
