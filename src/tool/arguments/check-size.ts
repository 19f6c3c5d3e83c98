import { isRecord } from '../../json.ts';
import { type Clean, say } from '../../text/index.ts';

/** Values that a call's arguments have at most, those within lists and objects included: a list of ids has thousands. */
const MOST_VALUES = 5_000;

/** Members of one object: no record has half as many. Each is compared with all that there are. */
const MOST_MEMBERS = 500;

/** Characters of a member's name: no argument, field or caption has half as many. */
const LONGEST_NAME = 500;

/**
 * Why arguments are refused for the number of their values or the length of a name, before anybody walks through them: each is read, compared and checked,
 * and a message has room for a hundred thousand. Long texts are counted as one.
 */
export function tooLarge(given: unknown): Clean | undefined {
  let values = 0;
  const open: unknown[] = [given];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const inner = Array.isArray(value) ? value : Object.values(value);
    if (isRecord(value) && inner.length > MOST_MEMBERS)
      return say`The arguments have an object of ${inner.length} members; ${MOST_MEMBERS} are allowed.`;
    const long = isRecord(value) ? Object.keys(value).find((name) => name.length > LONGEST_NAME) : undefined;
    if (long !== undefined)
      return say`The arguments have a name of ${long.length} characters; ${LONGEST_NAME} are allowed.`;
    values += inner.length;
    if (values > MOST_VALUES)
      return say`The arguments have more than ${MOST_VALUES} values, all lists and objects counted. Send fewer at a time.`;
    for (const one of inner) if (typeof one === 'object') open.push(one);
  }
  return undefined;
}
