import { csvRow } from '../../src/text/csv.ts';
import type { Report } from './report.ts';

/** A report as a file for a spreadsheet; text in it is not run as a formula. */
export function csvOf({ columns, rows, totals }: Report): string {
  const lines = rows.length > 0 ? [columns, ...rows] : [Object.keys(totals), Object.values(totals)];
  return `${lines.map(csvRow).join('\r\n')}\r\n`;
}
