/** Largest piece of memory that one step may take, in bytes: more than any page of text needs, less than a packed bomb. */
const LARGEST_PIECE = 48 * 1024 * 1024;
/** What all steps may take together, what was given back included. */
const MOST_IN_ALL = 1024 * 1024 * 1024;

/**
 * Refuses large typed arrays in this thread. The limits of a worker thread hold for objects only: a stream that unpacks to
 * gigabytes lies outside of them. The streams of the web unpack where this cannot see it, so they go, and the PDF reader
 * unpacks by itself.
 */
export function guardMemory(): void {
  let inAll = 0;
  const take = (length: unknown): void => {
    if (typeof length !== 'number') return;
    inAll += length;
    if (length > LARGEST_PIECE || inAll > MOST_IN_ALL) throw new RangeError('The PDF unpacks to too much.');
  };
  for (const name of ['Uint8Array', 'Uint8ClampedArray'] as const) {
    const original = globalThis[name];
    Object.defineProperty(globalThis, name, {
      configurable: true,
      writable: true,
      value: new Proxy(original, {
        construct(target, args: unknown[], newTarget) {
          take(args[0]);
          return Reflect.construct(target, args, newTarget);
        },
      }),
    });
  }
  Reflect.deleteProperty(globalThis, 'DecompressionStream');
}
