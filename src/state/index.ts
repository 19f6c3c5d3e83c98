export { createEntries, type Entries, Queues, type Slot } from './entries.ts';
export { homeOfUser } from './home.ts';
export { makeFolder } from './make-folder.ts';
export { pauseFor } from './pause.ts';
export { SharedFileLog } from './shared-file-log.ts';
export { defaultStateFolder, type Machine, ownFolder, replaceFile, StateFolderError } from './state-folder.ts';
