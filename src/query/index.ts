export type { Comparison, Conditions, Expression, Literal } from './ast.ts';
export { all, any, field, likeLiteral } from './build.ts';
export { type ConditionParameter, check, type QueryProblem } from './check.ts';
export { compileWhere } from './compile.ts';
export { captionIn } from './custom-field.ts';
export { instantOf } from './dates.ts';
export { QuerySyntaxError, QueryValueError, UnknownField, WhereError } from './errors.ts';
export { type Access, childMatcher, customFieldMatcher, matcher, readPath } from './match.ts';
export { type NarrowInput, narrow, pathsIn } from './narrow.ts';
export { currencySaid, numberSaid, percentSaid, type SaidNumber } from './number.ts';
export { absenceSaid, saysNull } from './operators.ts';
export {
  beginsEmpty,
  emptyLast,
  filledAt,
  inOrder,
  isEmptyAt,
  isLeastUrgentFirst,
  orderKeys,
  parseOrderBy,
} from './order.ts';
export { parse } from './parse.ts';
export { partTest } from './parts-of-text.ts';
export { print } from './print.ts';
export { projector } from './project.ts';
export { splitIn } from './split.ts';
export { onDay, type TimePlace, type TimeSpan, within } from './times.ts';
export {
  opSaid,
  valuesOf,
  WHERE_OPERATORS,
  type WhereEntry,
  WhereItem,
  WhereSchema,
  whereOperator,
  withSpelling,
} from './where.ts';
export { wordsIn } from './words.ts';
