import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Whether a program is installed. */
export const hasProgram = (name: string): boolean => spawnSync(name, ['--version']).error === undefined;

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Ends a program as a power cut does, unless it has ended already. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

export interface RedisServer {
  readonly url: string;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again, empty, at the same place. */
  start(): Promise<void>;
}

/** A real Redis that keeps nothing on disk, on a free port. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  let running: ChildProcess | undefined;
  const redis: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async kill() {
      if (running !== undefined) await killed(running);
    },
    async start() {
      const child = spawn('redis-server', [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
      ]);
      running = child;
      for await (const piece of child.stdout) if (String(piece).includes('Ready to accept connections')) break;
      child.stdout.resume();
    },
  };
  await redis.start();
  return redis;
}
