import { cleanLine, joined, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import type { OperationCall } from '../../../src/tool/operations/operation-call.ts';

/**
 * Manage takes what narrows and orders a list for a single record as well, and gives the record whatever it says.
 * @throws {ToolInputError} for an operation of one record with any of it
 */
export function refuseNarrowing(call: OperationCall, { api }: Pick<ToolContext, 'api'>): void {
  const { operation, conditions, orderBy, paged, name } = call;
  const list = `GET ${operation.path.replace(/\/\{[^/]*\}\/?$/, '')}`;
  // A report goes by its name, and has rows.
  const isById = operation.pathParameters.at(-1)?.type === 'integer';
  const isOne = isById && list !== `GET ${operation.path}` && api.find(list)?.response.kind === 'array';
  const given = [
    ...Object.entries(conditions).flatMap(([parameter, said]) => (said === undefined ? [] : [parameter])),
    ...(orderBy === undefined ? [] : ['orderBy']),
    ...(paged ? ['page and pageSize'] : []),
  ];
  if (!isOne || given.length === 0) return;
  throw new ToolInputError(
    'query',
    say`${name} gives one record, whatever ${joined(given.map(cleanLine), ', ')} says. Leave that out, or call ${cleanLine(list)}.`,
  );
}
