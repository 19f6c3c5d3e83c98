import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench, Row } from './bench.ts';
import overhead from './overhead.ts';
import paging from './paging.ts';
import report from './report.ts';
import sandbox from './sandbox.ts';
import startup from './startup.ts';
import tokens from './tokens.ts';
import waits from './waits.ts';

// npm run bench -- [--only startup,paging] [--quick]. Everything is compared within one run; the machine's load is printed, because it
// is the first thing to doubt about a number.

const BENCHES: readonly Bench[] = [startup, overhead, waits, paging, report, tokens, sandbox];
const COLUMNS = ['what', 'measured', 'beside', 'ratio', 'target', 'met'] as const;

const cellOf = (row: Row, column: (typeof COLUMNS)[number]): string => {
  const value = row[column];
  if (typeof value === 'boolean') return value ? 'yes' : 'NO';
  return value ?? '';
};

function table(rows: readonly Row[]): string {
  const lines = [[...COLUMNS], ...rows.map((row) => COLUMNS.map((column) => cellOf(row, column)))];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  text.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return text.join('\n');
}

const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } } });
const wanted = values.only?.split(',');
const unknown = wanted?.filter((name) => !BENCHES.some((bench) => bench.name === name)) ?? [];
if (unknown.length > 0)
  throw new Error(`There is no bench ${unknown.join(', ')}. There are: ${BENCHES.map(({ name }) => name).join(', ')}.`);

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const load = loadavg()[0]?.toFixed(1);
print(`Node ${process.version}; load before the run ${load}${values.quick ? '; quick: not to be quoted' : ''}`);
for (const bench of BENCHES.filter(({ name }) => wanted?.includes(name) ?? true)) {
  const rows = await bench.run({ quick: values.quick });
  print(`\n## ${bench.name}: ${bench.title}\n\n${table(rows)}`);
}
