/** What makes a spreadsheet take a cell for a formula. */
const FORMULA = /^\s*[=+\-@|%＝＋－＠]|^[\t\r\n]/;

/** A cell as a spreadsheet shows it and does not run it: what could be a formula gets an apostrophe before it. */
function cellOf(value: unknown): string {
  const text = value === undefined || value === null ? '' : String(value);
  const safe = typeof value !== 'number' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A row of comma-separated values (RFC 4180), without the end of the line. */
export const csvRow = (cells: readonly unknown[]): string => cells.map(cellOf).join(',');
