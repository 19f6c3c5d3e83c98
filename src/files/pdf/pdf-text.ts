import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { PdfMessage, PdfQuestion } from './messages.ts';

/** Pages that are read, from the first. */
const MOST_PAGES = 200;
/** Characters after which no further page is read. */
const MOST_CHARACTERS = 400_000;
/** How long the reading may take, in milliseconds. What was read until then counts. */
const PATIENCE_MS = 10_000;
/** Memory of the reading thread, in megabytes; typed arrays are limited in the thread itself. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

/** What a PDF says. */
export interface PdfText {
  /** Pages in the file; `undefined` where it could not be opened in time. */
  readonly pages: number | undefined;
  /** The text of each page that was looked at, from the first; `undefined` for one that cannot be read. */
  readonly read: readonly (string | undefined)[];
  /** Why nothing or not all of it was read; `undefined` when it was, or when the budget of pages was used up. */
  readonly stopped: 'password' | 'damaged' | 'tooMuch' | undefined;
}

/** Whether a file is a PDF, by its first bytes: some programs write something before the mark. */
export const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-');

/** The reader beside the bundle, or in `dist` when the sources run. */
function readerScript(): URL {
  const places = ['./pdf-worker.js', '../../../dist/pdf-worker.js'].map((place) => new URL(place, import.meta.url));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error('The PDF reader is missing: run `npm run build` first.');
  return found;
}

/** Readings take turns: a folder full of bad files must not take all of the memory. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * The text of a PDF, read in a thread of its own with limits of time and memory, so that no file holds up or ends the server.
 * @param signal ends the reading
 */
export async function readPdf(bytes: Uint8Array, signal: AbortSignal): Promise<PdfText> {
  const mine = turn.then(() => {
    signal.throwIfAborted();
    return readInThread(bytes, signal);
  });
  turn = mine.catch((): undefined => undefined);
  return mine;
}

function readInThread(bytes: Uint8Array, signal: AbortSignal): Promise<PdfText> {
  const question: PdfQuestion = { bytes, mostPages: MOST_PAGES, mostCharacters: MOST_CHARACTERS };
  // What the reader prints is not for anybody: on stdio the output is the protocol.
  const worker = new Worker(readerScript(), {
    workerData: question,
    resourceLimits: MEMORY,
    stdout: true,
    stderr: true,
    env: {},
    execArgv: [],
  });
  const read: (string | undefined)[] = [];
  let pages: number | undefined;
  return new Promise<PdfText>((resolve, reject) => {
    const finish = (stopped: PdfText['stopped']): void => resolve({ pages, read, stopped });
    const patience = setTimeout(() => finish('tooMuch'), PATIENCE_MS);
    const cancel = (): void => reject(signal.reason);
    signal.addEventListener('abort', cancel, { once: true });
    worker.on('message', (message: PdfMessage) => {
      if (message.kind === 'opened') pages = message.pages;
      else if (message.kind === 'page') read.push(message.text);
      else if (message.kind === 'failed') finish(pages === undefined ? message.why : 'tooMuch');
      else finish(undefined);
    });
    // Out of memory, mostly.
    worker.on('error', () => finish('tooMuch'));
    worker.on('exit', () => {
      clearTimeout(patience);
      signal.removeEventListener('abort', cancel);
      finish('tooMuch');
    });
  }).finally(() => worker.terminate());
}
