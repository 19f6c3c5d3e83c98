import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { createServer } from './create-server.ts';
import type { Services } from './services.ts';

/** The transport hangs up by itself when nobody reads stdout any more, or when a message is endless; whoever waits has to know. */
class Wire extends StdioServerTransport {
  readonly #hungUp: () => void;

  constructor(input: PassThrough, hungUp: () => void) {
    super(input, process.stdout);
    this.#hungUp = hungUp;
  }

  override async close(): Promise<void> {
    await super.close();
    this.#hungUp();
  }
}

/**
 * Serves one client over stdin and stdout until stdin ends, the connection breaks, or the process is told to stop. What was asked
 * before is still answered; then everything is closed, so that the process can exit by itself.
 */
export async function runStdio(services: Services, onClose: () => Promise<void>): Promise<void> {
  const { logger } = services;
  // The transport would hang up at the end of its input, with answers still to come: it never sees that end.
  const input = new PassThrough();
  process.stdin.pipe(input, { end: false });
  let hungUp = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    hungUp = resolve;
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  const handle = serveStdio((request) => createServer(services, request), {
    transport: new Wire(input, () => hungUp()),
    onerror: (error) => logger.debug({ err: error.message }, 'stdio'),
  });
  await stopped;
  // What came last is only now on its way to its handler.
  await turn();
  await services.close();
  // An answer is written a moment after its call has ended.
  await turn();
  await handle.close().catch(() => undefined);
  await onClose();
  process.stdin.destroy();
}
