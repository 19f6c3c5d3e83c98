/** What keys, tokens and GUIDs are written with, and longer than most names. */
const RUN = /[A-Za-z0-9_+=-]{16,}/g;

/** Changes from small letters to capitals that no name has. */
const RESTLESS = /(?:[a-z]+[A-Z]+){3}/;

/** Whether a text holds something that looks like a key: a long run of letters and digits, or of letters in no order of case. */
export const mayBeKey = (text: string): boolean =>
  (text.match(RUN) ?? []).some((run) => (/\d/.test(run) && /[a-z]/i.test(run)) || RESTLESS.test(run));

/**
 * The value of a setting as an error quotes it. Keys get into the wrong setting by a slip of the line, and errors get into logs and
 * screenshots: what looks like one is not repeated.
 */
export const quotedSetting = (value: string): string =>
  mayBeKey(value) ? '[what looks like a key]' : JSON.stringify(value);

/** A path as an error shows it: a bare word that looks like a key stands where the name of a file was meant. */
export const shownPath = (path: string): string =>
  mayBeKey(path) && !/[/\\.]/.test(path) ? '[what looks like a key]' : path;
