import { type Intent, KNOWN_VERBS, readIntent } from './intent.ts';
import { pairsOf, stem, wordsOf } from './words.ts';

/** Verbs that say nothing of what is looked for; others are looked for, too, because actions are named after them. */
const ONLY_VERBS = new Set(
  'create add new insert make enter put give search stop save store allow update edit change modify set rename amend fix list show get find read see view display fetch look lookup check which what how who when where many number tell pull is are do does did does has have was were whose why am wipe drop erase start record register switch increase decrease reduce raise lower take leave open'
    .split(' ')
    .map(stem),
);

const STOP = new Set(
  'a an the of for to in on at my our all and or i me we us it its this that these those from with by be been being can could please any some every each their there them they he she his her him you your want need would like should will shall must may might if so than then too very just about into out up off as not no yes but now right here more most one two three four five someone somebody something anyone anything nobody nothing everyone everybody everything let own next last week month year quarter day yesterday morning afternoon evening again monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december currently still yet ever never already soon ago since until via per between within after before over under through while because whenever same other another got go goes going went come comes came detail much lot lots bunch list completely really actually maybe kind sort exist exists existing available thing things stuff guy folks ms mr mrs dear hello hi thanks thank'
    .split(' ')
    .map(stem),
);

/** What people say in several words for what the API calls by one. */
const PHRASES: readonly (readonly [said: RegExp, words: string])[] = [
  [/\bwho (has |had )?(changed|edited|modified|deleted|altered|updated|touched|moved)\b/, 'audittrail'],
  [
    /\b(history|log|trail|list) of (the |all )?changes\b|\bchange (log|history)\b|(?<!(subscribe|listen|react|hook) (to )?)\bchanges (to|of|on|in)\b/,
    'audittrail',
  ],
  [/\b(do|does|would|will|did) (\w+ ){0,3}(charge|cost|sell)\b/, 'price'],
  [/\b(subscribe|listen|react|hook) (to|on|into)\b/, 'callback'],
  [/\bsingle sign.?on\b/, 'sso'],
  [/\bservice level/, 'sla'],
  [/\bknowledge ?base\b/, 'kb'],
  [
    /\b(some(one|body)|person|people|member|technician|engineer) (on|onto|off|from|to) (the|a|our|my|this) (\w+ )?project\b/,
    'teammember',
  ],
  [/\b(time|work) ?sheet/, 'timesheet'],
  [/\b(nobody|no one|anybody|anyone) (has |have )?(picked up|taken|grabbed|claimed|owns)\b/, 'unassigned'],
  [/\b(i|we|they|he|she|\w+) (have |has |had )?(worked on|been working|been doing|do all day)\b/, 'hours worked'],
  [
    /\b(let|tell|inform|notify|call|ping) (our|my|the|an|another|other|a) (\w+ )?(app|system|software|server|url|program|tool|script|endpoint|service|crm|erp|platform)\b/,
    'callback',
  ],
  [/\bout of office\b/, 'away'],
  [
    /\b(add|assign|put|book|send) (a |an |another |the )?(technician|tech|engineer|resource|member|colleague|someone) (to|on) (a|the|my|this|that) (\w+ )?ticket\b/,
    'scheduleentries dispatch',
  ],
];

/** Words that are told from typing slips of others: verbs, and words without weight. */
export const isCommon = (word: string): boolean =>
  KNOWN_VERBS.has(stem(word)) || STOP.has(stem(word)) || ONLY_VERBS.has(stem(word));

export interface Question {
  /** Stems of what the API calls by a word and people by several; they tell more than the words of the question. */
  readonly meant: readonly string[];
  /** Stems of the words to look for, in their order. */
  readonly words: readonly string[];
  /** Neighbours of the whole question, each pair as one word: "who changed" is found although both say little alone. */
  readonly pairs: readonly string[];
  readonly intent: Intent | undefined;
  /** Whether the question says what it wants outright; else the intent is a guess. */
  readonly sure: boolean;
  /** Whether it states what happened and is to be recorded, in a new or an existing record. */
  readonly states: boolean;
  /** Those of the words that stand next to the verb: in "make a case for the printer", `case`. */
  readonly object: ReadonlySet<string>;
  /** Whether the question asks how many there are. */
  readonly counts: boolean;
  /** Whether it is about one record: it has a number in it, or says so. */
  readonly single: boolean;
}

/** "how many", "the number of"; not "the serial number of" and "raise the number of". */
const COUNTS =
  /\bhow many\b|^count\b|\bcount (of|the|all)\b|^((what is|whats|show|tell|give|get) )?(me |us )?(the )?(total )?number of\b/;

/** The content words between a verb, or the beginning, and the next preposition. */
function objectOf(said: readonly string[], at: number): ReadonlySet<string> {
  const after = said.slice(at + 1);
  const end = after.findIndex(
    (word, index) =>
      index > 0 &&
      /^(on|to|for|at|in|from|with|of|by|into|onto|that|which|who|whose|about|under|and|per|by)$/.test(word),
  );
  return new Set(
    (end < 0 ? after : after.slice(0, end)).map(stem).filter((word) => !STOP.has(word) && !ONLY_VERBS.has(word)),
  );
}

/** What the index knows of words. */
export interface Vocabulary {
  /** The known word that one with typing slips most likely is; itself when it is known or like nothing. */
  correct(word: string): string;
  knows(word: string): boolean;
}

/** "put anna on the project": a word that names nothing else names a person. */
const joins = (said: readonly string[], { knows }: Vocabulary): boolean => {
  const [, name = ''] =
    /\b(?:put|add|assign|place|invite|staff) (\w+) (?:\w+ )?(?:on|onto|to|into|in) (?:\w+ ){0,3}(?:project|team|deal|opportunity)\b/.exec(
      said.join(' '),
    ) ?? [];
  return name !== '' && !knows(name) && !isCommon(name);
};

/** A question in plain words has fewer; comparing each with the whole vocabulary takes its time. */
const MOST_WORDS = 40;

/** What a question in plain words asks for. */
export function readQuestion(text: string, vocabulary: Vocabulary): Question {
  const raw = wordsOf(text).slice(0, MOST_WORDS);
  const corrected = new Map([...new Set(raw)].map((word) => [word, /\d/.test(word) ? word : vocabulary.correct(word)]));
  const said = raw.map((word) => corrected.get(word) ?? word);
  const kept = said.filter((word) => !/^\d+(st|nd|rd|th|am|pm|h|hr|hrs)?$/.test(word));
  const content = kept.map(stem).filter((word) => !STOP.has(word) && !ONLY_VERBS.has(word));
  const phrase = said.join(' ');
  const meant = PHRASES.flatMap(([form, words]) => (form.test(phrase) ? wordsOf(words).map(stem) : []));
  if (joins(said, vocabulary)) meant.push('teammember', 'member');
  const { intent, sure, at } = readIntent(said);
  return {
    meant,
    words: content.length + meant.length > 0 ? content : kept.map(stem),
    intent,
    sure,
    states: intent === 'save' && at === undefined,
    object: objectOf(said, intent === 'read' || at === undefined ? -1 : at),
    pairs: pairsOf(kept.map(stem)),
    counts: COUNTS.test(phrase),
    single:
      raw.some((word) => /^(?!(19|20)\d\d$)\d{3,}$/.test(word)) ||
      /\b(details? of|particular|specific|by id|with id|by its id)\b/.test(phrase),
  };
}
