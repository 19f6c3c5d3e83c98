import { parseArgs } from 'node:util';
import { fuzz, type Part } from './fuzz/part.ts';
import { pureParts } from './fuzz/pure-parts.ts';
import { servedParts } from './fuzz/served-parts.ts';

// npm run fuzz -- [--only query,cleaner] [--runs 200] [--seed 7] [--most 50]. Gives everything that takes something from outside
// what it should not be given, and names the inputs that threw, or that held the event loop for longer than `most` milliseconds. The
// same seed gives the same inputs.

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '150' },
    seed: { type: 'string' },
    most: { type: 'string', default: '50' },
  },
});

const seed = Number(values.seed ?? Date.now() % 1_000_000);
const wanted = values.only?.split(',');
const isWanted = ({ name }: Pick<Part, 'name'>): boolean => wanted?.includes(name) ?? true;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

print(`seed ${seed}`);
let found = 0;
for (const open of [...pureParts.map((part) => ({ name: part.name, open: async () => part })), ...servedParts]) {
  if (!isWanted(open)) continue;
  const part = await open.open();
  const { findings, slowest, runs } = await fuzz(part, { runs: Number(values.runs), seed, most: Number(values.most) });
  await part.close?.();
  print(
    `${part.name}: ${runs} inputs, held the event loop for ${slowest.toFixed(0)} ms at most, ${findings.length} findings`,
  );
  for (const { what, input } of findings.slice(0, 5)) print(`  ${what}\n  given ${input}`);
  found += findings.length;
}
process.exitCode = found === 0 ? 0 : 1;
