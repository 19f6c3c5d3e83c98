import type { Bench } from './bench.ts';

/** By name, in their order. Only those that run are loaded. */
export const BENCHES: Readonly<Record<string, () => Promise<{ readonly default: Bench }>>> = {
  startup: () => import('./startup.ts'),
  overhead: () => import('./overhead.ts'),
  waits: () => import('./waits.ts'),
  paging: () => import('./paging.ts'),
  report: () => import('./report.ts'),
  tokens: () => import('./tokens.ts'),
  sandbox: () => import('./sandbox.ts'),
};
