import type { Steps } from './steps.ts';

/** From its first backtick to behind its last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Code in a Markdown text: between two runs of as many backticks, on one line, or over several lines from three backticks on.
 * What is taken for code is kept, never believed: it is made inert all the same.
 */
export function codeRanges(text: string, steps: Steps): readonly Range[] {
  if (!text.includes('`')) return [];
  const runs: { readonly start: number; readonly end: number; readonly line: number }[] = [];
  let line = 0;
  for (const { 0: found, index } of text.matchAll(/`+|\n/g)) {
    steps.count += found.length;
    if (found === '\n') line += 1;
    else runs.push({ start: index, end: index + found.length, line });
  }
  // From behind: which run of the same length comes next.
  const next: (number | undefined)[] = [];
  const seen = new Map<number, number>();
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const run = runs[index];
    if (run === undefined) continue;
    const length = run.end - run.start;
    next[index] = seen.get(length);
    seen.set(length, index);
  }
  const ranges: Range[] = [];
  for (let index = 0; index < runs.length; index += 1) {
    const open = runs[index];
    const closing = next[index];
    const close = closing === undefined ? undefined : runs[closing];
    if (open === undefined || closing === undefined || close === undefined) continue;
    if (open.end - open.start < 3 && open.line !== close.line) continue;
    ranges.push({ start: open.start, end: close.end });
    index = closing;
  }
  return ranges;
}
