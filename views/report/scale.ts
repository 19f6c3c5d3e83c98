/** A scale from its lowest to its highest line, with round numbers between. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  /** From low to high. */
  readonly lines: readonly number[];
}

/** Steps that people count in, in each power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];

/** A scale that holds 0 and everything between two values, in about four steps. */
export function scaleFor({ low, high }: { low: number; high: number }): Scale {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return { low: 0, high: 1, lines: [0, 1] };
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((each) => each * power >= rough * (1 - 1e-9)) ?? 10);
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  // Multiples, not sums: those of 0.1 drift.
  const lines = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  return { low: lines[0] ?? 0, high: lines.at(-1) ?? 1, lines };
}

/** Where a value stands on a scale: 0 at its low end, 1 at its high one. */
export const partOf = (value: number, { low, high }: Scale): number => (value - low) / (high - low);

/** About the width of a character on an axis, and of the room between labels, in pixels. */
const CHARACTER = 7;
const BETWEEN = 10;

/** Every how many labels one is shown so that they stand apart in a width of pixels. */
export function everyFor(labels: readonly string[], width: number): number {
  const longest = Math.max(1, ...labels.map(({ length }) => length));
  const fitting = Math.max(1, Math.floor(width / (longest * CHARACTER + BETWEEN)));
  return Math.max(1, Math.ceil(labels.length / fitting));
}
