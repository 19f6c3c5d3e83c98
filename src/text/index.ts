export { type Clean, clean, cleanLine } from './clean.ts';
export { csvRow } from './csv.ts';
export { fileName } from './file-name.ts';
export { counted, cut, excerpt, excerptLine, joined, lines, possessive, quoter, say } from './say.ts';
export { type Cleaned, type CleanValue, caption, cleanFacts, cleanValue } from './structured.ts';
