import type { Node } from 'jsonc-parser';

/** How a file is written: what one step of indentation is, and how lines end. */
interface Style {
  readonly unit: string;
  readonly eol: string;
}

const styleOf = (text: string): Style => ({
  unit: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ',
  eol: text.includes('\r\n') ? '\r\n' : '\n',
});

/** What the line of a place begins with. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function rendered(value: unknown, indent: string, { unit, eol }: Style): string {
  const [first = '', ...rest] = JSON.stringify(value, undefined, unit).split('\n');
  return [first, ...rest.map((line) => `${indent}${line}`)].join(eol);
}

const spliced = (text: string, from: number, to: number, piece: string): string =>
  text.slice(0, from) + piece + text.slice(to);

/** A value in place of another one. */
export function withValue(text: string, { offset, length }: Node, value: unknown): string {
  return spliced(text, offset, offset + length, rendered(value, indentAt(text, offset), styleOf(text)));
}

/** Blanks and whole comments before a comma that stands behind the last member already. */
const TRAILING_COMMA = /^(?:\s|\/\/[^\n]*(?=\n|$)|\/\*[\s\S]*?\*\/)*,/;
/** What is left of a line where only a comment stands on it. */
const REST_OF_LINE = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*)?(?=\r?\n)/;

/**
 * A member at the end of an object. Not a byte of what stands there changes, nor does a comment lose the line that it is about: the
 * parser's own edits format the neighbours anew.
 */
export function withMember(text: string, object: Node, name: string, value: unknown): string {
  const style = styleOf(text);
  const { unit, eol } = style;
  const end = object.offset + object.length - 1;
  const outer = indentAt(text, object.offset);
  const last = object.children?.at(-1);
  const ownLine =
    last !== undefined && /^\s*$/.test(text.slice(text.lastIndexOf('\n', last.offset - 1) + 1, last.offset));
  const inner =
    ownLine && text.slice(object.offset, last.offset).includes('\n') ? indentAt(text, last.offset) : outer + unit;
  const member = `${eol}${inner}${JSON.stringify(name)}: ${rendered(value, inner, style)}`;
  const from = last === undefined ? object.offset + 1 : last.offset + last.length;
  const closing = text.slice(from, end).includes('\n') ? '' : `${eol}${outer}`;
  if (last === undefined) {
    const at = from + text.slice(from, end).trimEnd().length;
    return spliced(text, at, at, member + closing);
  }
  const comma = TRAILING_COMMA.exec(text.slice(from, end))?.[0];
  const behind = from + (comma?.length ?? 0);
  const at = behind + (REST_OF_LINE.exec(text.slice(behind, end))?.[0].length ?? 0);
  const added = spliced(text, at, at, `${member}${comma === undefined ? '' : ','}${closing}`);
  return comma === undefined ? spliced(added, from, from, ',') : added;
}
