import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Row } from './bench.ts';
import { BENCHES } from './benches.ts';
import { startSandboxProcess } from './parts/sandbox-process.ts';

// npm run bench -- [--only startup,paging] [--quick]. Everything is compared within one run; the machine's load is printed, because it
// is the first thing to doubt about a number.

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
const unknown = wanted?.filter((name) => !Object.hasOwn(BENCHES, name)) ?? [];
if (unknown.length > 0)
  throw new Error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const busy = loadavg()[0]?.toFixed(1);
print(`Node ${process.version}; load before the run ${busy}${values.quick ? '; quick: not to be quoted' : ''}`);
for (const [name, load] of Object.entries(BENCHES)) {
  if (wanted?.includes(name) === false) continue;
  const { default: bench } = await load();
  const rows = await bench.run({ quick: values.quick, sandbox: startSandboxProcess });
  print(`\n## ${name}: ${bench.title}\n\n${table(rows)}`);
}
