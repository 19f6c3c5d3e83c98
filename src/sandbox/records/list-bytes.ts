import { isHeld, turn } from '../../in-turns.ts';

const [COMMA, OPENING, CLOSING] = [0x2c, 0x7b, 0x7d];
const SMALLEST = 64 * 1024;
/** Pages that may wait to be sent with their memory kept for the next ones. */
const MOST_FREE = 4;

const free: Buffer[] = [];

/** Memory of that many bytes, with what another has of the same beginning. */
function grown(page: Buffer, end: number, needed: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.max(SMALLEST, 2 * needed));
  page.copy(larger, 0, 0, end);
  return larger;
}

/** The bytes of a list, in memory that the next lists use as well. */
export interface ListBytes {
  readonly bytes: Uint8Array;
  /** Gives the memory back: nobody may look at the bytes any more. Without it, the garbage collector takes it. */
  release(): void;
}

/**
 * The bytes of a list of records, of each of which `membersOf` gives the members, every one behind a comma. Each is written before
 * the next one is made: a page of megabytes in memory at once costs more than its records. Whoever else waits has a turn in between,
 * as if a server of many hands answered.
 */
export async function listBytes<Row>(rows: readonly Row[], membersOf: (row: Row) => string): Promise<ListBytes> {
  let page = free.pop() ?? Buffer.allocUnsafeSlow(SMALLEST);
  let end = 1;
  for (const row of rows) {
    if (isHeld()) await turn();
    const members = membersOf(row);
    // No character takes more than three bytes for each of its units.
    const needed = end + 3 * members.length + 3;
    if (page.length < needed) page = grown(page, end, needed);
    const start = end;
    end += Math.max(1, page.write(members, start));
    page[start] = OPENING;
    page[end] = CLOSING;
    page[end + 1] = COMMA;
    end += 2;
  }
  page.write('[', 0);
  if (end === 1) end += 1;
  page.write(']', end - 1);
  return {
    bytes: page.subarray(0, end),
    release: () => {
      if (free.length < MOST_FREE) free.push(page);
    },
  };
}
