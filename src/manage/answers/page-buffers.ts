/** Larger than asked for, so that the next page, which is never quite as long, fits as well. */
const SPARE = 1.1;

/**
 * Memory for the pages of one stream, used again when a page has been read. Fresh memory for each page would be given back only
 * when the garbage collector comes by, and it comes late for memory outside of its heap.
 */
export class PageBuffers {
  readonly #free: ArrayBufferLike[] = [];

  /** At least this many bytes; what they held before is still in them. */
  take(length: number): Uint8Array {
    const fits = this.#free.findIndex(({ byteLength }) => byteLength >= length);
    // Where none fits, one goes for the new one that comes: small ones would only be kept until the stream ends.
    const [known] = this.#free.splice(Math.max(0, fits), 1);
    const buffer = fits < 0 ? undefined : known;
    return new Uint8Array(buffer ?? new ArrayBuffer(Math.ceil(length * SPARE)), 0, length);
  }

  /** A place for one more page; its bytes come in once it is opened. */
  place(): PagePlace {
    return new PagePlace(this);
  }

  /** A place for a page that comes in at once. */
  openPlace(): PagePlace {
    const place = this.place();
    place.open();
    return place;
  }

  /** Gives bytes of `take`, or a part of them, back; nobody may look at them any more. */
  give({ buffer }: Uint8Array): void {
    this.#free.push(buffer);
  }
}

/** Where the bytes of one page go. The answer may be under way before there is room for them. */
export class PagePlace {
  readonly #buffers: PageBuffers;
  readonly #waiting: (() => void)[] = [];
  #isOpen = false;

  constructor(buffers: PageBuffers) {
    this.#buffers = buffers;
  }

  /** Whether there is room. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** There is room from now on. */
  open(): void {
    this.#isOpen = true;
    for (const goOn of this.#waiting.splice(0)) goOn();
  }

  /** Calls when there is room, which there is not yet. */
  whenOpen(goOn: () => void): void {
    this.#waiting.push(goOn);
  }

  /** Memory of the stream's. */
  take(length: number): Uint8Array {
    return this.#buffers.take(length);
  }
}
