import { z } from 'zod';
import { bare } from '../../api/bare.ts';
import { asText } from '../../json.ts';
import { isSigned } from '../../names/index.ts';

/** Words for the values of an enum that people and models use instead of them; `true` and `false` as such. */
type Synonyms = Readonly<Record<string, string>>;

const registry = z.registry<Synonyms>();

/** Teaches an enum words for its values. They are understood, and not shown to clients. */
export function withSynonyms<T extends z.ZodEnum>(schema: T, synonyms: Synonyms): T {
  registry.add(schema, synonyms);
  return schema;
}

/** The value of an argument's enum that a word means, if it is one of its synonyms. */
export function meantBy(schema: unknown, value: unknown): string | undefined {
  let inner = schema as { unwrap?: () => unknown } | undefined;
  while (inner !== undefined && !(inner instanceof z.ZodEnum) && typeof inner.unwrap === 'function')
    inner = inner.unwrap() as typeof inner;
  if (!(inner instanceof z.ZodEnum) || (typeof value !== 'string' && typeof value !== 'boolean')) return undefined;
  if (isSigned(asText(value))) return undefined;
  const said = bare(asText(value));
  return Object.entries(registry.get(inner) ?? {}).find(([word]) => bare(word) === said)?.[1];
}
