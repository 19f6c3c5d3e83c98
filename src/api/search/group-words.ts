import type { Module, Operation } from '../model.ts';
import { segmentsOf } from '../routes.ts';

/**
 * What groups of operations are about, in our own words. A group is a path without its module, its placeholders and `count`,
 * `usages`, `info`: `tickets/notes` stands for all operations on notes of tickets. Before the bar is what people are shown;
 * after it further words by which they ask for it.
 */
export type GroupWords = Readonly<Record<string, string>>;

/** The words of every module, as `tools/words.ts` collects them. */
export type SearchWords = Readonly<Record<Module, GroupWords>>;

/** The literal segments of a path that tell what it is about: without module, placeholders and helpers of screens. */
export function subjectSegments(path: string): readonly string[] {
  const literal = segmentsOf(path)
    .slice(1)
    .filter((segment) => !segment.startsWith('{'));
  const told = literal.filter((segment) => !/^(count|usages|info|list)$/i.test(segment));
  return told.length > 0 ? told : literal;
}

/** The group of an operation inside its module, in lower case: `tickets/notes`. */
export const groupOf = ({ path }: Pick<Operation, 'path'>): string =>
  subjectSegments(path)
    .map((segment) => segment.toLowerCase())
    .join('/');

export interface GroupText {
  /** What people are shown. */
  readonly about: string;
  /** Further words by which they ask for it. */
  readonly also: string;
}

/** What is known of the group of an operation in words; operations of newer versions of the API may have none. */
export function wordsOfGroup(words: SearchWords, operation: Pick<Operation, 'path' | 'module'>): GroupText | undefined {
  const text = words[operation.module]?.[groupOf(operation)];
  if (text === undefined) return undefined;
  const [about = '', also = ''] = text.split(' | ');
  return { about, also };
}
