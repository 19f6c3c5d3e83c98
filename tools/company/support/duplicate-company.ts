import type { ManageRecord } from '../../../src/manage/index.ts';
import { withoutLegalForm } from '../../../src/names/index.ts';
import { all, any, type Expression, field } from '../../../src/query/index.ts';
import { type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** Longest identifier that every version of Manage takes. */
const LONGEST = 25;

/** What is left of a company's name when spelling does not count: `Acme, Inc.` and `ACME` are the same. */
const bare = (name: string): string => withoutLegalForm(name.trim().toLowerCase()).replace(/[^\p{L}\p{N}]+/gu, '');

async function companies(
  { manage, signal }: ToolContext,
  conditions: Expression | undefined,
): Promise<readonly ManageRecord[]> {
  const { rows } = await manage.page('GET /company/companies', {
    conditions,
    fields: ['id', 'name', 'identifier', 'deletedFlag'],
    pageSize: 100,
    signal,
  });
  return rows;
}

/** A company that is the same but for spelling and legal form; deleted ones do not count. */
export async function twinOf(name: string, context: ToolContext): Promise<ManageRecord | undefined> {
  const [word = name] = name.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  const rows = await companies(context, all(field('deletedFlag', '=', false), field('name', 'contains', word)));
  return rows.find((row) => bare(String(row.name)) === bare(name));
}

/** The company with this identifier, deleted ones included: they keep theirs. */
export async function companyWithIdentifier(
  identifier: string,
  context: ToolContext,
): Promise<ManageRecord | undefined> {
  return (await companies(context, field('identifier', '=', identifier)))[0];
}

/**
 * An identifier made of the name, as people make them: its letters and digits, with a number behind it when it is taken.
 * @throws {ToolInputError} for a name without letters and digits, and when ten of them are taken
 */
export async function newIdentifier(name: string, context: ToolContext): Promise<string> {
  const given = name.trim();
  const plain = given
    .slice(0, withoutLegalForm(given.toLowerCase()).length)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '');
  const stem = (plain === '' ? name.replace(/[^\p{L}\p{N}]+/gu, '') : plain).slice(0, LONGEST - 2);
  if (stem === '')
    throw new ToolInputError('identifier', 'identifier: the name has no letters to make one from; send one.');
  const choices = [stem, ...Array.from({ length: 9 }, (_, index) => `${stem}${index + 2}`)];
  const taken = new Set(
    (await companies(context, any(...choices.map((choice) => field('identifier', '=', choice))))).map(
      ({ identifier }) => String(identifier).toLowerCase(),
    ),
  );
  const free = choices.find((choice) => !taken.has(choice.toLowerCase()));
  if (free === undefined)
    throw new ToolInputError('identifier', `identifier: ${stem} and nine more like it are taken; send one.`);
  return free;
}
