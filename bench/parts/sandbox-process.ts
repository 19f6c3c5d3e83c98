import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { withoutSettings } from '../../src/config/settings-file.ts';

export const PROGRAM = resolve(import.meta.dirname, '../../dist/main.js');

/** The environment of this process without anything that would configure the server. */
export const bareEnvironment = (): Record<string, string> => withoutSettings(process.env);

/** Asks a process to end, and waits until it has. */
export async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
}

export interface SandboxProcess {
  /** `CWM_...` variables that lead there. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lets something go wrong, beside what goes wrong already (docs/sandbox.md). */
  fault(fault: object): Promise<void>;
  /** Nothing goes wrong any more. */
  clear(): Promise<void>;
  /** Lets every request wait, as the way to a cloud does; 0 ends it. */
  latency(delayMs: number): Promise<void>;
  close(): Promise<void>;
}

/** The built sandbox in a process of its own, so that it shares no thread with what is measured. */
export async function startSandboxProcess(parameters: readonly string[]): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [PROGRAM, 'sandbox', ...parameters], {
    env: bareEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const environment: Record<string, string> = {};
  let control: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^(CWM_\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) environment[name] = value;
    control = /^# POST \/faults.* at (\S+)/.exec(line)?.[1];
    if (control !== undefined) break;
  }
  child.stdout.resume();
  const fault = async (one: object): Promise<void> => {
    await fetch(`${control}/faults`, { method: 'POST', body: JSON.stringify(one) });
  };
  const clear = async (): Promise<void> => {
    await fetch(`${control}/faults`, { method: 'DELETE' });
  };
  return {
    environment,
    fault,
    clear,
    async latency(delayMs) {
      await clear();
      if (delayMs > 0) await fault({ kind: 'slow', delayMs, times: 1_000_000 });
    },
    close: () => ended(child),
  };
}
