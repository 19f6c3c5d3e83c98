/** Text as the standard fonts take it: Latin-1, with what a PDF string escapes. */
const literal = (text: string): string => `(${text.replace(/[\u{100}-\u{10ffff}]/gu, '?').replace(/[\\()]/g, '\\$&')})`;

const LINES_ON_PAGE = 48;

function contentOf(title: string | undefined, lines: readonly string[]): string {
  const heading = title === undefined ? '' : `/F2 18 Tf 56 780 Td ${literal(title)} Tj 0 -32 Td `;
  const start = title === undefined ? '56 780 Td ' : '';
  const rows = lines.map((line) => `${literal(line)} Tj 0 -15 Td`).join('\n');
  return `BT ${heading}/F1 11 Tf ${start}\n${rows}\nET`;
}

/** A PDF 1.4 document: a title and lines of text, on as many A4 pages as they need. */
export function textPdf(title: string, lines: readonly string[]): Buffer {
  const pages: string[][] = [];
  for (let at = 0; at < Math.max(1, lines.length); at += LINES_ON_PAGE)
    pages.push(lines.slice(at, at + LINES_ON_PAGE).map(String));
  const firstPage = 5;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${firstPage + index * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((page, index) => {
      const content = contentOf(index === 0 ? title : undefined, page);
      const resources = '<< /Font << /F1 3 0 R /F2 4 0 R >> >>';
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources ${resources} /Contents ${firstPage + index * 2 + 1} 0 R >>`,
        `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}
