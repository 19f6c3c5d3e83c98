export { defaultStateFolder, type Machine, ownFolder, StateFolderError } from './state-folder.ts';
