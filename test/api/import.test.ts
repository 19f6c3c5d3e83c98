import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { importDocument, parseDocument } from '../../src/api/import/import-document.ts';
import { DocumentError } from '../../src/api/import/read-text.ts';
import { loadApi } from '../../src/api/load.ts';
import { openApiOf } from '../support/openapi.ts';
import { startSession } from '../support/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'manage-catalog-'));
afterAll(() => rmSync(folder, { recursive: true }));

const api = loadApi().at('2022.1');
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const made = (name: string, content: unknown) => {
  const out = join(folder, `${name}.catalog.json`);
  const lines = importDocument(file(name, content), { out: out, shipped: api });
  return { lines: lines.join('\n'), api: loadApi(out), out };
};

/** A field whatever the order in which its facts were found. */
const canonical = (fields: Iterable<readonly [string, { readonly until?: string }]>): string =>
  JSON.stringify([...fields].map(([name, { until: _, ...field }]) => [name, Object.entries(field).sort()]));

describe('catalog import', () => {
  it('gives back the catalog that a document was made of', () => {
    const { api: again, lines } = made('same.json', openApiOf(api, { version: '2022.1' }));
    expect(again.version).toBe('2022.1');
    expect(again.operations).toHaveLength(2814);
    // A document of one version says nothing of others.
    const different = api.operations.filter(
      ({ until: _, ...operation }) => JSON.stringify(again.find(operation.id)) !== JSON.stringify(operation),
    );
    expect(different.map(({ id }) => id)).toEqual([]);
    const fields = [...api.schemas.values()].filter(
      ({ name, fields: own }) => canonical(own) !== canonical(again.schema(name)?.fields ?? []),
    );
    expect(fields.map(({ name }) => name)).toEqual([]);
    expect(lines).toContain('2814 operations: company 475');
    expect(lines).not.toContain('New beside');
  });

  it('reads a newer, complete document of eight megabytes, and says what is new in it', () => {
    const document = openApiOf(api, { version: 'v2026.4', words: 'What this does, in many words. '.repeat(90) });
    document.paths['/service/tickets/{id}/copy'] = {
      post: {
        operationId: 'postServiceTicketsByIdCopy',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', format: 'int32' } }],
        responses: {
          201: {
            description: 'ok',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Ticket' } } },
          },
        },
      },
    };
    delete document.paths['/company/companyFinance/{id}'];
    const ticket = document.components.schemas.Ticket;
    if (ticket === undefined) throw new Error('no ticket');
    ticket.properties.resolutionGoalUTC = { type: 'string', format: 'date-time', nullable: true };
    ticket.properties.summary = { type: 'string', description: 'Max length: 200;' };
    ticket.properties.newKind = { type: ['string', 'null'], enum: ['One', 'Two', null] };
    const text = JSON.stringify(document);
    expect(text.length).toBeGreaterThan(8_000_000);
    const { api: newer, lines } = made('newer.json', text);
    expect(newer.version).toBe('2026.4');
    expect(newer.find('POST /service/tickets/{id}/copy')?.response).toMatchObject({ status: 201, schema: 'Ticket' });
    expect(newer.schema('Ticket')?.fields.get('summary')?.maxLength).toBe(200);
    expect(newer.schema('Ticket')?.fields.get('resolutionGoalUTC')?.type).toBe('datetime');
    expect(newer.schema('Ticket')?.fields.get('newKind')).toMatchObject({ enum: ['One', 'Two'], nullable: true });
    expect(lines).toContain('POST /service/tickets/{id}/copy');
    expect(lines).toMatch(/Not in this document.*\n {2}PUT \/company\/companyFinance\/\{id\}/);
    expect(lines).toContain('Ticket.resolutionGoalUTC');
  });

  it('reads a part: the GETs of one module', () => {
    const only = ({ method, module }: { method: string; module: string }) => method === 'GET' && module === 'time';
    const { api: part } = made('part.json', openApiOf(api, { version: '2025.1', only }));
    expect(part.operations).toHaveLength(66);
    expect(part.version).toBe('2025.1');
  });

  it('reads YAML as it reads JSON', () => {
    const only = ({ method, module }: { method: string; module: string }) => method === 'GET' && module === 'time';
    const document = openApiOf(api, { version: '2025.1', only });
    // Only the schemas that the paths name: writing and reading all of them as YAML would take seconds.
    const named = new Set(
      Array.from(JSON.stringify(document.paths).matchAll(/schemas\/([\w.]+)/g), ([, name]) => name),
    );
    const schemas = Object.entries(document.components.schemas).filter(([name]) => named.has(name));
    expect(schemas.length).toBeGreaterThan(10);
    document.components.schemas = Object.fromEntries(schemas);
    const { api: json } = made('time.json', document);
    const { api: yaml } = made('time.yaml', stringify(document));
    expect(yaml.operations).toEqual(json.operations);
    expect([...yaml.schemas.keys()]).toEqual([...json.schemas.keys()]);
  });

  it('lays a part over what is built in, so that nothing is lost', () => {
    const whole = loadApi();
    const document = openApiOf(whole.at('2025.1'), { version: '2025.8', only: ({ method }) => method === 'GET' });
    const text = JSON.stringify(document).replaceAll('Company.Configuration', 'CompanyConfiguration');
    const part = JSON.parse(text);
    part.paths['/service/tickets/{id}/weather'] = { get: { responses: { 200: { description: 'ok' } } } };
    part.components.schemas.Ticket.properties.mood = { type: 'string' };
    part.components.schemas.Ticket.properties.summary = { type: 'string', maxLength: 200 };
    const out = join(folder, 'merged.json');
    const lines = importDocument(file('part-2025.8.json', part), { out, shipped: whole, merge: true }).join('\n');
    const merged = loadApi(out);
    expect(lines).toContain('Merged: 3061 operations of the versions 2022.1, 2025.1, 2025.8, 2026.4');
    expect(merged.versions).toEqual(['2022.1', '2025.1', '2025.8', '2026.4']);
    for (const version of whole.versions) {
      const before = whole.at(version);
      const after = merged.at(version);
      const isLater = version === '2026.4' ? 1 : 0;
      expect(after.operations.length).toBe(before.operations.length + isLater);
      expect(after.schemas.size).toBe(before.schemas.size);
      expect(after.find('POST /service/tickets')).toEqual(before.find('POST /service/tickets'));
    }
    expect(merged.find('GET /service/tickets/{id}/weather')?.since).toBe('2025.8');
    const ticket = (version: string) => merged.at(version).schema('Ticket')?.fields;
    expect(['2025.1', '2025.8', '2026.4'].map((version) => ticket(version)?.has('mood'))).toEqual([false, true, true]);
    expect(['2025.1', '2025.8'].map((version) => ticket(version)?.get('summary')?.maxLength)).toEqual([100, 200]);
    expect(ticket('2025.8')?.has('respondByGoalUTC')).toBe(false);
    expect(merged.schema('Company.Configuration')?.fields.size).toBe(
      whole.schema('Company.Configuration')?.fields.size,
    );
  });

  it('repairs faults in documents, and reports each one', () => {
    const document = openApiOf(api, { version: '2025.1', only: ({ module }) => module === 'time' });
    const get = { responses: { 200: { description: 'ok' } } };
    document.paths['/v4_6_release/apis/3.0/time/extra'] = { get };
    document.paths['/system/members/{memberIdentifier:regex(^(types. |('] = { get };
    document.paths['/system/workflows/events{grandparentId}/actions/{parentId}'] = { get };
    document.paths['/time/entries/'] = { get };
    document.paths['/weather/today'] = { get };
    const { api: mended, lines } = made('mended.json', document);
    expect(mended.find('GET /time/extra')).toBeDefined();
    expect(mended.find('GET /system/members/{memberIdentifier}')?.pathParameters).toMatchObject([{ type: 'string' }]);
    expect(mended.find('GET /system/workflows/events/{grandparentId}/actions/{parentId}')).toBeDefined();
    expect(lines).toMatch(/Mended/);
    expect(lines).toContain('GET /time/entries/ occurs twice');
    expect(lines).toContain('1 paths under /weather: not a module of Manage');
  });

  it('takes a part under the name of today, with paths that nobody knows yet, and says what it leaves out', () => {
    const answer = {
      responses: { '200': { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } },
    };
    const paths = {
      '/service/tickets': { get: answer },
      '/service/robots': { get: answer },
      '/service/robots/{id}': { get: answer },
      '/service/androids': { get: answer },
      '/service/cut/{id': { get: answer },
    };
    const part = { openapi: '3.0.1', info: { title: 'ConnectWise PSA', version: '2026.4' }, paths };
    const lines = importDocument(file('part.json', part), { out: join(folder, 'part-out.json'), shipped: api }).join(
      '\n',
    );
    expect(lines).toContain('4 operations: service 4');
    expect(lines).toContain('/service/cut/{id: a path whose braces do not match');
  });

  it.each([
    ['nothing', '', /empty/],
    ['a web page', '<!doctype html><html></html>', /web page/],
    ['YAML of something else', 'openapi: 3.0.1\ninfo:\n  title: x', /"x", not of ConnectWise Manage/],
    ['cut YAML', 'openapi: "3.0.1"\npaths:\n  /a: {get: [', /YAML that cannot be read: it goes wrong in line/],
    ['YAML without end', 'openapi: &a [*a, *a]\npaths: &b [*a, *b]', /YAML|OpenAPI/],
    ['a cut file', '{"openapi": "3.0.1", "paths": {"/a": ', /cut off/],
    ['Swagger 2', { swagger: '2.0', paths: {} }, /Swagger 2\.0.*Convert/],
    ['plain JSON', { hello: 'world' }, /not an OpenAPI 3 document/],
    ['a list', [1, 2], /no JSON object/],
    [
      'a pet store',
      { openapi: '3.0.0', info: { title: 'Pet Store' }, paths: { '/pets': {}, '/pets/{id}': {} } },
      /"Pet Store", not of ConnectWise Manage/,
    ],
    [
      'another product of ConnectWise',
      {
        openapi: '3.0.0',
        info: { title: 'ConnectWise Automate' },
        paths: { '/company/agents': {}, '/service/scripts': {} },
      },
      /"ConnectWise Automate", not of ConnectWise Manage/,
    ],
    ['a catalog', { version: '2022.1', enums: [], schemas: {}, paths: {} }, /already a description/],
  ])('refuses %s and writes nothing', (name, content, message) => {
    const out = join(folder, 'never.json');
    expect(() => importDocument(file(`bad ${name}`, content), { out: out, shipped: api })).toThrow(message);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder).filter((entry) => entry.endsWith('.part'))).toEqual([]);
  });

  it('fails with a readable message, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          importDocument(file('fuzz.json', text), { out: join(folder, 'fuzz.out'), shipped: api });
        } catch (error) {
          expect(error).toBeInstanceOf(DocumentError);
        }
      }),
      { numRuns: 200 },
    );
    expect(() => parseDocument('{"a":')).toThrow(DocumentError);
  });
});

describe('CWM_CATALOG', () => {
  it('serves another version: its operations are found, described, checked and called', async () => {
    const document = openApiOf(api, { version: '2026.4' });
    const list = { type: 'array', items: { $ref: '#/components/schemas/TicketGoal' } };
    document.components.schemas.TicketGoal = {
      type: 'object',
      properties: { id: { type: 'integer' }, name: { type: 'string', description: 'Max length: 50;' } },
      required: ['name'],
    };
    document.paths['/service/ticketGoals'] = {
      get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema: list } } } } },
      post: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/TicketGoal' } } } },
        responses: {
          201: {
            description: 'ok',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/TicketGoal' } } },
          },
        },
      },
    };
    const { out } = made('served.json', document);
    const session = await startSession({ environment: { CWM_CATALOG: out }, sandbox: { descriptionFile: out } });
    const found = await session.call('search_operations', { query: 'create ticket goal' });
    expect(found.text).toContain('POST /service/ticketGoals');
    const tooLong = await session.call('call_write_operation', {
      operation: 'POST /service/ticketGoals',
      body: { name: 'x'.repeat(51) },
    });
    expect(tooLong.text).toMatch(/50/);
    const created = await session.call('call_write_operation', {
      operation: 'POST /service/ticketGoals',
      body: { name: 'Answer within an hour' },
    });
    expect(created.isError, created.text).toBe(false);
    const read = await session.call('call_read_operation', { operation: 'GET /service/ticketGoals' });
    expect(read.text).toContain('Answer within an hour');
    await session.close();
  });

  it('is refused at startup when it is not valid', () => {
    const program = resolve('dist/main.js');
    const run = spawnSync(process.execPath, [program, '--sandbox'], {
      env: { ...process.env, CWM_CATALOG: file('none.json', '{"openapi":"3.0.1"}') },
      input: '',
      encoding: 'utf8',
    });
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(
      /is not a description of the API\. Make one from an OpenAPI document with: npx -y cwm-mcp catalog import/,
    );
  });

  it('is made on the command line', () => {
    const program = resolve('dist/main.js');
    const from = file('cli.json', openApiOf(api, { version: '2025.1', only: ({ module }) => module === 'time' }));
    const out = join(folder, 'cli.catalog.json');
    const run = spawnSync(process.execPath, [program, 'catalog', 'import', from, '--out', out], { encoding: 'utf8' });
    expect(run.stdout).toMatch(/Version 2025\.1[\s\S]*119 operations[\s\S]*Written to/);
    expect(run.stdout).toMatch(
      /Tools that lose a part or all of what they do, because it lacks operations \(\d+\):\n {2}whoami: GET \/system\/info, /,
    );
    expect(JSON.parse(readFileSync(out, 'utf8')).version).toBe('2025.1');
    const bad = spawnSync(process.execPath, [program, 'catalog', 'import', join(folder, 'absent.json')], {
      encoding: 'utf8',
    });
    expect(bad.status).toBe(1);
    expect(bad.stderr).toMatch(/absent\.json cannot be read/);
  });
});
