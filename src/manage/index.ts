export type {
  ManageClient,
  ManageReader,
  ManageRecord,
  ManageSettings,
  PatchOperation,
  Reference,
  WriteOptions,
} from './client.ts';
export { resolveScope, settingsOf } from './confine/scope.ts';
export { createManageClient } from './create-client.ts';
export {
  DeadlineExceeded,
  Forbidden,
  InvalidRequest,
  ManageError,
  NoSuchOperation,
  NotAllowed,
  NotFound,
  TooMany,
  Unauthorized,
  WriteOutcomeUnknown,
} from './errors.ts';
export { onFirstAbort } from './first-abort.ts';
export { fixedKeys, type Keys, type Login } from './keys.ts';
export { FairQueue } from './limits/fair-queue.ts';
export { type Limiter, realTiming, type Timing, WindowLimiter } from './limits/limiter.ts';
export { SharedBudget, type SharedLog } from './limits/shared-budget.ts';
export { ExactSum, type List, sumOf, together, type Whole, wholeOf, wholePage } from './paging/lists.ts';
export { isReading } from './prepare.ts';
export type { ManageReason } from './reasons.ts';
export { isSameRecord } from './same-record.ts';
export { SharedSite } from './shared-site.ts';
export type { Site } from './site-version.ts';
export { onBehalfOf, presentCaller, requestsSoFar } from './turns.ts';
export { compareStored, stored } from './writes/stored.ts';
export { Upload } from './writes/upload.ts';
