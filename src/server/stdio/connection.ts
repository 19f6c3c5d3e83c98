import type { Readable, Transform, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { McpServerFactory } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { atMost } from '../at-most.ts';
import { readLines } from './lines.ts';

type Message = Parameters<StdioServerTransport['send']>[0];

/**
 * Tells when an answer is written, what is still unanswered, and when the connection is over: the transport hangs up by itself when
 * nobody reads its output any more, or when a message is endless.
 */
class Wire extends StdioServerTransport {
  readonly #answered: () => void;
  readonly #hungUp: () => void;
  readonly #open = new Set<string | number>();
  readonly #input: Transform;
  #settled = (): void => undefined;

  constructor(input: Transform, output: Writable, told: { answered(): void; hungUp(): void }) {
    super(input, output);
    this.#input = input;
    this.#answered = told.answered;
    this.#hungUp = told.hungUp;
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

/** The two streams of a connection, as the server sees them: what the client writes, and what it reads. */
export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
}

export interface ConnectionParts {
  /** Makes the connection's protocol server when the client has said which revision it speaks. */
  readonly factory: McpServerFactory;
  /** Called whenever a message has been written. */
  answered?(): void;
  /** Called with what went wrong and is nobody's answer. */
  onerror?(error: Error): void;
}

export interface Connection {
  /** When the input has ended, or nobody reads the output any more. */
  readonly over: Promise<void>;
  /** Lets what was asked be answered, for so many milliseconds, and hangs up. */
  close(milliseconds: number): Promise<void>;
}

/** Serves one client over lines of JSON. */
export function serveLines({ input, output }: Streams, parts: ConnectionParts): Connection {
  // The transport would hang up at the end of its input, with answers still to come: it never sees that end.
  const lines = readLines({
    take: (message) => wire.receive(message),
    refuse({ id, code, message }) {
      // The protocol allows no id where none could be read; its types do not know that.
      const refusal = { jsonrpc: '2.0', id, error: { code, message } } as Message;
      wire.send(refusal).catch(() => undefined);
    },
  });
  input.pipe(lines, { end: false });
  let hungUp = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    hungUp = resolve;
    input.once('end', resolve);
    input.once('close', resolve);
  });
  const wire = new Wire(lines, output, { answered: () => parts.answered?.(), hungUp: () => hungUp() });
  const handle = serveStdio(parts.factory, { transport: wire, onerror: (error) => parts.onerror?.(error) });
  wire.watch();
  return {
    over,
    async close(milliseconds) {
      await wire.quiet(milliseconds);
      await handle.close().catch(() => undefined);
    },
  };
}
