export { checkEmail, phoneIn } from './arguments/addresses.ts';
export { type Alias, type Conversion, datesFor, durationFor, minutesFor, switchFor } from './arguments/aliases.ts';
export { askedIn } from './arguments/asked.ts';
export { tooLarge } from './arguments/check-size.ts';
export { argumentElsewhere } from './arguments/elsewhere.ts';
export * as fragments from './arguments/fragments.ts';
export { quantityMeant } from './arguments/quantity.ts';
export { readArguments } from './arguments/read-arguments.ts';
export { resolveArguments } from './arguments/resolve-arguments.ts';
export type { NameWithin } from './arguments/rules.ts';
export { withSynonyms } from './arguments/synonyms.ts';
export { refusal, toChoose, together } from './arguments/together.ts';
export { Understood } from './arguments/understood.ts';
export type { Confirmation, DirectTool, FilePolicy, ToolContext } from './context.ts';
export { defineTool, executorOf, type ToolDefinition, type Toolset, type View } from './define-tool.ts';
export { errorText } from './error-text.ts';
export {
  ConfirmationNeeded,
  Declined,
  NamesChanged,
  PartlyDone,
  SeveralRefused,
  ToolInputError,
  Unanswered,
} from './errors.ts';
export { lookedUp } from './looked-up.ts';
export { isMisasked } from './misasked.ts';
export { namedRecord, RECORD_OPERATIONS, titleOf } from './named-record.ts';
export { checkedCaptions } from './operations/checked-captions.ts';
export { createToolSearch, type ToolSearch } from './operations/tool-search.ts';
export { countedUnits } from './results/agreement-units.ts';
export { billingWords, choiceWords } from './results/billing-words.ts';
export { structuredWithinBudget, table, withinBudget } from './results/budget.ts';
export { emptyFirstNote } from './results/empty-first.ts';
export { labelsOf } from './results/group-key.ts';
export { dayOf, listRecords } from './results/list-records.ts';
export { amountTitle, currencyCode, exactMoney, money } from './results/money.ts';
export { narrowed } from './results/narrowed.ts';
export { nearestTo } from './results/nearest-names.ts';
export { pageAsked } from './results/page-asked.ts';
export { notRead, readable, readablePart, recordView } from './results/record-view.ts';
export { type SummaryQuestion, summarize } from './results/summarize.ts';
export { listOutput, tableOutput, tableResult, totalOf } from './results/table-result.ts';
export { type Filter, filtersByArgument, loosened, type Without, whatToLoosen } from './results/what-to-loosen.ts';
export { CUSTOM_FIELD_SETUP } from './results/where-custom-fields.ts';
export { annotationsOf } from './surface/annotations.ts';
export { inputJsonSchema, outputJsonSchema } from './surface/json-schema.ts';
export type { Picture, ResultFile, ToolResult } from './tool-result.ts';
export { changeLines, changesOf } from './write/changes.ts';
export { ASK_ALWAYS, consentFor, readConsentPolicy } from './write/consent.ts';
export { checkedCustomFields, newCustomFields, shownCustomFields, withCustomFields } from './write/custom-fields.ts';
export { namesake, sameText, saysSame } from './write/duplicates.ts';
export { effectsOf } from './write/effects.ts';
export { foundOut } from './write/found-out.ts';
export { createGuard } from './write/guard.ts';
export { inThePast } from './write/in-the-past.ts';
export type { Duplicate, Step, WritePlan } from './write/plan.ts';
export { cleared, create, patchOf, referencesOf, remove, sentBody, update } from './write/records.ts';
export { createSeen, remembering, type SeenRecords, seenBy } from './write/seen.ts';
export { howToEmpty, send } from './write/send.ts';
export type { Writing } from './write/writing.ts';
