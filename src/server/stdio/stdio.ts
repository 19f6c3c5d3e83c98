import type { Config } from '../../config/config.ts';
import { limitsHeld } from '../../config/limits.ts';
import type { Logger } from '../../logger.ts';
import { createServer, type Handlers } from '../create-server.ts';
import { GRACE_MS } from '../grace.ts';
import { BEYOND, type Offer } from '../instructions.ts';
import { preparedList } from '../prepared-list.ts';
import type { Services } from '../services.ts';
import { serveLines } from './connection.ts';

export interface Loaded {
  readonly services: Services;
  readonly handlers: Handlers;
}

export interface StdioParts {
  readonly config: Config;
  logger(): Promise<Logger>;
  /** Loads the tools and all that they need. @throws {NoTools} and others when the configuration turns out to be wrong */
  load(): Promise<Loaded>;
  /** Stops what was started for this configuration. */
  close(): Promise<void>;
}

/** A client that says nothing yet leaves time to load what it will ask for. */
const SILENCE_MS = 50;

/** What can only turn out to be wrong by loading: then that comes before the greeting. The default tools are always there. */
const isUnusual = ({ operations, descriptionFile, toolsets, limits }: Config): boolean =>
  operations.length > 0 ||
  descriptionFile !== undefined ||
  !toolsets.has('core') ||
  limits.allow !== undefined ||
  limits.deny.length > 0;

/**
 * Serves one client over stdin and stdout until stdin ends, the connection breaks, or the process is told to stop. The client is
 * greeted first, then the tools are loaded. What was asked before the end is still answered; then everything is closed, so that the
 * process can exit by itself.
 */
export async function runStdio({ config, logger, load, close }: StdioParts): Promise<void> {
  let loading: Promise<Loaded> | undefined;
  let fail = (_: unknown): void => undefined;
  const loaded = (): Promise<Loaded> => {
    if (loading === undefined) {
      loading = load();
      loading.catch((error: unknown) => fail(error));
    }
    return loading;
  };
  try {
    // Unless the configuration is unusual, the client is greeted before the tools are loaded, and has all the default ones.
    const early = isUnusual(config) ? (await loaded()).services.offer() : undefined;
    const offer = (): Offer =>
      early ?? {
        timeZone: config.timeZone,
        readOnly: config.manage.readOnly,
        limits: limitsHeld(config.limits, config.manage.readOnly),
        offers: (tool) => !BEYOND.includes(tool),
        reaches: () => true,
      };
    // A list that is at hand is sent before anything else is loaded: a client asks for it right after the greeting.
    let list: readonly object[] | undefined;
    const listed = (): readonly object[] | undefined => {
      if (loading === undefined) list ??= preparedList(config);
      return list;
    };
    const ahead = setTimeout(loaded, SILENCE_MS);
    let answers = 0;
    const handlers = async (): Promise<Handlers> => (await loaded()).handlers;
    const connection = serveLines(
      { input: process.stdin, output: process.stdout },
      {
        factory: (request) => createServer({ listed, offer, handlers }, request),
        answered() {
          answers += 1;
          setImmediate(() => {
            if (answers > 1 || listed() === undefined) void loaded();
            else ahead.refresh();
          });
        },
        onerror: (error) => void logger().then((log) => log.debug({ err: error.message }, 'stdio')),
      },
    );
    const stopped = new Promise<void>((resolve, reject) => {
      fail = reject;
      process.once('SIGTERM', resolve);
      process.once('SIGINT', resolve);
    });
    await Promise.race([connection.over, stopped]).finally(() => clearTimeout(ahead));
    await connection.close(GRACE_MS);
    await (await loading)?.services.close();
  } finally {
    await close();
    process.stdin.destroy();
  }
}
