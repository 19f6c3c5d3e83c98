import { parentPort, workerData } from 'node:worker_threads';
import { getDocumentProxy } from 'unpdf';
import { guardMemory } from './guard-memory.ts';
import type { PdfMessage, PdfQuestion } from './messages.ts';

// Runs in a thread of its own, which the server ends when it takes too long or too much: whoever sent the file wrote it.

/** Longer texts of one page are cut before they are sent. */
const LONGEST_PAGE = 200_000;

const tell = (message: PdfMessage): void => parentPort?.postMessage(message);

interface Item {
  readonly str?: string;
  readonly hasEOL?: boolean;
}

/** The text of a page in the order in which it was written, lines as they were. */
function textOf(items: readonly Item[]): string {
  const parts: string[] = [];
  let length = 0;
  for (const { str = '', hasEOL } of items) {
    parts.push(str, hasEOL ? '\n' : '');
    length += str.length + 1;
    if (length > LONGEST_PAGE) break;
  }
  return parts.join('').slice(0, LONGEST_PAGE);
}

async function pageText(document: Awaited<ReturnType<typeof getDocumentProxy>>, number: number): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return textOf(items as readonly Item[]);
}

async function read({ bytes, mostPages, mostCharacters }: PdfQuestion): Promise<void> {
  const document = await getDocumentProxy(bytes, { useSystemFonts: false, verbosity: 0 });
  tell({ kind: 'opened', pages: document.numPages });
  let characters = 0;
  for (let number = 1; number <= Math.min(document.numPages, mostPages) && characters < mostCharacters; number += 1) {
    const text = await pageText(document, number).catch((): undefined => undefined);
    characters += text?.length ?? 0;
    tell({ kind: 'page', text });
  }
  tell({ kind: 'end' });
}

guardMemory();
try {
  await read(workerData as PdfQuestion);
} catch (error) {
  const isLocked = error instanceof Error && error.name === 'PasswordException';
  tell({ kind: 'failed', why: isLocked ? 'password' : 'damaged' });
}
