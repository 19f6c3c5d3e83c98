import type { Named } from '../names/index.ts';
import { cleanLine, say } from '../text/index.ts';
import { ToolInputError } from '../tool/index.ts';

/**
 * An API-only member cannot own time or expenses; Manage would say so in its own, less helpful way.
 * @throws {ToolInputError}
 */
export function checkOwner(member: Named, what: 'time' | 'expenses'): void {
  if (member.record.licenseClass === 'A') {
    throw new ToolInputError(
      'member',
      say`${cleanLine(member.label)} is an API member, which can own no ${what}. Send member, or set CWM_MEMBER to the person.`,
    );
  }
}
