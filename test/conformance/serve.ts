import { InMemoryServerEventBus } from '@modelcontextprotocol/server';
import { readHttp } from '../../src/config/http-settings.ts';
import { Reader } from '../../src/config/reader.ts';
import { createLogger } from '../../src/logger.ts';
import { createServer } from '../../src/server/create-server.ts';
import { type HttpServer, startFront } from '../../src/server/http/front.ts';
import { LocalStore } from '../../src/shared-store/index.ts';
import { fixtures } from './fixtures.ts';

/** The suite's fixtures behind the real front, on a free port. */
export function serveFixtures(): Promise<HttpServer> {
  const watches = { changes: new InMemoryServerEventBus(), check: async () => undefined };
  const offer = () => ({ readOnly: false, offers: () => false, reaches: () => false });
  return startFront({
    config: { http: { ...readHttp(new Reader({})), port: 0 } },
    logger: createLogger('silent'),
    secret: new Uint8Array(32),
    store: new LocalStore(),
    factory: (request) => createServer({ offer, handlers: async () => fixtures, watches }, request),
    ready: async () => ({ isReady: true, says: 'ready' }),
    settle: async () => undefined,
  });
}
