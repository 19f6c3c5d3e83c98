import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { withoutSettings } from '../../src/config/settings-file.ts';

export const PROGRAM = resolve(import.meta.dirname, '../../dist/main.js');

/** The environment of this process without anything that would configure the server. */
export const bareEnvironment = (): Record<string, string> => withoutSettings(process.env);

export interface SandboxProcess {
  /** `CWM_...` variables that lead there. */
  readonly environment: Readonly<Record<string, string>>;
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
  return {
    environment,
    async latency(delayMs) {
      await fetch(`${control}/faults`, { method: 'DELETE' });
      if (delayMs === 0) return;
      const body = JSON.stringify({ kind: 'slow', delayMs, times: 1_000_000 });
      await fetch(`${control}/faults`, { method: 'POST', body });
    },
    async close() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
