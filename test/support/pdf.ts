import { Buffer } from 'node:buffer';

interface PdfOptions {
  /** Entries of the content stream's dictionary, as `/Filter /FlateDecode`. */
  readonly dictionary?: string;
  /** How often the one page is listed. */
  readonly pages?: number;
  /** Entries of the trailer, as `/Encrypt << ... >>`. */
  readonly trailer?: string;
}

/** A PDF of one content stream, for files that nobody should send. */
export function rawPdf(content: Uint8Array | string, options: PdfOptions = {}): Buffer {
  const { dictionary = '', pages = 1, trailer = '' } = options;
  const stream = Buffer.from(content as string, 'latin1');
  const kids = '3 0 R '.repeat(pages);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`,
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${stream.length} ${dictionary} >>\nstream\n${stream.toString('latin1')}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const end = `trailer\n<< /Size 6 /Root 1 0 R ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 6\n0000000000 65535 f \n${table}${end}`, 'latin1');
}

/** A page with one line of text. */
export const pageOf = (line: string): string => `BT /F1 12 Tf 56 780 Td (${line}) Tj ET`;
