import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

const list = (path: string, query: Record<string, string>) => rest('GET', `${path}?${new URLSearchParams(query)}`);
const headers = (more: Record<string, string> = {}): Record<string, string> => {
  const { companyId, publicKey, privateKey, clientId } = sandbox.credentials;
  return {
    authorization: `Basic ${Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64')}`,
    clientid: clientId,
    ...more,
  };
};

describe('query parameters', () => {
  it.each([
    [{ conditions: 'board/name="Help Desk" AND closedFlag=False' }, 200],
    [{ CONDITIONS: 'id in (1,2,3)', pagesize: '2' }, 200],
    [{ conditions: "summary like '%vpn%'" }, 200],
    [{ conditions: 'lastUpdated > [2026-01-01T00:00:00Z] and contact/id != null' }, 200],
    [{ conditions: 'sumary = "x"' }, 400],
    [{ conditions: 'closedFlag = 1' }, 400],
    [{ conditions: 'severity = "Urgent"' }, 400],
    [{ conditions: 'id = ' }, 400],
    [{ conditions: 'customFields/id = 3' }, 400],
    [{ orderBy: 'board/name asc, id desc' }, 200],
    [{ orderBy: 'nothing asc' }, 400],
  ])('%j answers %i', async (query, status) => {
    const answer = await list('/service/tickets', query as Record<string, string>);
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.body.code).toBe('ApiFindCondition');
  });

  it('uses the texts of the real server', async () => {
    expect((await list('/service/tickets', { conditions: 'sumary = "x"' })).body).toEqual({
      code: 'ApiFindCondition',
      message: 'sumary is not a recognized name.',
    });
    expect((await list('/service/tickets', { conditions: 'severity = "Urgent"' })).body.message).toBe(
      'Enum value supplied was invalid',
    );
    expect((await list('/service/tickets', { conditions: 'closedFlag = 1' })).body.message).toMatch(
      /^Expected a boolean value, not a numeric\. String values should be enclosed/,
    );
    expect((await list('/company/contacts', { conditions: 'types/name = "Approver"' })).status).toBe(400);
    expect(
      (await list('/company/contacts', { childConditions: 'types/name = "Approver"' })).body.length,
    ).toBeGreaterThan(0);
  });

  it('drops unknown fields silently and caps pages', async () => {
    expect((await list('/service/tickets', { fields: 'id,nothing,status/name', pageSize: '1' })).body).toEqual([
      { id: 1, status: { name: expect.any(String) } },
    ]);
    expect((await list('/time/entries', { pageSize: '5000', fields: 'id' })).body).toHaveLength(1000);
    expect((await rest('GET', '/service/tickets')).body).toHaveLength(25);
    expect((await list('/service/tickets', { page: '9999' })).body).toEqual([]);
  });

  it('counts under the same conditions', async () => {
    const conditions = 'board/name = "Help Desk"';
    const { count } = (await list('/service/tickets/count', { conditions })).body;
    expect((await list('/service/tickets', { conditions, pageSize: '1000' })).body).toHaveLength(count);
    const searched = await rest('POST', '/service/tickets/search?pageSize=1000', { conditions });
    expect([searched.status, searched.body.length]).toEqual([200, count]);
  });
});

describe('paging', () => {
  it('links by number, in the spelling of the real server', async () => {
    const first = await list('/company/contacts', { conditions: 'lastUpdated >= [2020-01-01]', pageSize: '2' });
    const root = `${sandbox.baseUrl}/company/contacts/?conditions=lastUpdated+%3e%3d+%5b2020-01-01%5d&pageSize=2&page=`;
    expect(first.headers.get('link')).toBe(`<${root}2>; rel="next", <${root}49>; rel="last"`);
    const middle = await list('/company/contacts', { pageSize: '40', page: '2' });
    expect(middle.headers.get('link')).toMatch(
      /page=1>; rel="first", .*page=1>; rel="prev", .*page=3>; rel="next", .*page=3>; rel="last"$/,
    );
    expect((await list('/company/contacts', { pageSize: '1000' })).headers.get('link')).toBe('');
  });

  it('goes forward by id, with an empty link at the end', async () => {
    const page = (pageId: number) =>
      fetch(`${sandbox.baseUrl}/service/tickets?pageSize=400&pageId=${pageId}&fields=id`, {
        headers: headers({ 'pagination-type': 'forward-only' }),
      });
    const first = await page(0);
    expect(first.headers.get('link')).toMatch(/pageSize=400&pageId=400>; rel="next"$/);
    const second = await page(400);
    expect(second.headers.get('link')).toBe('');
    expect(((await second.json()) as unknown[]).length).toBe(200);
    // The audit trail has no such paging, which the missing header tells.
    const trail = await fetch(`${sandbox.baseUrl}/system/audittrail?type=Ticket&id=1&pageSize=1`, {
      headers: headers({ 'pagination-type': 'forward-only' }),
    });
    expect([trail.status, trail.headers.get('link')]).toEqual([200, null]);
  });
});

describe('routes and access', () => {
  it('has both 404 bodies, any letter case, trailing slashes and 405', async () => {
    expect((await rest('GET', '/service/nothing')).body).toEqual({
      code: 'ConnectWiseApi',
      message: 'The endpoint does not exist.',
    });
    const page = await rest('GET', '/nothing/at/all');
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html']);
    expect((await rest('GET', '/SERVICE/Tickets/7/')).body.id).toBe(7);
    expect((await rest('DELETE', '/service/severities/1')).status).toBe(405);
    expect((await rest('POST', '/system/documents', {})).status).toBe(415);
    expect((await rest('GET', '/service/tickets/404404')).body).toEqual({
      code: 'NotFound',
      message: 'Service Ticket 404404 not found',
    });
    expect((await rest('GET', '/service/boards/99/statuses')).status).toBe(404);
  });

  it('answers a broken request line as the web server does', async () => {
    const { port } = new URL(sandbox.url);
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write('GET /v4_6_release/apis/3.0/service/tickets?conditions=id = 1 HTTP/1.1\r\nhost: x\r\n\r\n'),
      );
      socket.on('data', (chunk) => resolve(chunk.toString()));
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request/);
    expect(text).toContain('text/html');
  });

  it('refuses wrong keys, a missing client id and versions that never were', async () => {
    const get = async (more: Record<string, string>): Promise<[number, string]> => {
      const response = await fetch(`${sandbox.baseUrl}/system/info`, { headers: headers(more) });
      return [response.status, await response.text()];
    };
    expect((await get({ authorization: 'Basic bm90OnRoZWtleQ==' }))[0]).toBe(401);
    expect((await get({ clientid: '' }))[0]).toBe(401);
    expect(await get({ accept: 'application/vnd.connectwise.com+json; version=0.0' })).toEqual([
      400,
      expect.stringContaining("does not support the API version '0.0'"),
    ]);
    for (const version of ['2022.1', '2030.1'])
      expect((await get({ accept: `application/vnd.connectwise.com+json; version=${version}` }))[0]).toBe(200);
    expect((await get({}))[1]).toContain('v2026.4');
  });

  it('says which company it serves, without keys', async () => {
    const info = async (company: string): Promise<unknown> =>
      (await fetch(`${sandbox.url}/login/companyinfo/${company}`)).json();
    expect(await info('northwind')).toMatchObject({ Codebase: 'v4_6_release/', CompanyID: 'northwind' });
    expect(await info('nobody')).toBeNull();
  });

  it('sends the headers of the real server', async () => {
    const { headers: sent } = await rest('GET', '/system/info');
    expect(sent.get('x-cw-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent.get('api-current-version')).toBe('2026.4');
    expect(sent.get('cache-control')).toBe('no-cache');
    expect(sent.get('content-type')).toBe('application/json; charset=utf-8');
  });
});

describe('writing', () => {
  const post = (body: unknown) => rest('POST', '/service/tickets', body);

  it('expands what it is given and fills what it is not', async () => {
    const { status, body, headers: sent } = await post({ summary: 'Bare', company: { identifier: 'Acme' } });
    expect(status).toBe(201);
    expect(sent.get('location')).toMatch(new RegExp(`/service/tickets/${body.id}$`));
    expect(body).toMatchObject({
      recordType: 'ServiceTicket',
      company: { id: 2, name: 'Acme Corporation' },
      board: { name: 'Help Desk' },
      status: { name: 'New' },
      severity: 'Medium',
      billTime: 'NoDefault',
      approved: true,
      closedFlag: false,
    });
    expect(body).not.toHaveProperty('initialDescription');
    expect(Object.values(body)).not.toContain(null);
  });

  it.each([
    [{ company: { id: 2 } }, 'MissingRequiredField', 'The summary field is required.', 'summary'],
    [{ summary: 'x' }, 'MissingRequiredField', 'The company/id field is required.', 'company'],
    [
      { summary: 'x'.repeat(101), company: { id: 2 } },
      'MaxLengthField',
      'The field summary must be a string with a maximum length of 100.',
      'summary',
    ],
    [{ summary: 'x', company: { id: 19299 } }, 'NotFound', 'company 19299 not found', 'company/id'],
    [
      { summary: 'x', company: { id: 2 }, board: { id: 2 }, status: { id: 1 } },
      'NotFound',
      'Service Status 1 not found for Service Board 2',
      'status/id',
    ],
    [
      { summary: 'x', company: { id: 2 }, board: { id: 1 }, status: { name: 'Completed' } },
      'NotFound',
      'Service Status Completed not found for Service Board 1',
      'status/name',
    ],
    [
      { summary: 'x', company: { id: 2 }, requiredDate: '2026-11-24T10:00:00-05:00' },
      'UnsupportedFormat',
      'Unsupported format applied to requiredDate',
      'requiredDate',
    ],
  ])('%j is refused with %s', async (body, code, message, field) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: 'InvalidObject',
      message: 'ticket object is invalid',
      errors: [{ code, message, field, resource: 'ticket' }],
    });
  });

  it('stops at an unknown member', async () => {
    expect((await post({ summary: 'x', enteredBy: 'me' })).body.message).toMatch(
      /^Could not find member 'enteredBy' on object of type 'Ticket'\. Path 'enteredBy', line 1, position \d+\.Check your accept header/,
    );
  });

  it('patches lists of operations, whatever slash they begin with, in the right case only', async () => {
    const { id } = (await post({ summary: 'Patch me', company: { id: 2 } })).body;
    const patch = (body: unknown) => rest('PATCH', `/service/tickets/${id}`, body);
    expect(
      (
        await patch([
          { op: 'replace', path: '/status/id', value: '3' },
          { op: 'replace', path: 'budgetHours', value: '26' },
        ])
      ).body,
    ).toMatchObject({ status: { id: 3, name: 'In Progress' }, budgetHours: 26 });
    expect((await patch([{ op: 'remove', path: 'contact' }])).body).not.toHaveProperty('contact');
    expect((await patch([{ op: 'replace', path: 'resources', value: 'jdoe' }])).body).not.toHaveProperty('resources');
    expect((await patch({ op: 'replace', path: 'summary', value: 'x' })).status).toBe(400);
    expect((await patch([{ op: 'replace', path: 'Summary', value: 'x' }])).body.code).toBe('InvalidPatch');
    expect((await patch([{ op: 'replace', path: 'summary', value: 'x'.repeat(101) }])).body.errors[0].code).toBe(
      'MaxLengthField',
    );
    const { body } = await rest('PATCH', '/company/contacts/5', [
      { op: 'replace', path: 'communicationItems', value: 'text' },
    ]);
    expect(body.message).toMatch(/^Could not cast or convert from System\.String to .*ContactCommunicationItem\[\]/);
  });

  it('replaces a whole record by PUT', async () => {
    const { id } = (await post({ summary: 'Put me', company: { id: 2 }, poNumber: 'PO-1' })).body;
    const bare = { summary: 'Replaced', company: { id: 2 }, severity: 'Low', impact: 'Low' };
    const { status, body } = await rest('PUT', `/service/tickets/${id}`, bare);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, summary: 'Replaced', severity: 'Low' });
    expect(body).not.toHaveProperty('poNumber');
    expect(
      (await rest('PUT', `/service/tickets/${id}`, { summary: 'x', company: { id: 2 } })).body.errors,
    ).toMatchObject([{ field: 'severity' }, { field: 'impact' }]);
  });

  it('follows the board: closing, merging, children', async () => {
    const [a, b] = [
      (await post({ summary: 'A', company: { id: 2 } })).body,
      (await post({ summary: 'B', company: { id: 2 } })).body,
    ];
    const closed = (
      await rest('PATCH', `/service/tickets/${a.id}`, [{ op: 'replace', path: 'status', value: { id: 7 } }])
    ).body;
    expect(closed).toMatchObject({ closedFlag: true, closedBy: 'apimcp' });
    expect(
      (await rest('PATCH', `/service/tickets/${a.id}`, [{ op: 'replace', path: 'status', value: { id: 1 } }])).body,
    ).not.toHaveProperty('closedDate');
    expect(
      (await rest('POST', `/service/tickets/${a.id}/attachChildren`, { childTicketIds: [b.id] })).body.success,
    ).toBe(true);
    expect((await rest('GET', `/service/tickets/${b.id}`)).body.parentTicketId).toBe(a.id);
    expect(
      (await rest('POST', `/service/tickets/${a.id}/merge`, { mergeTicketIds: [b.id], status: { id: 7 } })).body
        .success,
    ).toBe(true);
    expect((await rest('GET', `/service/tickets/${a.id}`)).body.hasMergedChildTicketFlag).toBe(true);
  });

  it('wants to know where a note is shown', async () => {
    expect((await rest('POST', '/service/tickets/3/notes', { text: 'x' })).body.errors[0].message).toBe(
      'Please choose where to display the notes in order to save this record.',
    );
  });

  it('keeps companies unique and deletes them softly', async () => {
    const company = { identifier: 'Fresh', name: 'Fresh Foods', city: 'Troy' };
    const created = await rest('POST', '/company/companies', company);
    expect(created.body).toMatchObject({ identifier: 'Fresh', site: { name: 'Main' } });
    expect((await rest('POST', '/company/companies', company)).body.errors[0]).toMatchObject({
      code: 'ObjectExists',
      message: 'Company ID already in use.',
      field: 'identifier',
    });
    expect((await rest('DELETE', `/company/companies/${created.body.id}`)).status).toBe(204);
    expect((await rest('GET', `/company/companies/${created.body.id}`)).body).toMatchObject({
      deletedFlag: true,
      deletedBy: 'apimcp',
    });
    expect((await rest('DELETE', '/service/boards/1/statuses/1')).status).toBe(409);
  });

  it('locks time with its sheet and opens it again', async () => {
    const entry = {
      chargeToType: 'ChargeCode',
      chargeToId: 1,
      member: { identifier: 'jdoe' },
      timeStart: '2026-11-24T12:00:00Z',
      timeEnd: '2026-11-24T13:00:00Z',
    };
    const created = (await rest('POST', '/time/entries', entry)).body;
    expect(created).toMatchObject({
      actualHours: 1,
      billableOption: 'DoNotBill',
      timeSheet: { name: '2026-11-23 to 2026-11-29' },
      status: 'Open',
    });
    const sheet = created.timeSheet.id;
    expect((await rest('GET', `/time/sheets/${sheet}`)).body).toMatchObject({ hours: 1, status: 'Open' });
    await rest('POST', `/time/sheets/${sheet}/submit`);
    expect((await rest('DELETE', `/time/entries/${created.id}`)).status).toBe(400);
    expect(
      (
        await rest('POST', '/time/entries', {
          ...entry,
          timeStart: '2026-11-24T14:00:00Z',
          timeEnd: '2026-11-24T15:00:00Z',
        })
      ).status,
    ).toBe(400);
    await rest('POST', `/time/sheets/${sheet}/reverse`);
    expect((await rest('DELETE', `/time/entries/${created.id}`)).status).toBe(204);
    expect((await rest('POST', '/time/entries', { ...entry, member: undefined })).body.errors[0].message).toContain(
      'API member',
    );
  });
});

describe('the data', () => {
  it('is as much as promised', async () => {
    const counts = await Promise.all(
      [
        '/company/companies',
        '/company/contacts',
        '/company/configurations',
        '/service/boards',
        '/system/members',
        '/service/tickets',
        '/time/entries',
      ].map(async (path) => (await rest('GET', `${path}/count`)).body.count),
    );
    const least = [25, 80, 200, 5, 12, 600, 3000];
    counts.forEach((count, index) => {
      expect(count).toBeGreaterThanOrEqual(least[index] ?? 0);
    });
  });

  it('is the same for the same seed and moment, and other for another', async () => {
    const read = async (seed: number): Promise<string> => {
      const other = await startSandbox({ now: NOW, seed, tickets: 50 });
      const body = (await restOf(other)('GET', '/service/tickets?pageSize=50')).body;
      await other.close();
      return JSON.stringify(body).replaceAll(other.url, '');
    };
    const [first, again, different] = [await read(1), await read(1), await read(2)];
    expect(again).toBe(first);
    expect(different).not.toBe(first);
  });
});
