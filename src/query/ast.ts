/**
 * The conditions language of Manage as a tree: what `parse` gives, `print`, `check` and `match` take, and `compile` makes.
 */

export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'contains'
  | 'not contains'
  | 'like'
  | 'not like'
  | 'in'
  | 'not in';

/** A single literal. `datetime` keeps the text between the brackets as written. */
export type Literal =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'datetime'; readonly value: string };

/** What stands right of the operator; a list only after `in` and `not in`. */
export type Value = Literal | { readonly kind: 'list'; readonly values: readonly Literal[] };

/** Half-open range of character offsets in the text that was parsed. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Comparison {
  readonly kind: 'comparison';
  /** Segments of the field path: `board/name` is `['board', 'name']`. */
  readonly path: readonly string[];
  readonly operator: Operator;
  readonly value: Value;
  /** Where it stood in the source; absent in trees that were built, not parsed. */
  readonly span?: Span;
}

export interface Junction {
  readonly kind: 'and' | 'or';
  /** At least two. */
  readonly terms: readonly Expression[];
}

export type Expression = Comparison | Junction;

/** The three parameters that a query is split over. */
export interface Conditions {
  readonly conditions?: Expression;
  readonly childConditions?: Expression;
  readonly customFieldConditions?: Expression;
}
