import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

type Connect = buildConnector.connector;
type Callback = buildConnector.Callback;

/** How long a connection waits to be used, in milliseconds: servers give a new one far longer to say something. */
const WAITS_MS = 5_000;

/** A connection that was opened before anybody asked for one. */
export class ConnectionAhead {
  readonly #origin: URL;
  readonly #connect: Connect;
  #ahead: Promise<Socket> | undefined;

  /** @param connect opens a connection to the origin */
  constructor(origin: URL, connect: Connect) {
    this.#origin = origin;
    this.#connect = connect;
  }

  /** Begins to open one, unless one stands or is under way. Where it fails, whoever needs one tries anew. */
  open(): void {
    if (this.#ahead !== undefined) return;
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
    const anew = (): void => this.#connect(options, callback);
    opening.then((socket) => (isOpen(socket) ? given(socket, callback) : anew()), anew);
  };

  /** Closes it. */
  close(): void {
    const opening = this.#ahead;
    this.#ahead = undefined;
    opening?.then((socket) => socket.destroy()).catch(() => undefined);
  }
}

/** Whether the other side has neither closed it nor said anything, which it had no reason to. */
const isOpen = (socket: Socket): boolean =>
  !socket.destroyed && socket.writable && socket.readable && socket.readableLength === 0;

const given = (socket: Socket, callback: Callback): void => callback(null, socket);
