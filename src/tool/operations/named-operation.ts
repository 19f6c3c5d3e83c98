import type { HttpMethod, Operation } from '../../api/index.ts';
import { adviseOn, closestOperations } from '../../api/wrong-paths.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';

export interface NamedOperation {
  readonly operation: Operation;
  /** Values that stood in the path itself: `GET /service/tickets/4711`. */
  readonly pathValues: Readonly<Record<string, string>>;
}

const CONCRETE = /^(GET|POST|PUT|PATCH|DELETE)\s+(\/\S+)$/i;

/** Longer than any path with its method. */
const LONGEST = 500;

/**
 * The operation that a caller means: an id, a method with a template, or a method with a concrete path.
 * @throws {ToolInputError} with what to use instead: known wrong paths with advice, others with the closest real ones
 */
export function namedOperation({ api, search }: Pick<ToolContext, 'api' | 'search'>, given: string): NamedOperation {
  if (given.length > LONGEST)
    throw new ToolInputError('operation', `operation takes at most ${LONGEST} characters.`, {
      next: 'Name one as "GET /service/tickets/{id}".',
    });
  const [text = ''] = given.trim().split('?', 1);
  const found = api.find(text);
  if (found !== undefined) return { operation: found, pathValues: {} };
  const [, method = '', path = ''] = CONCRETE.exec(text) ?? [];
  const matched = path === '' ? undefined : api.match(method.toUpperCase() as HttpMethod, path);
  const advice = adviseOn(text);
  // `/system/members/search` would be a member called "search": whoever writes it means something else.
  if (matched !== undefined && advice === undefined) return matched;
  if (advice !== undefined) {
    const instead = advice.operations.length > 0 ? ` Use ${advice.operations.join(' or ')}.` : '';
    throw new ToolInputError('operation', `${text} does not exist. ${advice.advice}${instead}`);
  }
  // Words instead of a path are what the search is for.
  const near = /\//.test(text)
    ? closestOperations(api, text)
    : search(text, { limit: 3 }).map(({ operation }) => `${operation.method} ${operation.path}`);
  throw new ToolInputError(
    'operation',
    `There is no operation ${JSON.stringify(text)}.${near.length > 0 ? ` Closest: ${near.join(', ')}.` : ''}`,
    {
      next: 'search_operations finds operations by what they do; name one as "GET /service/tickets/{id}".',
    },
  );
}
