import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { importDocument } from '../../src/api/import/import-document.ts';
import { DocumentError } from '../../src/api/import/read-text.ts';
import { loadApi } from '../../src/api/load.ts';
import { openApiOf } from '../support/openapi.ts';
import { startSession } from '../support/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'manage-odd-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shipped = loadApi().at('2022.1');

type Json = Record<string, unknown>;

const listOf = (schema: string): Json => ({
  responses: {
    200: {
      description: 'ok',
      content: {
        'application/json': { schema: { type: 'array', items: { $ref: `#/components/schemas/${schema}` } } },
      },
    },
  },
});

/** A small document of Manage, to be made odd. */
function small(schemas: Json = {}, paths: Json = {}): Json {
  return {
    openapi: '3.0.1',
    info: { title: 'Manage', version: '2025.1' },
    paths: {
      '/service/tickets': { get: listOf('Ticket') },
      '/company/companies': { get: { responses: {} } },
      '/time/entries': { get: { responses: { '2XX': { description: 'ok' } } } },
      ...paths,
    },
    components: {
      schemas: { Ticket: { type: 'object', properties: { id: { type: 'integer' } } }, ...schemas },
    },
  };
}

function made(content: string | Buffer | Json) {
  const file = join(folder, 'odd.json');
  const out = join(folder, 'odd.catalog.json');
  writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  const lines = importDocument(file, { out: out, shipped: shipped }).join('\n');
  const api = loadApi(out);
  return { lines, api, operations: api.operations.map(({ method, path }) => `${method} ${path}`), out };
}

describe('documents as people have them', () => {
  const text = JSON.stringify(small());
  it.each([
    ['packed with gzip', gzipSync(text)],
    ['in UTF-16, as PowerShell writes it', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['with a mark of its encoding', `\uFEFF${text}`],
    ['in OpenAPI 3.1', { ...small(), openapi: '3.1.0' }],
    ['without components', { ...small(), components: undefined }],
    ['with methods in capitals', text.replaceAll('"get":', '"GET":')],
    ['with a query behind each path', text.replace(/("\/\w+\/\w+)":/g, '$1?version=2025.1":')],
    [
      'with path items that stand elsewhere',
      {
        ...small(),
        paths: Object.fromEntries(
          Object.keys(small().paths as Json).map((path) => [
            path,
            { $ref: `#/components/pathItems/${path.replaceAll('/', '~1')}` },
          ]),
        ),
        components: { ...(small().components as Json), pathItems: small().paths },
      },
    ],
  ])('%s', (_, content) => {
    expect(made(content).operations).toHaveLength(3);
  });

  it.each([
    ['2025.8', text.replace('"version":"2025.1"', '"version":2025.8')],
    ['2025.10', text.replace('"version":"2025.1"', '"version": 2025.10')],
    [
      '2025.10',
      `openapi: 3.0.1\ninfo:\n  title: Manage\n  version: 2025.10\npaths: ${JSON.stringify(small().paths)}\n`,
    ],
  ])('of version %s, which is a number', (version, content) => {
    expect(made(content).api.version).toBe(version);
  });

  it('with a namespace before the names of schemas, which what is known of them goes by', () => {
    const names = text.replaceAll('"#/components/schemas/', '"#/components/schemas/ConnectWise.Apis.v3_0.');
    const schemas = {
      Ticket: { type: 'object', properties: { id: { type: 'integer' } } },
      'Company.Configuration': {},
    };
    const long = Object.fromEntries(
      Object.entries(schemas).map(([name, one]) => [`ConnectWise.Apis.v3_0.${name}`, one]),
    );
    const { api } = made({ ...JSON.parse(names), components: { schemas: long } });
    expect([...api.schemas.keys()]).toEqual(['Ticket', 'Company.Configuration']);
    expect(api.find('GET /service/tickets')?.response.schema).toBe('Ticket');
    const short = made(small({ 'Company.Configuration': {}, 'Company.Contact': {}, Ticket: {} })).api;
    expect([...short.schemas.keys()]).toContain('Company.Configuration');
  });

  it.each([
    ['a ZIP archive', Buffer.from('PK\x03\x04...'), /ZIP archive\. Unpack it/],
    ['half a gzip file', gzipSync(text).subarray(0, 60), /cannot be unpacked/],
    ['zeros', Buffer.alloc(100), /not complete JSON/],
    ['paths that are none', { ...small(), paths: 'none' }, /not of ConnectWise Manage/],
    ['paths without operations', text.replaceAll('"get":', '"trace":'), /3 paths, and no operation/],
    ['YAML of something else', '# Manage\nopenapi: "3.0.1"\n', /something else/],
  ])('not %s', (_, content, message) => {
    expect(() => made(content)).toThrow(message);
  });
});

describe('ways to write the same', () => {
  const whole = { $ref: '#/components/schemas/Sla' };
  const holding = (schema: Json, type = 'application/json'): Json => ({ content: { [type]: { schema } } });
  const { api } = made(
    small(
      {
        SlaReference: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } },
        Sla: {
          type: 'object',
          additionalProperties: false,
          properties: {
            id: { type: ['integer', 'null'], format: 'int32' },
            name: { anyOf: [{ type: 'string' }, { type: 'null' }] },
            parent: { anyOf: [{ $ref: '#/components/schemas/SlaReference' }, { type: 'null' }] },
            basedOn: { allOf: [{ $ref: '#/components/schemas/SlaReference' }], nullable: true },
            _info: { type: 'object', additionalProperties: { type: 'string' } },
          },
        },
      },
      {
        '/service/SLAs': {
          get: {
            responses: { default: holding({ type: 'array', items: whole }, 'application/vnd.connectwise.com+json') },
          },
          post: { requestBody: holding(whole), responses: { '2xx': holding(whole) } },
        },
        '/service/SLAs/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          delete: { operationId: 'x y', responses: { default: { description: 'No Content' } } },
        },
      },
    ),
  );
  const answerOf = (name: string) => api.find(name)?.response;

  it('answers without a number', () => {
    expect(answerOf('GET /service/SLAs')).toMatchObject({ status: 200, kind: 'array', schema: 'Sla' });
    expect(answerOf('POST /service/SLAs')).toMatchObject({ status: 201, kind: 'object', schema: 'Sla' });
    expect(answerOf('DELETE /service/SLAs/{id}')).toMatchObject({ status: 204, kind: 'none' });
  });

  it('members that may be null', () => {
    const types = [...(api.schema('Sla')?.fields ?? [])].map(([name, { type }]) => [name, type]);
    expect(Object.fromEntries(types)).toMatchObject({
      id: 'integer',
      name: 'string',
      parent: 'reference',
      basedOn: 'reference',
    });
  });
});

describe('documents that go wrong', () => {
  it('in circles', () => {
    const { api } = made({
      ...small({
        Self: { $ref: '#/components/schemas/Self' },
        Lists: { type: 'array', items: { $ref: '#/components/schemas/Lists' } },
        Whole: { allOf: [{ $ref: '#/components/schemas/Whole' }], properties: { part: { type: 'string' } } },
        Ticket: {
          type: 'object',
          properties: {
            self: { $ref: '#/components/schemas/Self' },
            lists: { $ref: '#/components/schemas/Lists' },
            whole: { $ref: '#/components/schemas/Whole' },
          },
        },
      }),
    });
    expect([...(api.schema('Ticket')?.fields.keys() ?? [])]).toEqual(['self', 'lists', 'whole']);
    expect(api.schema('Whole')?.fields.get('part')?.type).toBe('string');
  });

  it('without end', () => {
    const nested = (times: number, open: string, close: string): string =>
      `${open.repeat(times)}{"type":"string"}${close.repeat(times)}`;
    for (const deep of [nested(50_000, '{"type":"array","items":', '}'), nested(50_000, '{"allOf":[', ']}')]) {
      const text = JSON.stringify(small({ Deep: 'HERE' })).replace('"HERE"', deep);
      try {
        expect(made(text).operations).toHaveLength(3);
      } catch (error) {
        expect(error).toBeInstanceOf(DocumentError);
      }
    }
  });

  it('with duplicate routes, unknown methods, and paths without a slash', () => {
    const get = { responses: {} };
    const { operations, lines } = made(
      small(
        {},
        {
          'service/boards': { get, trace: get, connect: get },
          '/Service/Boards/': { get },
          '/service/boards/{id}': { get },
          '/service/boards/{boardId}': { get },
        },
      ),
    );
    expect(operations.filter((name) => /boards/i.test(name))).toEqual([
      'GET /service/boards',
      'GET /service/boards/{id}',
    ]);
    expect(lines).toContain('occurs twice');
  });

  it('with missing schemas, and parameters that refer to others', () => {
    const document = small({}, { '/service/boards': { get: listOf('Board') } });
    const get = (document.paths as Record<string, { get: Json }>)['/service/tickets']?.get;
    Object.assign(get ?? {}, {
      parameters: [{ $ref: '#/components/parameters/A' }, { $ref: '#/components/parameters/C' }],
    });
    Object.assign(document.components as Json, {
      parameters: {
        A: { $ref: '#/components/parameters/B' },
        B: { name: 'kind', in: 'query', schema: { type: 'string', enum: ['One', 'Two'] } },
        C: { $ref: '#/components/parameters/C' },
      },
    });
    const { api, lines } = made(document);
    expect(lines).toContain('1 schemas that are not in the document: Board');
    expect(api.find('GET /service/tickets')?.queryParameters.at(-1)).toMatchObject({
      name: 'kind',
      enum: ['One', 'Two'],
    });
  });

  it('with whatever names and values', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'a b', 'x,y;z|', '"', 'é', '$ref'));
    const schema = fc.record({
      type: fc.oneof(fc.constantFrom('string', 'integer', 'array', 'object', 'null'), fc.array(word)),
      enum: fc.array(fc.oneof(word, fc.integer())),
      format: word,
      maxLength: fc.oneof(fc.integer(), word),
      items: fc.oneof(fc.constant({ type: 'string' }), word),
      properties: fc.dictionary(
        word,
        fc.constantFrom({ type: 'string' }, { $ref: '#/components/schemas/__proto__' }, 7),
      ),
      required: fc.oneof(fc.array(word), word),
    });
    fc.assert(
      fc.property(fc.dictionary(word, schema), fc.dictionary(word, fc.object()), word, (schemas, items, id) => {
        const paths = Object.fromEntries(
          Object.entries(items).map(([name, item]) => [`/service/${name}`, { get: item }]),
        );
        const document = small(schemas, { ...paths, '/service/sources': { get: { operationId: id, tags: [id] } } });
        try {
          const { api } = made(document);
          // Everything that was written can be read again.
          expect([...api.schemas.values()].every(({ fields }) => fields.size >= 0)).toBe(true);
          expect(api.operations.every((one) => api.find(one.id) === one)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(DocumentError);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('tools with a description that lacks the operations they call', () => {
  it('say so, and which version it is', async () => {
    const document = openApiOf(shipped, { version: '2026.4' });
    delete document.paths['/company/companies/{id}/merge'];
    delete document.paths['/finance/agreements'];
    const { out } = made(document as unknown as Json);
    const session = await startSession({ environment: { CWM_CATALOG: out }, toolsets: 'company,finance' });
    const merged = await session.call('merge_companies', { from: 3, into: 4, confirm: true });
    expect(merged.text).toMatch(/Version 2026\.4 of the API.*lacks.*POST \/company\/companies\/\{id\}\/merge/);
    const listed = await session.call('search_agreements', {});
    expect(listed.text).toMatch(/lacks an operation that this needs\..*\(GET \/finance\/agreements\)/);
    await session.ok('get_company', { company: 3 });
    await session.close();
  });
});
