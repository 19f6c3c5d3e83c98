import type { SandboxProcess } from './parts/sandbox-process.ts';

/** One line of a bench's table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  /** What it is measured against, in the same run. */
  readonly beside?: string;
  readonly ratio?: string;
  readonly target?: string;
  /** Whether the target is met; absent where there is none. */
  readonly met?: boolean;
}

export interface BenchOptions {
  /** A few rounds on little data: shows that it runs, measures nothing. */
  readonly quick: boolean;
  /** Starts a sandbox of its own for a bench, or lends one. @param parameters of `cwm-mcp sandbox` */
  sandbox(parameters: readonly string[]): Promise<SandboxProcess>;
}

/** As many tickets as a quick run needs, for all benches that need no more, so that they can share a sandbox. */
export const QUICK_TICKETS = 60;

export interface Bench {
  readonly title: string;
  run(options: BenchOptions): Promise<readonly Row[]>;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
export const times = (value: number): string => `${value.toFixed(2)} x`;
