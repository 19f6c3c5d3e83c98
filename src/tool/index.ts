export { datesFor, minutesFor, switchFor } from './arguments/aliases.ts';
export * as fragments from './arguments/fragments.ts';
export { readArguments } from './arguments/read-arguments.ts';
export { resolveArguments } from './arguments/resolve-arguments.ts';
export type { NameWithin } from './arguments/rules.ts';
export { withSynonyms } from './arguments/synonyms.ts';
export { Understood } from './arguments/understood.ts';
export type { Confirmation, FilePolicy, LegacyToolContext, ToolContext } from './context.ts';
export {
  defineLegacyTool,
  defineTool,
  type LegacyResult,
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
export { changeLines, changesOf } from './write/changes.ts';
export { newCustomFields, shownCustomFields, withCustomFields } from './write/custom-fields.ts';
export type { Duplicate, Step, StepRequest, WritePlan, Written } from './write/plan.ts';
export { type Change, changeLines as legacyChangeLines, changes, legacyPreview } from './write/preview.ts';
export { create, patchOf, remove, sentBody, update } from './write/records.ts';
export { send, type Writing } from './write/send.ts';
export { createRecord, removeRecord, updateRecord } from './write/write-record.ts';
export { type Step as LegacyStep, writeSteps } from './write/write-steps.ts';
