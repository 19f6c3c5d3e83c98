import { type Clean, cleanLine, counted, joined, say } from '../text/index.ts';
import { ToolInputError } from '../tool/index.ts';

/** Many requests that nobody agreed to. */
export class ManyRequests extends ToolInputError {
  /** What it takes, as a sentence. */
  readonly takes: Clean;
  /** The collection that takes them, by name. */
  collection: string | undefined;
  /** The measures of the question that need none of these requests, by name, and those that do. */
  apart: { readonly others: readonly string[]; readonly costly: readonly string[] } = { others: [], costly: [] };

  /** @param what is read, a request each: "additions of agreements" */
  constructor(count: number, what: string) {
    const takes = say`This takes ${counted(count, 'request')} to Manage, one for each of the ${cleanLine(what)}.`;
    const next = say`Narrow it with where or a shorter period, or ask the person and send confirm: true.`;
    super('confirm', say`${takes} ${next}`, { question: say`${takes} Go on?` });
    this.takes = takes;
  }
}

/**
 * A report without the measures that take many requests, with what those take: one of them does not keep the others from being told.
 * @param make the report on some measures
 * @throws {ManyRequests} where every measure takes them
 */
export async function affordable<R extends { readonly missing: readonly Clean[] }>(
  make: (measures: readonly string[] | undefined) => Promise<R>,
  asked?: readonly string[],
): Promise<R> {
  try {
    return await make(asked);
  } catch (error) {
    if (!(error instanceof ManyRequests) || error.apart.others.length === 0) throw error;
    const { others, costly } = error.apart;
    const report = await affordable(make, others);
    const names = joined(costly.map(cleanLine), ', ');
    const alone = cleanLine(JSON.stringify(costly));
    const left = say`${names} ${costly.length === 1 ? 'is' : 'are'} not told. ${error.takes} Ask the person, then send measures: ${alone} with confirm: true.`;
    return { ...report, missing: [...report.missing, left] };
  }
}
