import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { bareEnvironment, PROGRAM } from './sandbox-process.ts';

/** The built server over HTTP, in a process of its own. */
export async function startHttpProcess(
  environment: Readonly<Record<string, string>>,
): Promise<{ url: URL; close(): Promise<void> }> {
  const child = spawn(process.execPath, [PROGRAM, 'http', '--port', '0'], {
    env: { ...bareEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let url: URL | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const served = /served at (\S+)/.exec(line)?.[1];
    if (served === undefined) continue;
    url = new URL(served);
    break;
  }
  if (url === undefined) throw new Error('The HTTP server did not start.');
  child.stdout.resume();
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
