import MiniSearch from 'minisearch';
import { inTurns } from '../../in-turns.ts';
import { distance } from '../closest.ts';
import type { ApiDescription, Operation } from '../index.ts';
import { groupOf, type SearchWords, subjectSegments, wordsOfGroup } from './group-words.ts';
import { KNOWN_VERBS } from './intent.ts';
import { isCommon, type Vocabulary } from './question.ts';
import { pairsOf, stem, wordsOf } from './words.ts';

/** Operations on the same records: `service/tickets/notes`. */
export interface Group {
  /** `service/tickets/notes` */
  readonly key: string;
  readonly operations: readonly Operation[];
  /** Segments of the path that are words; more make it a part of something. */
  readonly depth: number;
  /** Stems of what a record has: `board`, `priority`. */
  readonly members: ReadonlySet<string>;
}

/** How much a word tells by where it stands. */
const FIELDS = { name: 4, about: 2.5, also: 2, pairs: 3, above: 1, schema: 0.4 } as const;

/** How near to the group itself a field is. */
const NEAR = { name: 1, pairs: 0.9, about: 0.85, also: 0.8, above: 0.4, schema: 0.4 } as const;

type Fields = Record<keyof typeof FIELDS, string>;

const stems = (text: string): string[] => wordsOf(text).map(stem);

/** `make`, once for each text: the same words and members are in hundreds of groups. */
function once<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const value = make(text);
    made.set(text, value);
    return value;
  };
}

/** The words that a word is written together of, if any: `purchaseorders` is "purchase" and "orders". */
function partsOf(word: string, isKnown: (word: string) => boolean): string[] {
  for (let at = 4; at <= word.length - 4; at++) {
    const [head, tail] = [word.slice(0, at), word.slice(at)];
    if (!isKnown(head)) continue;
    const rest = isKnown(tail) ? [tail] : partsOf(tail, isKnown);
    if (rest.length > 0) return [head, ...rest];
  }
  return [];
}

/** Words of a segment, and the segment as one word: `workRoles` is "work", "role" and "workrole". */
const segmentWords = (segment: string, isKnown: (word: string) => boolean): string => {
  const words = wordsOf(segment);
  return [...new Set([...words, ...words.flatMap((word) => partsOf(word, isKnown)), segment.toLowerCase()])].join(' ');
};

/** What the index is made of. */
interface Source {
  readonly api: ApiDescription;
  readonly words: SearchWords;
  /** Whether what is said of the groups has a word. */
  readonly isKnown: (word: string) => boolean;
}

function fieldsOf({ api, words: allWords, isKnown }: Source, operations: readonly Operation[]): Fields {
  const [first] = operations as [Operation];
  const segments = subjectSegments(first.path);
  const words = wordsOfGroup(allWords, first);
  const parentPath = `/${first.module}/${segments.slice(0, -1).join('/')}`;
  const parent = segments.length > 1 ? wordsOfGroup(allWords, { path: parentPath, module: first.module }) : undefined;
  const schemas = new Set(operations.flatMap(({ request, response }) => request?.schema ?? response.schema ?? []));
  const members = [...schemas].flatMap((name) => [name, ...(api.schema(name)?.fields.keys() ?? [])]);
  const about = words?.about ?? '';
  return {
    name: segmentWords(segments.at(-1) ?? '', isKnown),
    about,
    also: words?.also ?? '',
    pairs: [
      ...pairsOf(stems(`${about}`)),
      ...pairsOf(stems(words?.also ?? '')),
      ...pairsOf(stems(segments.join(' '))),
    ].join(' '),
    above: [
      first.module,
      ...segments.slice(0, -1).map((segment) => segmentWords(segment, isKnown)),
      parent?.about.replace(/:.*/, '') ?? '',
      parent?.also ?? '',
    ].join(' '),
    schema: members.join(' '),
  };
}

export interface Hit {
  readonly score: number;
  /** How near to the group itself the word stands: 1 in its name, less in what is said of it, least in its parent. */
  readonly near: number;
}

export interface GroupIndex extends Vocabulary {
  /** What each group scores for a word (a stem or a pair of stems); only those that have it. */
  find(word: string): ReadonlyMap<Group, Hit>;
}

/** The index of a description's groups, made in turns with everything else that there is to do: it takes a while. */
export async function createGroupIndex(api: ApiDescription, words: SearchWords): Promise<GroupIndex> {
  const byKey = new Map<string, Operation[]>();
  await inTurns(api.each(), (operation) => {
    const key = `${operation.module}/${groupOf(operation)}`;
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [operation]);
    else same.push(operation);
  });
  const stemmed = once((text) => wordsOf(text).map(stem).join(' '));
  const groups = await inTurns(
    byKey,
    ([key, operations]): Group => ({
      key,
      operations,
      depth: key.split('/').length - 1,
      members: new Set(
        operations.flatMap(({ request }) => [...(api.schema(request?.schema ?? '')?.fields.keys() ?? [])].map(stemmed)),
      ),
    }),
  );
  const known = new Set(
    groups.flatMap(({ operations: [first] }) => stems((first && wordsOfGroup(words, first)?.about) ?? '')),
  );
  const isKnown = once((word) => known.has(stem(word)));
  const texts = await inTurns(groups, ({ operations }) => fieldsOf({ api, words, isKnown }, operations));
  const tokens = once(stems);
  const search = new MiniSearch<Fields & { id: number }>({
    fields: Object.keys(FIELDS),
    tokenize: (text, field) => {
      if (field === 'pairs') return text.split(' ').filter((pair) => pair !== '');
      return text.split(' ').flatMap((word) => tokens(word));
    },
    processTerm: (term) => term,
    searchOptions: { boost: FIELDS, tokenize: (text) => [text], processTerm: (term) => term },
  });
  const spoken = new Map<string, string>();
  await inTurns(texts, (fields, id) => {
    search.add({ id, ...fields });
    const { name, about, also, above } = fields;
    for (const word of wordsOf([name, about, also, above].join(' '))) {
      const one = stem(word);
      if (!spoken.has(one)) spoken.set(one, word);
    }
  });
  /** "satisfied" is of the family of "satisfaction": no slip, but a beginning that is long enough to tell. */
  const kinOf = (word: string): string => {
    const least = Math.max(5, Math.ceil(word.length * 0.65));
    const kin = [...spoken.values()].filter((known) => known.startsWith(word.slice(0, least)));
    return kin.sort((a, b) => a.length - b.length)[0] ?? word;
  };
  return {
    find(word) {
      const found = search.search(word, {
        prefix: word.length > 3 && !word.includes('_'),
        weights: { prefix: 0.35, fuzzy: 0.5 },
      });
      return new Map(
        found.flatMap(({ id, score, match }) => {
          const group = groups[Number(id)];
          const near = Math.max(
            ...Object.values(match)
              .flat()
              .map((field) => NEAR[field as keyof Fields]),
          );
          return group === undefined ? [] : [[group, { score, near }]];
        }),
      );
    },
    knows: (word) => spoken.has(stem(word)),
    correct(word) {
      const one = stem(word);
      if (word.length < 5 || spoken.has(one) || isCommon(word)) return word;
      const limit = word.length < 8 ? 1 : 2;
      let best = word;
      let edits = limit + 1;
      for (const [known, whole] of [...spoken, ...[...KNOWN_VERBS].map((verb) => [verb, verb] as const)]) {
        const off = Math.min(distance(one, known, limit), distance(word, whole, limit));
        if (off < edits && whole.length >= 4) [best, edits] = [whole, off];
      }
      return best === word ? kinOf(word) : best;
    },
  };
}
