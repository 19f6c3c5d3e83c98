import type { ToolDefinition } from '../../src/tool/index.ts';
import callReadOperation from './call-read-operation.ts';
import callWriteOperation from './call-write-operation.ts';
import describeOperation from './describe-operation.ts';
import searchOperations from './search-operations.ts';

/** The whole API in four tools: find an operation in plain words, read about it, call it. Always shown. */
export const api: readonly ToolDefinition[] = [
  searchOperations,
  describeOperation,
  callReadOperation,
  callWriteOperation,
];
