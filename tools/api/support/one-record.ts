import { cleanLine, joined, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import type { OperationCall } from '../../../src/tool/operations/operation-call.ts';

/** What of a call narrows, orders or pages a list. */
const narrowingOf = ({ conditions, orderBy, paged }: OperationCall) => [
  ...Object.entries(conditions).flatMap(([parameter, said]) => (said === undefined ? [] : [cleanLine(parameter)])),
  ...(orderBy === undefined ? [] : [say`orderBy`]),
  ...(paged ? [say`page and pageSize`] : []),
];

/**
 * Manage takes what narrows and orders a list for a single record or a file as well, and gives it whatever that says.
 * @throws {ToolInputError} for an operation of one record, or of a file, with any of it
 */
export function refuseNarrowing(call: OperationCall, { api }: Pick<ToolContext, 'api'>): void {
  const { operation, name } = call;
  const given = joined(narrowingOf(call), ', ');
  if (given === '') return;
  if (operation.response.kind === 'file')
    throw new ToolInputError('query', say`${name} gives one file, whatever ${given} says. Leave that out.`);
  const list = `GET ${operation.path.replace(/\/\{[^/]*\}\/?$/, '')}`;
  // A report goes by its name, and has rows.
  const isById = operation.pathParameters.at(-1)?.type === 'integer';
  const isOne = isById && list !== `GET ${operation.path}` && api.find(list)?.response.kind === 'array';
  if (!isOne) return;
  throw new ToolInputError(
    'query',
    say`${name} gives one record, whatever ${given} says. Leave that out, or call ${cleanLine(list)}.`,
  );
}

/**
 * A write is about the record of its path, whatever conditions stand beside it: who sends some thinks of fewer records, or of others.
 * @throws {ToolInputError} for what narrows, orders or pages a list
 */
export function refuseNarrowedWrite(call: OperationCall): void {
  const given = joined(narrowingOf(call), ', ');
  if (given === '') return;
  throw new ToolInputError(
    'query',
    say`${call.name} is about the record of its path: ${given} would change nothing of that. Leave it out.`,
    { next: 'call_read_operation finds the records; call_write_operation changes them one by one.' },
  );
}
