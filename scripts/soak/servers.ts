import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { startHttpProcess } from '../../bench/parts/http-process.ts';
import {
  bareEnvironment,
  PROGRAM,
  type SandboxProcess,
  startSandboxProcess,
} from '../../bench/parts/sandbox-process.ts';

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

/** The built sandbox in a process of its own. */
export const startSite = (tickets: number): Promise<SandboxProcess> =>
  startSandboxProcess(['--port', '0', '--tickets', String(tickets)]);

/** A client of either era. */
const newClient = (pin: '2026-07-28' | '2025-11-25'): Client =>
  pin === '2026-07-28'
    ? new Client({ name: 'soak', version: '1.0.0' }, { versionNegotiation: { mode: { pin } } })
    : new Client({ name: 'soak', version: '1.0.0' });

/** The built server over HTTP. */
export async function startHttp(folder: string, environment: Environment) {
  const { file, environment: probe } = probing(folder, 'http');
  const { url, pid, close } = await startHttpProcess({ ...environment, ...probe }, join(folder, 'http.log'));
  return {
    probe: probed('http', file, pid),
    /** Connects a caller: every second one in a session. */
    async connect(index: number): Promise<Client> {
      const client = newClient(index % 2 === 0 ? '2026-07-28' : '2025-11-25');
      await client.connect(new StreamableHTTPClientTransport(url));
      return client;
    },
    close,
  };
}

/** The built server over stdio, with its client. */
export async function startStdio(folder: string, environment: Environment) {
  const { file, environment: probe } = probing(folder, 'stdio');
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [PROGRAM],
    env: { ...bareEnvironment(), ...environment, ...probe },
    stderr: 'pipe',
  });
  transport.stderr?.on('data', (chunk: Buffer) => appendFileSync(join(folder, 'stdio.log'), chunk));
  const client = newClient('2025-11-25');
  await client.connect(transport);
  return { probe: probed('stdio', file, transport.pid ?? undefined), client, close: () => client.close() };
}
