export { createEntries, type Entries, type Slot } from './entries.ts';
export { defaultStateFolder, type Machine, ownFolder, replaceFile, StateFolderError } from './state-folder.ts';
