import type { OpenFlags } from './open.ts';

/**
 * The flags of a command line that asks for nothing but to serve over stdio, as the configurations of hosts have it; `undefined` for
 * any other, which is for the whole program to read. Hosts start the server with each conversation, and reading a command line by
 * all that may stand in one takes a tenth of the time until the first answer.
 */
export function plainFlags(words: readonly string[]): OpenFlags | undefined {
  const [option, file, ...more] = words[0] === 'stdio' ? words.slice(1) : words;
  if (option === undefined) return {};
  const isFile = file !== undefined && !file.startsWith('-') && more.length === 0;
  return option === '--settings' && isFile ? { settings: file } : undefined;
}
