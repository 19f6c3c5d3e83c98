/** What the reader of PDFs is asked. */
export interface PdfQuestion {
  readonly bytes: Uint8Array;
  /** Pages that are read at most, from the first. */
  readonly mostPages: number;
  /** Characters after which no further page is read. */
  readonly mostCharacters: number;
}

/** What it answers: how many pages there are, each page as soon as it is read, and the end; or why it reads nothing. */
export type PdfMessage =
  | { readonly kind: 'opened'; readonly pages: number }
  /** Without a text for a page that cannot be read. */
  | { readonly kind: 'page'; readonly text: string | undefined }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly why: 'password' | 'damaged' };
