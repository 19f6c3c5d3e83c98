import { isRecord } from '../json.ts';
import type { FieldProblem } from './validate-value.ts';

const START = /start/i;
/** Times of Manage with their date; a time of day alone can be of the night. */
const DATED = /^\d{4}-\d\d-\d\d(?:T|$)/;

/** The member that holds the end of what another begins: `timeEnd` of `timeStart`, `endDate` of `startDate`. */
const endOf = (start: string): string => start.replace(START, (word) => (word === 'start' ? 'end' : 'End'));

/** The members that a body sets, of an object or of the operations of a PATCH. */
function membersOf(body: unknown): Readonly<Record<string, unknown>> {
  if (!Array.isArray(body)) return isRecord(body) ? body : {};
  const steps = body.filter(isRecord).filter(({ op }) => op !== 'remove');
  return Object.fromEntries(steps.map(({ path, value }) => [String(path).replace(/^\//, ''), value]));
}

const isDated = (value: unknown): value is string => typeof value === 'string' && DATED.test(value);

/** Whether a body sets one of a start and an end without the other, so that only the record tells whether they fit. */
export const setsHalf = (body: unknown): boolean => {
  const members = membersOf(body);
  return Object.entries(members).some(([name, value]) => {
    const start = name.replace(/end/i, (word) => (word === 'end' ? 'start' : 'Start'));
    const other = START.test(name) ? endOf(name) : start;
    return other !== name && isDated(value) && members[other] === undefined;
  });
};

/**
 * Ends that lie before their starts: Manage stores such records, and no one can work with them. The same moment for both is a day
 * without a time.
 * @param before the record as it is, for what the body leaves alone
 */
export function reversedTimes(body: unknown, before: Readonly<Record<string, unknown>> = {}): FieldProblem[] {
  const set = membersOf(body);
  const after: Readonly<Record<string, unknown>> = { ...before, ...set };
  return Object.entries(after).flatMap(([name, start]): FieldProblem[] => {
    const end = START.test(name) ? endOf(name) : name;
    const until = after[end];
    // What was so before is not of this request.
    if (end === name || (set[name] === undefined && set[end] === undefined)) return [];
    if (!isDated(start) || !isDated(until) || !(Date.parse(until) < Date.parse(start))) return [];
    return [{ field: end, problem: 'shape', message: `(${until}) lies before ${name} (${start})` }];
  });
}
