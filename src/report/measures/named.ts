import { closest } from '../../api/closest.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import { ToolInputError } from '../../tool/index.ts';
import { bareTerm, dimensionNamed } from '../dimensions.ts';
import type { Measure } from '../measure.ts';
import { isOfKindSaid, saysAverage } from './kind-said.ts';

const FOLD_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(average|avg|mean)[\s:]+(?:of )?(?:the )?/i, ':average'],
  [/^median[\s:]+(?:of )?(?:the )?/i, ':median'],
  [/^(?:p90|90th percentile)[\s:]+(?:of )?(?:the )?/i, ':p90'],
  [/^(?:max|maximum|longest|oldest)[\s:]+(?:of )?(?:the )?/i, ':max'],
];

/** `average response time`, `responseHours:avg` and `response_time:mean` in one form. */
export function spelt(said: string): string {
  const prefix = FOLD_WORDS.find(([pattern]) => pattern.test(said.trim()));
  const text = prefix === undefined ? said : `${said.trim().replace(prefix[0], '')}${prefix[1]}`;
  return bareTerm(text)
    .replace(/:(avg|average|mean)$/, '')
    .replace(/:(maximum|longest|oldest)$/, ':max')
    .replace(/:(90|p90th|90th|90thpercentile)$/, ':p90');
}

/** Words that say nothing of which measure is meant. */
const FILLERS: ReadonlySet<string> = new Set(
  'ticket tickets count number of the total rate score value amount percentage percent level all my our time times'.split(
    ' ',
  ),
);
const FOLDS: Readonly<Record<string, string>> = {
  median: ':median',
  p90: ':p90',
  max: ':max',
  maximum: ':max',
  longest: ':max',
  oldest: ':max',
  average: '',
  avg: '',
  mean: '',
};

/** The words of a name in any order and number: `resolutionHours` and "resolution hours" are the same two. */
function wordsOf(name: string): { words: string; fold: string } {
  const all = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/utilisation/g, 'utilization')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const fold = all.flatMap((word) => FOLDS[word] ?? [])[0] ?? '';
  const left = all.filter((word) => !FILLERS.has(word) && FOLDS[word] === undefined);
  return {
    words: left
      .map((word) => word.replace(/s$/, ''))
      .sort()
      .join(' '),
    fold,
  };
}

const TICKET = /ticket/i;

/** The one measure whose name or other name has the same words, fillers apart. */
function sameWords(said: string, measures: readonly Measure[]): Measure | undefined {
  const { words, fold } = wordsOf(said);
  if (words === '') return undefined;
  // "Average hours" is not that of the hours of a ticket: a name that says tickets is asked for with them.
  const saysTicket = TICKET.test(said);
  const found = measures.filter(({ name, aliases = [] }) =>
    [name, ...aliases].some((one) => {
      const own = wordsOf(one);
      return own.words === words && own.fold === fold && (saysTicket || !TICKET.test(one));
    }),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** Names that begin with the same word as one: `billed{,Hours,Services}`. */
function folded(names: readonly string[]): readonly string[] {
  const families = new Map<string, string[]>();
  for (const name of names) {
    const first = /^[a-z]{5,}/.exec(name)?.[0] ?? name;
    families.set(first, [...(families.get(first) ?? []), name.slice(first.length)].sort());
  }
  return [...families].map(([first, ends]) =>
    ends.length === 1 ? `${first}${ends[0]}` : `${first}{${ends.join(',')}}`,
  );
}

/** All names, as one text: there are more of them than an error lists apart, or has room for one by one. */
export const namesOf = (measures: readonly Measure[]): readonly Clean[] => [
  cleanLine(folded(measures.map(({ name }) => name).filter((name) => !name.includes(':'))).join(' ')),
];

const byForms = new WeakMap<readonly Measure[], ReadonlyMap<string, Measure>>();

/** Measures by all their names as they compare, the first of a name before others. */
function byForm(measures: readonly Measure[]): ReadonlyMap<string, Measure> {
  const known = byForms.get(measures);
  if (known !== undefined) return known;
  const made = new Map(
    measures
      .flatMap((one) => [one.name, ...(one.aliases ?? [])].map((name) => [bareTerm(name), one] as const))
      .reverse(),
  );
  byForms.set(measures, made);
  return made;
}

/** The measure of which something is a name, as `spelt` has it. */
export const exactly = (form: string, measures: readonly Measure[]): Measure | undefined => byForm(measures).get(form);

/** Words that many names have and that say nothing of what is alike. */
const JOINING: ReadonlySet<string> = new Set('not with without per and for from past since new open'.split(' '));

/** What people ask for that no measure is called by, and the measures that come closest. */
const CLOSE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/churn|attrition|retention|retained|lost (?:customer|client)/i, ['lostMrr', 'netMrr', 'expired']],
  [/\bnps\b|promoter|sentiment|happiness|happy|satisf/i, ['csat', 'surveys']],
  [/escalat/i, ['slaMissed', 'reopened', 'overdue']],
  [/\bfcr\b|first[ -]?(?:call|contact|touch)/i, ['killRate', 'reopenRate', 'responseHours']],
  [/\b(?:ltv|clv|arpu|arpa)\b|lifetime|per (?:user|seat)/i, ['mrr', 'arr', 'recurringMargin']],
  [/noise|alerts?\b/i, ['opened', 'rhem']],
];

const isAlike = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a)));

/** The measures that share most words with what was said, then those that are written nearly so. */
function near(said: string, measures: readonly Measure[]): readonly string[] {
  const telling = (text: string): string[] =>
    wordsOf(text)
      .words.split(' ')
      .filter((word) => word.length > 2 && !JOINING.has(word));
  const plain = measures.filter(({ name }) => !name.includes(':'));
  const wordsBy = plain.map(({ name, aliases = [] }) => [name, ...aliases].map(telling));
  const hasWord = (all: readonly string[][], word: string): boolean =>
    all.some((words) => words.some((own) => isAlike(word, own)));
  // A word that few measures have tells more than "hours".
  const weights = new Map(
    telling(said).map((word) => [word, 1 / wordsBy.filter((all) => hasWord(all, word)).length] as const),
  );
  const weightOf = (words: readonly string[]): number =>
    [...weights].reduce((sum, [word, weight]) => sum + (hasWord([[...words]], word) ? weight : 0), 0);
  const sharing = plain
    .map(({ name }, index) => ({ name, shared: Math.max(...(wordsBy[index] ?? []).map(weightOf)) }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared);
  const names = measures.flatMap(({ name, aliases = [] }) => [name, ...aliases].map((word) => [word, name] as const));
  const words = names.map(([word]) => word);
  const written = closest(said, words, 6).flatMap((word) => names.find(([one]) => one === word)?.[1] ?? []);
  const plainly = said.replace(/(?<=[a-z])(?=[A-Z])|[_-]/g, ' ');
  const meant = CLOSE.find(([words]) => words.test(plainly))?.[1].filter((name) =>
    plain.some((one) => one.name === name),
  );
  return [...new Set(meant ?? [...sharing.map(({ name }) => name), ...written])].slice(0, 3);
}

/** Words of a name that is near another; more are a sentence. */
const MOST_WORDS = 2;

/** @throws {ToolInputError} with the closest for one that does not exist */
export function single(said: string, measures: readonly Measure[]): Measure {
  const word = spelt(said);
  const own = exactly(bareTerm(said), measures);
  if (own !== undefined) return own;
  const forms = [word, word.replace(/^(number|count|amount|sum|total)(of)?/, ''), word.replace(/s$/, ''), `${word}s`];
  for (const form of forms) {
    const found = exactly(form, measures);
    if (found !== undefined && isOfKindSaid(said, found)) return found;
  }
  const meant = sameWords(
    said,
    measures.filter((measure) => isOfKindSaid(said, measure)),
  );
  if (meant !== undefined) return meant;
  const alike = near(said, measures);
  const hint = alike.length === 0 ? say`` : say` Did you mean ${joined(alike.map(cleanLine), ' or ')}?`;
  const dimension = dimensionNamed(said);
  const split =
    dimension === undefined ? say`` : say` For each ${cleanLine(dimension)} send by: ["${cleanLine(dimension)}"].`;
  const average = saysAverage(said) ? say` An average is a ratio, such as "billed/invoices".` : say``;
  throw new ToolInputError('measures', say`There is no measure "${cleanLine(said)}".${hint}${split}${average}`, {
    // All of them are more than a choice; of a whole sentence what is alike is a guess.
    allowed: alike.length === 0 || wordsOf(said).words.split(' ').length > MOST_WORDS ? namesOf(measures) : [],
    next: say`The search tools group and sum by any field.`,
  });
}
