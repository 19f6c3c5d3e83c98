import { z } from 'zod';
import { nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, any, type Expression, field, narrow } from '../../src/query/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  readListPage,
  tableOutput,
  tableResult,
} from '../../src/tool/index.ts';

type Item = { communicationType?: string; value?: string; defaultFlag?: boolean };

/** The default item of a kind, else the first. */
function itemOf(items: unknown, kind: string): string | undefined {
  const own = (Array.isArray(items) ? (items as Item[]) : []).filter(
    ({ communicationType }) => communicationType === kind,
  );
  return (own.find(({ defaultFlag }) => defaultFlag) ?? own[0])?.value;
}

/** Each word of a name may be in the first or the last name. */
const nameCondition = (text: string): Expression | undefined =>
  all(
    ...text
      .trim()
      .split(/\s+/)
      .map((word) => any(field('firstName', 'contains', word), field('lastName', 'contains', word))),
  );

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
    company: z.string().optional(),
    email: z.string().optional().describe('Address or a part, e.g. @acme.com'),
    phone: z.string().optional(),
    title: z.string().optional().describe('Job, e.g. office manager'),
    type: z.string().optional(),
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
  async run(input, { manage, names, api, signal }) {
    const limit = input.limit ?? 25;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const type = await resolveGiven(names, 'contactType', input.type, { argument: 'type' });
    const conditions = all(
      input.includeInactive ? undefined : field('inactiveFlag', '=', false),
      input.name === undefined ? undefined : nameCondition(input.name),
      company && field('company/id', '=', company.id),
      input.title === undefined ? undefined : field('title', 'contains', input.title),
    );
    // Addresses and types are lists inside the contact: Manage refuses them in conditions.
    const item = (text: string, kind: string): Expression | undefined =>
      all(
        field('communicationItems/value', 'contains', text),
        field('communicationItems/communicationType', '=', kind),
      );
    const childConditions = all(
      input.email === undefined ? undefined : item(input.email, 'Email'),
      input.phone === undefined ? undefined : item(input.phone.replace(/\D/g, ''), 'Phone'),
      type && field('types/id', '=', type.id),
    );
    const query = narrow({ conditions, childConditions }, input, {
      api,
      schema: 'Contact',
    });
    const fields = ['id', 'firstName', 'lastName', 'company/name', 'title', 'communicationItems'];
    const { rows, total } = await readListPage(manage, 'GET /company/contacts', query, {
      fields,
      orderBy: ['lastName asc'],
      page: input.page,
      limit,
      signal,
    });
    const cells = rows.map((row) => [
      row.id,
      [row.firstName, row.lastName].filter(Boolean).join(' '),
      nameOf(row.company),
      row.title,
      itemOf(row.communicationItems, 'Email'),
      itemOf(row.communicationItems, 'Phone'),
    ]);
    return tableResult({
      noun: 'contacts',
      columns: ['id', 'name', 'company', 'title', 'e-mail', 'phone'],
      rows: cells,
      total,
      page: input.page,
      pageSize: limit,
    });
  },
});
