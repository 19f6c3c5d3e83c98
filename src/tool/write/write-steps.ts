import type { WriteOptions } from '../../manage/index.ts';
import type { LegacyToolContext as ToolContext } from '../context.ts';
import { PartlyDone } from '../errors.ts';

/** One request of a change that takes several. */
export interface Step {
  /** As `POST /company/companies/{parentId}/teams`. */
  readonly operation: string;
  readonly request: Pick<WriteOptions, 'path' | 'query' | 'body' | 'settle'>;
  /** What it does, cleaned, for the answer: `type Vendor added`. */
  readonly does: string;
}

/**
 * Sends the requests of one change in their order. What was done before a failure stays, so the error tells it.
 * @throws the first failure as it is when nothing was written yet, else {PartlyDone}
 */
export async function writeSteps({ manage, signal }: ToolContext, steps: readonly Step[]): Promise<void> {
  const done: string[] = [];
  for (const { operation, request, does } of steps) {
    try {
      await manage.write(operation, { ...request, signal });
    } catch (error) {
      if (done.length === 0) throw error;
      throw new PartlyDone(done, does, error);
    }
    done.push(does);
  }
}
