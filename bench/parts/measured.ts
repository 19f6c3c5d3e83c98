import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Growth } from './growth.ts';
import { bareEnvironment, type SandboxProcess } from './sandbox-process.ts';

/** Runs one of these parts in a process of its own, so that its memory is its own, and gives what it prints. */
export async function measured(
  part: string,
  { environment }: SandboxProcess,
  parameters: readonly string[] = [],
): Promise<Growth> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, part), ...parameters], {
    env: { ...bareEnvironment(), ...environment, NODE_EXTRA_CA_CERTS: environment.CWM_CA_FILE ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`${[part, ...parameters].join(' ')} failed.`);
  return JSON.parse(text) as Growth;
}
