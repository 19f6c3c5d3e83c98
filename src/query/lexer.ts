import { QuerySyntaxError } from './errors.ts';

export type TokenKind = 'word' | 'string' | 'number' | 'datetime' | 'operator' | '(' | ')' | ',' | 'end';

/** `text` is the value without its quotes or brackets. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s+/y;
const WORD = /[A-Za-z_][A-Za-z0-9_.]*(?:\/[A-Za-z_][A-Za-z0-9_.]*)*/y;
const NUMBER = /-?(?:\d+(?:\.\d+)?|\.\d+)/y;
const OPERATOR = /!=|<>|<=|>=|=|<|>/y;

function readAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/**
 * A quoted string. What a backslash before a quote means is not known of Manage, and a doubled quote might be an escape or
 * not: a text that could be read in two ways is refused, so that no value can ever end earlier or later than it seems to.
 */
function readString(text: string, at: number): Token {
  const quote = text[at] ?? '';
  const close = text.indexOf(quote, at + 1);
  if (close < 0) throw new QuerySyntaxError(at, 'a string without its closing quote', `a closing ${quote}`);
  if (text[close - 1] === '\\' && close - 1 > at) {
    const expected =
      'a value without a backslash before its quote (write a value with quotes in it in the other kind of quotes)';
    throw new QuerySyntaxError(close - 1, 'a backslash before a quote', expected);
  }
  if (text[close + 1] === quote) {
    throw new QuerySyntaxError(close + 1, 'a doubled quote', 'a value with quotes in it in the other kind of quotes');
  }
  return { kind: 'string', text: text.slice(at + 1, close), start: at, end: close + 1 };
}

function readDatetime(text: string, at: number): Token {
  const close = text.indexOf(']', at);
  if (close < 0) throw new QuerySyntaxError(at, 'a date without its closing bracket', 'a closing ]');
  return { kind: 'datetime', text: text.slice(at + 1, close).trim(), start: at, end: close + 1 };
}

function readToken(text: string, at: number): Token {
  const character = text[at] ?? '';
  if (character === '"' || character === "'") return readString(text, at);
  if (character === '[') return readDatetime(text, at);
  if (character === '(' || character === ')' || character === ',') {
    return { kind: character, text: character, start: at, end: at + 1 };
  }
  const patterns = [
    ['word', WORD],
    ['number', NUMBER],
    ['operator', OPERATOR],
  ] as const;
  for (const [kind, pattern] of patterns) {
    const found = readAt(pattern, text, at);
    if (found !== undefined) return { kind, text: found, start: at, end: at + found.length };
  }
  throw new QuerySyntaxError(at, JSON.stringify(character), 'a field, an operator or a value', character);
}

/** Splits a query into tokens; the last one is `end`. @throws {QuerySyntaxError} */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += readAt(SPACE, text, at)?.length ?? 0;
    if (at >= text.length) break;
    const token = readToken(text, at);
    tokens.push(token);
    at = token.end;
  }
  return [...tokens, { kind: 'end', text: '', start: text.length, end: text.length }];
}
