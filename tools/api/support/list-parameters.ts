import { cleanLine, joined, say } from '../../../src/text/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';
import type { OperationCall } from '../../../src/tool/operations/operation-call.ts';

/**
 * A write is about the record of its path, whatever conditions stand beside it: who sends some thinks of fewer records, or of others.
 * @throws {ToolInputError} for what narrows, orders or pages a list
 */
export function refuseListParameters({ name, conditions, orderBy, paged }: OperationCall): void {
  const given = [
    ...Object.entries(conditions).flatMap(([parameter, said]) => (said === undefined ? [] : [parameter])),
    ...(orderBy === undefined ? [] : ['orderBy']),
    ...(paged ? ['page and pageSize'] : []),
  ];
  if (given.length === 0) return;
  throw new ToolInputError(
    'query',
    say`${name} is about the record of its path: ${joined(given.map(cleanLine), ', ')} would change nothing of that. Leave it out.`,
    { next: 'call_read_operation finds the records; call_write_operation changes them one by one.' },
  );
}
