import type { Module, Operation } from '../src/api/model.ts';
import { segmentsOf } from '../src/api/routes.ts';
import type { GroupWords } from '../src/api/search/group-words.ts';
import { COMPANY } from './company/words.ts';
import { EXPENSE } from './expense/words.ts';
import { FINANCE } from './finance/words.ts';
import { MARKETING } from './marketing/words.ts';
import { PROCUREMENT } from './procurement/words.ts';
import { PROJECT } from './project/words.ts';
import { SALES } from './sales/words.ts';
import { SCHEDULE } from './schedule/words.ts';
import { SERVICE } from './service/words.ts';
import { SYSTEM } from './system/words.ts';
import { TIME } from './time/words.ts';

const WORDS: Readonly<Record<Module, GroupWords>> = {
  company: COMPANY,
  // The low-rights twins of company/configurations, which the document has as a module of their own.
  configurations: Object.fromEntries(
    Object.entries(COMPANY).flatMap(([group, words]) =>
      group.startsWith('configurations/') ? [[group.slice('configurations/'.length), words]] : [],
    ),
  ),
  expense: EXPENSE,
  finance: FINANCE,
  marketing: MARKETING,
  procurement: PROCUREMENT,
  project: PROJECT,
  sales: SALES,
  schedule: SCHEDULE,
  service: SERVICE,
  system: SYSTEM,
  time: TIME,
};

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
export function wordsOfGroup(operation: Pick<Operation, 'path' | 'module'>): GroupText | undefined {
  const words = WORDS[operation.module]?.[groupOf(operation)];
  if (words === undefined) return undefined;
  const [about = '', also = ''] = words.split(' | ');
  return { about, also };
}
