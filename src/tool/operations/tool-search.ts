import MiniSearch from 'minisearch';
import { stem, wordsOf } from '../../api/search/words.ts';
import type { DirectTool } from '../context.ts';

const stemmed = (text: string): string[] => wordsOf(text).map(stem);

/** A tool has to match this share of what the best one does to be worth a line. */
const WORTH = 0.55;
/** Shorter words begin too many others. */
const PREFIX = 4;
/** Words that every question holds and no tool is found by. */
const COMMON = new Set([
  'a',
  'an',
  'the',
  'of',
  'for',
  'to',
  'in',
  'on',
  'by',
  'my',
  'me',
  'all',
  'is',
  'are',
  'i',
  'do',
  'how',
  'what',
  'show',
  'give',
  'tell',
  'please',
]);
/** Numbers name a record, never a tool. */
const NUMBER = /^\d+$/;

export type ToolSearch = (question: string, most: number) => readonly DirectTool[];

/** Finds direct tools by what they do, in plain words, best first; made once for a server. */
export function createToolSearch(tools: readonly DirectTool[]): ToolSearch {
  let index: MiniSearch | undefined;
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const indexed = (): MiniSearch => {
    if (index !== undefined) return index;
    index = new MiniSearch({
      idField: 'name',
      fields: ['words', 'description'],
      tokenize: stemmed,
      searchOptions: {
        boost: { words: 3 },
        fuzzy: 0.15,
        prefix: (term) => term.length >= PREFIX,
        tokenize: stemmed,
      },
    });
    index.addAll(
      tools.map(({ name, title, description }) => ({
        name,
        words: `${name.replaceAll('_', ' ')} ${title}`,
        description,
      })),
    );
    return index;
  };
  return (question, most) => {
    const words = wordsOf(question).filter((word) => !COMMON.has(word) && !NUMBER.test(word));
    const found = indexed().search(words.join(' '));
    const best = found[0]?.score ?? 0;
    return found
      .filter(({ score, terms }) => score >= best * WORTH && terms.length * 2 >= Math.min(words.length, 4))
      .slice(0, most)
      .flatMap(({ id }) => byName.get(String(id)) ?? []);
  };
}
