import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';

/** Options of sandboxes that can be lent again: nothing but the data differs. */
const LENT: ReadonlySet<string> = new Set(['now', 'seed', 'tickets', 'timeZone'] satisfies (keyof SandboxOptions)[]);

/** How many idle sandboxes a worker keeps; the one that has been idle longest goes first. */
const MOST_IDLE = 12;

/** Sandboxes that nobody uses, by their options, the longest idle first. */
const idle: { readonly key: string; readonly sandbox: Sandbox }[] = [];

/** The options as text, or undefined for a sandbox that cannot be lent again. */
function keyOf(options: SandboxOptions): string | undefined {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const isPlain = given.every(([name, value]) => LENT.has(name) && typeof value !== 'function');
  return isPlain ? JSON.stringify(given.sort(([a], [b]) => a.localeCompare(b))) : undefined;
}

/**
 * A sandbox in the state of its start. Filling one takes far longer than resetting one, so `close` returns it to the worker's idle
 * ones, and the next test that asks for the same data gets it. Use `startSandbox` where starting or stopping is what is tested.
 */
export async function borrowSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const key = keyOf(options);
  if (key === undefined) return startSandbox(options);
  const at = idle.findIndex((one) => one.key === key);
  const lent = idle.splice(at, at === -1 ? 0 : 1)[0]?.sandbox;
  // What was still on its way when it was given back has arrived meanwhile.
  lent?.reset();
  const sandbox = lent ?? (await startSandbox(options));
  let isReturned = false;
  return {
    ...sandbox,
    async close() {
      if (isReturned) return;
      isReturned = true;
      sandbox.reset();
      idle.push({ key, sandbox });
      if (idle.length > MOST_IDLE) await idle.shift()?.sandbox.close();
    },
  };
}
