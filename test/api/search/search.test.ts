import { describe, expect, it } from 'vitest';
import { loadApi } from '../../../src/api/load.ts';
import { wordsOfGroup } from '../../../src/api/search/group-words.ts';
import { createSearch } from '../../../src/api/search/search-operations.ts';
import { words } from '../../../tools/words.ts';
import { QUESTIONS } from './questions.ts';
import { FRESH } from './questions-fresh.ts';
import { HELD_OUT } from './questions-held-out.ts';
import { ROUNDS } from './questions-rounds.ts';

const api = loadApi();
const search = createSearch(api, words);
const firstFive = async (question: string): Promise<string[]> =>
  (await search(question, { limit: 5 })).map(({ operation }) => `${operation.method} ${operation.path}`);
const missed = async (questions: typeof QUESTIONS): Promise<string[]> => {
  const wrong: string[] = [];
  for (const [question, ...expected] of questions) {
    const found = await firstFive(question);
    if (!found.some((operation) => expected.includes(operation))) wrong.push(`${question}: ${found.join(', ')}`);
  }
  return wrong;
};

describe('the search for operations', () => {
  it.each([
    ['questions that it was tuned on', QUESTIONS, 0.97],
    ['questions that it was not tuned on', HELD_OUT, 0.96],
    ['questions asked before the words were read', FRESH, 0.97],
    ['questions of seven more rounds', ROUNDS, 0.97],
  ] as const)('finds the right one among the first five for %s', async (name, questions, share) => {
    const wrong = await missed(questions);
    process.stdout.write(`search, ${name}: ${questions.length - wrong.length} of ${questions.length}\n`);
    expect(wrong.length <= (1 - share) * questions.length ? [] : wrong).toEqual([]);
  });

  it('expects operations that exist', () => {
    const named = [...QUESTIONS, ...HELD_OUT, ...FRESH, ...ROUNDS].flatMap(([, ...expected]) => expected);
    expect(
      named.filter((name) => {
        const found = api.find(name);
        return found === undefined || `${found.method} ${found.path}` !== name;
      }),
    ).toEqual([]);
  });

  it('stays in the module that was asked for, and takes any text', async () => {
    const found = await search('notes', { module: 'sales', limit: 30 });
    expect(new Set(found.map(({ operation }) => operation.module))).toEqual(new Set(['sales']));
    expect(found.length).toBeGreaterThan(3);
    for (const text of ['', '   ', '4711', '???', 'the of', 'constructor __proto__', 'ü', 'x'.repeat(5_000)])
      expect(Array.isArray(await search(text))).toBe(true);
  });
});

describe('the words for groups of operations', () => {
  it('say what every operation is about, in a line', () => {
    const silent = api.operations.filter((operation) => wordsOfGroup(words, operation) === undefined);
    expect(silent.map(({ path }) => path)).toEqual([]);
    const abouts = api.operations.map((operation) => wordsOfGroup(words, operation)?.about ?? '');
    expect(abouts.filter((about) => !/^[A-Z].{6,90}[^.]$/.test(about))).toEqual([]);
  });
});
