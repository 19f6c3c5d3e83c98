export { datesFor, minutesFor, switchFor } from './arguments/aliases.ts';
export * as fragments from './arguments/fragments.ts';
export { readArguments } from './arguments/read-arguments.ts';
export { withSynonyms } from './arguments/synonyms.ts';
export type { Confirmation, FilePolicy, ToolContext } from './context.ts';
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
export { namedRecord, RECORD_OPERATIONS } from './named-record.ts';
export { checkedCaptions } from './operations/checked-captions.ts';
export { structuredWithinBudget, withinBudget } from './results/budget.ts';
export { readListPage } from './results/list-page.ts';
export { dayOf, listRecords, money } from './results/list-records.ts';
export { readablePart, recordView } from './results/record-view.ts';
export { summarize } from './results/summarize.ts';
export { listOutput, tableOutput, tableResult } from './results/table-result.ts';
export { annotationsOf } from './surface/annotations.ts';
export { inputJsonSchema, outputJsonSchema } from './surface/json-schema.ts';
export { newCustomFields, shownCustomFields, withCustomFields } from './write/custom-fields.ts';
export { type Change, changeLines, changes, previewResult } from './write/preview.ts';
export { createRecord, patchOf, removeRecord, sentBody, updateRecord } from './write/write-record.ts';
export { type Step, writeSteps } from './write/write-steps.ts';
