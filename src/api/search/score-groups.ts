import type { Group, GroupIndex } from './group-index.ts';
import type { Question } from './question.ts';

/** Words used with every kind of record. */
const SAYS_LITTLE = new Set([
  'open',
  'clos',
  'activ',
  'new',
  'old',
  'current',
  'complet',
  'work',
  'type',
  'default',
  'today',
  'tomorrow',
  'creat',
  'allow',
]);

/** What people mean most of the time, when nothing else is said. */
const POPULAR = new Set([
  'service/tickets',
  'service/boards',
  'company/companies',
  'company/contacts',
  'company/configurations',
  'time/entries',
  'time/sheets',
  'schedule/entries',
  'system/members',
  'system/documents',
  'system/callbacks',
  'finance/agreements',
  'finance/invoices',
  'expense/entries',
  'procurement/catalog',
  'procurement/products',
  'procurement/purchaseorders',
  'project/projects',
  'sales/opportunities',
  'sales/activities',
]);

/** Below this part of its score no group falls for the words that it misses. */
const LEAST = 0.35;

/** What a word tells by what it is: what several words of the question mean together, what its verb acts on (or a question begins with), or any other. */
function weightOf(word: string, { meant, object, intent }: Question): number {
  if (meant.includes(word)) return 2.5;
  if (SAYS_LITTLE.has(word)) return 0.3;
  if (!object.has(word)) return 1;
  return intent === undefined || intent === 'read' ? 1.2 : 1.6;
}

/** "change the board of a ticket" is about the ticket, which has a board. */
const changesMember = (group: Group, near: number, { intent, object }: Question): boolean =>
  (intent === 'update' || intent === 'save') &&
  near === 1 &&
  POPULAR.has(group.key) &&
  [...object].some((word) => group.members.has(word));

/**
 * What each group scores for a question. Every word counts once, the more the fewer groups have it; groups that miss words of
 * the question lose, and words that no group has (names, mostly) tell nothing.
 */
export function scoreGroups(index: GroupIndex, question: Question): Map<Group, number> {
  const scores = new Map<Group, { score: number; hit: number; near: number }>();
  let rarities = 0;
  const add = (word: string, weight: number, counts: boolean): void => {
    const found = index.find(word);
    const rarity = counts && found.size > 0 ? Math.log(1 + 300 / found.size) : 0;
    rarities += rarity;
    for (const [group, { score, near }] of found) {
      const known = scores.get(group) ?? { score: 0, hit: 0, near: 0 };
      scores.set(group, {
        score: known.score + weight * Math.log1p(score),
        hit: known.hit + rarity,
        near: Math.max(known.near, near),
      });
    }
  };
  for (const word of new Set([...question.meant, ...question.words])) add(word, weightOf(word, question), true);
  for (const pair of new Set(question.pairs)) add(pair, 0.8, false);
  return new Map(
    [...scores].map(([group, { score, hit, near }]) => [
      group,
      score *
        near *
        (LEAST + (1 - LEAST) * (rarities === 0 ? 0 : hit / rarities)) *
        (POPULAR.has(group.key) ? 1.3 : 1) *
        (changesMember(group, near, question) ? 1.8 : 1) *
        0.94 ** group.depth,
    ]),
  );
}
