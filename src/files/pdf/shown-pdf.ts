import { type Clean, counted, joined, lines, say } from '../../text/index.ts';
import { isPdf, type PdfText, readPdf } from './pdf-text.ts';

/** Characters of a PDF that is handed over as well. */
const BEGINNING = 8_000;

/** A PDF as a model reads it. */
export interface ShownPdf {
  readonly pages: number | undefined;
  /** The text of the file, a mark before each page where there are several; it comes from outside and is not clean. */
  readonly text: string | undefined;
  /** How much of it was read, or why nothing was. */
  readonly says: Clean | undefined;
}

const WHY = {
  password: say`The PDF is protected by a password; its text cannot be read.`,
  damaged: say`The PDF is damaged; its text cannot be read.`,
  tooMuch: say`The PDF takes too much time or memory to read.`,
} as const;

/** What cannot be read of a PDF that has text, or none. */
function says({ pages = 0, read, stopped }: PdfText): Clean | undefined {
  if (read.length === 0) return WHY[stopped ?? 'damaged'];
  const unreadable = read.flatMap((text, index) => (text === undefined ? [index + 1] : []));
  const hasText = read.some((text) => text !== undefined && text.trim() !== '');
  const rest = joined(
    [
      unreadable.length > 0 &&
        say`These pages cannot be read: ${joined(
          unreadable.map((page) => say`${page}`),
          ', ',
        )}.`,
      read.length < pages && say`Only the first ${counted(read.length, 'page')} of ${pages} were looked at.`,
    ],
    ' ',
  );
  if (hasText) return rest === '' ? undefined : rest;
  const none = say`The PDF has no text${read.length < pages ? say` there` : say``}: it is a scan or a picture.`;
  return unreadable.length === read.length ? WHY.tooMuch : lines([rest, none]);
}

/**
 * The text of a file, where it is a PDF; `undefined` where it is not.
 * @param signal ends the reading
 */
export async function shownPdf(bytes: Uint8Array, signal: AbortSignal): Promise<ShownPdf | undefined> {
  if (!isPdf(bytes)) return undefined;
  const pdf = await readPdf(bytes, signal);
  const { pages, read } = pdf;
  const isEmpty = read.every((text) => text === undefined || text.trim() === '');
  const mark = (index: number): string => (pages === 1 ? '' : `[page ${index + 1}]\n`);
  const text = read.map((page, index) => `${mark(index)}${page?.trim() ?? ''}`).join('\n\n');
  return { pages, text: isEmpty ? undefined : text, says: says(pdf) };
}

/**
 * The beginning of a PDF's text for an answer that hands the file over; nothing of a file that is no PDF.
 * @param quote wraps the text as one from outside
 */
export async function pdfBeginning(
  bytes: Uint8Array,
  signal: AbortSignal,
  quote: (text: unknown) => Clean,
): Promise<{ readonly text?: Clean; readonly says?: Clean }> {
  const pdf = await shownPdf(bytes, signal);
  if (pdf?.text === undefined) return { says: pdf?.says };
  const { length } = pdf.text;
  const rest = length > BEGINNING && say`The first ${BEGINNING} of ${length} characters of the PDF.`;
  return { text: quote(pdf.text.slice(0, BEGINNING)), says: lines([rest, pdf.says]) };
}
