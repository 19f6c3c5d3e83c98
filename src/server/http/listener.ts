import { once } from 'node:events';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '../../config/config.ts';
import { type ChosenBy, type HttpConfig, hostInUrl } from '../../config/http-settings.ts';
import type { Logger } from '../../logger.ts';

/**
 * How long a caller may take to send a request, in milliseconds, and how much of it may be headers: who dribbles is cut off. Between
 * two requests a connection stays: a person's next question comes later than Node's five seconds, and load balancers, which keep
 * theirs for a minute, would send requests into connections that are just being closed.
 */
const PATIENCE = {
  keepAliveTimeout: 65_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 32 * 1024,
} as const;

/** How often a certificate is looked after, in milliseconds: it is renewed in place, every few weeks. */
const LOOK_MS = 1_000;

/** Begins to listen. @returns where, as a URL has it: `127.0.0.1:3000`, `[::1]:3000`; a port that was left open is the one taken */
export async function listening(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
  chosenBy: ChosenBy = { port: '--port', host: '--host' },
): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening').catch((error: Error) => {
    throw Object.assign(error, { chosenBy });
  });
  const address = server.address() as AddressInfo;
  return `${hostInUrl(host)}:${address.port}`;
}

/** What listens, and how to end what was started beside it. */
export interface Listener {
  readonly server: Server;
  readonly scheme: 'http' | 'https';
  /** Looks after the certificate no longer. */
  release(): void;
}

/**
 * Makes the server that listens: over TLS where there is a certificate, which is read again when its file changes.
 * @throws {ConfigError} for files that hold no certificate with its key
 */
export function createListener({ tls }: HttpConfig, logger: Logger, listener: RequestListener): Listener {
  if (tls === undefined)
    return { server: createHttpServer(PATIENCE, listener), scheme: 'http', release: () => undefined };
  const { certFile, keyFile } = tls;
  const read = () => ({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
  try {
    const server = createHttpsServer({ ...PATIENCE, ...read(), minVersion: 'TLSv1.2' }, listener);
    const again = (): void => {
      try {
        server.setSecureContext({ ...read(), minVersion: 'TLSv1.2' });
        logger.info({ certFile }, 'the certificate was read again');
      } catch (error) {
        // Certificate and key are two files: the change of the second one is still to come.
        logger.warn({ certFile, reason: (error as Error).message }, 'the certificate was left as it was');
      }
    };
    for (const file of [certFile, keyFile]) watchFile(file, { persistent: false, interval: LOOK_MS }, again);
    const release = (): void => {
      for (const file of [certFile, keyFile]) unwatchFile(file, again);
    };
    return { server, scheme: 'https', release };
  } catch (error) {
    const { code = 'not readable' } = error as NodeJS.ErrnoException;
    throw new ConfigError([
      `CWM_TLS_CERT_FILE ${certFile} and CWM_TLS_KEY_FILE ${keyFile} hold no certificate with its key in PEM form (${code}).`,
    ]);
  }
}
