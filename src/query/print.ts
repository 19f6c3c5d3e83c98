import type { Comparison, Expression, Junction, Literal } from './ast.ts';
import { QueryValueError } from './errors.ts';

/**
 * The quotes in which a text can be written so that every reading of backslashes and doubled quotes ends it at the same
 * place, or the reason why there are none.
 */
export function quotesFor(text: string): '"' | "'" | { readonly reason: string } {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) return { reason: 'it holds control characters or line breaks' };
  if (text.endsWith('\\')) return { reason: 'it ends in a backslash' };
  if (!text.includes('"')) return '"';
  if (!text.includes("'")) return "'";
  return { reason: 'it holds both kinds of quotes' };
}

/** Plain digits: the language has no exponents. */
function printNumber(value: number): string {
  if (Number.isInteger(value)) return String(BigInt(value));
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'string': {
      const quotes = quotesFor(literal.value);
      if (typeof quotes !== 'string') throw new QueryValueError(literal.value, quotes.reason);
      return `${quotes}${literal.value}${quotes}`;
    }
    case 'number':
      return printNumber(literal.value);
    case 'boolean':
      return literal.value ? 'True' : 'False';
    case 'null':
      return 'null';
    case 'datetime':
      return `[${literal.value}]`;
  }
}

function printComparison({ path, operator, value }: Comparison): string {
  const right = value.kind === 'list' ? `(${value.values.map(printLiteral).join(', ')})` : printLiteral(value);
  return `${path.join('/')} ${operator} ${right}`;
}

function printJunction(junction: Junction): string {
  const word = junction.kind === 'and' ? ' AND ' : ' OR ';
  // An OR is parenthesised wherever it is joined with anything: no reading of precedence can widen it.
  const terms = junction.terms.map((term) => (term.kind === 'comparison' ? print(term) : `(${print(term)})`));
  return terms.join(word);
}

/**
 * Writes an expression in the conditions language: strings in double quotes (single ones when they hold a double quote), dates
 * in brackets, junctions inside junctions in parentheses.
 * @throws {QueryValueError} for a text that no quotes can hold safely; `field` never builds one.
 */
export function print(expression: Expression): string {
  return expression.kind === 'comparison' ? printComparison(expression) : printJunction(expression);
}
