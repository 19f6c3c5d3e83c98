import { spawnSync } from 'node:child_process';

// npm run mutate -- [module ...]. Changes the code of each module in small ways, one at a time, and runs the module's own tests
// against each: the whole suite per mutant would take days. Scores are in docs/mutation.md.

/** What is mutated (a list, with commas between), and which tests have to notice. */
const MODULES: Readonly<Record<string, { readonly code: string; readonly tests: string }>> = {
  write: { code: 'src/tool/write/effects.ts,src/tool/write/preview.ts', tests: 'test/tool/write/**/*.test.ts' },
  settling: {
    code: 'src/manage/writes/settle.ts,src/manage/writes/stored.ts',
    tests: 'test/manage/{settle,stored}.test.ts',
  },
  limiter: { code: 'src/manage/limits/limiter.ts', tests: 'test/manage/limiter.test.ts' },
  meanings: { code: 'src/api/meanings/**/*.ts', tests: 'test/api/meanings*.test.ts' },
  query: { code: 'src/query/times.ts,src/query/like.ts,src/query/words.ts', tests: 'test/query/**/*.test.ts' },
  names: { code: 'src/names/match.ts,src/names/said.ts', tests: 'test/names/**/*.test.ts' },
  clock: { code: 'src/clock/interpret.ts,src/clock/length.ts,src/clock/echo.ts', tests: 'test/clock/**/*.test.ts' },
  text: {
    code: 'src/text/say.ts,src/text/structured.ts,src/text/hidden.ts,src/text/file-name.ts',
    tests: 'test/text/**/!(clean).test.ts',
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(MODULES, name));
if (unknown.length > 0)
  throw new Error(`There is no module ${unknown.join(', ')}. There are: ${Object.keys(MODULES).join(', ')}.`);

for (const [name, { code, tests }] of Object.entries(MODULES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n${name}\n`);
  const { status } = spawnSync('npx', ['stryker', 'run', '--mutate', code], {
    stdio: 'inherit',
    env: { ...process.env, MUTATE_TESTS: tests },
  });
  if (status !== 0) process.exitCode = 1;
}
