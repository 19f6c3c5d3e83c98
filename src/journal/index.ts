export {
  callOf,
  type Ending,
  type Entry,
  filledIn,
  OUTCOMES,
  placeOf,
  recordPlaceOf,
  type WriteOutcome,
} from './entry.ts';
export { type Asked, whoOf } from './filter.ts';
export { checkWritable } from './folder-store.ts';
export { Journal, type JournalSettings, JournalUnwritable } from './journal.ts';
export { keptShort, labelOf, only } from './kept-values.ts';
export { recorded } from './recorder.ts';
export { CannotUndo, checkUnchanged, type Reversal, reversalOf } from './reversal.ts';
export { belongsTo } from './touched.ts';
