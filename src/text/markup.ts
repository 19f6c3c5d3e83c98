import { codeRanges, type Range } from './code-ranges.ts';
import { BLOCKS, CELLS, ELEMENTS, FRAMES, LINES, OPEN, UNSEEN } from './elements.ts';
import type { Steps } from './steps.ts';
import { readTag, type Tag } from './tag.ts';

/** Targets that a viewer opens or a program runs. */
const SCHEME = /[ \t\n]{0,20}<?(?:(?:https?|ftps?|data|javascript|vbscript|file|mailto|tel|sms|blob|wss?):|\/\/)/iy;

const isFrame = (name: string): boolean => FRAMES.has(name.replace(/^.*:/, ''));

/** Whether what follows a text that was cut could make a name of this one that means something. */
const isBeginning = (name: string): boolean =>
  [...ELEMENTS, ...FRAMES].some((known) => known.startsWith(name)) || name.includes(':');

export interface Reading {
  readonly text: string;
  /**
   * The same with a space in all that is left of markup, which makes it text: for when there is nothing more to remove.
   * `undefined` where nothing is left.
   */
  readonly inert: string | undefined;
}

const MARKUP = /[<[\]!]/;
const isSpecial = (code: number): boolean => code === 60 || code === 91 || code === 93 || code === 33;

interface Bracket {
  /** Where in the written pieces it stands; an image's mark stands before it. */
  readonly at: number;
  readonly image: boolean;
}

/**
 * Reads a text once, from the front: HTML elements and comments go (the end of a paragraph, list item or row ends a line),
 * links are told with their target, images become `[image]`. A kept HTML parser would not do: it takes every `<word` for an
 * element and swallows what follows up to a quotation mark, and most of what a service desk writes in `< >` is code.
 * Looking ahead never reads a character twice for the same purpose: what was found once is remembered.
 */
class MarkupReader {
  readonly #written: string[] = [];
  readonly #brackets: Bracket[] = [];
  readonly #found = new Map<string, number>();
  readonly #code: readonly Range[];
  readonly #text: string;
  readonly #steps: Steps;
  /** Pieces that become text by a space, by where they stand among the written ones. */
  readonly #apart: { readonly at: number; readonly piece: string }[] = [];
  #ends: ReadonlyMap<string, number> | undefined;
  #codeIndex = 0;
  #endsLine = true;

  constructor(text: string, steps: Steps) {
    this.#text = text;
    this.#steps = steps;
    this.#code = codeRanges(text, steps);
  }

  read(): Reading {
    const text = this.#text;
    const { length } = text;
    let index = 0;
    while (index < length) {
      let special = index;
      while (special < length && !isSpecial(text.charCodeAt(special))) special += 1;
      this.#steps.count += special - index + 1;
      if (special > index) this.#write(text.slice(index, special));
      index = special < length ? this.#special(special) : special;
    }
    return { text: this.#written.join(''), inert: this.#inert() };
  }

  #inert(): string | undefined {
    if (this.#apart.length === 0) return undefined;
    const written = [...this.#written];
    for (const { at, piece } of this.#apart) written[at] = piece;
    return written.join('');
  }

  /** @returns where to go on reading */
  #special(index: number): number {
    const inCode = this.#inCode(index);
    switch (this.#text[index]) {
      case '<':
        return this.#angle(index, inCode);
      case '!':
        if (this.#text[index + 1] !== '[') break;
        if (!inCode) this.#brackets.push({ at: this.#written.length, image: true });
        this.#write('!');
        this.#writeApart('[', ' [');
        return index + 2;
      case '[':
        if (!inCode) this.#brackets.push({ at: this.#written.length, image: false });
        break;
      case ']':
        return this.#closingBracket(index, inCode);
    }
    this.#write(this.#text[index] ?? '');
    return index + 1;
  }

  #angle(index: number, inCode: boolean): number {
    const text = this.#text;
    if (text.startsWith('<!', index)) return this.#declaration(index, inCode);
    if (text[index + 1] === '|') return this.#keep(index, /^[a-z]/i.test(text.slice(index + 2, index + 3)));
    const tag = readTag(text, index, this.#steps);
    if (tag === undefined) return this.#keep(index, false);
    if (!ELEMENTS.has(tag.name)) return this.#keep(index, isFrame(tag.name) || this.#isCutOff(tag));
    if (inCode || tag.end === undefined || this.#isWord(tag)) return this.#keep(index, true);
    const { name, closing } = tag;
    if (UNSEEN.has(name) && !closing) {
      const end = this.#unseenEnd(name, tag.end);
      if (end !== undefined) {
        this.#write(' ');
        return end;
      }
    }
    if (LINES.has(name) && (closing || name === 'br')) this.#write('\n');
    else if (BLOCKS.has(name) && !this.#endsLine) this.#write('\n');
    else if (CELLS.has(name) && closing) this.#write(' ');
    return tag.end;
  }

  /** Whether a tag that is not an element could become one by what follows: Manage cuts names at 50 characters. */
  #isCutOff({ name, nameEnd, closing }: Tag): boolean {
    // The end of an element holds nothing but its name.
    if (closing) return !/^\s{0,9}>/.test(this.#text.slice(nameEnd, nameEnd + 10));
    return nameEnd === this.#text.length && isBeginning(name);
  }

  /** Whether what looks like an element is a word: "the <title> of the form". It has no attribute, and no end where it would need one. */
  #isWord({ name, closing, nameEnd, end }: Tag): boolean {
    if (closing || OPEN.has(name) || end !== nameEnd + 1) return false;
    this.#ends ??= this.#lastEnds();
    return (this.#ends.get(name) ?? -1) < nameEnd;
  }

  /** Where the last end of each element is. */
  #lastEnds(): ReadonlyMap<string, number> {
    this.#steps.count += this.#text.length;
    return new Map(
      [...this.#text.matchAll(/<\/([a-z][a-z0-9:_-]{0,30})/gi)].map(({ 1: name = '', index }) => [
        name.toLowerCase(),
        index,
      ]),
    );
  }

  /** Comments, `<!doctype html>`, and what Outlook writes around its own parts. */
  #declaration(index: number, inCode: boolean): number {
    const text = this.#text;
    if (text.startsWith('<!--', index)) {
      const end = inCode ? -1 : this.#next('-->', index + 2);
      if (end < 0) return this.#keep(index, true);
      this.#write(' ');
      return end + 3;
    }
    const known = /^<!(?:doctype\b|\[(?:if|endif)\b)/i.test(text.slice(index, index + 12));
    const end = known && !inCode ? this.#next('>', index) : -1;
    return end < 0 ? this.#keep(index, known) : end + 1;
  }

  /** Where the content of a script or style that begins here is over, its end tag included. */
  #unseenEnd(name: string, from: number): number | undefined {
    const at = this.#next(`</${name}`, from);
    return at < 0 ? undefined : readTag(this.#text, at, this.#steps)?.end;
  }

  #closingBracket(index: number, inCode: boolean): number {
    const text = this.#text;
    const open = inCode ? undefined : this.#brackets.pop();
    const follows = text[index + 1];
    if (open?.image && (follows === '(' || follows === '[')) {
      const end = this.#onSameLine(follows === '(' ? ')' : ']', index + 2);
      if (end !== undefined) {
        this.#written.length = open.at;
        while ((this.#apart.at(-1)?.at ?? -1) >= open.at) this.#apart.pop();
        this.#write('[image]');
        return end + 1;
      }
    }
    const scheme = follows === '(' ? this.#scheme(index + 2) : undefined;
    if (scheme === undefined) {
      this.#write(']');
      return index + 1;
    }
    const end = open === undefined ? undefined : this.#onSameLine(')', scheme.end);
    if (open === undefined || end === undefined) {
      this.#writeApart(']', '] ');
      return index + 1;
    }
    const target = text.slice(scheme.start, end).split(/[\s>]/, 1)[0] ?? '';
    this.#written[open.at] = '';
    this.#write(` (${target})`);
    this.#steps.count += end - index;
    return end + 1;
  }

  #scheme(from: number): { start: number; end: number } | undefined {
    SCHEME.lastIndex = from;
    const found = SCHEME.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    const end = from + found.length;
    return { start: end - found.replace(/^[\s<]+/, '').length, end };
  }

  #onSameLine(character: string, from: number): number | undefined {
    const at = this.#next(character, from);
    const lineEnd = this.#next('\n', from);
    return at >= 0 && (lineEnd < 0 || at < lineEnd) ? at : undefined;
  }

  /** `indexOf`, in any letter case, that does not scan the same text again for the next search. */
  #next(wanted: string, from: number): number {
    const known = this.#found.get(wanted);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    let at: number;
    if (wanted.startsWith('</')) {
      const pattern = new RegExp(wanted, 'gi');
      pattern.lastIndex = from;
      at = pattern.exec(this.#text)?.index ?? -1;
    } else at = this.#text.indexOf(wanted, from);
    this.#steps.count += (at < 0 ? this.#text.length : at) - from;
    this.#found.set(wanted, at);
    return at;
  }

  #keep(index: number, apart: boolean): number {
    if (apart) this.#writeApart('<', '< ');
    else this.#write('<');
    return index + 1;
  }

  #writeApart(piece: string, apart: string): void {
    this.#apart.push({ at: this.#written.length, piece: apart });
    this.#write(piece);
  }

  #inCode(index: number): boolean {
    while ((this.#code[this.#codeIndex]?.end ?? Number.POSITIVE_INFINITY) <= index) this.#codeIndex += 1;
    return (this.#code[this.#codeIndex]?.start ?? Number.POSITIVE_INFINITY) <= index;
  }

  #write(piece: string): void {
    this.#written.push(piece);
    this.#endsLine = piece.charCodeAt(piece.length - 1) === 10;
  }
}

/** The text without HTML and Markdown that hides, loads or runs something. Linear in its length. */
export const withoutMarkup = (text: string, steps: Steps = { count: 0 }): Reading =>
  MARKUP.test(text) ? new MarkupReader(text, steps).read() : { text, inert: undefined };
