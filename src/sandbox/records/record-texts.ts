/** Where links stand in JSON text. Inside of a value's text the quotes are escaped, so nothing else is met. */
const LINK = '_href":"/';

/** The JSON text of an answer's body, with links that lead to `root`: they are kept without the host, which clients choose. */
export const answerText = (body: unknown, root: string): string =>
  (JSON.stringify(body) ?? 'null').replaceAll(LINK, `_href":"${root}/`);

/** Stands for the id of a record: no path has it. */
const STAND_IN = 2_147_483_647;

const LONGEST_LOOKED_AT = 120;
const [QUOTE, BACKSLASH, BLANK, FIRST_SURROGATE] = [0x22, 0x5c, 0x20, 0xd800];

/** Whether a text stands in JSON as it is. Most texts of records do, and that is seen faster than a text is escaped. */
function isPlain(text: string): boolean {
  if (text.length > LONGEST_LOOKED_AT) return false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < BLANK || code === QUOTE || code === BACKSLASH || code >= FIRST_SURROGATE) return false;
  }
  return true;
}

/**
 * JSON texts of the objects that many records share, such as the reference to a board, with links that lead to one root. A page of
 * a thousand records consists of these for the most part.
 */
export class RecordTexts {
  readonly #root: string;
  readonly #known = new WeakMap<object, string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The text of a value. An object that nobody may change is worked out once. */
  of(value: unknown): string {
    switch (typeof value) {
      case 'string':
        return isPlain(value) ? `"${value}"` : JSON.stringify(value);
      case 'number':
        return Number.isFinite(value) ? String(value) : 'null';
      case 'boolean':
        return value ? 'true' : 'false';
      default:
        if (typeof value !== 'object' || value === null) return 'null';
        return Object.isFrozen(value) ? this.shared(value) : answerText(value, this.#root);
    }
  }

  /** The text of an object that stays as it is as long as it is there. */
  shared(value: object): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const made = answerText(value, this.#root);
    this.#known.set(value, made);
    return made;
  }

  /** The text of links that differ by the id in them alone: made once, and filled in for each record. */
  byId(links: (id: number) => Readonly<Record<string, unknown>>): (id: number) => string {
    const pieces = this.information(links(STAND_IN)).split(String(STAND_IN));
    return (id) => pieces.join(String(id));
  }

  /** The members of a record's `_info`. */
  information(members: Readonly<Record<string, unknown>>): string {
    let text = '';
    for (const name in members) {
      const value = members[name];
      if (value === undefined) continue;
      const isLink = typeof value === 'string' && value.startsWith('/') && name.endsWith('_href');
      const shown = isLink && isPlain(value) ? `"${this.#root}${value}"` : this.of(isLink ? this.#root + value : value);
      text += text === '' ? `"${name}":${shown}` : `,"${name}":${shown}`;
    }
    return text;
  }
}

const [COMMA, OPENING, CLOSING] = [0x2c, 0x7b, 0x7d];
let page = Buffer.alloc(0);

/**
 * The bytes of a list of records, of each of which `membersOf` gives the members, every one behind a comma. Each is written before
 * the next one is made, to one place that is kept: a page of megabytes in memory at once costs more than its records.
 */
export function listBytes<Row>(rows: readonly Row[], membersOf: (row: Row) => string): Uint8Array {
  let end = 1;
  for (const row of rows) {
    const members = membersOf(row);
    // No character takes more than three bytes for each of its units.
    const needed = end + 3 * members.length + 3;
    if (page.length < needed) {
      const larger = Buffer.alloc(2 * needed);
      page.copy(larger, 0, 0, end);
      page = larger;
    }
    const start = end;
    end += Math.max(1, page.write(members, start));
    page[start] = OPENING;
    page[end] = CLOSING;
    page[end + 1] = COMMA;
    end += 2;
  }
  if (end === 1) return Buffer.from('[]');
  page.write('[', 0);
  page.write(']', end - 1);
  return Buffer.from(page.subarray(0, end));
}
