export { datesFor, minutesFor, switchFor } from './aliases.ts';
export { annotationsOf } from './annotations.ts';
export { readArguments } from './arguments.ts';
export { checkedCaptions } from './checked-captions.ts';
export type { Confirmation, FilePolicy, ToolContext } from './context.ts';
export { newCustomFields, shownCustomFields, withCustomFields } from './custom-fields.ts';
export {
  defineTool,
  type Picture,
  type ResultFile,
  type ToolDefinition,
  type ToolResult,
  type Toolset,
  type View,
} from './define-tool.ts';
export { errorText } from './error-text.ts';
export { ConfirmationNeeded, Declined, PartlyDone, ToolInputError } from './errors.ts';
export * as fragments from './fragments.ts';
export { inputJsonSchema, outputJsonSchema } from './json-schema.ts';
export { readListPage } from './list-page.ts';
export { dayOf, listRecords, money } from './list-records.ts';
export { namedRecord, RECORD_OPERATIONS } from './named-record.ts';
export { cleanLine, quoter } from './outside-text.ts';
export { type Change, changeLines, changes, previewResult } from './preview.ts';
export { readablePart, recordView } from './record-view.ts';
export { structuredWithinBudget, withinBudget } from './result.ts';
export { summarize } from './summarize.ts';
export { withSynonyms } from './synonyms.ts';
export { listOutput, tableOutput, tableResult } from './table-result.ts';
export { createRecord, patchOf, removeRecord, sentBody, updateRecord } from './write-record.ts';
export { type Step, writeSteps } from './write-steps.ts';
