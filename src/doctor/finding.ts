/** How grave a finding is: `warn` works, and is likely not what is meant. */
export type Level = 'ok' | 'warn' | 'fail';

/** What a check found. */
export interface Finding {
  readonly level: Level;
  readonly text: string;
  /** What to change, as a sentence that begins with the setting where there is one. */
  readonly change?: string | undefined;
  /** More lines, for example the tools that lack a right. */
  readonly details?: readonly string[] | undefined;
}

/** A check that passed. */
export const ok = (text: string, details?: readonly string[]): Finding => ({ level: 'ok', text, details });
/** Something that works and is likely not what is meant. @param change what to do about it */
export const warn = (text: string, change: string, details?: readonly string[]): Finding => ({
  level: 'warn',
  text,
  change,
  details,
});
/** A check that failed. @param change what to do about it */
export const bad = (text: string, change: string, details?: readonly string[]): Finding => ({
  level: 'fail',
  text,
  change,
  details,
});
/** The message of an error. */
export const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));
