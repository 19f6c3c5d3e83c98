import type { ApiDescription } from '../../api/index.ts';
import { meaningOf } from '../../api/meanings.ts';
import { isRecord } from '../../json.ts';
import { stored } from '../../manage/index.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';
import { membersSet } from './effects.ts';
import type { StepRequest } from './plan.ts';

/**
 * Members that Manage did not store as they were sent, a line each: those that it is known to ignore, with what to do instead, and
 * those that the record it answered with shows otherwise.
 * @param record what Manage answered the write with; nothing can be compared where it is not a record
 */
export function ignoredMembers(
  operation: string,
  { body, query }: StepRequest,
  record: unknown,
  api: ApiDescription,
): Clean[] {
  const found = api.find(operation);
  const schema = found?.response.schema ?? '';
  const { kind, schema: sent } = found?.request ?? {};
  // Rows of a bulk change and answers of actions are not the record that was sent.
  if (!isRecord(record) || !(kind === 'patch' || (kind === 'object' && sent === schema))) return [];
  const members = membersSet(body);
  const differing = stored(body, record, { api, schema, withIgnored: true, adds: found?.method === 'POST' });
  return differing.flatMap((member) => {
    // An answer of some fields tells nothing of the others.
    if (!(member in members) || (query?.fields !== undefined && !(member in record))) return [];
    const { onWrite, instead } = meaningOf(schema, member) ?? {};
    if (onWrite === 'createOnly') return [];
    if (onWrite === undefined)
      return [
        say`Manage stored ${cleanLine(member)} differently from what was sent; read the record before you go on.`,
      ];
    const next = instead === undefined ? say`` : say` ${cleanLine(instead)}`;
    return [say`Manage ignores ${cleanLine(member)}: it was not changed.${next}`];
  });
}
