import type { Server, ServerEventBus } from '@modelcontextprotocol/server';
import { refuse } from '../refuse.ts';

/** What a session needs to tell its client of changes. */
export interface Watches {
  readonly changes: Pick<ServerEventBus, 'subscribe'>;
  /** @throws {ProtocolError} for a resource whose changes cannot be told */
  check(uri: string): Promise<void>;
}

/** Resources that one session hears of at most. */
const MOST = 200;

/** Has a session of the handshake era subscribe to resources, and tells it when one changes. */
export function offerSubscriptions(server: Server, { changes, check }: Watches): void {
  const watched = new Set<string>();
  let deaf: (() => void) | undefined;
  const { onclose } = server;
  server.onclose = () => {
    deaf?.();
    onclose?.();
  };
  server.setRequestHandler('resources/subscribe', async ({ params: { uri } }, { http, sessionId }) => {
    if (http !== undefined && sessionId === undefined)
      refuse('Subscribing needs a session: begin one with initialize.');
    if (watched.size >= MOST) refuse(`A session hears of up to ${MOST} resources; unsubscribe from some.`);
    await check(uri);
    watched.add(uri);
    deaf ??= changes.subscribe((event) => {
      if (event.kind === 'resource_updated' && watched.has(event.uri))
        server.sendResourceUpdated({ uri: event.uri }).catch(() => undefined);
    });
    return {};
  });
  server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    watched.delete(uri);
    return {};
  });
}
