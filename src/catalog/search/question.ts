import { pairsOf, stem, wordsOf } from './words.ts';

/** What a question wants to be done with records; `save` may be either a creation or a change. */
export type Intent = 'create' | 'update' | 'save' | 'delete' | 'read';

const VERBS: Readonly<Record<Intent, string>> = {
  create:
    'create add new insert register make book enter record upload attach log submit raise write schedule start order import send invite tell subscribe setup onboard hire issue link',
  save: 'set put give assign mark stop receive correct adjust allow block grant exclude replenish save store',
  update:
    'update edit change modify rename amend fix revise move reassign reschedule extend raise bump escalate tick close complete resolve reopen replace overwrite switch disable enable activate retire increase decrease reduce renew transfer postpone',
  delete: 'delete remove cancel drop erase purge clear unlink detach wipe kill unsubscribe void discard',
  read: 'list show get find search read see view display fetch look lookup check which what how who when where many count number download export report tell print pull give_me is are do does did has have was were whose',
};

/** Verbs that say nothing of what is looked for; others are looked for, too, because actions are named after them. */
const ONLY_VERBS = new Set(
  'create add new insert make enter put give search stop save store allow update edit change modify set rename amend fix list show get find read see view display fetch look lookup which what how who when where many number tell pull is are do does did has have was were whose wipe drop erase start record register switch increase decrease reduce write take'
    .split(' ')
    .map(stem),
);

const STOP = new Set(
  'a an the of for to in on at my our all and or i me we us it its this that these those from with by be been being can could please any some every each their there them they he she his her you your want need would like should will shall if so than then too very just about into out up off as not no yes but now right here more most one two three someone somebody something anyone nobody everything everyone everybody let own next last week month year quarter day yesterday morning again currently still yet ever never via per between within after before over under through while because same other another got detail much lot list completely'
    .split(' ')
    .map(stem),
);

const byWord = new Map<string, Intent[]>();
for (const [intent, words] of Object.entries(VERBS) as [Intent, string][]) {
  for (const word of words.split(' ')) byWord.set(stem(word), [...(byWord.get(stem(word)) ?? []), intent]);
}

/** What people say in several words for what the API calls by one. */
const PHRASES: readonly (readonly [said: RegExp, words: string])[] = [
  [/\bwho (has |had )?(changed|edited|modified|deleted|altered|updated|touched|moved)\b/, 'audittrail'],
  [/\bsingle sign.?on\b/, 'sso'],
  [/\bservice level/, 'sla'],
  [/\bknowledge ?base\b/, 'kb'],
  [
    /\b(some(one|body)|person|people|member|technician|engineer) (on|onto|off|from|to) (the|a|our|my|this) (\w+ )?project\b/,
    'teammember',
  ],
  [/\b(time|work) ?sheet/, 'timesheet'],
];

/** Every verb that is understood, as a stem: typing slips are corrected towards them. */
export const KNOWN_VERBS: ReadonlySet<string> = new Set(byWord.keys());

export interface Question {
  /** Stems of what the API calls by a word and people by several; they tell more than the words of the question. */
  readonly meant: readonly string[];
  /** Stems of the words to look for, in their order. */
  readonly words: readonly string[];
  /** Neighbours of the whole question, each pair as one word: "who changed" is found although both say little alone. */
  readonly pairs: readonly string[];
  readonly intent: Intent | undefined;
  /** Whether the question asks how many there are. */
  readonly counts: boolean;
  /** Whether it is about one record: it has a number in it, or says so. */
  readonly single: boolean;
}

/** Words after which a verb of the imperative stands. */
const BEFORE_VERB = new Set(['to', 'please', 'i', 'can', 'you', 'and', 'let', 'we', 'us', 'me', 'want', 'then']);

/** The first verb at the beginning of a clause decides; "open tickets" asks for tickets, "open a ticket" makes one. */
function intentOf(said: readonly string[]): Intent | undefined {
  const phrase = said.join(' ');
  if (/\b(get rid|take off|take out|take \w+( \w+)? (off|out))\b/.test(phrase)) return 'delete';
  if (/\b(set up|hand in|sign up|write up)\b/.test(phrase)) return 'create';
  if (/^(please )?open (a|an|another|new|up)\b/.test(phrase)) return 'create';
  if (/^(please )?(open|closed)\b/.test(phrase)) return 'read';
  if (/^(please )?(tick off|close out|turn off|turn on|hand over)\b/.test(phrase)) return 'update';
  if (/^(give|show|tell|get|find) (me|us)\b/.test(phrase)) return 'read';
  let found: Intent | undefined;
  for (const [index, word] of said.entries()) {
    const intents = byWord.get(stem(word));
    if (intents === undefined) continue;
    const before = said[index - 1];
    // "new contact", "delete ...", "I want to delete ..."; not "the last order" or "time log".
    if (index === 0 || (before !== undefined && BEFORE_VERB.has(before))) return intents[0];
    if (
      found === undefined &&
      !/^(order|report|number|count|issue|log|record|book|start|schedule|link|set|receiv|clos|complet|resolv)/.test(
        stem(word),
      )
    )
      found = intents[0];
  }
  return found;
}

/** What a question in plain words asks for. `correct` puts typing slips right. */
export function readQuestion(text: string, correct: (word: string) => string): Question {
  const raw = wordsOf(text);
  const said = raw.map((word) => (/\d/.test(word) ? word : correct(word)));
  const kept = said.filter((word) => !/^\d+(st|nd|rd|th|am|pm|h|hr|hrs)?$/.test(word));
  const content = kept.map(stem).filter((word) => !STOP.has(word) && !ONLY_VERBS.has(word));
  const phrase = said.join(' ');
  const meant = PHRASES.flatMap(([form, words]) => (form.test(phrase) ? wordsOf(words).map(stem) : []));
  return {
    meant,
    words: content.length + meant.length > 0 ? content : kept.map(stem),
    intent: intentOf(said),
    pairs: pairsOf(kept.map(stem)),
    counts: /\bhow many\b|^count\b|\bcount (of|the|all)\b|\bnumber of\b/.test(phrase),
    single:
      raw.some((word) => /^\d{3,}$/.test(word)) ||
      /\b(details? of|particular|specific|by id|with id|by its id)\b/.test(phrase),
  };
}
