import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { readConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import { leadsTo } from '../../src/manage/callback-hosts.ts';
import { instructions } from '../../src/server/instructions.ts';
import { createServices } from '../../src/server/services.ts';
import { type Session, startHttpSession, startSession } from '../support/session.ts';

const KEYS = {
  CWM_SITE: 'http://127.0.0.1:9',
  CWM_COMPANY_ID: 'acme',
  CWM_PUBLIC_KEY: 'public',
  CWM_PRIVATE_KEY: 'private',
  CWM_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
};

const services = (environment: Readonly<Record<string, string>>) =>
  createServices(readConfig({ ...KEYS, ...environment }), createLogger('silent'));
const names = (environment: Readonly<Record<string, string>>): string[] =>
  services(environment).tools.map(({ name }) => name);

describe('settings that limit', () => {
  it.each([
    [{ CWM_READ_ONLY: '' }, /CWM_READ_ONLY is empty/],
    [{ CWM_READ_ONLY: ' ' }, /CWM_READ_ONLY is empty/],
    [{ CWM_READ_ONLY: 'on' }, /CWM_READ_ONLY has to be true or false/],
    [{ CWM_LOCKDOWN: 'maybe' }, /CWM_LOCKDOWN has to be true or false/],
    [{ CWM_WRITE: 'false' }, /CWM_WRITE has to be on or off/],
    [{ CWM_CONFIRM: 'delete' }, /CWM_CONFIRM cannot have "delete"/],
    [{ CWM_ALLOW: ',' }, /CWM_ALLOW is empty/],
    [{ CWM_DENY: '' }, /CWM_DENY is empty/],
    [{ CWM_COMPANIES: '""' }, /CWM_COMPANIES is empty/],
    [{ CWM_CALLBACK_HOSTS: 'https://hooks.example.com/x' }, /CWM_CALLBACK_HOSTS has to list hosts/],
    [{ CWM_CALLBACK_HOSTS: '*' }, /CWM_CALLBACK_HOSTS has to list hosts/],
  ])('are refused where they cannot mean anything: %j', (environment, problem) => {
    expect(() => readConfig({ ...KEYS, ...environment })).toThrow(problem);
  });

  it('take values with commas in quotes', () => {
    expect(readConfig({ ...KEYS, CWM_COMPANIES: '"Smith, Jones & Co", Acme,12' }).limits.companies).toEqual([
      'Smith, Jones & Co',
      'Acme',
      '12',
    ]);
  });

  it.each([
    ['get_tickets', /CWM_ALLOW: "get_tickets" selects nothing\. Closest: .*get_ticket/],
    ['time/sheat*', /selects nothing/],
    ['POST /service/ticket', /Closest: .*POST \/service\/tickets/],
  ])('that select nothing are an error at the start: %s', (entry, problem) => {
    expect(() => services({ CWM_ALLOW: entry })).toThrow(problem);
    expect(() => services({ CWM_DENY: `whoami,${entry}` })).toThrow(/CWM_DENY/);
  });
});

describe('the tools that limits leave', () => {
  it('are those named, with toolsets narrowed and single ones listed', () => {
    expect(names({ CWM_ALLOW: 'whoami,get_board' })).toEqual(['whoami', 'get_board']);
    const time = names({ CWM_ALLOW: 'time' });
    expect(time).toContain('log_time');
    expect(time).not.toContain('call_read_operation');
    expect(time).not.toContain('get_ticket');
  });

  it('are those that use allowed operations only, and the whole-API tools for them', () => {
    const reading = names({ CWM_ALLOW: 'GET *' });
    expect(reading).toContain('call_read_operation');
    expect(reading).toContain('get_ticket');
    expect(reading).not.toContain('call_write_operation');
    expect(reading).not.toContain('log_time');
  });

  it('reach no operation that carries requests to others, where anything is denied', () => {
    const bundles = ({ allowed, api }: ReturnType<typeof services>) =>
      api.operations.filter(({ path }) => path.startsWith('/system/bundles')).map((one) => allowed.request(one));
    expect(bundles(services({}))).toEqual([true, true]);
    expect(bundles(services({ CWM_DENY: 'GET /company/contacts*' }))).toEqual([false, false]);
    expect(bundles(services({ CWM_ALLOW: '*' }))).toEqual([false, false]);
    expect(bundles(services({ CWM_LOCKDOWN: 'true' }))).toEqual([false, false]);
  });

  it('are not those denied, nor those that could do nothing', () => {
    const left = names({ CWM_DENY: 'time,POST /service/tickets,call_write_operation' });
    expect(left).not.toContain('log_time');
    expect(left).not.toContain('create_ticket');
    expect(left).not.toContain('call_write_operation');
    expect(left).toContain('update_ticket');
  });

  it('are none of a module whose toolset is denied, however they are called', () => {
    const environment = { CWM_DENY: 'time', CWM_OPERATIONS: 'GET /time/entries,GET /service/boards' };
    const { allowed, api } = services(environment);
    const can = (name: string) => {
      const one = api.operations.find(({ method, path }) => `${method} ${path}` === name);
      return one && [allowed.operation(one), allowed.request(one)];
    };
    // Other tools still read what they need: a ticket shows its time.
    expect(can('GET /time/entries')).toEqual([false, true]);
    expect(can('DELETE /time/entries/{id}')).toEqual([false, true]);
    expect(can('GET /service/tickets')).toEqual([true, true]);
    const own = (list: readonly string[]) =>
      list.filter((name) => /^get_?(time_?entries|service_?boards)$/i.test(name));
    expect(own(names({ CWM_OPERATIONS: environment.CWM_OPERATIONS }))).toHaveLength(2);
    expect(own(names(environment))).toHaveLength(1);
  });

  it.each([
    ['search_campaigns', 'GET /marketing/*'],
    ['search_catalog', 'GET /procurement/*,GET /company/companies'],
    ['get_campaign', 'GET /marketing/*,GET /sales/*,GET /company/contacts'],
  ])('have %s without the read that only names its currency', async (tool, allow) => {
    const environment = { CWM_TOOLSETS: 'all', CWM_ALLOW: allow };
    expect(names(environment)).toContain(tool);
    expect(names({ ...environment, CWM_ALLOW: `${allow},GET /finance/billingSetups` })).toContain(tool);
  });

  it('may not be none', () => {
    expect(() => names({ CWM_TOOLSETS: 'marketing', CWM_ALLOW: 'time' })).toThrow(/leave no tool/);
  });
});

describe('a denied module', () => {
  it('is called by nobody by name, and nothing is undone there', async () => {
    const session = await startSession({ toolsets: 'all', environment: { CWM_DENY: 'time' } });
    try {
      const denied = /operator's limits \(CWM_ALLOW, CWM_DENY, CWM_LOCKDOWN\) do not allow/;
      expect(await session.refused('call_read_operation', { operation: 'GET /time/entries' })).toMatch(denied);
      const erase = { operation: 'DELETE /time/entries/340', confirm: true };
      expect(await session.refused('call_write_operation', erase)).toMatch(denied);
      expect((await session.ok('get_ticket', { ticketId: 567 })).text).toContain('567');
    } finally {
      await session.close();
    }
  });
});

describe('allowed operations', () => {
  let session: Session;

  beforeAll(async () => {
    session = await startHttpSession({
      toolsets: 'all',
      environment: {
        CWM_ALLOW: 'GET /service/tickets*,GET /service/boards*,get_company,PATCH /service/tickets/{id}',
        CWM_DENY: 'GET /company/contacts*,GET /service/boards/{id}',
      },
    });
  });
  afterAll(() => session.close());

  it.each([
    ['call_read_operation', { operation: 'GET /company/companies' }],
    ['call_read_operation', { operation: 'GET /company/companies/2' }],
    ['call_read_operation', { operation: 'getCompanyCompanies' }],
    ['call_read_operation', { operation: 'GET /Service/Boards/1/' }],
    ['call_read_operation', { operation: 'GET /company/contacts/61' }],
    ['call_read_operation', { operation: 'POST /service/tickets/search' }],
    ['call_write_operation', { operation: 'POST /service/tickets', body: { summary: 'x' } }],
    ['call_write_operation', { operation: 'DELETE /service/tickets/589', confirm: true }],
    ['describe_operation', { operation: 'POST /time/entries' }],
    ['call_write_operation', { operation: 'POST /system/bundles', body: { requests: [] } }],
    ['call_read_operation', { operation: 'whoami' }],
    ['call_write_operation', { operation: 'log_time', arguments: { ticketId: 589, hours: 1 } }],
  ])('refuse %s %j', async (tool, input) => {
    expect(await session.refused(tool, input)).toMatch(/limits|there is no (tool|operation)/i);
  });

  it('serve what is within, and find nothing else', async () => {
    await session.ok('call_read_operation', { operation: 'GET /service/tickets', query: { pageSize: 1 } });
    await session.ok('call_write_operation', {
      operation: 'PATCH /service/tickets/589',
      body: { summary: 'Within' },
    });
    const { structured } = await session.ok('search_operations', { query: 'create a ticket', limit: 30 });
    const found = (structured.rows as string[][]).map(([operation]) => operation);
    expect(found.length).toBeGreaterThan(0);
    for (const operation of found)
      expect(operation).toMatch(/^(GET \/service\/(tickets|boards)|PATCH \/service\/tickets\/\{id\}$)/);
  });

  it('say so where a tool, or what the server looks up for it, goes beyond them', async () => {
    expect(await session.refused('get_company', { company: 'Acme Corporation' })).toMatch(
      /operator's limits.*GET \/company\/contacts/s,
    );
  });

  it('leave amounts without a currency where only that is beyond them', async () => {
    const narrow = await session.restart({ CWM_ALLOW: 'marketing/*' });
    const wide = await session.restart({ CWM_ALLOW: 'marketing/*,GET /finance/billingSetups' });
    try {
      const asked = session.sandbox.requests.length;
      const { structured } = await narrow.ok('search_campaigns');
      const paths = session.sandbox.requests.slice(asked).map(({ path }) => path);
      expect(paths.filter((path) => /billingSetups/i.test(path))).toEqual([]);
      const dressed = await wide.ok('search_campaigns');
      expect(dressed.structured.rows).toEqual(structured.rows);
      expect(structured.columns).toContain('cost');
      expect(dressed.structured.columns).toContain('cost (USD)');
    } finally {
      await narrow.close();
      await wide.close();
    }
  });

  it('are not left by a value that makes the path of another operation', async () => {
    const named = await session.restart({ CWM_ALLOW: 'GET /system/members/{memberIdentifier}', CWM_DENY: 'whoami' });
    try {
      const read = { operation: 'GET /system/members/{memberIdentifier}' };
      const { structured } = await named.ok('call_read_operation', { ...read, path: { memberIdentifier: 'jdoe' } });
      expect(structured.result).toMatchObject({ identifier: 'jdoe' });
      for (const memberIdentifier of ['withSso', 'COUNT', 5, '5/image', '5\\image'])
        expect(await named.refused('call_read_operation', { ...read, path: { memberIdentifier } })).toMatch(/limits/);
    } finally {
      await named.close();
    }
  });

  it('govern resources, completions, prompts and views', async () => {
    const { resources } = await session.client.listResources();
    expect(resources).toEqual([]);
    for (const uri of ['cwm://tickets/1', 'cwm://reference/boards', 'ui://manage/timesheet'])
      await expect(session.client.readResource({ uri })).rejects.toThrow(/no resource/);
    expect((await session.client.listPrompts()).prompts).toEqual([]);
    const asked = session.client.complete({
      ref: { type: 'ref/prompt', name: 'prepare_customer_meeting' },
      argument: { name: 'company', value: 'A' },
    });
    await expect(asked).rejects.toThrow(/no prompt/);
  });
});

describe('CWM_WRITE=off', () => {
  it('refuses the raw writer alone', async () => {
    const session = await startHttpSession({ environment: { CWM_WRITE: 'off' } });
    try {
      const raw = { operation: 'PATCH /service/tickets/589', body: { summary: 'x' }, confirm: true };
      expect(await session.refused('call_write_operation', raw)).toMatch(/CWM_WRITE=off/);
      await session.ok('update_ticket', { ticketId: 589, summary: 'By its own tool' });
      await session.ok('call_write_operation', {
        operation: 'add_company_note',
        arguments: { company: 'Acme Corporation', text: 'By name' },
      });
    } finally {
      await session.close();
    }
    expect(names({ CWM_WRITE: 'off', CWM_TOOLSETS: 'all' })).not.toContain('call_write_operation');
  });
});

describe('CWM_READ_ONLY', () => {
  it('refuses at the wire every operation that writes, and saves no file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cwm-limits-'));
    const session = await startHttpSession({
      toolsets: 'all',
      environment: { CWM_READ_ONLY: 'yes', CWM_FILES_DIR: folder },
    });
    try {
      const [document] = await session.get('/system/documents?recordType=Ticket&recordId=589');
      const { text, isError } = await session.call('get_attachments', { attachmentId: document?.id ?? 1, save: true });
      expect({ text, isError }).toMatchObject({
        isError: true,
        text: expect.stringMatching(/read-only.*no file is saved/),
      });
      await session.call('call_read_operation', { operation: `GET /system/documents/${document?.id ?? 1}/download` });
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      await session.close();
      rmSync(folder, { recursive: true });
    }
    const { manage } = services({ CWM_READ_ONLY: '1', CWM_API_VERSION: '2026.4' });
    const writing = loadApi()
      .at('2026.4')
      .operations.filter(({ method }) => method !== 'GET');
    const reads = new Set<string>();
    for (const { method, path } of writing) {
      const failed = await manage.write(`${method} ${path}`).catch((error: Error) => error.name);
      if (failed !== 'ReadOnlyRefused') reads.add(`${method} ${path}`);
    }
    await manage.close();
    expect([...reads]).toEqual([
      'POST /procurement/catalog/{id}/pricing',
      'POST /project/tickets/search',
      'POST /service/tickets/search',
      'POST /time/entries/defaults',
    ]);
  });
});

describe('CWM_CALLBACK_HOSTS', () => {
  it.each([
    ['https://hooks.example.com/manage?recordId=', true],
    ['https://HOOKS.example.com:8443/', true],
    ['https://a.b.inside.example/x', true],
    ['https://inside.example/', false],
    ['https://hooks.example.com.evil.example/', false],
    ['https://hooks.example.com@evil.example/', false],
    ['https://evil.example/https://hooks.example.com', false],
    ['https://evil.example\\@hooks.example.com/', false],
    ['https://evil.example#@hooks.example.com/', false],
    ['//hooks.example.com/', false],
    ['javascript:hooks.example.com', false],
    ['https://hooks.example.com%2eevil.example/', false],
    ['https://hooks.ex\u0430mple.com/', false],
  ])('lead %s: %s', (address, within) => {
    expect(leadsTo(address, ['hooks.example.com', '*.inside.example'])).toBe(within);
  });

  it('hold whichever tool opens or turns a webhook', async () => {
    const session = await startHttpSession({
      toolsets: 'all',
      environment: { CWM_CALLBACK_HOSTS: 'hooks.example.com' },
    });
    try {
      const body = { type: 'ticket', level: 'owner', objectId: 1, description: 'x' };
      const foreign = await session.rest('POST', '/system/callbacks', { ...body, url: 'https://old.example/' });
      const { id } = foreign.body;
      const attempts: readonly (readonly [string, object])[] = [
        ['save_callback', { type: 'company', url: 'https://evil.example/' }],
        [
          'call_write_operation',
          { operation: 'POST /system/callbacks', body: { ...body, url: 'https://evil.example/' } },
        ],
        [
          'call_write_operation',
          { operation: `PUT /system/callbacks/${id}`, body: { ...body, url: 'http://evil.example/' } },
        ],
        [
          'call_write_operation',
          { operation: `PATCH /system/callbacks/${id}`, body: { url: 'https://evil.example/' } },
        ],
        ['call_write_operation', { operation: `PATCH /system/callbacks/${id}`, body: { inactiveFlag: false } }],
        // Who is off without saying so is on.
        [
          'call_write_operation',
          { operation: `PATCH /system/callbacks/${id}`, body: [{ op: 'remove', path: '/inactiveFlag' }] },
        ],
        [
          'call_write_operation',
          {
            operation: `PATCH /system/callbacks/${id}`,
            body: [{ op: 'replace', path: 'url/', value: 'https://evil.example/' }],
          },
        ],
        [
          'call_write_operation',
          {
            operation: `PATCH /system/callbacks/${id}`,
            body: [
              { op: 'replace', path: '/url', value: 'https://evil.example/' },
              { op: 'replace', path: 'url', value: 'https://hooks.example.com/' },
            ],
          },
        ],
      ];
      for (const [tool, input] of attempts)
        expect(await session.refused(tool, { ...input, confirm: true })).toMatch(
          /CWM_CALLBACK_HOSTS.*hooks\.example\.com/,
        );
      await session.ok('call_write_operation', {
        operation: `PATCH /system/callbacks/${id}`,
        body: { inactiveFlag: true },
        confirm: true,
      });
      await session.ok('save_callback', { type: 'company', url: 'https://hooks.example.com/', confirm: true });
    } finally {
      await session.close();
    }
  });
});

describe('the limits that hold', () => {
  const LIMITS = {
    CWM_COMPANIES: 'Acme',
    CWM_DENY: 'merge_tickets',
    CWM_CONFIRM: 'ask,many=argument',
    CWM_WRITE: 'off',
    CWM_CALLBACK_HOSTS: 'hooks.example.com',
    CWM_LOCKDOWN: 'yes',
  };

  it('are told by whoami and by the instructions, which no host cuts before them', async () => {
    const session = await startHttpSession({ environment: LIMITS });
    try {
      const { text, structured } = await session.ok('whoami');
      expect(text).toMatch(
        /limits: only records of Acme \(CWM_COMPANIES\); not merge_tickets \(CWM_DENY\); no writing operations.*webhooks to hooks\.example\.com only.*outsideText.*consent many: argument/,
      );
      expect(structured.limits).toHaveLength(6);
      const { limits, ...offer } = services({ ...LIMITS }).offer();
      expect(instructions({ ...offer, limits }).indexOf('The operator limits this server')).toBeLessThan(200);
      expect(instructions({ ...offer, limits }).length).toBeLessThanOrEqual(2_000 + 220);
      expect(instructions(offer)).not.toContain('The operator limits');
    } finally {
      await session.close();
    }
  });

  it('are errors of a call where they name what there is not', async () => {
    const session = await startHttpSession({ environment: { CWM_COMPANIES: 'Acmee', CWM_BOARDS: 'Help Desk' } });
    try {
      expect(await session.refused('search_tickets', {})).toMatch(/CWM_COMPANIES: there is no company "Acmee"/);
    } finally {
      await session.close();
    }
  });
});
