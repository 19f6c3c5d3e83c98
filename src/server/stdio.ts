import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createServer } from './create-server.ts';
import type { Services } from './services.ts';

/**
 * Serves one client over stdin and stdout until stdin ends or the process is told to stop; then everything is closed, so that
 * the process can exit by itself.
 */
export async function runStdio(services: Services, onClose: () => Promise<void>): Promise<void> {
  const { logger } = services;
  const handle = serveStdio((request) => createServer(services, request), {
    onerror: (error) => logger.debug({ err: error.message }, 'stdio'),
  });
  await new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await handle.close().catch(() => undefined);
  await services.close();
  await onClose();
  process.stdin.destroy();
}
