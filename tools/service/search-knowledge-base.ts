import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, any, type Expression, field } from '../../src/query/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  fragments,
  type LegacyToolContext as ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';

const LIST = 'GET /service/knowledgeBaseArticles';
/** Matches that are ranked; a search that finds more is too wide. */
const MOST = 200;
/** Articles that are shown whole, and how much text of them. */
const WHOLE = 3;
const LONGEST = 12_000;

/** Words that stand in every question. */
const SMALL = new Set([
  'the',
  'and',
  'for',
  'how',
  'what',
  'with',
  'does',
  'not',
  'can',
  'fix',
  'a',
  'to',
  'of',
  'in',
  'is',
  'on',
  'do',
]);

/** What people say in other words than articles do is not guessed; endings are: "drops", "dropping" and "dropped" hold "drop". */
const stemOf = (word: string): string =>
  word.length > 5 ? word.replace(/(ping|ting|ing|ed|es|s)$/, '') : word.replace(/s$/, '');

function wordsOf(query: string): string[] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}.-]*/gu) ?? [];
  const meaning = words.filter((word) => word.length > 1 && !SMALL.has(word));
  return [...new Set((meaning.length > 0 ? meaning : words).map(stemOf))].slice(0, 8);
}

const holds = (word: string): Expression | undefined =>
  any(field('title', 'contains', word), field('issue', 'contains', word), field('resolution', 'contains', word));

/** Title before issue before resolution. */
function rank(article: ManageRecord, words: readonly string[]): number {
  const [title, issue, resolution] = [article.title, article.issue, article.resolution].map((text) =>
    String(text ?? '').toLowerCase(),
  );
  return words.reduce(
    (sum, word) =>
      sum + (title?.includes(word) ? 5 : 0) + (issue?.includes(word) ? 2 : 0) + (resolution?.includes(word) ? 1 : 0),
    0,
  );
}

async function found(words: readonly string[], board: number | undefined, { manage, signal }: ToolContext) {
  const on = board === undefined ? undefined : field('board/id', '=', board);
  const read = async (matching: Expression | undefined): Promise<readonly ManageRecord[]> => {
    const conditions = all(on, matching);
    return (await manage.page<ManageRecord>(LIST, { conditions, pageSize: MOST, signal })).rows;
  };
  const every = await read(all(...words.map(holds)));
  const some = every.length > 0 || words.length < 2 ? every : await read(any(...words.map(holds)));
  const rows = words.length === 0 ? some : [...some].sort((a, b) => rank(b, words) - rank(a, words));
  return { rows, partly: every.length === 0 && some.length > 0 };
}

export default defineTool({
  name: 'search_knowledge_base',
  title: 'Search knowledge base',
  toolset: 'service',
  effect: 'read',
  uses: [LIST, `${LIST}/{id}`, 'GET /service/knowledgeBaseCategories'],
  description: 'Find articles by words of the problem; the best ones with their full text, or one by article id.',
  input: z.strictObject({
    query: z.string().optional(),
    article: z.int().optional(),
    board: z.string().optional(),
    limit: fragments.list.limit,
  }),
  aliases: { search: 'query', text: 'query', words: 'query', problem: 'query', id: 'article', articleId: 'article' },
  output: z.looseObject({ total: z.int().optional() }),
  async run({ query, article, board: given, limit = 10 }, context) {
    const { manage, names, signal, plain, quote } = context;
    const board = await resolveGiven(names, 'board', given, { argument: 'board' });
    const words = wordsOf(query ?? '');
    if (article === undefined && query !== undefined && words.length === 0)
      throw new ToolInputError('query', 'query has no word to look for.');
    const { rows, partly } =
      article === undefined
        ? await found(words, board?.id, context)
        : { rows: [await manage.get<ManageRecord>(`${LIST}/{id}`, { path: { id: article }, signal })], partly: false };
    const categories = await manage
      .page<ManageRecord>('GET /service/knowledgeBaseCategories', { fields: ['id', 'name'], pageSize: 200, signal })
      .then(({ rows: list }) => new Map(list.map(({ id, name }) => [id, name])))
      .catch(() => new Map<unknown, unknown>());
    let room = LONGEST;
    const articles = rows.slice(0, limit).map((row, index) => {
      const facts = {
        id: Number(row.id),
        title: plain(row.title),
        category: plain(categories.get(row.categoryId)),
        board: idOf(row.board) === undefined ? '' : plain(nameOf(row.board)),
        written: `${dayOf(row.dateCreated)} ${plain(row.createdBy)}`.trim(),
      };
      const length = String(row.issue ?? '').length + String(row.resolution ?? '').length;
      const isWhole = article !== undefined || (query !== undefined && index < WHOLE && length <= room);
      if (!isWhole) return facts;
      room -= length;
      const part = (text: unknown): string => quote(String(text ?? '').slice(0, LONGEST));
      return { ...facts, issue: part(row.issue), resolution: part(row.resolution) };
    });
    const head =
      article !== undefined
        ? ''
        : `${articles.length} of ${rows.length}${rows.length >= MOST ? ' or more' : ''} articles${partly ? ' that have some of the words' : ''}`;
    const text = articles.map((one) => {
      const about = [one.category, one.board, one.written].filter((part) => part !== '').join(', ');
      const body = 'issue' in one ? [`Issue:\n${one.issue}`, `Resolution:\n${one.resolution}`] : [];
      return [`${one.id}: ${one.title} (${about})`, ...body].join('\n');
    });
    return {
      structured: { total: rows.length, articles },
      text: [head, ...text].filter((line) => line !== '').join('\n'),
    };
  },
});
