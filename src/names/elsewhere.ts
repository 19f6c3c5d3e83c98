import type { Elsewhere, GivenName } from './errors.ts';
import { active, type Kind, type Named, PARENTS } from './kind.ts';
import type { Lookup } from './lookup.ts';
import { fitting, nearest } from './match.ts';
import type { ResolveOptions } from './names.ts';
import { remarkBehind, remarkFits, withoutRemark } from './remark.ts';
import { digitsSaid } from './said.ts';

/** One name that is being resolved. */
export interface Question extends GivenName {
  readonly rule: Kind;
  readonly options: ResolveOptions;
}

/** Whether a record is one that a remark behind the name is true of. */
export async function remarked(
  { kind, rule, options }: Question,
  remark: string | undefined,
  lookup: Lookup,
): Promise<(record: Named) => boolean> {
  if (remark === undefined) return () => true;
  const where = await lookup.where(kind, options);
  return (record) => remarkFits(remark, record, rule, where);
}

/** `of any other company`, `on any other board`. */
function anyOther({ rule }: Question): string | undefined {
  if (rule.parent === undefined) return undefined;
  const { kind, words } = PARENTS[rule.parent.scope];
  return `${words.split(' ')[0]} any other ${kind}`;
}

const withParent = (record: Named): Named =>
  record.hint === undefined ? record : { ...record, hint: `of ${record.hint}` };

/** The records of the closest name where several have it: the name alone would not tell which. */
export function ofClosest(text: string, pool: readonly Named[]): Partial<Elsewhere> {
  const [closest] = nearest(text, pool, 1);
  const records = pool.filter(({ label, hint }) => label === closest && hint !== undefined);
  return records.length > 1 ? { records: records.map(withParent) } : {};
}

/** The record whose number or id a text is. */
async function ofNumber({ kind, options }: Question, text: string, lookup: Lookup): Promise<readonly Named[]> {
  const digits = digitsSaid(text);
  return digits === undefined ? [] : active(await lookup.numbered(kind, digits, options));
}

/** Records of a name, of other parents than the one that it was looked for in: contacts of that name at other companies. */
export async function sameNameElsewhere(question: Question, said: string, lookup: Lookup): Promise<Elsewhere> {
  const { argument, signal } = question.options;
  const anywhere = { ...question, options: { argument, signal } };
  const text = withoutRemark(said);
  const numbered = await ofNumber(anywhere, text, lookup);
  if (numbered.length > 0) return { records: numbered.map(withParent) };
  const fits = await remarked(anywhere, remarkBehind(said, text), lookup);
  const { rows, complete } = await lookup.candidates(question.kind, text, anywhere.options);
  const { person } = question.rule;
  const { records, certainty } = fitting(text, active(rows.filter(fits)), person);
  if (records.length > 0 && certainty !== 'mentioned') return { records: records.map(withParent), more: !complete };
  // Somebody who has left, or whose name holds the text, is not nobody.
  const isNobody = complete && fitting(text, rows, person).records.length === 0;
  return { records: [], ...(isNobody && { nowhere: anyOther(question) }) };
}

/**
 * What has a name in the tables of other parents, where they are few: a team on another board; of a board that is called so, what is
 * on it. Nothing where they cannot be read.
 */
export async function besideIt({ kind, rule, options }: Question, text: string, lookup: Lookup): Promise<Elsewhere> {
  const { parent } = rule;
  const tables = parent === undefined ? [] : await lookup.besides(kind, options).catch(() => []);
  const called = new Set(
    fitting(
      text,
      tables.map(({ of }) => of),
    ).records,
  );
  const found = tables.flatMap(({ of, rows }) => {
    const { records, certainty } = fitting(text, rows);
    const own = certainty === 'mentioned' ? [] : records;
    const there = own.length === 0 && called.has(of) ? rows : own;
    return there.map((record) => ({ ...record, hint: `${parent && PARENTS[parent.scope].words} ${of.label}` }));
  });
  return { records: found };
}
