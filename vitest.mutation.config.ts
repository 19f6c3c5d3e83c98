import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** What `npm run mutate` runs: the tests of the module that it mutates, named by scripts/mutate.ts. */
export default defineConfig({
  test: {
    ...base.test,
    // They run in threads, which take no flags of the engine.
    execArgv: [],
    include: [process.env.MUTATE_TESTS ?? 'test/tool/write/**/*.test.ts'],
  },
});
