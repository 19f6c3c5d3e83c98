import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../src/api/index.ts';
import { loadApi } from '../../../src/api/load.ts';
import { isReading } from '../../../src/manage/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import describeOperation from '../../../tools/api/describe-operation.ts';
import { keyOf, OperationWalk, placeOf } from '../../support/operation-walk.ts';
import { sampleOf } from '../../support/sample.ts';
import { type Session, startSession } from '../../support/session.ts';

const api = loadApi().at('2026.4');
let session: Session;
beforeAll(async () => {
  session = await startSession({
    environment: { CWM_REQUESTS_PER_MINUTE: '10000' },
    sandbox: { tickets: 80 },
  });
  for (const { id } of await session.get('/system/callbacks')) await session.rest('DELETE', `/system/callbacks/${id}`);
});
afterAll(() => session.close());

/** What the executors do not send, or what the login may not do; they say so. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'POST /system/documents': /takes a file/,
  'POST /system/documents/{id}': /takes a file/,
  'POST /system/members/{memberIdentifier}/tokens': /security permission/,
};

/** A change of nothing, the example of records that have nothing but references and ids, is not sent. */
const refusedAs = (key: string, body: unknown): RegExp | undefined =>
  Array.isArray(body) && body.length === 0 ? /nothing to change/ : REFUSED[key];

/** Query parameters without which an operation is refused. */
const QUERIES: Readonly<Record<string, Record<string, unknown>>> = {
  'GET /system/documents': { recordType: 'Ticket', recordId: 1 },
  'GET /system/documents/count': { recordType: 'Ticket', recordId: 1 },
  'GET /system/audittrail': { type: 'Ticket', id: 1 },
  'GET /system/audittrail/count': { type: 'Ticket', id: 1 },
};

/** What the tool looks at for an operation that there is, and that every login may call. */
const EVERYTHING = { api, allows: () => true, directTools: () => [], reachable: [] } as unknown as ToolContext;

const examples = new Map<Operation, unknown>();

/** The example that its description gives. The tool itself is asked: a thousand requests would tell no more. */
async function example(operation: Operation): Promise<unknown> {
  if (!examples.has(operation)) {
    const { structured } = await describeOperation.run({ operation: keyOf(operation) }, EVERYTHING);
    examples.set(operation, (structured.example as { body?: unknown } | undefined)?.body);
  }
  return examples.get(operation);
}

describe('every operation of the catalog, through the executors', () => {
  it('is served, with the example of its description', async () => {
    const walk = new OperationWalk({ session, api, example });
    const wrong: string[] = [];
    let served = 0;
    let sent = 0;
    const operations = sampleOf('catalog sweep', api.operations, 8, placeOf);
    for (const operation of walk.ordered(operations)) {
      const key = keyOf(operation);
      const path = await walk.pathFor(operation);
      const body = await example(operation);
      if (body !== undefined) sent += 1;
      const reads = isReading(operation);
      const answer = await session.call(reads ? 'call_read_operation' : 'call_write_operation', {
        operation: `${operation.method} ${path}`,
        ...(body !== undefined && { body }),
        ...(QUERIES[key] && { query: QUERIES[key] }),
        ...(!reads && { confirm: true }),
      });
      if (operation.method === 'POST' && !answer.isError) walk.note(path, answer.structured.result);
      const refused = refusedAs(key, body);
      if (refused === undefined ? !answer.isError : refused.test(answer.text)) served += 1;
      else wrong.push(`${key} (${path}) ${JSON.stringify(body)?.slice(0, 150)}: ${answer.text.slice(0, 300)}`);
    }
    process.stdout.write(`catalog sweep: ${served} of ${operations.length} operations served, ${sent} examples sent\n`);
    expect(wrong).toEqual([]);
  }, 300_000);
});
