import { isSecret, isSecretCaption } from '../api/meanings.ts';
import type { FieldProblem } from '../api/validate.ts';
import { isRecord } from '../json.ts';

/** Parameters that compare, or sort by, what records hold. */
const COMPARING = /^(conditions|childConditions|customFieldConditions|orderBy)$/i;

/** A text between quotes, or what is none. */
const PARTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_][\w/]*/g;

const isQuoted = (part: string): boolean => /^["']/.test(part);

/** The secret that a text of conditions, or an order, is about. */
function secretIn(text: string): string | undefined {
  const parts = text.match(PARTS) ?? [];
  const names = parts.filter((part) => !isQuoted(part));
  const named = names.find((name) => isSecret(undefined, name.split('/').at(-1) ?? ''));
  if (named !== undefined) return named;
  // A custom field or a question is known by its caption, and what it holds stands beside it.
  const holds = names.some((name) => /(^|\/)(value|answer)$/i.test(name));
  return holds ? parts.find((part) => isQuoted(part) && isSecretCaption(part.slice(1, -1))) : undefined;
}

/**
 * What of a query, or of the body of a search, compares secrets: who may compare what is hidden reads it letter by letter.
 * @param given parameters by name
 */
export const searchedSecrets = (given: unknown): readonly FieldProblem[] =>
  Object.entries(isRecord(given) ? given : {}).flatMap(([field, value]): FieldProblem[] => {
    const secret = COMPARING.test(field) && typeof value === 'string' ? secretIn(value) : undefined;
    if (secret === undefined) return [];
    return [{ field, problem: 'shape', message: `cannot be about ${secret}, which holds a secret` }];
  });
