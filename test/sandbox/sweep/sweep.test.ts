import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../src/api/index.ts';
import { loadApi } from '../../../src/api/load.ts';
import { memberProblems } from '../../../src/api/validate-value.ts';
import { SANDBOX } from '../../../src/sandbox/credentials.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { sampleOf } from '../../support/sample.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW, type RestAnswer, restOf, type Session } from '../../support/session.ts';
import { bodyFor } from './bodies.ts';
import { PREPARED } from './prepared.ts';
import { isRecord, Reach } from './reach.ts';

const api = loadApi().at('2026.4');
let sandbox: Sandbox;
let rest: Session['rest'];
let asIntegrator: Session['rest'];
let first: Map<string, string>;
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
  const { login, password } = SANDBOX.integrator;
  asIntegrator = restOf(sandbox, { publicKey: login, privateKey: password });
  first = await lists();
  sandbox.reset();
});
afterAll(() => sandbox.close());

const LISTS = sampleOf(
  'lists before and after a reset',
  api.operations.filter(({ method, response }) => method === 'GET' && response.kind === 'array'),
  3,
  ({ module }) => module,
);

/** What lists answer, those of records inside of others for the record 1. */
async function lists(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { path } of LISTS) {
    const { status, text } = await rest('GET', `${path.replace(/\{\w+\}/g, '1')}?pageSize=1000`);
    found.set(path, `${status} ${text}`);
  }
  return found;
}

/** Members whose description cannot be true: a report's cells are said to be objects, and are what the database holds. */
const MISDESCRIBED: Readonly<Record<string, string>> = { ReportDataResponse: 'row_values' };

/** What is wrong with an answer by the operation's own description. */
function problems({ response }: Operation, { status, body, headers }: RestAnswer): string[] {
  if (status !== response.status)
    return [`status ${status} instead of ${response.status}: ${JSON.stringify(body).slice(0, 300)}`];
  const type = headers.get('content-type') ?? '';
  if (response.kind === 'file') return /json/.test(type) || body === '' ? [`${type} instead of a file`] : [];
  if (response.kind === 'none') return body === '' ? [] : ['a body that is not described'];
  if ((response.kind === 'array') !== Array.isArray(body)) return [response.kind === 'array' ? 'no list' : 'a list'];
  const schema = api.schema(response.schema ?? '');
  if (schema === undefined) return [];
  const records = Array.isArray(body) ? body.slice(0, 3) : [body];
  return records.flatMap((record: unknown) =>
    isRecord(record)
      ? memberProblems(api, record, schema, { path: '', top: true })
          .filter(({ field }) => field.split('/')[0] !== MISDESCRIBED[schema.name])
          .map(({ field, problem }) => `${field}: ${problem}`)
      : ['no record'],
  );
}

describe('every operation of the catalog', () => {
  it('answers with its own status and a body that conforms', async () => {
    const wrong: string[] = [];
    const reach = new Reach(api, rest);
    let called = 0;
    // Reading first, deleting last, so that what is read is still there.
    const order = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];
    const operations = [...api.operations].sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
    for (const operation of operations) {
      const key = `${operation.method} ${operation.path}`;
      const prepared = await PREPARED[key]?.(rest);
      // Records that are written to are made for it: those of the seed have states of their own.
      const path = prepared?.path ?? (await reach.path(operation, operation.method !== 'GET'));
      if (path === undefined) {
        wrong.push(`${key}: not reached`);
        continue;
      }
      const call = prepared?.as === 'integrator' ? asIntegrator : rest;
      const answer = await call(
        operation.method,
        path,
        prepared === undefined ? bodyFor(api, operation) : prepared.body,
      );
      called += 1;
      const found = problems(operation, answer);
      if (found.length > 0) wrong.push(`${key} (${path}): ${found.slice(0, 2).join('; ')}`);
    }
    const conformed = operations.length - wrong.length;
    process.stdout.write(
      `sandbox sweep: ${called} of ${operations.length} operations called, ${conformed} conformed\n`,
    );
    expect(wrong).toEqual([]);
  }, 120_000);

  it('is undone by a reset, whatever it wrote', async () => {
    sandbox.reset();
    expect(sandbox.requests).toEqual([]);
    const now = await lists();
    const changed = [...now].filter(([path, text]) => text !== first.get(path));
    expect(changed.map(([path, text]) => `${path}: ${text.slice(0, 300)}`)).toEqual([]);
    expect(now.size).toBe(first.size);
  }, 120_000);
});
