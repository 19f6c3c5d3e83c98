import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { bareEnvironment, ended, PROGRAM } from './sandbox-process.ts';

/**
 * The built server over HTTP, in a process of its own.
 * @param log file for its log, which goes to our own standard error when left out
 * @param program another one that says where it serves as ours does
 */
export async function startHttpProcess(
  environment: Readonly<Record<string, string>>,
  log?: string,
  program = PROGRAM,
): Promise<{ url: URL; pid: number | undefined; close(): Promise<void> }> {
  const stderr = log === undefined ? 'inherit' : openSync(log, 'a');
  const child = spawn(process.execPath, [program, 'http', '--port', '0'], {
    env: { ...bareEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', stderr],
  });
  if (stderr !== 'inherit') closeSync(stderr);
  const stdout = child.stdout as Readable;
  let url: URL | undefined;
  for await (const line of createInterface({ input: stdout })) {
    const served = /served at (\S+)/.exec(line)?.[1];
    if (served === undefined) continue;
    url = new URL(served);
    break;
  }
  if (url === undefined)
    throw new Error(`The HTTP server did not start${log === undefined ? '.' : `:\n${readFileSync(log, 'utf8')}`}`);
  stdout.resume();
  return {
    url,
    pid: child.pid,
    close: () => ended(child),
  };
}
