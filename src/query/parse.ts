import type { Comparison, Expression, Literal, Operator, Value } from './ast.ts';
import { QuerySyntaxError } from './errors.ts';
import { type Token, tokenize } from './lexer.ts';

/** Parentheses inside parentheses. Real queries have a few; the limit keeps hostile ones from exhausting the stack. */
const DEEPEST = 100;

const WORD_OPERATORS = new Set(['contains', 'like', 'in']);
const SYMBOLS: Readonly<Record<string, Operator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const describeToken = (token: Token): string =>
  token.kind === 'end' ? 'the end' : `${JSON.stringify(token.text.slice(0, 40))}`;

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  parse(): Expression {
    const expression = this.#or();
    const rest = this.#peek();
    if (rest.kind !== 'end') this.#fail('AND, OR or the end');
    return expression;
  }

  #or(): Expression {
    return this.#junction('or', () => this.#and());
  }

  #and(): Expression {
    return this.#junction('and', () => this.#unit());
  }

  #junction(kind: 'and' | 'or', next: () => Expression): Expression {
    const first = next();
    const terms = [first];
    while (this.#isWord(kind)) {
      this.#at += 1;
      terms.push(next());
    }
    return terms.length === 1 ? first : { kind, terms };
  }

  #unit(): Expression {
    if (this.#peek().kind !== '(') return this.#comparison();
    if (this.#depth >= DEEPEST) this.#fail(`at most ${DEEPEST} nested parentheses`);
    this.#depth += 1;
    this.#at += 1;
    const inner = this.#or();
    this.#take(')', 'a closing parenthesis');
    this.#depth -= 1;
    return inner;
  }

  #comparison(): Comparison {
    const field = this.#take('word', 'a field');
    const operator = this.#operator();
    const value = this.#value(operator);
    const end = this.#tokens[this.#at - 1]?.end ?? field.end;
    return { kind: 'comparison', path: field.text.split('/'), operator, value, span: { start: field.start, end } };
  }

  #operator(): Operator {
    const token = this.#peek();
    if (token.kind === 'operator') {
      this.#at += 1;
      return SYMBOLS[token.text] ?? '=';
    }
    const negated = this.#isWord('not');
    if (negated) this.#at += 1;
    const word = this.#peek().text.toLowerCase();
    if (this.#peek().kind !== 'word' || !WORD_OPERATORS.has(word)) {
      this.#fail('an operator (= != < <= > >= contains like in, or not before the last three)');
    }
    this.#at += 1;
    return (negated ? `not ${word}` : word) as Operator;
  }

  #value(operator: Operator): Value {
    if (operator !== 'in' && operator !== 'not in') return this.#literal();
    this.#take('(', `a list in parentheses after ${operator}`);
    const values = [this.#literal()];
    while (this.#peek().kind === ',') {
      this.#at += 1;
      values.push(this.#literal());
    }
    this.#take(')', 'a comma or a closing parenthesis');
    return { kind: 'list', values };
  }

  #literal(): Literal {
    const token = this.#peek();
    this.#at += 1;
    switch (token.kind) {
      case 'string':
        return { kind: 'string', value: token.text };
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'datetime':
        return { kind: 'datetime', value: token.text };
      case 'word': {
        const word = token.text.toLowerCase();
        if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
        if (word === 'null') return { kind: 'null' };
      }
    }
    this.#at -= 1;
    return this.#fail('a value: "text", a number, true, false, null or [2026-03-04T15:00:00Z]');
  }

  #peek(): Token {
    // The last token is `end`, and nothing moves past it.
    return this.#tokens[this.#at] as Token;
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === 'word' && token.text.toLowerCase() === word;
  }

  #take(kind: Token['kind'], expected: string): Token {
    const token = this.#peek();
    if (token.kind !== kind) this.#fail(expected);
    this.#at += 1;
    return token;
  }

  #fail(expected: string): never {
    const token = this.#peek();
    const written = token.kind === 'string' || token.kind === 'datetime' ? undefined : token.text;
    throw new QuerySyntaxError(token.start, describeToken(token), expected, written);
  }
}

/**
 * Reads a query of the conditions language. AND binds tighter than OR; keywords and operators in words may be in any letter
 * case; spaces around symbols do not matter.
 * @throws {QuerySyntaxError} and nothing else, on any string.
 */
export const parse = (text: string): Expression => new Parser(text).parse();
