export type { ManageClient, ManageRecord, ManageSettings, PatchOperation, WriteOptions } from './client.ts';
export { createManageClient } from './create-client.ts';
export {
  Forbidden,
  InvalidRequest,
  ManageError,
  NoSuchOperation,
  NotFound,
  Unauthorized,
  WriteOutcomeUnknown,
} from './errors.ts';
export type { Timing } from './limiter.ts';
export { isReading } from './reading-posts.ts';
export { Upload } from './upload.ts';
