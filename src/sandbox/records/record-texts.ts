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
