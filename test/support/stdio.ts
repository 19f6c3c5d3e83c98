import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { StdioClientTransport as HandshakeTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { withoutSettings } from '../../src/config/settings-file.ts';
import { type Answer, handshakeClient, modernClient } from './mcp-clients.ts';

/** The built program. `npm test` builds it first. */
export const PROGRAM = resolve(import.meta.dirname, '../../dist/main.js');

/** The environment without anything that would configure the server. */
export const cleanEnvironment = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  ...withoutSettings(process.env),
  CWM_LOG_LEVEL: 'error',
  // The journal does not go into the home of whoever runs the tests.
  XDG_STATE_HOME: join(tmpdir(), 'cwm-mcp-tests'),
  ...more,
});

export type StdioClient = Pick<Client, 'callTool' | 'listTools' | 'readResource' | 'close'>;

/** A client of either protocol era on the built program over stdio. */
export async function connectStdio(
  era: 'modern' | 'handshake',
  environment: Readonly<Record<string, string>> = {},
  parameters: readonly string[] = ['--sandbox'],
  answer?: Answer,
): Promise<StdioClient> {
  const server = { command: process.execPath, args: [PROGRAM, ...parameters], env: cleanEnvironment(environment) };
  if (era === 'handshake') {
    const client = handshakeClient(answer);
    await client.connect(new HandshakeTransport(server));
    return client as unknown as StdioClient;
  }
  const client = modernClient(answer);
  await client.connect(new StdioClientTransport(server));
  return client;
}

/** The built program as a bare process. */
export const start = (
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  program = PROGRAM,
): ChildProcess =>
  spawn(process.execPath, [program, ...parameters], {
    env: cleanEnvironment(environment),
    stdio: ['pipe', 'pipe', 'pipe'],
  });

/** Runs the program to its end and gives what it printed. */
export async function run(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  program = PROGRAM,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = start(parameters, environment, program);
  child.stdin?.end();
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, stdout, stderr };
}
