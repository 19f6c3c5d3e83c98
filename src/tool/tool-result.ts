import type { Clean, Cleaned } from '../text/index.ts';

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

/** What a tool answers: the same facts twice, once for programs and once for reading. All text in it is clean. */
export interface ToolResult<T> {
  readonly structured: Cleaned<T>;
  /** What a person would read aloud; local times, ids only where they are handles. */
  readonly text: Clean;
  /** Stands beside the text, outside of its budget. */
  readonly picture?: Picture;
  /** As the picture. */
  readonly file?: ResultFile;
}

/** @deprecated until every room is converted */
export interface LegacyResult<T> extends Omit<ToolResult<T>, 'structured' | 'text'> {
  readonly structured: T;
  readonly text: string;
}
