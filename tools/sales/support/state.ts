import { z } from 'zod';
import { closedIds, type Named, type NameKind } from '../../../src/names/index.ts';
import { type Expression, field } from '../../../src/query/index.ts';
import { cleanLine, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError, withSynonyms } from '../../../src/tool/index.ts';

/** What state the records of a search are in. */
export const STATE = withSynonyms(z.enum(['open', 'closed', 'any']), { all: 'any', active: 'open', done: 'closed' });

export type State = z.output<typeof STATE>;

/** What a search says of the state of the records. */
interface Asked {
  readonly state: State | undefined;
  readonly status?: Named | undefined;
  /** Whether `where` or `conditions` say something of the status. */
  readonly elsewhere: boolean;
}

/**
 * The state that a search is about, open unless it says otherwise: what is asked for explicitly beats the default.
 * @throws {ToolInputError} for a status that is not of the state that was asked for
 */
export function stateOf({ state, status, elsewhere }: Asked): State {
  if (status !== undefined && state !== undefined && state !== 'any') {
    const isClosed = status.record.closedFlag === true;
    if (isClosed !== (state === 'closed'))
      throw new ToolInputError(
        'state',
        say`state: ${state} and status: ${cleanLine(status.label)} contradict each other, because that status is ${isClosed ? 'closed' : 'open'}. Send one of them.`,
      );
  }
  return state ?? (status !== undefined || elsewhere ? 'any' : 'open');
}

/** The condition of a state, by the statuses that are closed here. */
export async function inState(
  state: State,
  kind: NameKind,
  { names, signal }: Pick<ToolContext, 'names' | 'signal'>,
): Promise<Expression | undefined> {
  if (state === 'any') return undefined;
  const closed = closedIds(await names.list(kind, { signal }));
  if (closed.length > 0) return field('status/id', state === 'closed' ? 'in' : 'not in', closed);
  // Without a closed status everything is open.
  return state === 'closed' ? field('id', '=', 0) : undefined;
}
