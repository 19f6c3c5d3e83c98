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
}

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
