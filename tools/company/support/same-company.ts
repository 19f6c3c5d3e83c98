import type { ManageRecord } from '../../../src/manage/index.ts';
import { folded, slipsOf, withoutLegalForm } from '../../../src/names/index.ts';
import { all, any, type Expression, field, wordsIn } from '../../../src/query/index.ts';
import { cleanLine, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** Longest identifier that every version of Manage takes. */
const LONGEST = 25;

/** The words of a company's name without its legal form. */
const wordsOf = (name: string): string[] =>
  folded(withoutLegalForm(name.trim().toLowerCase()))
    .split(' ')
    .filter((word) => word !== '');

/** What is left of a company's name when spelling does not count: `Acme, Inc.` and `ACME` are the same. */
const bare = (name: string): string => wordsOf(name).join('');

const companies = ({ manage, signal }: ToolContext, conditions: Expression | undefined) =>
  manage.all<ManageRecord>('GET /company/companies', {
    conditions,
    fields: ['id', 'name', 'identifier', 'deletedFlag'],
    signal,
  });

/** Whether a name is a company's identifier, or the beginning of its name: "Umbra Health" for Umbra Health Clinics. */
function isShort(name: string, { name: own, identifier }: ManageRecord): boolean {
  if (bare(String(identifier)) === bare(name)) return true;
  const [short, full] = [wordsOf(name), wordsOf(String(own))];
  return short.length > 0 && short.every((word, index) => full[index] === word);
}

/** Whether a company that was found has the name but for spelling and legal form, and not only what people call it. */
export const isNamed = (row: ManageRecord, name: string): boolean => bare(String(row.name)) === bare(name);

/** The first company whose name is a typing slip away: "Wayne Logistic" and Wayne Logistics. */
function nearTo(name: string, rows: readonly ManageRecord[]): ManageRecord | undefined {
  const said = (text: string): string => wordsOf(text).join(' ');
  const named = rows.map((record) => ({ id: Number(record.id), label: said(String(record.name)), record }));
  return slipsOf(said(name), named)[0]?.record;
}

/**
 * A company that is the same but for spelling and legal form, else one that people call so: by its identifier or the first words of
 * its name, else one with a typing slip behind its first word. Deleted ones do not count.
 */
export async function sameCompany(name: string, context: ToolContext): Promise<ManageRecord | undefined> {
  const [word = name] = name.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  const called = any(wordsIn('name', word), field('identifier', '=', bare(name)));
  const rows = await companies(context, all(field('deletedFlag', '=', false), called));
  return rows.find((row) => isNamed(row, name)) ?? rows.find((row) => isShort(name, row)) ?? nearTo(name, rows);
}

/** The company with this identifier, deleted ones included: they keep theirs. */
export const companyWithIdentifier = async (
  identifier: string,
  context: ToolContext,
): Promise<ManageRecord | undefined> => (await companies(context, field('identifier', '=', identifier)))[0];

/**
 * An identifier made of the name, as people make them: its letters and digits, with a number behind it when it is taken.
 * @throws {ToolInputError} for a name without letters and digits, and when ten of them are taken
 */
export async function newIdentifier(name: string, context: ToolContext): Promise<string> {
  const given = name.trim();
  const latin = given
    .slice(0, withoutLegalForm(given.toLowerCase()).length)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '');
  const stem = (latin === '' ? name.replace(/[^\p{L}\p{N}]+/gu, '') : latin).slice(0, LONGEST - 2);
  if (stem === '')
    throw new ToolInputError(
      'identifier',
      say`identifier: the name has no letters or digits to make one from; send one.`,
    );
  const choices = [stem, ...Array.from({ length: 9 }, (_, index) => `${stem}${index + 2}`)];
  const rows = await companies(context, any(...choices.map((choice) => field('identifier', '=', choice))));
  const taken = new Set(rows.map(({ identifier }) => String(identifier).toLowerCase()));
  const free = choices.find((choice) => !taken.has(choice.toLowerCase()));
  if (free === undefined)
    throw new ToolInputError(
      'identifier',
      say`identifier: ${cleanLine(stem)} and nine more like it are taken; send one.`,
    );
  return free;
}
