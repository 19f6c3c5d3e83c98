import { cleanLine, counted, say } from '../text/index.ts';
import { type ToolContext, ToolInputError } from '../tool/index.ts';
import type { Wanted } from './collection.ts';

/** Records that are read one request each before anybody is asked. */
const MOST_UNASKED = 60;

/**
 * Reads something of each of many records, a request each, with progress. More than a few dozen are agreed to first.
 * @param what is read, for the question: "additions of agreements"
 * @throws {ToolInputError} with the number of requests, where nobody agreed to them
 */
export async function eachOf<T, R>(
  records: readonly T[],
  { what, wanted, context }: { what: string; wanted: Wanted; context: ToolContext },
  read: (record: T) => Promise<R>,
): Promise<R[]> {
  if (records.length > MOST_UNASKED && !wanted.confirmed)
    throw new ToolInputError(
      'confirm',
      say`This takes ${counted(records.length, 'request')} to Manage, one for each of the ${cleanLine(what)}. Narrow it with where or a shorter period, or ask the person and send confirm: true.`,
    );
  let done = 0;
  return Promise.all(
    records.map(async (record) => {
      const answer = await read(record);
      done += 1;
      context.progress(done, records.length, `${done} of ${records.length} ${what}`);
      return answer;
    }),
  );
}
