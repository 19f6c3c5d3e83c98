import type { ManageReader, ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { field } from '../../../src/query/index.ts';
import { type Clean, cleanLine, joined } from '../../../src/text/index.ts';
import { readablePart } from '../../../src/tool/index.ts';

/** Who a contact's number stands for; marketing's own records hold nothing else of a contact. */
export interface ContactName {
  readonly name: Clean;
  readonly company: Clean;
}

/** Operations that naming contacts needs. */
export const CONTACT_OPERATIONS = ['GET /company/contacts'] as const;

/** Names of contacts by id, as far as they exist and may be read. */
export async function contactNames(
  manage: ManageReader,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, ContactName>> {
  if (ids.length === 0) return new Map();
  const rows = await readablePart(
    manage.all<ManageRecord>('GET /company/contacts', {
      conditions: field('id', 'in', [...new Set(ids)]),
      fields: ['id', 'firstName', 'lastName', 'company'],
      signal,
    }),
  );
  return new Map(
    rows.map(({ id, firstName, lastName, company }) => [
      Number(id),
      { name: joined([cleanLine(firstName), cleanLine(lastName)], ' '), company: cleanLine(nameOf(company)) },
    ]),
  );
}
