import type { ManageClient, ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { field } from '../../../src/query/index.ts';
import { readablePart } from '../../../src/tool/index.ts';

/** Who a contact's number stands for; marketing's own records hold nothing else of a contact. */
export interface ContactName {
  readonly name: string;
  readonly company: string;
}

/** Operations that naming contacts needs. */
export const CONTACT_OPERATIONS = ['GET /company/contacts'] as const;

/** Names of contacts by id, as far as they are there and may be read. */
export async function contactNames(
  manage: ManageClient,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, ContactName>> {
  if (ids.length === 0) return new Map();
  const rows = await readablePart(
    manage.page<ManageRecord>('GET /company/contacts', {
      conditions: field('id', 'in', [...new Set(ids)]),
      fields: ['id', 'firstName', 'lastName', 'company'],
      pageSize: 1000,
      signal,
    }),
  );
  return new Map(
    rows.map(({ id, firstName, lastName, company }) => [
      Number(id),
      { name: [firstName, lastName].filter(Boolean).join(' '), company: nameOf(company) ?? '' },
    ]),
  );
}
