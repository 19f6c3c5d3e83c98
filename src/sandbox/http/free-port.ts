import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Fails with the system's error (`EADDRINUSE`, `EACCES`) where a port of the loopback interface cannot be had: making the data takes
 * longer than anybody should wait to hear that. Listening itself comes later, so the port may still be lost to another program.
 */
export async function expectFree(port: number): Promise<void> {
  const probe = createServer().listen(port, '127.0.0.1');
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}
