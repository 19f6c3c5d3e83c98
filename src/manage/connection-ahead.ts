import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

type Connect = buildConnector.connector;

/** How long a connection waits to be used, in milliseconds: as a rule servers give a new one far longer to say something. */
const WAITS_MS = 3_000;

/** A connection that was opened before anybody asked for one. */
export class ConnectionAhead {
  readonly #origin: URL;
  readonly #connect: Connect;
  #ahead: Promise<Socket> | undefined;
  #isClosed = false;

  /** @param connect opens a connection to the origin */
  constructor(origin: URL, connect: Connect) {
    this.#origin = origin;
    this.#connect = connect;
  }

  /** Begins to open one, unless one stands or is under way. Where that fails, whoever waits for it is told. */
  open(): void {
    if (this.#ahead !== undefined || this.#isClosed) return;
    const { hostname, host, protocol, port } = this.#origin;
    const target = { hostname: hostname.replace(/^\[(.*)\]$/, '$1'), host, protocol, port };
    const opening = new Promise<Socket>((resolve, reject) => {
      this.#connect(target, (error, socket) => (error === null ? resolve(socket) : reject(error)));
    });
    this.#ahead = opening;
    const forget = (): boolean => {
      const isStill = this.#ahead === opening;
      if (isStill) this.#ahead = undefined;
      return isStill;
    };
    opening.then((socket) => {
      const timer = setTimeout(() => {
        if (forget()) socket.destroy();
      }, WAITS_MS);
      timer.unref();
      // Nobody's yet: it keeps no process alive.
      socket.unref();
      socket.once('close', () => {
        clearTimeout(timer);
        forget();
      });
    }, forget);
  }

  /** Gives the connection that was opened ahead, once; opens one where there is none. */
  readonly connect: Connect = (options, callback) => {
    const opening = this.#ahead;
    this.#ahead = undefined;
    if (opening === undefined) return this.#connect(options, callback);
    opening.then(
      (socket) => {
        if (isOpen(socket)) return callback(null, socket.ref());
        // Nobody reads what it said, and unread it would never end by itself.
        socket.destroy();
        this.#connect(options, callback);
      },
      (error: Error) => callback(error, null),
    );
  };

  /** Closes it. */
  close(): void {
    this.#isClosed = true;
    const opening = this.#ahead;
    this.#ahead = undefined;
    opening?.then((socket) => socket.destroy()).catch(() => undefined);
  }
}

/** Whether the other side has neither closed it nor said anything, which it had no reason to. */
const isOpen = (socket: Socket): boolean =>
  !socket.destroyed && socket.writable && socket.readable && socket.readableLength === 0;
