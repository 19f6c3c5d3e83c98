import { isRecord, type JsonObject } from '../../../src/json.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf } from '../../../src/names/index.ts';
import { all, field } from '../../../src/query/index.ts';
import { say } from '../../../src/text/index.ts';
import { type Duplicate, readablePart, sameText, saysSame, type ToolContext } from '../../../src/tool/index.ts';
import { recordName } from './target-record.ts';

/** What makes two records of a list one: a text, further texts, and records that they refer to. */
interface Same {
  readonly text: string;
  readonly texts?: readonly string[];
  readonly of?: readonly string[];
  /** Whether people write the customer before the text or leave it out. */
  readonly afterCustomer?: boolean;
}

/** The same for the records that the direct tools create, as those tools have it. */
const SAME: Readonly<Record<string, Same>> = {
  'POST /company/companies': { text: 'name' },
  'POST /company/companies/{parentId}/notes': { text: 'text' },
  'POST /company/companies/{parentId}/sites': { text: 'name' },
  'POST /company/configurations': { text: 'name', of: ['company'] },
  'POST /company/contacts': { text: 'firstName', texts: ['lastName'], of: ['company'] },
  'POST /finance/agreements': { text: 'name', of: ['company'] },
  'POST /marketing/campaigns': { text: 'name' },
  'POST /marketing/groups': { text: 'name' },
  'POST /procurement/catalog': { text: 'identifier' },
  'POST /project/projects': { text: 'name', of: ['company'], afterCustomer: true },
  'POST /project/projects/{parentId}/notes': { text: 'text' },
  'POST /project/projects/{parentId}/phases': { text: 'description' },
  'POST /sales/opportunities': { text: 'name', of: ['company'], afterCustomer: true },
};

/** What people put before the names of a customer's records: "Acme: Laptop refresh". Nothing for one that may not be read. */
async function calledAs(
  companyId: number | undefined,
  { manage }: ToolContext,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  if (companyId === undefined) return [];
  const asked = { conditions: field('id', '=', companyId), fields: ['id', 'name', 'identifier'], signal };
  const rows = await readablePart(
    manage.all<ManageRecord>('GET /company/companies', asked).then((found) => ({ rows: found })),
  );
  return rows.flatMap(({ name, identifier }) => [name, identifier]);
}

/** The record that a raw creation would double; nothing for what may be there twice, such as time entries at another hour. */
export function sameRecord(
  { name, path }: { readonly name: string; readonly path: Readonly<Record<string, string | number>> },
  body: unknown,
  context: ToolContext,
): Duplicate | undefined {
  const same = SAME[name];
  if (same === undefined || !isRecord(body)) return undefined;
  const { text, texts = [], of = [], afterCustomer = false } = same;
  const wanted: JsonObject = body;
  const ids = of.map((member) => idOf(wanted[member]));
  // Without its text or customer nobody can tell: Manage says what it lacks.
  if (typeof wanted[text] !== 'string' || ids.includes(undefined)) return undefined;
  const conditions = all(...of.map((member, at) => field(`${member}/id`, '=', Number(ids[at]))));
  return {
    find: async (signal) =>
      sameText(
        context,
        {
          list: name.replace('POST', 'GET'),
          path,
          member: text,
          text: String(wanted[text]),
          conditions,
          owner: afterCustomer ? await calledAs(idOf(wanted.company), context, signal) : [],
          counts: (row: ManageRecord) => texts.every((member) => saysSame(row[member], wanted[member])),
        },
        signal,
      ),
    argument: 'body',
    says: (row) =>
      say`There is already ${recordName(row)}. Change that one, or send allowDuplicate: true for another.${row.inactiveFlag === true ? say` It is inactive.` : say``}`,
  };
}
