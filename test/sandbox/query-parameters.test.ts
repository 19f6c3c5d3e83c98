import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW, type RestAnswer, restOf, type Session } from '../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
  // Every ticket of the seed has a contact and a medium severity; some have to differ.
  for (const id of [7, 11]) {
    await rest('PATCH', `/service/tickets/${id}`, [
      { op: 'remove', path: 'contact' },
      { op: 'replace', path: 'severity', value: 'High' },
    ]);
  }
});
afterAll(() => sandbox.close());

const list = (path: string, query: Record<string, string>): Promise<RestAnswer> =>
  rest('GET', `${path}?${new URLSearchParams({ pageSize: '1000', ...query })}`);
const ids = async (path: string, query: Record<string, string>): Promise<number[]> =>
  (await list(path, { fields: 'id', ...query })).body.map(({ id }: { id: number }) => id);

interface Ticket {
  readonly id: number;
  readonly summary: string;
  readonly severity: string;
  readonly closedFlag: boolean;
  readonly board: { readonly id: number; readonly name: string };
  readonly contact?: { readonly id: number };
  readonly budgetHours?: number;
  readonly _info: { readonly lastUpdated: string; readonly dateEntered: string };
}

describe('conditions select what they say', () => {
  const word = (ticket: Ticket): boolean => /printer/i.test(ticket.summary);
  const cases: [string, (ticket: Ticket) => boolean][] = [
    ['closedFlag=true', ({ closedFlag }) => closedFlag],
    ['CLOSEDFLAG = False', ({ closedFlag }) => !closedFlag],
    ['board/id in (2, 3)', ({ board }) => [2, 3].includes(board.id)],
    ["board/name not in ('help desk')", ({ board }) => board.name !== 'Help Desk'],
    ['Board/Name != "HELP DESK"', ({ board }) => board.name !== 'Help Desk'],
    ['summary contains "PRINTER"', word],
    ['summary Not Contains "printer"', (ticket) => !word(ticket)],
    ['summary like "*printer*"', word],
    ["summary not like '%printer%'", (ticket) => !word(ticket)],
    ['contact/id = null', ({ contact }) => contact === undefined],
    ['contact/id != NULL', ({ contact }) => contact !== undefined],
    ['severity="high"', ({ severity }) => severity === 'High'],
    // Without parentheses AND binds tighter than OR.
    ['id = 1 or id = 2 and id = 3', ({ id }) => id === 1],
    ['(id = 1 or id = 2) and id = 2', ({ id }) => id === 2],
    ['id>=10 AND id<20', ({ id }) => id >= 10 && id < 20],
    ['lastUpdated > [2026-06-01T00:00:00Z]', ({ _info }) => _info.lastUpdated > '2026-06-01T00:00:00Z'],
    ['dateEntered < [2026-06-01]', ({ _info }) => _info.dateEntered < '2026-06-01'],
    ['lastUpdated >= [2026-06-01T02:00:00.000000+02:00]', ({ _info }) => _info.lastUpdated >= '2026-06-01T00:00:00Z'],
  ];
  it.each(cases)('%s', async (conditions, holds) => {
    const all: Ticket[] = (await list('/service/tickets', {})).body;
    const wanted = all.filter(holds).map(({ id }) => id);
    expect(await ids('/service/tickets', { conditions })).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(all.length);
  });

  it.each([
    ['/service/tickets', { conditions: 'severity like "%a%"' }, 'Enum value supplied was invalid'],
    ['/service/tickets', { conditions: 'board/nme = "x"' }, 'board/nme is not a recognized name.'],
    ['/service/boards', { conditions: 'board/name = "x"' }, 'board/name is not a recognized name.'],
    ['/company/contacts', { conditions: 'typeIds = 1' }, 'typeIds is not a recognized name.'],
    ['/time/entries', { conditions: 'dateStart > [2026-01-01]' }, 'dateStart is not a recognized name.'],
    ['/service/tickets', { conditions: '__proto__ = 1' }, '__proto__ is not a recognized name.'],
    ['/service/tickets', { conditions: 'toString = "x"' }, 'toString is not a recognized name.'],
    ['/service/tickets', { orderBy: 'constructor desc' }, 'constructor is not a recognized name.'],
  ])('%s %j is refused: %s', async (path, query, message) => {
    const { status, body } = await list(path, query as unknown as Record<string, string>);
    expect([status, body]).toEqual([400, { code: 'ApiFindCondition', message }]);
  });

  it.each([
    'id is null',
    'id = 1 AND',
    'summary = "open',
    'summary = x',
    'id = 1 id = 2',
    '()',
    `${'('.repeat(1_000)}id=1${')'.repeat(1_000)}`,
  ])('syntax that never was is refused: %s', async (conditions) => {
    const { status, body } = await list('/service/tickets', { conditions });
    expect([status, body.code]).toEqual([400, 'ApiFindCondition']);
  });
});

describe('the other parameters', () => {
  it('looks into lists by childConditions, both conditions on the same element', async () => {
    const grace = 'communicationItems/value = "grace.keller@acme.example" AND communicationItems/communicationType';
    expect(await ids('/company/contacts', { childConditions: `${grace} = "Email"` })).toEqual([5]);
    expect(await ids('/company/contacts', { childConditions: `${grace} = "Phone"` })).toEqual([]);
    expect(await ids('/company/contacts', { childconditions: `${grace} = "Email"`, conditions: 'id = 6' })).toEqual([]);
  });

  it('looks into custom fields by caption and value', async () => {
    const customFields = [{ id: 1, caption: 'Rack', type: 'Text', entryMethod: 'EntryField', value: 'R-17' }];
    const created = await rest('POST', '/service/tickets', { summary: 'Racked', company: { id: 2 }, customFields });
    expect(created.status).toBe(201);
    const by = (customFieldConditions: string) => ids('/service/tickets', { customFieldConditions });
    expect(await by('caption="Rack" AND value="r-17"')).toEqual([created.body.id]);
    expect(await by('caption="Rack" AND value != null')).toEqual([created.body.id]);
    expect(await by('caption="Rack" AND value="R-18"')).toEqual([]);
  });

  it('sorts by several keys, through references, and by id where nothing is said', async () => {
    const rows: Ticket[] = (await list('/service/tickets', { orderBy: 'board/name desc, id desc' })).body;
    const expected = [...rows].sort(
      (a, b) => b.board.name.localeCompare(a.board.name, 'en', { sensitivity: 'base' }) || b.id - a.id,
    );
    expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    const plain = await ids('/service/tickets', {});
    expect(plain).toEqual([...plain].sort((a, b) => a - b));
  });

  it('trims lists, records and what a POST answers to the fields asked for', async () => {
    const fields = '?fields=id,Status/NAME,nothing';
    expect((await rest('GET', `/service/tickets/1${fields}`)).body).toEqual({
      id: 1,
      status: { name: expect.any(String) },
    });
    const created = await rest('POST', `/service/tickets${fields}`, { summary: 'Trim', company: { id: 2 } });
    expect(created.body).toEqual({ id: expect.any(Number), status: { name: 'New' } });
  });

  it('takes what is searched for from the body, in its own spelling', async () => {
    const search = (body: unknown, path = '/company/contacts') => rest('POST', `${path}/search?fields=id`, body);
    const tickets = (body: unknown) => search(body, '/service/tickets');
    expect((await tickets({ conditions: 'id in (3, 9)', orderBy: 'id desc', childconditions: null })).body).toEqual([
      { id: 9 },
      { id: 3 },
    ]);
    expect((await tickets({ customfieldconditions: 'caption="Nothing"' })).body).toEqual([]);
    for (const wrong of [['id = 1'], 'id = 1', { conditions: 'nothing = 1' }, { conditions: { id: 1 } }]) {
      expect((await tickets(wrong)).status).toBe(400);
    }
    // Only the two kinds of tickets can be searched by POST.
    expect((await search({ conditions: 'id = 1' })).status).not.toBe(200);
  });
});

describe('members that follow from other records', () => {
  it('are filtered by as they are now, not as they were when the same question was asked before', async () => {
    const entries = (await list('/time/entries', {})).body;
    const entry = entries.find((row: { chargeToType: string }) => row.chargeToType === 'ServiceTicket');
    const conditions = `ticketStatus="${entry.ticketStatus}" and ticket/id=${entry.ticket.id}`;
    expect(await ids('/time/entries', { conditions })).toContain(entry.id);
    const ticket = (await rest('GET', `/service/tickets/${entry.ticket.id}`)).body;
    const statuses = (await list(`/service/boards/${ticket.board.id}/statuses`, {})).body;
    const other = statuses.find(({ name }: { name: string }) => name !== entry.ticketStatus);
    const path = `/service/tickets/${ticket.id}`;
    await rest('PATCH', path, [{ op: 'replace', path: 'status', value: { id: other.id } }]);
    expect(await ids('/time/entries', { conditions })).toEqual([]);
    const now = `ticketStatus="${other.name}" and ticket/id=${ticket.id}`;
    expect(await ids('/time/entries', { conditions: now })).toContain(entry.id);
  });

  it('are not looked up in an index of the records that show them', async () => {
    const projects = (await list('/project/projects', {})).body;
    const project = projects.find(
      ({ contact, billToContact: to }: Record<string, { id: number }>) => contact?.id === to?.id,
    );
    const conditions = `billToContact/id=${project.billToContact.id} and id=${project.id}`;
    expect(await ids('/project/projects', { conditions })).toEqual([project.id]);
    const contacts = (await list('/company/contacts', { conditions: `company/id=${project.company.id}` })).body;
    const other = contacts.find(({ id }: { id: number }) => id !== project.billToContact.id);
    const path = `/company/companies/${project.company.id}`;
    await rest('PATCH', path, [{ op: 'replace', path: 'defaultContact', value: { id: other.id } }]);
    expect(await ids('/project/projects', { conditions })).toEqual([]);
  });
});
