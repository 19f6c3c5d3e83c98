import MiniSearch from 'minisearch';
import { type GroupWords, groupOf } from '../../api/search/group-words.ts';
import { type Intent, type ReadIntent, readIntent } from '../../api/search/intent.ts';
import { singular, stem, wordsOf } from '../../api/search/words.ts';
import { inTurns } from '../../in-turns.ts';
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

/** What a tool has to do for each intent of a question. */
const EFFECTS: Readonly<Record<Intent, readonly string[]>> = {
  read: ['read'],
  create: ['create', 'send'],
  save: ['create', 'update'],
  update: ['update'],
  replace: ['update'],
  delete: ['delete'],
};
/** How much more a tool counts that does what the question wants, and less one that does something else. */
const FITS = { sure: 3, hint: 1.5 } as const;

/** How much more a tool of the module counts that a question names. */
const OF_MODULE = 2;

/** How much more a search counts where several are asked for, and a look at one where it is named by its number. */
const ONE_OR_MANY = 1.4;

const isSearch = (name: string): boolean => /^(?:search|list|find)_/.test(name);

/** Whether one record or several are asked for: by a number, or by a plural. */
function numberFit({ name, effect }: DirectTool, asked: readonly string[]): number {
  if (effect !== 'read') return 1;
  if (asked.some((word) => NUMBER.test(word))) return isSearch(name) ? 1 : ONE_OR_MANY;
  return isSearch(name) && asked.some((word) => singular(word) !== word) ? ONE_OR_MANY : 1;
}

/** Whether a tool does what a question asks for: one that reads for "show me", one that writes for "change". */
function fitting({ effect, name }: DirectTool, { intent, sure }: ReadIntent): number {
  if (intent === undefined) return 1;
  const weight = sure ? FITS.sure : FITS.hint;
  if (intent === 'read' && effect !== 'read') return 1 / weight;
  // What is to be changed has to be found.
  if (effect === 'read') return intent === 'read' ? weight : 1;
  // Tools that save make and change.
  const isRight = EFFECTS[intent].includes(effect) || (name.startsWith('save_') && intent !== 'delete');
  return isRight ? weight : 1;
}

/**
 * @param module where the record is thought to be, `procurement`: tools of it come first. Who guesses another one still gets the tool
 */
export type ToolSearch = (question: string, most: number, module?: string) => Promise<readonly DirectTool[]>;

/** What people call the records of the API, by module and group. */
type Words = Readonly<Record<string, GroupWords>>;

/** What people call the records of an operation: `GET /finance/invoices/{id}` has the words of `finance`, `invoices`. */
function saidOf(operation: string, words: Words): string {
  const path = operation.slice(operation.indexOf('/'));
  return words[path.split('/')[1] ?? '']?.[groupOf({ path })] ?? '';
}

/** The operations that a tool is there for: those that write, of one that reads the first. */
const mainOperations = ({ effect, uses }: DirectTool): readonly string[] => {
  const writing = uses.filter((operation) => !operation.startsWith('GET'));
  return effect === 'read' || writing.length === 0 ? uses.slice(0, 1) : writing;
};

/** Whether a tool does something in a module. */
const isOf = (tool: DirectTool, module: string | undefined): boolean =>
  module !== undefined && mainOperations(tool).some((operation) => operation.includes(` /${module}/`));

/**
 * Finds direct tools by what they do, in plain words, best first; made once for a server.
 * @param words what people call the records of the API
 */
export function createToolSearch(tools: readonly DirectTool[], words: Words = {}): ToolSearch {
  let index: Promise<MiniSearch> | undefined;
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  // In turns with everything else that there is to do: it takes a while.
  const indexed = async (): Promise<MiniSearch> => {
    const made = new MiniSearch({
      idField: 'name',
      fields: ['words', 'own', 'description', 'said', 'members'],
      tokenize: stemmed,
      searchOptions: {
        boost: { words: 3, own: 2, said: 0.7, members: 0.3 },
        fuzzy: (term) => (term.length > 4 ? 0.15 : false),
        prefix: (term) => term.length >= PREFIX,
        tokenize: stemmed,
      },
    });
    await inTurns(tools, (tool) =>
      made.add({
        name: tool.name,
        words: `${tool.name.replaceAll('_', ' ')} ${tool.title}`,
        description: tool.description,
        said: mainOperations(tool)
          .map((operation) => saidOf(operation, words))
          .join(' '),
        own: tool.searchWords ?? '',
        members: Object.keys(tool.input.shape).join(' '),
      }),
    );
    return made;
  };
  return async (question, most, module) => {
    index ??= indexed();
    const asked = wordsOf(question);
    const intent = readIntent(asked);
    const sought = asked.filter(
      (word, at) => !COMMON.has(word) && !NUMBER.test(word) && !(at === intent.at && intent.intent === 'read'),
    );
    const found = (await index).search(sought.join(' '), {
      boostDocument(name) {
        const tool = byName.get(String(name));
        if (tool === undefined) return 1;
        return fitting(tool, intent) * numberFit(tool, asked) * (isOf(tool, module) ? OF_MODULE : 1);
      },
    });
    const best = found[0]?.score ?? 0;
    const fitted = found
      .filter(({ score, queryTerms }) => score >= best * WORTH && queryTerms.length * 2 >= Math.min(sought.length, 4))
      .flatMap(({ id }) => byName.get(String(id)) ?? []);
    const plain = asked.join(' ');
    const meant = tools.filter(({ askedAs }) => askedAs?.test(plain) === true);
    return [...new Set([...meant, ...fitted])].slice(0, most);
  };
}
