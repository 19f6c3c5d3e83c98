import fc from 'fast-check';
import { longestTurn } from './longest-turn.ts';

/** Something that takes what comes from outside. */
export interface Part {
  readonly name: string;
  /** Ends what was started for it. */
  close?(): Promise<void>;
  readonly input: fc.Arbitrary<unknown>;
  /** Inputs at most, where each takes long. */
  readonly mostRuns?: number;
  /**
   * Takes one input.
   * @throws what it may not throw: a refusal that the part is expected to make is caught in here
   */
  take(input: unknown): void | Promise<void>;
  /** What has to hold besides; its time does not count. */
  check?(input: unknown): void;
}

export interface Finding {
  readonly part: string;
  readonly what: string;
  readonly input: string;
}

const shown = (input: unknown): string => {
  let text = 'nested too deep to be shown';
  try {
    text = JSON.stringify(input) ?? String(input);
  } catch {
    // Some inputs are made so that this fails.
  }
  return text.length > 300 ? `${text.slice(0, 200)} ... ${text.slice(-60)} (${text.length} characters)` : text;
};

/** Tries of an input that seems slow; the fastest counts, so that neither compiling nor collecting garbage does. */
const TRIES = 3;

/**
 * Gives a part so many inputs.
 * @param most milliseconds for which one input may hold the event loop
 */
export async function fuzz(part: Part, { runs, seed, most }: { runs: number; seed: number; most: number }) {
  const findings: Finding[] = [];
  let slowest = 0;
  const numRuns = Math.min(runs, part.mostRuns ?? runs);
  for (const input of fc.sample(part.input, { numRuns, seed })) {
    try {
      let took = await longestTurn(() => part.take(input));
      for (let again = 1; took > most && again < TRIES; again += 1)
        took = Math.min(took, await longestTurn(() => part.take(input)));
      part.check?.(input);
      slowest = Math.max(slowest, took);
      if (took > most)
        findings.push({ part: part.name, what: `held the event loop for ${took.toFixed(0)} ms`, input: shown(input) });
    } catch (error) {
      const what =
        error instanceof Error
          ? `${error.name}: ${error.message.slice(0, 200)}\n${error.stack?.split('\n')[1] ?? ''}`
          : String(error);
      findings.push({ part: part.name, what, input: shown(input) });
    }
  }
  return { findings, slowest, runs: numRuns };
}
