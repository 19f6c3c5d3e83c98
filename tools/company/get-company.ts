import { z } from 'zod';
import { nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { openCondition } from '../../src/tickets/open-statuses.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  readablePart,
  shownCustomFields,
  type LegacyToolContext as ToolContext,
} from '../../src/tool/index.ts';

type Row = Readonly<Record<string, unknown>>;

const MOST = 10;

async function around(id: number, withNotes: boolean, { manage, names, signal }: ToolContext) {
  const path = { parentId: id };
  const pageSize = MOST;
  const own = field('company/id', '=', id);
  const open = await openCondition(names, true, undefined);
  const conditions = all(own, open);
  return Promise.all([
    readablePart(
      manage.page('GET /company/companies/{parentId}/sites', { path: { parentId: id }, pageSize: MOST, signal }),
    ),
    readablePart(
      manage.page('GET /company/contacts', {
        conditions: all(own, field('inactiveFlag', '=', false)) ?? own,
        fields: ['id', 'firstName', 'lastName', 'title', 'defaultFlag', 'communicationItems'],
        pageSize: MOST,
        signal,
      }),
    ),
    readablePart(
      manage.page('GET /finance/agreements', {
        conditions: own,
        fields: ['id', 'name', 'type/name', 'endDate', 'agreementStatus'],
        pageSize: MOST,
        signal,
      }),
    ),
    manage.count('GET /service/tickets/count', { conditions, signal }),
    manage.count('GET /company/configurations/count', { conditions: own, signal }),
    readablePart<Row>(manage.page('GET /company/companies/{parentId}/teams', { path, pageSize, signal })),
    readablePart<Row>(manage.page('GET /company/companies/{parentId}/groups', { path, pageSize, signal })),
    withNotes
      ? readablePart<Row>(
          manage.page('GET /company/companies/{parentId}/notes', { path, orderBy: ['id desc'], pageSize, signal }),
        )
      : [],
  ]);
}

const emailOf = (contact: Row): string | undefined =>
  ((contact.communicationItems ?? []) as { communicationType?: string; value?: string }[]).find(
    ({ communicationType }) => communicationType === 'Email',
  )?.value;

const namesOf = (references: unknown): string =>
  (Array.isArray(references) ? references : []).map(nameOf).filter(Boolean).join(', ');

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}:\n${lines.map((line) => `- ${line}`).join('\n')}`;

export default defineTool({
  name: 'get_company',
  title: 'Get company',
  toolset: 'company',
  core: true,
  effect: 'read',
  uses: [
    'GET /company/companies/{id}',
    'GET /company/companies/{parentId}/sites',
    'GET /company/companies/{parentId}/teams',
    'GET /company/companies/{parentId}/groups',
    'GET /company/companies/{parentId}/notes',
    'GET /company/contacts',
    'GET /finance/agreements',
    'GET /service/tickets/count',
    'GET /company/configurations/count',
  ],
  description:
    'A company with its sites, contacts, agreements, the team that looks after it, and how many open tickets and configurations it has.',
  input: z.strictObject({ company: z.string().describe('Name, identifier or id'), notes: z.boolean().optional() }),
  aliases: { id: 'company', companyId: 'company', name: 'company', identifier: 'company', customer: 'company' },
  output: z.looseObject({ id: z.int(), name: z.string() }),
  async run({ company, notes }, context) {
    const { manage, names, signal, plain, quote } = context;
    const found = await names.resolve('company', company, { argument: 'company' });
    const record = await manage.get<Row>('GET /company/companies/{id}', { path: { id: found.id }, signal });
    const [sites, contacts, agreements, openTickets, configurations, team, groups, written] = await around(
      found.id,
      notes === true,
      context,
    );
    const facts: [string, unknown][] = [
      ['identifier', record.identifier],
      ['status', nameOf(record.status)],
      ['types', namesOf(record.types)],
      ['address', [record.addressLine1, record.city, record.state, record.zip].filter(Boolean).join(', ')],
      ['phone', record.phoneNumber],
      ['website', record.website],
      ['territory', nameOf(record.territory)],
      ['main contact', nameOf(record.defaultContact)],
      ['groups', namesOf(groups.map(({ group }) => group))],
      ...shownCustomFields(record),
    ];
    const header = Object.fromEntries(
      facts.map(([label, value]) => [label, plain(value)]).filter(([, value]) => value !== ''),
    );
    const people = contacts.map((contact) => ({
      id: contact.id,
      name: plain([contact.firstName, contact.lastName].filter(Boolean).join(' ')),
      title: plain(contact.title),
      email: plain(emailOf(contact)),
    }));
    const places = sites.map((site) => ({
      id: site.id,
      name: plain(site.name),
      city: plain(site.city),
      ...(site.inactiveFlag === true && { inactive: true }),
    }));
    const contracts = agreements.map((agreement) => ({
      id: agreement.id,
      name: plain(agreement.name),
      type: plain(nameOf(agreement.type)),
      ends: dayOf(agreement.endDate),
      status: plain(agreement.agreementStatus),
    }));
    const lookedAfterBy = team.map((row) => ({
      role: plain(nameOf(row.teamRole)),
      name: plain(nameOf(row.member) ?? nameOf(row.contact)),
    }));
    const notesShown = written.map((note) => ({
      id: note.id,
      type: plain(nameOf(note.type)),
      by: plain(note.enteredBy ?? (note._info as Row | undefined)?.enteredBy),
      day: dayOf((note._info as Row | undefined)?.lastUpdated),
      text: quote(note.text),
    }));
    const join = (...parts: unknown[]): string => parts.filter((part) => part !== '' && part !== undefined).join(', ');
    const text = [
      `${plain(record.name)} (company ${found.id})`,
      ...Object.entries(header).map(([label, value]) => `${label}: ${value}`),
      `open tickets: ${openTickets}; configurations: ${configurations}`,
      section(
        'Sites',
        places.map((site) => join(`${site.id}: ${site.name}`, site.city, site.inactive && 'inactive')),
      ),
      section(
        'Contacts',
        people.map((contact) => join(`${contact.id}: ${contact.name}`, contact.title, contact.email)),
      ),
      section(
        'Agreements',
        contracts.map((agreement) =>
          join(
            `${agreement.id}: ${agreement.name}`,
            agreement.type,
            agreement.status,
            agreement.ends === '' ? '' : `ends ${agreement.ends}`,
          ),
        ),
      ),
      section(
        'Team',
        lookedAfterBy.map(({ role, name }) => `${role}: ${name}`),
      ),
      section(
        'Notes',
        notesShown.map((note) => `${join(`${note.id}: ${note.type}`, note.by, note.day)}\n${note.text}`),
      ),
    ].filter((line) => line !== '');
    return {
      structured: {
        id: found.id,
        name: plain(record.name),
        ...header,
        openTickets,
        configurations,
        sites: places,
        contacts: people,
        agreements: contracts,
        team: lookedAfterBy,
        ...(notes && { notes: notesShown }),
      },
      text: text.join('\n'),
    };
  },
});
