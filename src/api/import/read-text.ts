import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A file that cannot be read as a description of the API. The message says what it is and what to do. */
export class DocumentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DocumentError';
  }
}

/** The most that a packed document may come to; the largest known is 12 MB. */
const MOST_BYTES = 200_000_000;

const startsWith = (bytes: Uint8Array, ...first: readonly number[]): boolean =>
  first.every((byte, index) => bytes[index] === byte);

function unpacked(bytes: Buffer): Buffer {
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) throw new DocumentError('The file is a ZIP archive. Unpack it first.');
  if (!startsWith(bytes, 0x1f, 0x8b)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    throw new DocumentError('The file is packed with gzip and cannot be unpacked; download it again.');
  }
}

/**
 * A document as text: UTF-8 or, as PowerShell writes files, UTF-16, each with or without its mark, packed with gzip or not.
 * @throws {DocumentError} when it cannot be read
 */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new DocumentError(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}.`);
  }
  const plain = unpacked(bytes);
  if (startsWith(plain, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(plain);
  if (startsWith(plain, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(plain);
  return new TextDecoder('utf-8').decode(plain);
}
