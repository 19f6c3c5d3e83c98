import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { withoutSettings } from '../../src/config/settings-file.ts';

const PROGRAM = join(import.meta.dirname, '../../dist/main.js');
const PROBE = pathToFileURL(join(import.meta.dirname, 'probe.mjs')).href;

/** What a server is like at one moment. */
export interface Sample {
  /** Milliseconds since the last sample: how late the loop was, and how much of the processor it used between two looks. */
  readonly loop: Readonly<Record<'delay' | 'used', { readonly max: number; readonly p99: number }>>;
  /** Megabytes, after a collection. */
  readonly memory: { readonly rss: number; readonly heap: number; readonly external: number };
  readonly handles: Readonly<Record<string, number>>;
  /** All of Node.js so far, with their stacks. */
  readonly warnings: readonly string[];
}

export interface Probed {
  readonly name: string;
  sample(): Promise<Sample>;
}

type Environment = Readonly<Record<string, string>>;

/** Where a server's probe writes, and how it is loaded. */
const probing = (folder: string, name: string): { file: string; environment: Environment } => {
  const file = join(folder, `${name}.jsonl`);
  return { file, environment: { NODE_OPTIONS: `--import ${PROBE}`, SOAK_PROBE: file } };
};

function probed(name: string, file: string, pid: number | undefined): Probed {
  const lines = (): string[] => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
  return {
    name,
    async sample() {
      const before = lines().length;
      if (pid === undefined) throw new Error(`${name} has ended.`);
      process.kill(pid, 'SIGUSR2');
      for (let waited = 0; waited < 30_000; waited += 50) {
        await sleep(50);
        const all = lines();
        if (all.length > before) return JSON.parse(all.at(-1) ?? '') as Sample;
      }
      throw new Error(`${name} gave no sample within 30 seconds.`);
    },
  };
}

const end = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
};

/** The built sandbox in a process of its own. */
export async function startSite(tickets: number) {
  const child = spawn(process.execPath, [PROGRAM, 'sandbox', '--port', '0', '--tickets', String(tickets)], {
    env: withoutSettings(process.env),
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
  const order = async (method: string, fault?: object): Promise<void> => {
    await fetch(`${control}/faults`, { method, ...(fault && { body: JSON.stringify(fault) }) });
  };
  return {
    environment: environment as Environment,
    fault: (fault: object) => order('POST', fault),
    clear: () => order('DELETE'),
    close: () => end(child),
  };
}

/** A client of either era. */
const newClient = (pin: '2026-07-28' | '2025-11-25'): Client =>
  pin === '2026-07-28'
    ? new Client({ name: 'soak', version: '1.0.0' }, { versionNegotiation: { mode: { pin } } })
    : new Client({ name: 'soak', version: '1.0.0' });

/** The built server over HTTP. */
export async function startHttp(folder: string, environment: Environment) {
  const { file, environment: probe } = probing(folder, 'http');
  const child = spawn(process.execPath, [PROGRAM, 'http', '--port', '0'], {
    env: { ...withoutSettings(process.env), ...environment, ...probe },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = join(folder, 'http.log');
  child.stderr.on('data', (chunk: Buffer) => appendFileSync(log, chunk));
  let url: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    url = /served at (\S+)/.exec(line)?.[1];
    if (url !== undefined) break;
  }
  if (url === undefined) throw new Error(`The HTTP server did not start:\n${readFileSync(log, 'utf8')}`);
  const address = new URL(url);
  child.stdout.resume();
  return {
    probe: probed('http', file, child.pid),
    /** Connects a caller: every second one in a session. */
    async connect(index: number): Promise<Client> {
      const client = newClient(index % 2 === 0 ? '2026-07-28' : '2025-11-25');
      await client.connect(new StreamableHTTPClientTransport(address));
      return client;
    },
    close: () => end(child),
  };
}

/** The built server over stdio, with its client. */
export async function startStdio(folder: string, environment: Environment) {
  const { file, environment: probe } = probing(folder, 'stdio');
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [PROGRAM],
    env: { ...withoutSettings(process.env), ...environment, ...probe },
    stderr: 'pipe',
  });
  transport.stderr?.on('data', (chunk: Buffer) => appendFileSync(join(folder, 'stdio.log'), chunk));
  const client = newClient('2025-11-25');
  await client.connect(transport);
  return { probe: probed('stdio', file, transport.pid ?? undefined), client, close: () => client.close() };
}
