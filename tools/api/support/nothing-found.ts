import type { Clean } from '../../../src/text/index.ts';
import { type ToolContext, whatToLoosen } from '../../../src/tool/index.ts';
import type { OperationCall } from '../../../src/tool/operations/operation-call.ts';
import { filtersOf } from '../../../src/tool/results/what-to-loosen.ts';

/** Which of its conditions keep everything out of a list that has no rows; nothing where it has none, or cannot be counted. */
export async function nothingFound(
  { name, path, conditions, rest }: OperationCall,
  { manage, api, signal }: ToolContext,
): Promise<Clean | undefined> {
  const count = `${name}/count`;
  if (api.find(count) === undefined) return undefined;
  return whatToLoosen(filtersOf(conditions, { query: {} }), (fewer) =>
    manage.count(count, { ...conditions, ...fewer, path, query: rest, signal }),
  );
}
