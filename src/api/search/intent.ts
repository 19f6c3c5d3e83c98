import { stem } from './words.ts';

/** What a question wants to be done with records; `save` may be either a creation or a change. */
export type Intent = 'create' | 'update' | 'replace' | 'save' | 'delete' | 'read';

/** An intent, and whether the question says so outright ("delete the note") or only holds a word that hints at it. */
export interface ReadIntent {
  readonly intent: Intent | undefined;
  readonly sure: boolean;
  /** Where the word stands that tells the intent. */
  readonly at: number | undefined;
}

const VERBS: Readonly<Record<Intent, string>> = {
  create:
    'create add new insert register make book enter record upload attach log submit raise write schedule start order import send invite tell subscribe setup onboard hire issue link open file post charge bill pay remind plan generate build leave ship deliver prepare draft compose',
  save: 'set put give assign split mark stop correct adjust allow block grant exclude replenish save store let',
  update:
    'update edit change modify rename amend fix revise move reassign reschedule extend raise bump escalate tick close complete resolve reopen switch disable enable activate retire increase decrease reduce lower renew transfer postpone shift swap decommission deactivate inactivate archive reset unlock restore approve confirm receive discontinue alter adapt prolong shorten promote park unassign pause',
  replace: 'replace overwrite',
  delete:
    'delete remove cancel drop erase purge clear unlink detach wipe kill unsubscribe void discard revoke withdraw trash scrap disconnect',
  read: 'list show get find search read see view display fetch look lookup check which what how who when where many count number download export report tell print pull whose why any compare track watch monitor follow review',
};

/** Verbs that are nouns or adjectives as often: inside a sentence they tell no intent. */
const ALSO_NOUNS =
  /^(order|report|number|count|issue|log|record|book|start|schedule|link|set|receiv|clos|complet|resolv|block|switch|file|post|charg|bill|pay|plan|open|leave|stop|turn|shift|register|mark|let|low|build|rais|any|tick)/;

const byWord = new Map<string, Intent[]>();
for (const [intent, words] of Object.entries(VERBS) as [Intent, string][]) {
  for (const word of words.split(' ')) byWord.set(stem(word), [...(byWord.get(stem(word)) ?? []), intent]);
}

/** Every verb that is understood, as a stem: typing slips are corrected towards them. */
export const KNOWN_VERBS: ReadonlySet<string> = new Set(byWord.keys());

/** Several words that tell it, wherever the verb alone would tell something else. */
const SAID_SO: readonly (readonly [form: RegExp, intent: Intent])[] = [
  [/\b(get rid|take off|take out|take \w+( \w+)? (off|out)|throw (away|out)|write off)\b/, 'delete'],
  [/\b(set up|hand in|sign up|write up)\b/, 'create'],
  [/^(please )?open (a|an|another|new|up)\b/, 'create'],
  [/^(please )?(open|closed)\b/, 'read'],
  [/^(please )?(tick off|close out|turn off|turn on|hand over)\b/, 'update'],
  [/^(give|show|tell|get|find) (me|us)\b/, 'read'],
  // What a report shows is read, however it is made.
  [/^(generate|run|create|make|build|print|prepare) (a |an |the |me )*(\w+ )?report (of|on|about|for|with)\b/, 'read'],
  // "newest invoice of a customer" asks for one that is there.
  [/^(the |my |our )?(newest|latest|oldest|most recent|recent|biggest|largest) /, 'read'],
  [/^(is|are|do|does|did|has|have|had|was|were|am|may|whom)\b/, 'read'],
];

/** Words after which a verb of the imperative stands. */
const BEFORE_VERB = new Set(['to', 'please', 'can', 'you', 'and', 'let', 'us', 'me', 'want', 'then', 'must', 'should']);

/** "how do I close", "I close"; not "the types we put companies in". */
const saysI = (said: readonly string[], index: number): boolean =>
  /^(i|we)$/.test(said[index - 1] ?? '') &&
  (index === 1 || /^(can|could|do|must|should|shall|may|would|how)$/.test(said[index - 2] ?? ''));

/** The first verb at the beginning of a clause decides; "open tickets" asks for tickets, "open a ticket" makes one. */
export function readIntent(asked: readonly string[]): ReadIntent {
  // "how do I close a ticket" wants it closed.
  const polite =
    /^how (do|can|could|should|would|to)( (i|we|you))? /.exec(asked.join(' '))?.[0].trim().split(' ') ?? [];
  const said = asked.slice(polite.length);
  const read = intentOf(said);
  return { ...read, at: read.at === undefined ? undefined : read.at + polite.length };
}

function intentOf(said: readonly string[]): ReadIntent {
  const phrase = said.join(' ');
  for (const [form, intent] of SAID_SO) if (form.test(phrase)) return { intent, sure: true, at: 0 };
  let hint: ReadIntent | undefined;
  for (const [index, word] of said.entries()) {
    const [intent] = byWord.get(stem(word)) ?? [];
    // "shipping methods": what is going on is not a request either.
    if (intent === undefined || (intent !== 'read' && word.endsWith('ing'))) continue;
    const before = said[index - 1];
    const doubtful =
      ALSO_NOUNS.test(stem(word)) &&
      !/^(a|an|the|my|our|this|that|all|another|one|two|\d+)$/.test(said[index + 1] ?? '');
    // "new contact", "delete ...", "I want to delete ..."; not "the last order" or "time log".
    if (index === 0 || saysI(said, index) || (before !== undefined && BEFORE_VERB.has(before)))
      return { intent, sure: !doubtful, at: index };
    // Nor "tickets created today" and "changes of a ticket": what was done is not a request.
    if (!ALSO_NOUNS.test(stem(word)) && !/(ed|[^s]s)$/.test(word)) hint ??= { intent, sure: false, at: index };
  }
  // "the customer has paid", "goods have arrived": what happened is to be recorded.
  const acts = /^((the|a|our) )?(customer|client|user|employee|technician|contact|vendor) \w+s (a|an|the|his|her)\b/;
  if (hint === undefined && acts.test(phrase)) return { intent: 'save', sure: false, at: undefined };
  if (hint === undefined && /(?<!that |who |which |nobody |no one )\b(has|have) (?!to\b)/.test(phrase))
    return { intent: 'save', sure: false, at: undefined };
  // "decorate the ticket": a verb that is not known wants something to be done all the same.
  if (
    hint === undefined &&
    /^(the|a|an|my|our|this|all)$/.test(said[1] ?? '') &&
    !/^(all|for|in|on|of|at|with|and|or|both|not)$|[^s]s$|ing$/.test(said[0] ?? '')
  )
    return { intent: 'save', sure: false, at: 0 };
  return hint ?? { intent: undefined, sure: false, at: undefined };
}
