import { Buffer } from 'node:buffer';
import type { Dispatcher } from 'undici';
import type { PagePlace } from './page-buffers.ts';
import type { RawAnswer } from './read-answer.ts';

/** The code of the failure when an answer is larger than it may be. */
export const TOO_LARGE = 'UND_ERR_RES_EXCEEDED_MAX_SIZE';

/** How an answer is taken. */
export interface Taking {
  /** Bytes that its body may have. */
  readonly most: number;
  /** Where the body goes, if its length is known; it is left to come in until there is room. */
  readonly place: PagePlace | undefined;
  /** Ends the request. */
  readonly signal: AbortSignal;
}

/**
 * How long a body waits for room, in milliseconds. What would wait longer is behind a reader that takes its time: there memory is the
 * smaller evil, because servers hang up on clients that do not read.
 */
const LONGEST_WAIT = 2_000;

/**
 * Takes a whole answer as it comes in. `request` of undici would make a stream of each body, which costs a small answer more than
 * all else; here nobody reads a part of one.
 */
class WholeAnswer implements Dispatcher.DispatchHandler {
  readonly #taking: Taking;
  readonly #done: (answer: RawAnswer) => void;
  readonly #failed: (error: unknown) => void;
  readonly #pieces: Uint8Array[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: RawAnswer['headers'] = {};
  /** Bytes that the body is to have. */
  #length = 0;
  /** The caller's memory, where it is used. */
  #whole: Uint8Array | undefined;
  #patience: NodeJS.Timeout | undefined;
  #filled = 0;

  constructor(taking: Taking, done: (answer: RawAnswer) => void, failed: (error: unknown) => void) {
    this.#taking = taking;
    this.#done = done;
    this.#failed = failed;
    taking.signal.addEventListener('abort', this.#cancel, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#taking.signal.aborted) this.#cancel();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: RawAnswer['headers']): void {
    // What comes before the answer itself, such as 103.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#length = Number(headers['content-length']);
    const { place } = this.#taking;
    // What a refusal says concerns others, too.
    if (place === undefined || place.isOpen || status >= 300) return;
    controller.pause();
    const goOn = (): void => controller.resume();
    place.whenOpen(goOn);
    this.#patience = setTimeout(goOn, LONGEST_WAIT);
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Uint8Array): void {
    if (this.#filled + piece.length > this.#taking.most) {
      // Closes the connection, so that the rest is not read.
      controller.abort(Object.assign(new Error('The answer is too large.'), { code: TOO_LARGE }));
      return;
    }
    if (this.#filled === 0) this.#whole = this.#memory();
    if (this.#whole === undefined) this.#pieces.push(piece);
    else this.#whole.set(piece, this.#filled);
    this.#filled += piece.length;
  }

  onResponseEnd(): void {
    this.#release();
    this.#done({ status: this.#status, headers: this.#headers, body: this.#body() });
  }

  onResponseError(_: unknown, error: Error): void {
    this.#release();
    this.#failed(error);
  }

  readonly #cancel = (): void => this.#controller?.abort(this.#taking.signal.reason);

  #memory(): Uint8Array | undefined {
    const { most, place } = this.#taking;
    return this.#length > 0 && this.#length <= most ? place?.take(this.#length) : undefined;
  }

  #release(): void {
    clearTimeout(this.#patience);
    this.#taking.signal.removeEventListener('abort', this.#cancel);
  }

  #body(): Uint8Array {
    if (this.#whole !== undefined) return this.#whole.subarray(0, this.#filled);
    const [first] = this.#pieces;
    const only = this.#pieces.length === 1 ? first : undefined;
    const { buffer, byteOffset } = only ?? Buffer.concat(this.#pieces, this.#filled);
    return new Uint8Array(buffer, byteOffset, this.#filled);
  }
}

/**
 * Sends a request and takes its whole answer.
 * @throws whatever ended it: an error of the connection, one with the code `TOO_LARGE`, or the signal's reason
 */
export const wholeAnswer = (
  pool: Dispatcher,
  request: Dispatcher.DispatchOptions,
  taking: Taking,
): Promise<RawAnswer> =>
  new Promise((done, failed) => {
    pool.dispatch(request, new WholeAnswer(taking, done, failed));
  });
