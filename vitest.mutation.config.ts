import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** What `npm run mutate` runs: only the tests of the modules that it mutates. Running all of them per mutant would take days. */
export default defineConfig({
  test: {
    ...base.test,
    // They run in threads, which take no flags of the engine.
    execArgv: [],
    // Texts of a megabyte prove that cleaning is linear; per mutant they cost too much.
    exclude: ['test/text/clean.test.ts'],
    include: [
      'test/{text,clock,query,names}/**/*.test.ts',
      'test/manage/{settle,limiter,stored}.test.ts',
      'test/tool/write/**/*.test.ts',
      'test/api/meanings*.test.ts',
    ],
  },
});
