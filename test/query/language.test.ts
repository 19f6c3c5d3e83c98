import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression, Literal, Operator } from '../../src/query/ast.ts';
import { all, any, field, parse, print, QuerySyntaxError, QueryValueError } from '../../src/query/index.ts';
import { runs } from '../support/sample.ts';

const OPERATORS: readonly Operator[] = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'contains',
  'not contains',
  'like',
  'not like',
];

const path = fc.constantFrom('id', 'board/name', 'lastUpdated', 'company/identifier', 'summary');
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc
    .string()
    .map((text) => text.replaceAll(/["\\]/g, '-'))
    .map((value) => ({ kind: 'string' as const, value })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    .map((value) => ({ kind: 'number' as const, value: Math.round(value * 100) / 100 })),
  fc.boolean().map((value) => ({ kind: 'boolean' as const, value })),
  fc.constant({ kind: 'null' as const }),
  fc.constant({ kind: 'datetime' as const, value: '2026-03-04T15:00:00Z' }),
);
const comparison: fc.Arbitrary<Expression> = fc
  .oneof(
    fc.record({ path, operator: fc.constantFrom(...OPERATORS), value: literal }),
    fc.record({
      path,
      operator: fc.constantFrom<Operator>('in', 'not in'),
      value: fc.array(literal, { minLength: 1, maxLength: 4 }).map((values) => ({ kind: 'list' as const, values })),
    }),
  )
  .map(({ path, operator, value }): Expression => ({ kind: 'comparison', path: path.split('/'), operator, value }));
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    comparison,
    fc.record({
      kind: fc.constantFrom<'and' | 'or'>('and', 'or'),
      terms: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
    }) as fc.Arbitrary<Expression>,
  ),
}));

/** The tree without source positions, with -0 as 0. */
const plain = (tree: Expression): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value) => (key === 'span' ? undefined : value)));

describe('the language', () => {
  it('means after printing what it meant before', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        expect(plain(parse(print(tree)))).toEqual(plain(tree));
      }),
      { numRuns: runs(500), seed: 3 },
    );
  });

  it('throws nothing but QuerySyntaxError, on any string', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '"',
      "'",
      '[',
      ']',
      'and',
      'or',
      'not',
      'in',
      'id',
      '=',
      '!',
      '1',
      ',',
      '\\',
      ' ',
      '/',
      '-',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            parse(text);
          } catch (error) {
            expect(error).toBeInstanceOf(QuerySyntaxError);
          }
        },
      ),
      { numRuns: runs(2000), seed: 4 },
    );
    expect(() => parse('('.repeat(100_000))).toThrow(QuerySyntaxError);
  });

  it.each([
    ['board/id=1 and closedFlag = FALSE', 'board/id = 1 AND closedFlag = False'],
    ["name Not Contains 'x' OR id in (1,2)", 'name not contains "x" OR id in (1, 2)'],
    ['a=1 or b=2 and c=3', 'a = 1 OR (b = 2 AND c = 3)'],
    ['(a=1 or b=2) and c !=null', '(a = 1 OR b = 2) AND c != null'],
    ['lastUpdated>=[2026-03-04T00:00:00Z]', 'lastUpdated >= [2026-03-04T00:00:00Z]'],
    [`name = 'say "hi"'`, `name = 'say "hi"'`],
  ])('reads %s', (text, printed) => {
    expect(print(parse(text))).toBe(printed);
  });

  it.each([
    ['summary = ', 'the end', 10],
    ['summary ~ 1', '"~"', 8],
    ['(id = 1', 'the end', 7],
    ['id in 3', '"3"', 6],
    ['name = "a\\" or id > 0', 'a backslash before a quote', 9],
    ['name = "a""b"', 'a doubled quote', 10],
    ['a = 1 b = 2', '"b"', 6],
  ])('says where %s goes wrong', (text, found, position) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ found, position }));
  });
});

/** Ends a string at the first quote of its kind (backslashes are plain characters). */
const literalReading = /"[^"]*"|'[^']*'/g;
/** A backslash hides the next character. */
const backslashReading = /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'/g;
/** A doubled quote is a quote. */
const doubledReading = /"(?:""|[^"])*"|'(?:''|[^'])*'/g;

describe('a value in a filter', () => {
  it('never changes the shape of the query, whichever way the server reads quotes', () => {
    const nasty = fc
      .array(fc.constantFrom('"', "'", '\\', ' or ', 'id > 0', '%', '[', ']', '(', ')', 'ü', '*', '_'), {
        maxLength: 8,
      })
      .map((parts) => parts.join(''));
    const operators = fc.constantFrom<Operator>('=', '!=', 'contains', 'like', 'not like');
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'grapheme' })), operators, (value, operator) => {
        let text: string;
        try {
          text = print(all(field('name', operator, value), field('id', '>', 0)) as Expression);
        } catch (error) {
          expect(error).toBeInstanceOf(QueryValueError);
          return;
        }
        const shape = parse(text);
        expect(shape).toMatchObject({ kind: 'and', terms: [{ path: ['name'] }, { path: ['id'], operator: '>' }] });
        for (const reading of [literalReading, backslashReading, doubledReading]) {
          expect(text.replace(reading, 'STRING')).toMatch(/^name [a-z =!]+ STRING AND id > 0$/);
        }
      }),
      { numRuns: runs(2000), seed: 5 },
    );
  });

  it("keeps a caller's OR inside its scope", () => {
    const raw = parse('summary contains "x" or id > 0');
    expect(print(all(field('company/id', '=', 7), raw) as Expression)).toBe(
      'company/id = 7 AND (summary contains "x" OR id > 0)',
    );
    expect(print(any(field('id', '=', 1), undefined) as Expression)).toBe('id = 1');
  });

  it('is looked for by pattern when no quotes can hold it', () => {
    expect(print(field('name', '=', `Bob's "Best" 50% Burgers`))).toBe(`name like "Bob's %Best% 50[%] Burgers"`);
    expect(() => field('name', 'in', [`a'"`])).toThrow(QueryValueError);
    expect(() => field('name', '=', 'line\nbreak')).toThrow(QueryValueError);
  });

  it('becomes a bracketed UTC time when it is a date', () => {
    expect(print(field('lastUpdated', '>=', new Date(Date.UTC(2026, 2, 4, 15, 0, 0, 999))))).toBe(
      'lastUpdated >= [2026-03-04T15:00:00Z]',
    );
  });
});
