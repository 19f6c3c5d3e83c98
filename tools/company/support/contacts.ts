import type { ManageRecord } from '../../../src/manage/index.ts';
import { folded, type Named, nameOf, withoutTitle } from '../../../src/names/index.ts';
import { all, field, wordsIn } from '../../../src/query/index.ts';
import { type Clean, cleanLine, joined } from '../../../src/text/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import { addressIn } from './communication.ts';

/** First and last name as one. */
export const fullName = ({ firstName, lastName }: ManageRecord): Clean =>
  cleanLine([firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' '));

/** `Grace Keller, Acme Corporation`. */
export const contactLine = (contact: ManageRecord): Clean =>
  joined([fullName(contact), cleanLine(nameOf(contact.company))], ', ');

/** The contact that has this e-mail address, if any. */
export async function contactWithEmail(
  email: string,
  { manage, signal }: ToolContext,
): Promise<ManageRecord | undefined> {
  const childConditions = all(
    field('communicationItems/value', '=', addressIn(email)),
    field('communicationItems/communicationType', '=', 'Email'),
  );
  return manage.first('GET /company/contacts', { childConditions, signal });
}

/** The contact of this name at a company, in any letter case, without accents and titles; inactive ones count. */
export async function contactNamed(
  name: string,
  company: Pick<Named, 'id'>,
  { manage, signal }: ToolContext,
): Promise<ManageRecord | undefined> {
  const conditions = all(
    field('company/id', '=', company.id),
    wordsIn(['firstName', 'lastName'], withoutTitle(name).replaceAll(/\s-/g, ' ')),
  );
  const contacts = await manage.all<ManageRecord>('GET /company/contacts', { conditions, signal });
  const plain = (text: string): string => folded(withoutTitle(text));
  return contacts.find((contact) => plain(fullName(contact)) === plain(name));
}
