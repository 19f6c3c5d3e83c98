import { isRecord } from '../json.ts';
import type { Kind, Named } from './kind.ts';
import { answersTo, folded } from './match.ts';

const REMARK = /(?<=\S)\s+\(([^()]*)\)$/;

/** A name without the remark in parentheses that we show behind it; some names have one of their own, so it is tried second. */
export const withoutRemark = (text: string): string => text.replace(REMARK, '');

/** The remark that a form of a text is without: `Zorg, Rochester` of "Ben Petrov (Zorg, Rochester)" and `Ben Petrov`. */
export function remarkBehind(text: string, form: string): string | undefined {
  const [whole, remark] = REMARK.exec(text) ?? [];
  return whole === undefined || form.includes(whole.trim()) ? undefined : remark;
}

/** Words that tell no record from another. */
const IDLE = new Set('the a of at in on from and id no number default'.split(' '));

const wordsOf = (text: string): string[] => folded(text).split(' ');

/** Every text of a record that was read: its own and the names of what it refers to. */
function textsIn(value: unknown, depth = 2): string[] {
  if (typeof value === 'string') return [value];
  return isRecord(value) && depth > 0 ? Object.values(value).flatMap((member) => textsIn(member, depth - 1)) : [];
}

/** Whether a part of a remark is true of a record. */
function isTrue(
  part: string,
  record: Named,
  about: { readonly own: readonly string[]; readonly all: readonly string[] },
) {
  const id = /^(?:id|no\.?|number)\s*[:#=]?\s*(\d+)$/i.exec(part)?.[1];
  if (id !== undefined) return Number(id) === record.id;
  if (part.includes('@')) return answersTo(record).some((own) => own.toLowerCase() === part.toLowerCase());
  if (/^inactive$/i.test(part)) return record.inactive === true;
  if (/^deleted$/i.test(part)) return record.deleted === true;
  if (/^active$/i.test(part)) return record.inactive !== true;
  return wordsOf(part).every((word) => {
    if (/^\d+$/.test(word)) return Number(word) === record.id || about.own.includes(word);
    return IDLE.has(word) || about.all.some((one) => one.startsWith(word));
  });
}

/**
 * Whether what stands in parentheses behind a name is true of a record: its id, e-mail address, company, city, job, or anything else
 * that was read of it. A remark that is not true of it says that another one is meant: "Globex (id 8)" is not the company 7.
 * @param kind whose words ("Invoice") tell nothing either
 * @param where what the record was looked for in: `on the board Help Desk`
 */
export function remarkFits(remark: string, record: Named, { wrappings = [] }: Kind, where = ''): boolean {
  const own = [...answersTo(record), record.hint ?? ''].flatMap(wordsOf);
  const all = [...own, ...textsIn(record.record).flatMap(wordsOf), ...wordsOf(where), ...wrappings.flatMap(wordsOf)];
  return remark
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .every((part) => isTrue(part, record, { own, all }));
}
