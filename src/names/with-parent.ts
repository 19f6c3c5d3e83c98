import { type Question, remarked } from './elsewhere.ts';
import { active, type KindTable, type Named, type NameKind, PARENTS } from './kind.ts';
import type { Lookup } from './lookup.ts';
import { answersTo, fitting, folded, isDenied, sameName, withoutLegalForm } from './match.ts';
import type { Resolved, ResolveOptions } from './names.ts';
import { noted } from './noted.ts';
import { remarkBehind, withoutRemark } from './remark.ts';
import { asSaid, formsOf } from './said.ts';

/** How one name is found, typing slips apart. */
export interface Finding {
  readonly kinds: KindTable;
  readonly lookup: Lookup;
  meant(question: Question): Promise<Resolved | undefined>;
}

/** The parent that a text means, if it is certain: Hooli of "Hooli agreement". */
async function parentMeant(
  { given, argument, rule, options: { signal } }: Question,
  kind: NameKind,
  { kinds, meant }: Finding,
): Promise<Named | undefined> {
  const options: ResolveOptions = { argument, signal, use: 'write' };
  for (const form of formsOf(asSaid(given).text, rule)) {
    const found = await meant({ kind, argument, given: form, rule: kinds[kind], options }).catch(() => undefined);
    if (found !== undefined && fitting(form, [found]).certainty !== 'mentioned') return found;
  }
  return undefined;
}

/** The parent that was named in the place of a record, or behind its name: Hooli of "Hooli", "Hooli agreement" and "Backup of Hooli". */
export async function parentSaid(question: Question, kind: NameKind, finding: Finding): Promise<Named | undefined> {
  const whole = await parentMeant(question, kind, finding);
  if (whole !== undefined) return whole;
  for (const [, given] of sidesOf(withoutRemark(asSaid(question.given).text), OF)) {
    const parent = await parentMeant({ ...question, given }, kind, finding);
    if (parent !== undefined) return parent;
  }
  return undefined;
}

/** A text taken apart into a name and what it is of. */
interface Parts {
  readonly name: string;
  readonly parent: Named;
  /** It is how we write such records ourselves. */
  readonly isOurs: boolean;
}

const OF = /\s+(?:of|at|for|from)\s+/gi;
const BESIDE = /\s*[,;|–—]\s*|\s+-\s+|:\s+/g;
const OWNED = /^(.+?)(?:['’]s|(?<=s)['’])\s+(.+)$/;

/** The two sides of each place of a text that a pattern fits. */
const sidesOf = (text: string, pattern: RegExp): [string, string][] =>
  [...text.matchAll(pattern)].map(({ index, 0: { length } }) => [text.slice(0, index), text.slice(index + length)]);

/** Names before and behind the word or mark that may stand between them, with the parent second. */
function pairsIn(text: string): [name: string, parent: string][] {
  const [, owner, owned] = OWNED.exec(text) ?? [];
  const pairs: [string, string][] = [
    ...sidesOf(text, OF).reverse(),
    ...(owner === undefined || owned === undefined ? [] : ([[owned, owner]] as [string, string][])),
    ...sidesOf(text, BESIDE).flatMap(([a, b]): [string, string][] => [
      [a, b],
      [b, a],
    ]),
  ];
  return pairs.filter(([name, parent]) => name.trim() !== '' && parent.trim() !== '');
}

/** A name with a parent's whole name before or behind it, and nothing between them: "Hooli Managed Services 2026". */
async function side(text: string, kind: NameKind, end: 'first' | 'last', lookup: Lookup): Promise<Parts | undefined> {
  const words = folded(text).split(' ');
  const word = end === 'first' ? words[0] : words.at(-1);
  if (word === undefined || words.length < 2 || !/\p{L}{2}/u.test(word)) return undefined;
  const { rows } = await lookup.candidates(kind, word, {});
  const called = active(rows).flatMap((parent) =>
    [...answersTo(parent), withoutLegalForm(parent.label.toLowerCase())].map((name) => ({
      parent,
      own: folded(name).split(' '),
    })),
  );
  const among = called
    .filter(({ own }) => own.length < words.length)
    .filter(({ own }) => {
      const part = end === 'first' ? words.slice(0, own.length) : words.slice(-own.length);
      return part.join(' ') === own.join(' ');
    })
    .sort((a, b) => b.own.length - a.own.length);
  const [longest] = among;
  if (longest === undefined) return undefined;
  const same = among.filter(({ own }) => own.length === longest.own.length);
  if (same.some(({ parent }) => parent.id !== longest.parent.id)) return undefined;
  const { length } = longest.own;
  const rest = end === 'first' ? words.slice(length) : words.slice(0, -length);
  return { name: rest.join(' '), parent: longest.parent, isOurs: false };
}

/** The ways in which a text may be a name and its parent, as they are tried. */
async function* partsOf(question: Question, text: string, kind: NameKind, finding: Finding): AsyncGenerator<Parts> {
  for (const [name, said] of pairsIn(text)) {
    const parent = await parentMeant({ ...question, given: said }, kind, finding);
    if (parent !== undefined) yield { name, parent, isOurs: sameName(said, parent.label) };
  }
  // People are called by several words of their own.
  if (question.rule.person) return;
  for (const end of ['first', 'last'] as const) {
    const parts = await side(text, kind, end, finding.lookup);
    if (parts !== undefined) yield parts;
  }
}

/**
 * The record whose name was said together with its parent's, as our own answers do where many have the same name: "Block Time 2026 of
 * Tyrell Optics (id 12)", "Hooli Managed Services 2026".
 * @throws {AmbiguousName} where the parent has several of the name
 */
export async function besideItsParent(question: Question, finding: Finding): Promise<Resolved | undefined> {
  const { rule, options, given } = question;
  const { parent: within } = rule;
  const { text } = asSaid(given);
  if (within === undefined || rule.large !== true || isDenied(text)) return undefined;
  const parentKind = PARENTS[within.scope].kind;
  const short = withoutRemark(text);
  const fits = await remarked(question, remarkBehind(text, short), finding.lookup);
  for await (const { name, parent, isOurs } of partsOf(question, short, parentKind, finding)) {
    // What is said to be of another parent is not looked for at this one.
    if (options[within.scope] !== undefined && options[within.scope] !== parent.id) continue;
    const scoped = { ...question, given: name, options: { ...options, [within.scope]: parent.id } };
    const found = await finding.meant(scoped);
    if (found === undefined || !fits(found)) continue;
    return isOurs ? found : noted(found, given);
  }
  return undefined;
}
