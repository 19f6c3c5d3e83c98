import { z } from 'zod';
import { fromManage, showDay } from '../../src/clock/index.ts';
import { inTurns } from '../../src/in-turns.ts';
import { isRecord } from '../../src/json.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { type Clean, caption, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { countOpenTickets, OPEN_TICKETS } from '../../src/tickets/open-tickets.ts';
import {
  dayOf,
  defineTool,
  fragments,
  notRead,
  readable,
  shownCustomFields,
  type ToolContext,
} from '../../src/tool/index.ts';
import { itemsOf } from './support/communication.ts';
import { fullName } from './support/contacts.ts';

/** Rows that are shown of each part. */
const MOST = 10;

/** Some of the rows of a part, and how many there are. */
interface Part {
  readonly rows: readonly ManageRecord[];
  readonly total: number | undefined;
}

/** What belongs to a company, beside each other. */
async function around(id: number, withNotes: boolean, context: ToolContext) {
  const { manage, signal } = context;
  const path = { parentId: id };
  const limit = MOST;
  const own = field('company/id', '=', id);
  const inside = (list: string, orderBy?: string[]): Promise<Part | undefined> =>
    readable(manage.list<ManageRecord>(`GET /company/companies/{parentId}/${list}`, { path, orderBy, limit, signal }));
  const [sites, contacts, agreements, team, notes, groups, openTickets, configurations] = await Promise.all([
    inside('sites'),
    readable(
      manage.list<ManageRecord>('GET /company/contacts', {
        conditions: all(own, field('inactiveFlag', '=', false)),
        fields: ['id', 'firstName', 'lastName', 'title', 'defaultFlag', 'communicationItems'],
        limit,
        signal,
      }),
    ),
    readable(
      manage.list<ManageRecord>('GET /finance/agreements', {
        conditions: own,
        fields: ['id', 'name', 'type/name', 'endDate', 'agreementStatus'],
        limit,
        signal,
      }),
    ),
    inside('teams'),
    withNotes ? inside('notes', ['id desc']) : undefined,
    readable(manage.all<ManageRecord>('GET /company/companies/{parentId}/groups', { path, signal })),
    countOpenTickets(own, context),
    readable(
      manage.count('GET /company/configurations/count', {
        conditions: all(own, field('activeFlag', '=', true)),
        signal,
      }),
    ),
  ]);
  return { sites, contacts, agreements, team, notes, groups, openTickets, configurations };
}

/** When a company was marked as deleted, and by whom. */
function deletion({ dateDeleted, deletedBy }: ManageRecord, zone: string): Clean {
  const day = fromManage(dateDeleted, zone);
  return joined(
    [say`yes`, day && say`${cleanLine(showDay(day))}`, deletedBy ? say`by ${cleanLine(deletedBy)}` : undefined],
    ' ',
  );
}

const namesOf = (references: unknown): string =>
  (Array.isArray(references) ? references : []).map(nameOf).filter(Boolean).join(', ');

/** A part with its title, and with how many there are where only some are shown; nothing of one that cannot be read. */
function section(title: Clean, part: Part | undefined, shown: readonly Clean[]): Clean {
  if (part === undefined || shown.length === 0) return say``;
  const { rows, total = rows.length } = part;
  const count = total > rows.length ? say` (${rows.length} of ${total})` : say``;
  return lines([say`${title}${count}:`, ...shown.map((line) => say`- ${line}`)]);
}

/** Parts that are not shown whole, for programs: how many rows are left out, and which cannot be read. */
function gaps(parts: Readonly<Record<string, Part | undefined>>) {
  const cut = Object.entries(parts).flatMap(([key, part]) => {
    const left = (part?.total ?? 0) - (part?.rows.length ?? 0);
    return left > 0 ? [[key, left] as const] : [];
  });
  const unread = Object.keys(parts).filter((key) => parts[key] === undefined);
  return {
    cut: cut.length === 0 ? undefined : Object.fromEntries(cut),
    unread: unread.map(cleanLine),
  };
}

const commas = (...parts: readonly (Clean | '' | false)[]): Clean => joined(parts, ', ');

export default defineTool({
  name: 'get_company',
  title: 'Get company',
  toolset: 'company',
  core: true,
  effect: 'read',
  uses: [
    'GET /company/companies/{id}',
    ...['sites', 'teams', 'groups', 'notes'].flatMap((list) => [
      `GET /company/companies/{parentId}/${list}`,
      `GET /company/companies/{parentId}/${list}/count`,
    ]),
    'GET /company/contacts',
    'GET /company/contacts/count',
    'GET /finance/agreements',
    'GET /finance/agreements/count',
    ...OPEN_TICKETS,
    'GET /company/configurations/count',
  ],
  tables: ['status'],
  description: 'A company with its sites, contacts, agreements, team, and numbers of open tickets and configurations.',
  input: z.strictObject({
    company: fragments.name('company', { description: 'Name, identifier or id' }),
    notes: z.boolean().optional(),
  }),
  aliases: { id: 'company', companyId: 'company', name: 'company', identifier: 'company', customer: 'company' },
  output: z.looseObject({ id: z.int(), name: z.string() }),
  async run({ company: { id }, notes: withNotes = false }, context) {
    const { manage, signal, quote } = context;
    const [record, parts] = await Promise.all([
      manage.get<ManageRecord>('GET /company/companies/{id}', { path: { id }, signal }),
      around(id, withNotes, context),
    ]);
    const { sites, contacts, agreements, team, notes, groups, openTickets, configurations } = parts;
    const facts: (readonly [string, unknown])[] = [
      ['identifier', record.identifier],
      ['deleted', record.deletedFlag === true ? deletion(record, await context.zone()) : ''],
      ['status', nameOf(record.status)],
      ['types', namesOf(record.types)],
      [
        'address',
        [record.addressLine1, record.addressLine2, record.city, record.state, record.zip].filter(Boolean).join(', '),
      ],
      ['phone', record.phoneNumber],
      ['website', record.website],
      ['territory', nameOf(record.territory)],
      ['main contact', nameOf(record.defaultContact)],
      ['groups', namesOf(groups?.map(({ group }) => group))],
      ...shownCustomFields(record),
    ];
    const cleaned = await inTurns(facts, ([label, value]) => [caption(label), cleanLine(value)] as const);
    const header = cleaned.filter(([, value]) => value !== '');
    const name = cleanLine(record.name);
    const places = await inTurns(sites?.rows ?? [], (site) => ({
      id: Number(site.id),
      name: cleanLine(site.name),
      city: cleanLine(site.city),
      inactive: site.inactiveFlag === true || undefined,
    }));
    const people = await inTurns(contacts?.rows ?? [], (contact) => ({
      id: Number(contact.id),
      name: fullName(contact),
      title: cleanLine(contact.title),
      email: cleanLine(itemsOf(contact).find(({ communicationType }) => communicationType === 'Email')?.value),
    }));
    const contracts = await inTurns(agreements?.rows ?? [], (agreement) => ({
      id: Number(agreement.id),
      name: cleanLine(agreement.name),
      type: cleanLine(nameOf(agreement.type)),
      ends: cleanLine(dayOf(agreement.endDate)),
      status: cleanLine(agreement.agreementStatus),
    }));
    const lookedAfterBy = (team?.rows ?? []).map((row) => ({
      role: cleanLine(nameOf(row.teamRole)),
      // A place may be a member's with a contact beside.
      name: joined([cleanLine(nameOf(row.member)), cleanLine(nameOf(row.contact))], ', '),
    }));
    const written = await inTurns(notes?.rows ?? [], (note) => {
      const info = isRecord(note._info) ? note._info : {};
      return {
        id: Number(note.id),
        type: cleanLine(nameOf(note.type)),
        by: cleanLine(note.enteredBy ?? info.enteredBy ?? info.updatedBy),
        day: cleanLine(dayOf(info.lastUpdated)),
        text: quote(note.text),
      };
    });
    const counts = [
      openTickets === undefined ? undefined : say`open tickets: ${openTickets}`,
      configurations === undefined ? undefined : say`active configurations: ${configurations}`,
    ];
    const { cut, unread } = gaps({ sites, contacts, agreements, team, ...(withNotes && { notes }) });
    return {
      structured: {
        id,
        name,
        ...Object.fromEntries(header),
        openTickets,
        configurations,
        sites: places,
        contacts: people,
        agreements: contracts,
        team: lookedAfterBy,
        notes: withNotes ? written : undefined,
        cut,
        notRead: unread.length > 0 ? unread : undefined,
      },
      text: lines([
        say`${name} (company ${id})`,
        ...header.map(([label, value]) => say`${label}: ${value}`),
        joined(counts, '; '),
        section(
          say`Sites`,
          sites,
          places.map((site) =>
            commas(say`${site.id}: ${site.name}`, site.city, site.inactive === true && say`inactive`),
          ),
        ),
        section(
          say`Active contacts`,
          contacts,
          people.map((contact) => commas(say`${contact.id}: ${contact.name}`, contact.title, contact.email)),
        ),
        section(
          say`Agreements`,
          agreements,
          contracts.map(({ id: agreementId, name, type, status, ends }) =>
            commas(say`${agreementId}: ${name}`, type, status, ends !== '' && say`ends ${ends}`),
          ),
        ),
        section(
          say`Team`,
          team,
          lookedAfterBy.map(({ role, name }) => say`${role}: ${name}`),
        ),
        section(
          say`Notes`,
          notes,
          written.map((note) => lines([commas(say`${note.id}: ${note.type}`, note.by, note.day), note.text])),
        ),
        withNotes && notes?.rows.length === 0 ? say`Notes: none` : undefined,
        notRead(unread),
      ]),
    };
  },
});
