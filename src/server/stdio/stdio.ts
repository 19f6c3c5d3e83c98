import type { Transform } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Config } from '../../config/config.ts';
import { limitsHeld } from '../../config/limits.ts';
import type { Logger } from '../../logger.ts';
import { atMost } from '../at-most.ts';
import { createServer, type Handlers } from '../create-server.ts';
import { GRACE_MS } from '../grace.ts';
import { BEYOND, type Offer } from '../instructions.ts';
import { preparedList } from '../prepared-list.ts';
import type { Services } from '../services.ts';
import { readLines } from './lines.ts';

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

type Message = Parameters<StdioServerTransport['send']>[0];

/**
 * Tells when the first answer is written, what is still unanswered, and when the connection is over: the transport hangs up by
 * itself when nobody reads stdout any more, or when a message is endless.
 */
class Wire extends StdioServerTransport {
  readonly #answered: () => void;
  readonly #hungUp: () => void;
  readonly #open = new Set<string | number>();
  readonly #input: Transform;
  #settled = (): void => undefined;

  constructor(input: Transform, answered: () => void, hungUp: () => void) {
    super(input, process.stdout);
    this.#input = input;
    this.#answered = answered;
    this.#hungUp = hungUp;
  }

  /** From now on requests are known until they are answered; to be called when the protocol has taken its end of the wire. */
  watch(): void {
    const deliver = this.onmessage;
    this.onmessage = (message) => {
      if ('method' in message && 'id' in message && message.id !== undefined) this.#open.add(message.id);
      // Nobody answers what was cancelled.
      else if ('method' in message && message.method === 'notifications/cancelled')
        this.#close((message.params as { requestId?: string | number } | undefined)?.requestId);
      deliver?.(message);
    };
  }

  /** Gives a message to the protocol. */
  receive(message: Message): void {
    try {
      this.onmessage?.(message);
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** When everything that was asked is answered, or after this many milliseconds. */
  async quiet(milliseconds: number): Promise<void> {
    // What came last is only now on its way, and a long message takes a while to be read.
    do await turn();
    while (this.#input.writableLength > 0);
    if (this.#open.size === 0) return;
    const settled = new Promise<void>((resolve) => {
      this.#settled = resolve;
    });
    await atMost(milliseconds, settled);
  }

  override async send(message: Message): Promise<void> {
    await super.send(message);
    if (!('method' in message)) this.#close(message.id);
    this.#answered();
  }

  override async close(): Promise<void> {
    await super.close();
    this.#open.clear();
    this.#settled();
    this.#hungUp();
  }

  #close(id: string | number | undefined): void {
    if (id !== undefined) this.#open.delete(id);
    if (this.#open.size === 0) this.#settled();
  }
}

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
    // The transport would hang up at the end of its input, with answers still to come: it never sees that end.
    const input = readLines({
      take: (message) => wire.receive(message),
      refuse({ id, code, message }) {
        // The protocol allows no id where none could be read; its types do not know that.
        const refusal = { jsonrpc: '2.0', id, error: { code, message } } as Message;
        wire.send(refusal).catch(() => undefined);
      },
    });
    process.stdin.pipe(input, { end: false });
    let hungUp = (): void => undefined;
    const stopped = new Promise<void>((resolve, reject) => {
      hungUp = resolve;
      fail = reject;
      process.stdin.once('end', resolve);
      process.stdin.once('close', resolve);
      process.once('SIGTERM', resolve);
      process.once('SIGINT', resolve);
    });
    // A list that is at hand is sent before anything else is loaded: a client asks for it right after the greeting.
    let list: readonly object[] | undefined;
    const listed = (): readonly object[] | undefined => {
      if (loading === undefined) list ??= preparedList(config);
      return list;
    };
    const ahead = setTimeout(loaded, SILENCE_MS);
    let answers = 0;
    const wire = new Wire(
      input,
      () => {
        answers += 1;
        setImmediate(() => {
          if (answers > 1 || listed() === undefined) void loaded();
          else ahead.refresh();
        });
      },
      () => hungUp(),
    );
    const handlers = async (): Promise<Handlers> => (await loaded()).handlers;
    const handle = serveStdio((request) => createServer({ listed, offer, handlers }, request), {
      transport: wire,
      onerror: (error) => void logger().then((log) => log.debug({ err: error.message }, 'stdio')),
    });
    wire.watch();
    await stopped.finally(() => clearTimeout(ahead));
    await wire.quiet(GRACE_MS);
    await handle.close().catch(() => undefined);
    await (await loading)?.services.close();
  } finally {
    await close();
    process.stdin.destroy();
  }
}
