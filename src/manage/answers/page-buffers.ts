/** Larger than asked for, so that the next page, which is never quite as long, fits as well. */
const SPARE = 1.25;

/**
 * Memory for the pages of one stream, used again when a page has been read. Fresh memory for each page would be given back only
 * when the garbage collector comes by, and it comes late for memory outside of its heap.
 */
export class PageBuffers {
  readonly #free: ArrayBufferLike[] = [];

  /** At least this many bytes; what they held before is still in them. */
  take(length: number): Uint8Array {
    const fits = this.#free.findIndex(({ byteLength }) => byteLength >= length);
    const [buffer = new ArrayBuffer(Math.ceil(length * SPARE))] = fits < 0 ? [] : this.#free.splice(fits, 1);
    return new Uint8Array(buffer, 0, length);
  }

  /** Gives bytes of `take`, or a part of them, back; nobody may look at them any more. */
  give({ buffer }: Uint8Array): void {
    this.#free.push(buffer);
  }
}
