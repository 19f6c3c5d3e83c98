import type { Clean, Cleaned, CleanValue } from '../text/index.ts';

/** A picture for clients that can show one. */
export interface Picture {
  /** `image/png` and the like. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A file for clients that can keep one. */
export interface ResultFile {
  readonly uri: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

interface Answer<S> {
  readonly structured: S;
  /** What a person would read aloud; local times, ids only where they are handles. */
  readonly text: Clean;
  /** Stands beside the text, outside of its budget. */
  readonly picture?: Picture;
  /** As the picture. */
  readonly file?: ResultFile;
  /** What views need to know beside the facts, the tool's own and others that read by it; no model pays for it. */
  readonly aside?: CleanValue;
}

/** What a tool answers: the same facts twice, once for programs and once for reading. All text in it is clean. */
export type ToolResult<T> = Answer<Cleaned<T>>;
