import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { cleanLine, lines, say } from '../../src/text/index.ts';
import { create, defineTool, fragments, newCustomFields, ToolInputError } from '../../src/tool/index.ts';
import { addressIn, changedItems, itemsOf } from './support/communication.ts';
import { contactLine, contactNamed, contactWithEmail, fullName } from './support/contacts.ts';

const hasEmail = (contact: ManageRecord, email: string | undefined): boolean =>
  itemsOf(contact).some(({ value }) => email !== undefined && value?.toLowerCase() === addressIn(email).toLowerCase());

/**
 * First and last name, told apart where both came in one: "Pam Beesly", "Beesly, Pam".
 * @throws {ToolInputError} for more words, of which nobody can tell which belong together
 */
function namesOf({ firstName, lastName }: { firstName: string; lastName?: string | undefined }) {
  const words = firstName.trim().split(/\s+/);
  if (lastName !== undefined || words.length === 1) return { firstName, lastName, said: undefined };
  const [one = '', other = ''] = words;
  if (words.length > 2)
    throw new ToolInputError(
      'firstName',
      say`firstName "${cleanLine(firstName)}" holds the last name as well. Send firstName and lastName.`,
    );
  const [first, last] = one.endsWith(',') ? [other, one.slice(0, -1)] : [one, other];
  const said = say`First name ${cleanLine(first)}, last name ${cleanLine(last)}; send both to part them otherwise.`;
  return { firstName: first, lastName: last, said };
}

export default defineTool({
  name: 'create_contact',
  title: 'Create contact',
  toolset: 'company',
  core: true,
  effect: 'create',
  uses: ['POST /company/contacts', 'GET /company/contacts'],
  tables: ({ email, phone, mobile }) => ((email ?? phone ?? mobile) ? ['communicationType'] : []),
  description: 'Add a contact to a company. Refuses a person or an e-mail address that is already there.',
  input: z.strictObject({
    firstName: z.string(),
    lastName: z.string().optional(),
    company: fragments.name('company'),
    site: fragments.name('site', { of: 'company' }).optional(),
    title: fragments.prose().optional(),
    email: z.string().optional(),
    phone: fragments.phone,
    mobile: fragments.phone,
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: {
    name: { instead: 'Send firstName and lastName.' },
    fullName: { instead: 'Send firstName and lastName.' },
    customer: 'company',
    jobTitle: 'title',
    emailAddress: 'email',
    mail: 'email',
    phoneNumber: 'phone',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { company, site, email, phone, mobile } = input;
    const { firstName, lastName, said } = namesOf(input);
    const name = [firstName, lastName].filter((part) => part !== undefined).join(' ');
    const items = await changedItems([], { email, phone, mobile }, context);
    const find = async (): Promise<ManageRecord | undefined> => {
      const [reached, named] = await Promise.all([
        email === undefined ? undefined : contactWithEmail(email, context),
        contactNamed(name, company, context),
      ]);
      return reached ?? named;
    };
    return create(context, {
      operation: 'POST /company/contacts',
      members: {
        firstName,
        lastName,
        company: { id: company.id, name: company.label },
        site: site && { id: site.id, name: site.label },
        title: input.title,
        communicationItems: items,
        ...(await newCustomFields(context, 'GET /company/contacts', input.customFields)),
      },
      dryRun: input.dryRun,
      notes: [said],
      describe: (created) =>
        lines([say`contact ${Number(created.id)}: ${fullName(created)}, ${cleanLine(company.label)}`, said]),
      structured: (created) => ({ name: fullName(created), company: cleanLine(company.label) }),
      duplicate: input.allowDuplicate
        ? undefined
        : {
            find,
            argument: email === undefined ? 'lastName' : 'email',
            says: (duplicate) =>
              say`There is already ${contactLine(duplicate)} (contact ${Number(duplicate.id)}${duplicate.inactiveFlag === true ? ', inactive' : ''})${hasEmail(duplicate, email) ? ' with this e-mail address' : ''}. Use that one, change it with update_contact, or send allowDuplicate: true.`,
          },
    });
  },
});
