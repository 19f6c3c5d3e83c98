import { ClockError } from '../../clock/index.ts';
import { NotFound } from '../../manage/index.ts';
import { AmbiguousName, NameTooLong, UnknownName } from '../../names/index.ts';
import { QuerySyntaxError, QueryValueError, WhereError } from '../../query/index.ts';
import { SeveralRefused, ToolInputError } from '../errors.ts';

/** Errors that say what is wrong with one argument: a number that no record has is one, too. */
const OF_ONE = [
  ToolInputError,
  UnknownName,
  AmbiguousName,
  NameTooLong,
  ClockError,
  WhereError,
  QueryValueError,
  QuerySyntaxError,
  NotFound,
];

const isOfOne = (error: unknown): error is Error => OF_ONE.some((kind) => error instanceof kind);

/** Whether an error says what is wrong with arguments. */
export const isRefusal = (error: unknown): error is Error => error instanceof SeveralRefused || isOfOne(error);

const errorsIn = (reason: unknown): readonly unknown[] => (reason instanceof SeveralRefused ? reason.errors : [reason]);

/**
 * What to throw for several arguments that failed: all that is wrong with them at once, so that nobody learns it call by call. An
 * argument that others wait for fails once, not once for each of them. What failed otherwise (Manage is not there) goes before all.
 * @param reasons at least one
 */
export function refusal(reasons: readonly unknown[]): unknown {
  const all = reasons.flatMap(errorsIn);
  const errors = all.filter(isOfOne);
  if (errors.length < all.length) return all.find((error) => !isOfOne(error));
  const different = [...new Map(errors.map((error) => [error.message, error])).values()];
  return different.length > 1 ? new SeveralRefused(different) : different[0];
}

/** Why some of several look-ups failed. */
export const reasonsIn = (results: readonly PromiseSettledResult<unknown>[]): readonly unknown[] =>
  results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));

/**
 * Waits until all of some look-ups have ended, and gives what they found.
 * @throws what `refusal` makes of those that failed
 */
export async function together<T extends readonly unknown[]>(
  lookUps: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(lookUps);
  const reasons = reasonsIn(results);
  if (reasons.length > 0) throw refusal(reasons);
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as {
    -readonly [K in keyof T]: Awaited<T[K]>;
  };
}

/** The name that a person can choose a record for; none where the call would be refused after that for something else. */
export function toChoose(error: unknown): AmbiguousName | undefined {
  const errors = errorsIn(error);
  const unclear = errors.filter((one) => one instanceof AmbiguousName);
  return unclear.length === errors.length ? unclear[0] : undefined;
}
