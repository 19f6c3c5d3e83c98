import { z } from 'zod';
import { echoDay, fromManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { folded, nameOf } from '../../src/names/index.ts';
import { all, type Expression, field, wordsIn } from '../../src/query/index.ts';
import { cleanLine, counted, excerpt, joined, lines, say } from '../../src/text/index.ts';
import { defineTool, fragments, type ToolContext, ToolInputError } from '../../src/tool/index.ts';

const LIST = 'GET /service/knowledgeBaseArticles';
/** Matches that are ranked; a search that finds more is too wide. */
const MOST = 200;
/** Articles that are shown whole, and how much text of them. */
const WHOLE = 3;
const LONGEST = 12_000;

/** Words that are looked for. */
const MOST_WORDS = 8;

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
  return [...new Set((meaning.length > 0 ? meaning : words).map(stemOf))];
}

const TEXTS = ['title', 'issue', 'resolution'];

/** Title before issue before resolution. */
function rank(article: ManageRecord, words: readonly string[]): number {
  const [title, issue, resolution] = [article.title, article.issue, article.resolution].map((text) =>
    folded(String(text ?? '')),
  );
  return words
    .map(folded)
    .reduce(
      (sum, word) =>
        sum + (title?.includes(word) ? 5 : 0) + (issue?.includes(word) ? 2 : 0) + (resolution?.includes(word) ? 1 : 0),
      0,
    );
}

interface Found {
  /** The best matches first. */
  readonly rows: readonly ManageRecord[];
  /** How many articles fit, also those that were not ranked. */
  readonly total: number | undefined;
  /** Whether no article has all of the words. */
  readonly partly: boolean;
}

async function found(words: readonly string[], board: number | undefined, context: ToolContext): Promise<Found> {
  const { manage, signal } = context;
  const on = board === undefined ? undefined : field('board/id', '=', board);
  const read = (matching: Expression | undefined) =>
    manage.list<ManageRecord>(LIST, { conditions: all(on, matching), limit: MOST, signal });
  const every = await read(wordsIn(TEXTS, words.join(' ')));
  const partly = every.rows.length === 0 && words.length > 1;
  const { rows, total } = partly ? await read(wordsIn(TEXTS, words.join(' OR '))) : every;
  return { rows: [...rows].sort((a, b) => rank(b, words) - rank(a, words)), total, partly: partly && rows.length > 0 };
}

export default defineTool({
  name: 'search_knowledge_base',
  title: 'Search knowledge base',
  toolset: 'service',
  effect: 'read',
  uses: [LIST, `${LIST}/{id}`, `${LIST}/count`, 'GET /service/knowledgeBaseCategories'],
  description: 'Find articles by words of the problem; the best ones with their full text, or one by article id.',
  input: z.strictObject({
    query: z.string().optional(),
    article: fragments.id(z.int().optional()),
    board: fragments.filterName('board').optional(),
    limit: fragments.list.limit,
  }),
  aliases: { search: 'query', text: 'query', words: 'query', problem: 'query', id: 'article', articleId: 'article' },
  output: z.looseObject({ total: z.int().optional() }),
  async run({ query, article, board, limit = 10 }, context) {
    const { manage, signal, quote } = context;
    const all = wordsOf(query ?? '');
    const words = all.slice(0, MOST_WORDS);
    if (all.length > words.length)
      context.remark(say`Only the first ${MOST_WORDS} words were looked for: ${joined(words.map(cleanLine), ', ')}.`);
    if (article !== undefined && (query ?? board) !== undefined)
      throw new ToolInputError('article', say`article names one article: leave query and board out, or article.`);
    if (article === undefined && query !== undefined && words.length === 0)
      throw new ToolInputError('query', say`query has no word to look for.`);
    const read = async (id: number): Promise<Found> => {
      const row = await manage.get<ManageRecord>(`${LIST}/{id}`, { path: { id }, signal });
      return { rows: [row], total: 1, partly: false };
    };
    const { rows, total, partly } =
      article === undefined ? await found(words, board?.id, context) : await read(article);
    const [categories, zone, now] = await Promise.all([
      manage
        .all<ManageRecord>('GET /service/knowledgeBaseCategories', { fields: ['id', 'name'], signal })
        .then((all) => new Map(all.map(({ id, name }) => [id, name] as const)))
        .catch(() => new Map<unknown, unknown>()),
      context.zone(),
      context.now(),
    ]);
    let room = LONGEST;
    const articles = rows.slice(0, limit).map((row, index) => {
      const written = fromManage(row.dateCreated, zone);
      const facts = {
        id: Number(row.id),
        title: cleanLine(row.title),
        category: cleanLine(categories.get(row.categoryId)),
        board: cleanLine(nameOf(row.board)),
        written: joined([written && cleanLine(echoDay(written, now)), cleanLine(row.createdBy)], ' '),
      };
      const length = String(row.issue ?? '').length + String(row.resolution ?? '').length;
      const isWhole = article !== undefined || (query !== undefined && index < WHOLE && length <= room);
      const isLong = !isWhole && query !== undefined && index < WHOLE;
      if (!isWhole) return { ...facts, issue: undefined, resolution: undefined, ...(isLong && { isLong }) };
      room -= length;
      const part = (text: unknown) => quote(excerpt(text, LONGEST));
      return { ...facts, issue: part(row.issue), resolution: part(row.resolution) };
    });
    const best =
      total !== undefined && total > rows.length ? say`, the best of the ${rows.length} that were read` : say``;
    const head =
      article === undefined &&
      say`${articles.length} of ${counted(total ?? rows.length, 'article')}${partly ? ' that have some of the words' : ''}${best}`;
    const texts = articles.map((one) =>
      lines([
        say`${one.id}: ${one.title} (${joined([one.category, one.board, one.written], ', ')})`,
        one.issue !== undefined && say`Issue:\n${one.issue}`,
        one.resolution !== undefined && say`Resolution:\n${one.resolution}`,
        'isLong' in one && say`Too long to be shown here: article: ${one.id} reads it.`,
      ]),
    );
    const hint =
      rows.length === 0 && say`Try fewer or other words${board === undefined ? '' : ', or leave out board'}.`;
    return { structured: { total: total ?? rows.length, articles }, text: lines([head, ...texts, hint]) };
  },
});
