import type { ManageRecord } from '../../manage/index.ts';
import { isEmptyAt, parseOrderBy } from '../../query/index.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';

interface Ordered {
  readonly orderBy: readonly string[];
  /** What was read of each record; everything where it is missing. */
  readonly fields?: readonly string[] | undefined;
  /** How many of the first keys have their empty records last already. */
  readonly done?: number;
}

/** Every record was entered and changed, though lists do not show when outside of `_info`. */
const isOfEvery = ({ path: [first = ''] }: { readonly path: readonly string[] }): boolean =>
  /^(dateEntered|enteredBy|lastUpdated|updatedBy)$/i.test(first);

/**
 * Says which records Manage put first because they have no value in what an ascending order goes by; nothing where all of these
 * rows have one.
 */
export function emptyFirstNote(
  rows: readonly ManageRecord[],
  { orderBy, fields, done = 0 }: Ordered,
): Clean | undefined {
  const wasRead = (path: string): boolean =>
    fields === undefined || fields.some((field) => field === path || path.startsWith(`${field}/`));
  const keys = parseOrderBy(orderBy.join(',')) ?? [];
  const place = keys.findIndex(
    (key, index) =>
      index >= done &&
      !isOfEvery(key) &&
      !key.descending &&
      wasRead(key.path.join('/')) &&
      rows.some((row) => isEmptyAt(row, key)),
  );
  const key = keys[place];
  if (key === undefined) return undefined;
  const [first = ''] = key.path;
  return place === 0
    ? say`Those without ${cleanLine(first)} come first.`
    : say`Among equals, those without ${cleanLine(first)} come first.`;
}
