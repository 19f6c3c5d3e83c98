import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { type RawAnswer, raw } from '../../support/raw.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW } from '../../support/session.ts';

// What public clients put on the wire, one by one. None of them asks for more than host and keys.

let sandbox: Sandbox;
const API = '/v4_6_release/apis/3.0';
const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`;
const KEYS = basic('northwind+sandboxPublic:sandboxPrivate');

function send(method: string, target: string, headers: Record<string, string> = {}, body?: string): Promise<RawAnswer> {
  return raw(sandbox.url, method, target, { headers, body });
}

/** Follows the first address of `Link` as long as there is one, as the PowerShell module does. */
async function followLinks(target: string, headers: Record<string, string>): Promise<{ pages: number; ids: number[] }> {
  const ids: number[] = [];
  for (let next = target, pages = 1; ; pages += 1) {
    const { headers: answered, json } = await send('GET', next, headers);
    // Without the header that module says that the endpoint has no forward-only paging.
    expect(answered.link).toBeDefined();
    ids.push(...json.map(({ id }: { id: number }) => id));
    const link = String(answered.link);
    if (link === '') return { pages, ids };
    next = (link.split(';')[0] ?? '').replace(/^</, '').replace(/>$/, '').replace(sandbox.url, '');
  }
}

beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW });
});
afterAll(() => sandbox.close());

describe('the PowerShell module', () => {
  const clientid = '00000000-0000-4000-8000-000000000000';
  const headers = { ClientID: clientid, 'Cache-Control': 'no-cache', Authorization: KEYS };

  it('reads all pages forward only, 999 at a time, by the links', async () => {
    const all = await followLinks(`${API}/time/entries?pageSize=999`, {
      ...headers,
      'pagination-type': 'forward-only',
    });
    expect(all.pages).toBeGreaterThan(2);
    expect(new Set(all.ids).size).toBe(all.ids.length);
    const { json } = await send('GET', `${API}/time/entries/count`, headers);
    expect(all.ids).toHaveLength(json.count);
    const filtered = await followLinks(
      `${API}/service/tickets?conditions=closedFlag+%3d+false+AND+summary+like+%22%25on%25%22&pageSize=3`,
      { ...headers, 'pagination-type': 'forward-only' },
    );
    expect(filtered.ids.length).toBeGreaterThan(3);
  });

  it('searches by POST with paging in the address', async () => {
    const body = JSON.stringify({ conditions: 'board/name="Help Desk"', orderBy: 'id desc', childconditions: '' });
    const { status, json } = await send(
      'POST',
      `${API}/service/tickets/search?pageSize=5&page=2`,
      { ...headers, 'Content-Type': 'application/json' },
      body,
    );
    expect(status).toBe(200);
    expect(json).toHaveLength(5);
  });

  it('patches with one operation whose path has no slash', async () => {
    const body = JSON.stringify([{ op: 'replace', path: 'summary', value: 'From PowerShell' }]);
    const { status, json } = await send(
      'PATCH',
      `${API}/service/tickets/10`,
      { ...headers, 'Content-Type': 'application/json' },
      body,
    );
    expect([status, json.summary]).toEqual([200, 'From PowerShell']);
  });

  it('signs in on the web for cookies, and sends them back in its own spelling', async () => {
    const form = new URLSearchParams({ CompanyName: 'northwind', UserName: 'achen', Password: 'sandboxMember' });
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    for (const path of [
      '/v4_6_release/login/login.aspx',
      '/v4_6_release//login/login.aspx',
      '/v2019_4/login/login.aspx',
    ]) {
      const { status, json } = await send('POST', `${path}?response=json`, type, String(form));
      expect([status, json.Success]).toEqual([200, true]);
      const cookie = `companyName=northwind; memberHash=${json.Hash}; MemberID=achen; MemberContext=web`;
      const note = JSON.stringify({ text: 'By cookie', internalAnalysisFlag: true });
      const made = await send(
        'POST',
        `${API}/service/tickets/11/notes`,
        { Cookie: cookie, ClientID: clientid, 'Content-Type': 'application/json' },
        note,
      );
      expect([made.status, made.json.createdBy]).toEqual([201, 'achen']);
      const forged = cookie.replace('achen', 'mobrien');
      expect((await send('GET', `${API}/system/info`, { Cookie: forged, ClientID: clientid })).status).toBe(401);
    }
    const multipart =
      '--b1\r\nContent-Disposition: form-data; name="username"\r\n\r\njdoe\r\n--b1\r\nContent-Disposition: form-data; name="password"\r\nContent-Length: 13\r\n\r\nsandboxMember\r\n--b1\r\nContent-Disposition: form-data; name="companyname"\r\n\r\nnorthwind\r\n--b1--\r\n';
    const mobile = await send(
      'POST',
      '/v2019_4/login/login.aspx?response=json',
      { 'Content-Type': 'multipart/form-data; boundary=b1' },
      multipart,
    );
    expect(mobile.json).toMatchObject({ Success: true, MemberID: 'jdoe' });
    const wrong = await send(
      'POST',
      '/v4_6_release/login/login.aspx?response=json',
      type,
      'CompanyName=northwind&UserName=achen&Password=no',
    );
    expect([wrong.json.Success, wrong.headers['set-cookie']]).toEqual([false, undefined]);
  });

  it('asks for a token with a form that says it is JSON', async () => {
    const { status, json } = await send(
      'POST',
      `${API}/system/members/jdoe/tokens`,
      {
        Authorization: basic('northwind+sandboxIntegrator:sandboxPassword'),
        ClientID: clientid,
        'x-CW-usertype': 'integrator',
        'Content-Type': 'application/json',
      },
      'memberIdentifier=jdoe',
    );
    expect(status).toBe(200);
    expect(json).toEqual({
      publicKey: expect.any(String),
      privateKey: expect.any(String),
      expiration: '2026-11-25T01:20:00Z',
    });
  });
});

describe('Python clients', () => {
  const headers = {
    'Content-Type': 'application/json',
    clientId: '00000000-0000-4000-8000-000000000000',
    Authorization: KEYS,
    'User-Agent': 'python-requests/2.32',
    'Accept-Encoding': 'gzip, deflate',
    Accept: '*/*',
  };

  it('ask where the API is, then read with a content type on a GET', async () => {
    const { json } = await send('GET', '/login/companyinfo/northwind', headers);
    const root = `/${json.Codebase.replace(/\/$/, '')}/apis/3.0`;
    const page = await send('GET', `${root}/company/companies?pageSize=1000&page=1`, headers);
    expect(page.json.length).toBeGreaterThan(20);
    expect(page.headers.link).toBe('');
    expect((await send('GET', `${root}/company/companies?pageSize=1000&page=2`, headers)).json).toEqual([]);
  });

  it('put slashes behind collections and questions behind those', async () => {
    const versioned = { ...headers, Accept: 'application/vnd.connectwise.com+json; version=2022.1' };
    const members = await send('GET', `${API}/system/members/?pageSize=1000&page=1&`, versioned);
    expect(members.json.map(({ identifier }: { identifier: string }) => identifier)).toContain('jdoe');
    expect((await send('GET', `${API}/system/info/?`, versioned)).json.version).toMatch(/^v/);
    expect((await send('GET', `${API}/system/members/jdoe?`, versioned)).json.identifier).toBe('jdoe');
    const callback = JSON.stringify({
      url: 'http://127.0.0.1:9/hook?id=',
      objectId: 1,
      type: 'ticket',
      level: 'owner',
      inactiveFlag: false,
    });
    const made = await send('POST', `${API}/system/callbacks/`, versioned, callback);
    expect(made.status).toBe(201);
    expect((await send('DELETE', `${API}/system/callbacks/${made.json.id}`, versioned)).status).toBe(204);
  });

  it('join conditions with "and" in parentheses, spaces as plus signs', async () => {
    const conditions =
      '(closedFlag=False+and+lastUpdated%3E[2026-11-01T00:00:00+00:00]+and+board/id+in+(1,2,3))'.replace(
        '+00:00',
        '%2B00:00',
      );
    const { status, json } = await send(
      'GET',
      `${API}/service/tickets?pageSize=50&page=1&conditions=${conditions}`,
      headers,
    );
    expect(status).toBe(200);
    expect(json.length).toBeGreaterThan(5);
    for (const { closedFlag } of json) expect(closedFlag).toBe(false);
    const statuses = json
      .slice(0, 3)
      .map(({ status: { id } }: { status: { id: number } }) => id)
      .join(',');
    const narrowed = await send(
      'GET',
      `${API}/service/tickets/count?conditions=(closedFlag=False+and+status/id+in+(${statuses}))`,
      headers,
    );
    expect(narrowed.json.count).toBeGreaterThan(2);
  });

  it('send nulls for what they do not set', async () => {
    const entry = {
      chargeToId: 12,
      chargeToType: 'ServiceTicket',
      timeStart: '2026-11-24T14:00:00Z',
      timeEnd: '2026-11-24T14:30:00Z',
      addToDetailDescriptionFlag: null,
      addToInternalAnalysisFlag: true,
      addToResolutionFlag: null,
      emailResourceFlag: null,
      emailContactFlag: null,
      emailCcFlag: null,
      member: { id: 1, identifier: 'jdoe', name: 'Jordan Doe' },
      workType: { name: 'Regular' },
      workRole: { name: 'Technician' },
      notes: 'Nulls and all',
    };
    const open = (await send('GET', `${API}/service/tickets?conditions=closedFlag=false&pageSize=1&fields=id`, headers))
      .json[0].id;
    const { status, json } = await send(
      'POST',
      `${API}/time/entries`,
      headers,
      JSON.stringify({ ...entry, chargeToId: open }),
    );
    expect([status, json.actualHours, json.addToResolutionFlag ?? false]).toEqual([201, 0.5, false]);
    const schedule = {
      objectId: open,
      member: { identifier: 'jdoe' },
      type: { identifier: 'S' },
      allowScheduleConflictsFlag: true,
    };
    const assigned = await send('POST', `${API}/schedule/entries`, headers, JSON.stringify(schedule));
    expect(assigned.status).toBe(201);
    const done = JSON.stringify([{ op: 'replace', path: 'doneFlag', value: true }]);
    expect((await send('PATCH', `${API}/schedule/entries/${assigned.json.id}`, headers, done)).json.doneFlag).toBe(
      true,
    );
    expect((await send('DELETE', `${API}/schedule/entries/${assigned.json.id}`, headers)).status).toBe(204);
  });
});

describe('clients in Go, C#, PHP and JavaScript', () => {
  const headers = { clientId: '00000000-0000-4000-8000-000000000000', Authorization: KEYS };

  it('find the next page by its relation, among others', async () => {
    const json = { ...headers, Accept: 'application/json', 'Content-Type': 'application/json' };
    let target = `${API}/company/contacts?conditions=company%2Fid+%3E+0&orderBy=id+asc&pageSize=30`;
    let rows = 0;
    for (;;) {
      const answer = await send('GET', target, json);
      rows += answer.json.length;
      const next = /<([^>]*)>; rel="next"/.exec(String(answer.headers.link ?? ''))?.[1];
      if (next === undefined) break;
      target = next.replace(sandbox.url, '');
    }
    expect(rows).toBe((await send('GET', `${API}/company/contacts/count`, json)).json.count);
  });

  it('join the codebase with a slash too many, and ask for company info in other letters', async () => {
    const { json } = await send('GET', '/login/companyInfo/Northwind', { Accept: 'application/json' });
    expect(json.SiteUrl).toBe(sandbox.url.replace('http://', ''));
    const more = {
      ...headers,
      Cookie: 'cw-app-id=abc',
      Accept: 'application/vnd.connectwise.com+json; version=2021.1, application/json',
    };
    expect((await send('GET', `/${json.Codebase}/apis/3.0/service/boards`, more)).status).toBe(200);
    expect((await send('GET', '/v2026_4/apis/3.0/Service/Boards/1/Statuses?PAGESIZE=2', more)).json).toHaveLength(2);
    expect((await send('GET', `${API}//service/tickets/1`, more)).json.id).toBe(1);
  });

  it('say who they come from', async () => {
    const member = {
      ...headers,
      'x-cw-usertype': 'member',
      Accept: 'application/vnd.connectwise.com+json; version=2019.5',
    };
    expect((await send('GET', `${API}/service/boards?pageSize=1`, member)).status).toBe(200);
  });

  it('change items of a list by their place, and filter inside of it', async () => {
    const contact = await send(
      'POST',
      `${API}/company/contacts`,
      { ...headers, 'Content-Type': 'application/json' },
      JSON.stringify({
        firstName: 'Amy',
        lastName: 'Shape',
        company: { id: 2 },
        typeIds: [1, 2],
        communicationItems: [
          { type: { id: 1 }, value: 'amy@shape.example', communicationType: 'Email', defaultFlag: true },
        ],
      }),
    );
    expect(contact.status).toBe(201);
    const patch = JSON.stringify([
      { op: 'replace', path: '/communicationItems/0/value', value: 'amy.s@shape.example' },
    ]);
    const changed = await send(
      'PATCH',
      `${API}/company/contacts/${contact.json.id}`,
      { ...headers, 'Content-Type': 'application/json' },
      patch,
    );
    expect(changed.json.communicationItems[0].value).toBe('amy.s@shape.example');
    const child = encodeURIComponent(
      'communicationItems/value like "amy.s@%" AND communicationItems/communicationType="Email"',
    );
    const found = await send('GET', `${API}/company/contacts?childconditions=${child}&pagesize=5`, headers);
    expect(found.json.map(({ id }: { id: number }) => id)).toEqual([contact.json.id]);
  });

  it('ask for the first version, as clients did before there were models by year', async () => {
    const accept = { ...headers, Accept: 'application/vnd.connectwise.com+json; version=3.0.0' };
    const { status, json } = await send(
      'GET',
      `${API}/service/tickets?conditions=closedFlag+%3d+False&pagesize=2`,
      accept,
    );
    expect([status, json.length]).toEqual([200, 2]);
  });

  it('get links that can be opened as they are', async () => {
    const { json } = await send('GET', `${API}/service/tickets/1`, headers);
    const links = JSON.stringify(json).match(/"\w+_href":"[^"]+"/g) ?? [];
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      const address = link.replace(/^.*?":"/, '').replace(/"$/, '');
      expect(address.startsWith(`${sandbox.url}${API}/`)).toBe(true);
      const answer = await send('GET', address.replace(sandbox.url, ''), headers);
      expect([address, answer.status]).toEqual([address, 200]);
    }
  });
});
