import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { itemWithNumber, nameOf, withExtension } from '../../src/names/index.ts';
import { all, type Expression, field, likeLiteral, wordsIn } from '../../src/query/index.ts';
import { say } from '../../src/text/index.ts';
import {
  defineTool,
  fragments,
  listRecords,
  type ToolContext,
  ToolInputError,
  tableOutput,
} from '../../src/tool/index.ts';
import { addressIn, itemsOf } from './support/communication.ts';
import { fullName } from './support/contacts.ts';

/** The default way to reach a contact of a kind, else the first. */
function reached(contact: ManageRecord, kind: 'Email' | 'Phone'): string | undefined {
  const own = itemsOf(contact).filter(({ communicationType }) => communicationType === kind);
  return withExtension(own.find(({ defaultFlag }) => defaultFlag) ?? own[0] ?? {});
}

// Addresses and types are lists inside the contact: Manage refuses them in conditions.
const ofKind = (kind: 'Email' | 'Phone', item: Expression): Expression | undefined =>
  all(item, field('communicationItems/communicationType', '=', kind));

const addressLike = (text: string): Expression | undefined =>
  ofKind('Email', field('communicationItems/value', 'like', `%${likeLiteral(addressIn(text))}%`));

/** @throws {ToolInputError} for a text without digits, which every number would hold */
function numberLike(text: string): Expression | undefined {
  const item = itemWithNumber(text);
  if (item === undefined) throw new ToolInputError('phone', say`phone: send a number, or a part of one.`);
  return ofKind('Phone', item);
}

/** The contacts that a number reaches, by their ids: `childConditions` ask one address or number at a time. */
async function reachedAt(number: string, { manage, signal }: ToolContext): Promise<Expression> {
  const childConditions = numberLike(number);
  const found = await manage.all<ManageRecord>('GET /company/contacts', { childConditions, fields: ['id'], signal });
  return found.length === 0 ? field('id', '=', 0) : field('id', 'in', [...found.map(({ id }) => Number(id))]);
}

const ACTIVE = { condition: field('inactiveFlag', '=', false), lifts: ['inactiveFlag'], says: say`active` };

export default defineTool({
  name: 'search_contacts',
  title: 'Search contacts',
  toolset: 'company',
  core: true,
  effect: 'read',
  uses: ['GET /company/contacts', 'GET /company/contacts/count'],
  description: "Find customers' contacts by name, company, e-mail, phone, job title or contact type.",
  input: z.strictObject({
    name: z.string().optional(),
    company: fragments.filterName('company').optional(),
    email: z.string().optional().describe('Address or a part, e.g. @acme.com'),
    phone: z.string().optional(),
    title: z.string().optional().describe('Job, e.g. office manager'),
    type: fragments.filterName('contactType').optional(),
    includeInactive: z.boolean().optional(),
    ...fragments.list,
  }),
  aliases: {
    text: 'name',
    query: 'name',
    search: 'name',
    contact: 'name',
    mail: 'email',
    emailAddress: 'email',
    customer: 'company',
    jobTitle: 'title',
    role: 'title',
  },
  output: tableOutput,
  async run(input, context) {
    const { name, company, email, phone, title, type } = input;
    const conditions = all(
      name === undefined ? undefined : wordsIn(['firstName', 'lastName'], name.replaceAll(',', ' ')),
      company && field('company/id', '=', company.id),
      title === undefined ? undefined : wordsIn('title', title),
      email === undefined || phone === undefined ? undefined : await reachedAt(phone, context),
    );
    const childConditions = all(
      email === undefined ? undefined : addressLike(email),
      phone === undefined || email !== undefined ? undefined : numberLike(phone),
      type && field('types/id', '=', type.id),
    );
    return listRecords(context, input, {
      list: 'GET /company/contacts',
      noun: 'contacts',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'name', field: 'firstName', also: ['lastName'], show: fullName },
        { title: 'company', field: 'company/name', show: (row) => nameOf(row.company) },
        { title: 'title', field: 'title' },
        { title: 'e-mail', field: 'communicationItems', show: (row) => reached(row, 'Email') },
        { title: 'phone', field: 'communicationItems', show: (row) => reached(row, 'Phone') },
      ],
      filteredBy: {
        firstName: 'name',
        lastName: 'name',
        communicationItems: email === undefined ? 'phone' : 'email',
        id: 'phone',
        types: 'type',
      },
      own: { conditions, childConditions },
      byDefault: input.includeInactive ? undefined : ACTIVE,
      orderBy: ['lastName asc'],
      near: name === undefined ? undefined : { kind: 'contact', name, companyId: company?.id },
    });
  },
});
