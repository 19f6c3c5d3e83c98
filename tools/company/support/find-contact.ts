import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, nameOf, resolveGiven } from '../../../src/names/index.ts';
import type { LegacyToolContext as ToolContext } from '../../../src/tool/index.ts';

/** First and last name as one. */
export const fullName = (contact: ManageRecord): string =>
  [contact.firstName, contact.lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');

/**
 * A contact by id, name, e-mail or job, whole. An id finds inactive ones as well, so that they can be made active again.
 * @throws when nobody or several fit
 */
export async function findContact(
  { manage, names, signal }: ToolContext,
  given: string,
  company: string | undefined,
): Promise<ManageRecord> {
  const digits = /^#?(\d+)$/.exec(given.trim())?.[1];
  const of = await resolveGiven(names, 'company', company, { argument: 'company' });
  const id =
    digits === undefined
      ? (await names.resolve('contact', given, { argument: 'contact', ...(of && { companyId: of.id }) })).id
      : Number(digits);
  return manage.get<ManageRecord>('GET /company/contacts/{id}', { path: { id }, signal });
}

/** `Grace Keller, Acme Corporation`. */
export const contactLine = (contact: ManageRecord): string =>
  [fullName(contact), nameOf(contact.company)].filter(Boolean).join(', ');

export const companyIdOf = (contact: ManageRecord): number | undefined => idOf(contact.company);
