import type { ManageRecord } from '../../../src/manage/index.ts';

/** The two lines that Manage has for a street. */
const SECOND = 'addressLine2';

/**
 * The members for an address as it was said: its lines, where there are several, are Manage's two. The second line of what was there
 * before goes with the first: "Suite 200" is not in the new street.
 * @param said nothing leaves the address, `null` empties it
 * @param before the company or site as it is, where it is there
 */
export function addressMembers(said: string | null | undefined, before: ManageRecord = {}): ManageRecord {
  if (said === undefined) return {};
  const [first = null, ...more] = (said ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/,$/, ''))
    .filter((line) => line !== '');
  const hadSecond = typeof before[SECOND] === 'string' && before[SECOND] !== '';
  return {
    addressLine1: first,
    ...(more.length > 0 && { [SECOND]: more.join(', ') }),
    ...(more.length === 0 && hadSecond && { [SECOND]: null }),
  };
}
