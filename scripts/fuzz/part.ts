import fc from 'fast-check';

/** Something that takes what comes from outside. */
export interface Part {
  readonly name: string;
  /** Ends what was started for it. */
  close?(): Promise<void>;
  readonly input: fc.Arbitrary<unknown>;
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

/** Milliseconds of processor time: a machine that is busy with other things does not change it much. */
async function cost(take: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await take();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Tries of an input that seems slow; the fastest counts, so that neither compiling nor collecting garbage does. */
const TRIES = 3;

/**
 * Gives a part so many inputs.
 * @param most milliseconds that one input may take
 */
export async function fuzz(part: Part, { runs, seed, most }: { runs: number; seed: number; most: number }) {
  const findings: Finding[] = [];
  let slowest = 0;
  for (const input of fc.sample(part.input, { numRuns: runs, seed })) {
    try {
      let took = await cost(() => part.take(input));
      for (let again = 1; took > most && again < TRIES; again += 1)
        took = Math.min(took, await cost(() => part.take(input)));
      part.check?.(input);
      slowest = Math.max(slowest, took);
      if (took > most) findings.push({ part: part.name, what: `took ${took.toFixed(0)} ms`, input: shown(input) });
    } catch (error) {
      const what =
        error instanceof Error
          ? `${error.name}: ${error.message.slice(0, 200)}\n${error.stack?.split('\n')[1] ?? ''}`
          : String(error);
      findings.push({ part: part.name, what, input: shown(input) });
    }
  }
  return { findings, slowest };
}
