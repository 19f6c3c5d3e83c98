import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import './test/support/optimize-late.cjs';

/** For the workers and every program that tests start, as for vitest itself. */
const preload = join(import.meta.dirname, 'test/support/optimize-late.cjs');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // A worker imports the modules once for all of its files; no test replaces a module or a global.
    isolate: false,
    // What a file is transformed to is kept for the next run, by its content.
    experimental: { fsModuleCache: true },
    // The tests make much short-lived garbage; a larger nursery collects it for less.
    execArgv: ['--max-semi-space-size=64', '--require', preload],
    env: { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(preload)}`.trim() },
    // The tests wait for sockets as much as they compute; leaving one of two cores idle doubles their time.
    maxWorkers: '100%',
    testTimeout: 30_000,
    // A machine that does other work as well takes longer for the same.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 30_000,
  },
});
