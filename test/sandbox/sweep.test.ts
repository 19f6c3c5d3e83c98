import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleBody } from '../../src/catalog/example.ts';
import type { Operation } from '../../src/catalog/index.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { memberProblems } from '../../src/catalog/validate-value.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { NOW, type RestAnswer, restOf, type Session } from '../support/session.ts';

const catalog = loadCatalog();
let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await startSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

/** How many operations are known to conform. */
const FLOOR = 2_740;

/** Operations whose own rules the example cannot know: an upload is a form, files are listed by record, tokens are for integrator logins. */
const ANSWERS_OTHERWISE: Readonly<Record<string, number>> = {
  'GET /system/documents': 400,
  'GET /system/documents/count': 400,
  'POST /system/documents': 415,
  'POST /system/documents/{id}': 415,
  'POST /system/members/{memberIdentifier}/tokens': 403,
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The id of a record of a collection: the first that is there, else one that is created. */
async function anyId(collection: string): Promise<string | undefined> {
  if (/\/(members|documents)$/.test(collection)) return '1';
  const listed = await rest('GET', `${collection}?pageSize=1&fields=id`);
  const first = Array.isArray(listed.body) ? listed.body[0]?.id : undefined;
  if (first !== undefined) return String(first);
  const template = catalog.match('POST', collection)?.operation;
  // What can neither be listed nor created is there once.
  if (template === undefined) return listed.status === 200 ? undefined : '1';
  const created = await rest('POST', collection, exampleBody(catalog, template));
  return isRecord(created.body) && created.body.id !== undefined ? String(created.body.id) : undefined;
}

/** A path with ids of records that are there. `undefined` when a collection has none and none can be created. */
async function concretePath({ path }: Operation, fresh: boolean): Promise<string | undefined> {
  const segments = path.replace(/\/$/, '').split('/');
  const filled: string[] = [];
  for (const [index, segment] of segments.entries()) {
    if (!segment.startsWith('{')) {
      filled.push(segment);
      continue;
    }
    const collection = filled.join('/').replace(/\/info(?=\/|$)/i, '');
    const own = index === segments.length - 1 && fresh;
    const template = own ? catalog.match('POST', collection)?.operation : undefined;
    const made = template === undefined ? undefined : await rest('POST', collection, exampleBody(catalog, template));
    const id = made !== undefined && made.status < 300 && isRecord(made.body) ? made.body.id : await anyId(collection);
    if (id === undefined) return undefined;
    filled.push(String(id));
  }
  return filled.join('/');
}

/** What is wrong with an answer by the operation's own description. */
function problems({ response }: Operation, { status, body }: RestAnswer): string[] {
  if (status !== response.status)
    return [`status ${status} instead of ${response.status}: ${JSON.stringify(body).slice(0, 200)}`];
  const schema = catalog.schema(response.schema ?? '');
  if (response.kind === 'array' && !Array.isArray(body)) return ['no list'];
  if (schema === undefined || (response.kind !== 'array' && response.kind !== 'object')) return [];
  const records = Array.isArray(body) ? body.slice(0, 3) : [body];
  return records.flatMap((record: unknown) =>
    isRecord(record)
      ? memberProblems(catalog, record, schema, '', true).map(({ field, problem }) => `${field}: ${problem}`)
      : ['no record'],
  );
}

describe('every operation of the catalog', () => {
  it('answers with its own status and a body that conforms', async () => {
    const wrong: string[] = [];
    const unreachable: string[] = [];
    let conformed = 0;
    // Reading first, deleting last, so that what is read is still there.
    const order = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];
    const operations = [...catalog.operations].sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
    for (const operation of operations) {
      const key = `${operation.method} ${operation.path}`;
      const path = await concretePath(operation, operation.method === 'DELETE');
      if (path === undefined) {
        unreachable.push(key);
        continue;
      }
      const answer = await rest(operation.method, path, exampleBody(catalog, operation));
      const expected = ANSWERS_OTHERWISE[key];
      const found =
        expected === undefined
          ? problems(operation, answer)
          : answer.status === expected
            ? []
            : [`status ${answer.status}`];
      if (found.length === 0) conformed += 1;
      else wrong.push(`${key} (${path}): ${found.slice(0, 2).join('; ')}`);
    }
    process.stdout.write(
      `sandbox sweep: ${operations.length - unreachable.length} of ${operations.length} operations called, ${conformed} conformed\n`,
    );
    // Not yet all of them: most of what is left has rules of its own (locked sheets, project boards, uploads) that a bare example
    // cannot meet. The floor only rises.
    expect(conformed >= FLOOR ? [] : [...wrong, ...unreachable.map((key) => `${key}: not reached`)]).toEqual([]);
  }, 120_000);
});
