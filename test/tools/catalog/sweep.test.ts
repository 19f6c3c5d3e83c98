import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../src/catalog/index.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { isReading } from '../../../src/manage/index.ts';
import { type CallAnswer, type Session, startSession } from '../../support/session.ts';

const catalog = loadCatalog();
let session: Session;
beforeAll(async () => {
  session = await startSession({
    environment: { CWM_REQUESTS_PER_MINUTE: '10000' },
    sandbox: { tickets: 80 },
  });
  for (const { id } of await session.get('/system/callbacks')) await session.rest('DELETE', `/system/callbacks/${id}`);
});
afterAll(() => session.close());

const keyOf = ({ method, path }: Operation): string => `${method} ${path}`;

/** What the executors do not send, or what the login may not do; they say so. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'POST /system/documents': /takes a file/,
  'POST /system/documents/{id}': /takes a file/,
  'POST /system/members/{memberIdentifier}/tokens': /security permission/,
};

/** What the sandbox has no records for yet; the list only shrinks. */
const WITHOUT_RECORDS =
  /^\/procurement\/products\/\{parentId\}\/(components|pickingShippingDetails)\/\{id\}|^\/sales\/opportunities\/\{parentId\}\/forecast\/\{id\}|^\/system\/workflows\/userdefinedfields/;

/** Records that an action is for: an approval needs a sheet that waits for one. */
const FOR: Readonly<Record<string, string>> = {
  'POST /time/sheets/{id}/submit': 'status = "Open"',
  'POST /time/sheets/{id}/approve': 'status = "PendingApproval"',
  'POST /time/sheets/{id}/reject': 'status = "PendingApproval"',
  'POST /time/sheets/{id}/reverse': 'status = "PendingApproval"',
  'POST /expense/reports/{id}/reverse': 'status = "PendingApproval"',
};

/** Actions after which their record is another or none: on records of their own, and last. */
const ENDS = /\/(merge|deactivate|convert\w*|detach)$/;

/** Ids of records that the sweep created, by the collection that it posted to. */
const made = new Map<string, string>();

const examples = new Map<Operation, unknown>();

/** The example that its description gives. */
async function example(operation: Operation): Promise<unknown> {
  if (operation.request === undefined) return undefined;
  if (examples.has(operation)) return examples.get(operation);
  const { structured } = await session.call('describe_operation', { operation: keyOf(operation) });
  examples.set(operation, structured.example?.body);
  return structured.example?.body;
}

const idIn = (answer: CallAnswer): string | undefined => {
  const result = answer.structured?.result;
  const id = (Array.isArray(result) ? result[0] : result)?.id;
  return id === undefined ? undefined : String(id);
};

async function create(collection: string): Promise<string | undefined> {
  const template = catalog.match('POST', collection)?.operation;
  if (template === undefined) return undefined;
  const { status, body } = await session.rest('POST', collection, await example(template));
  const id = (Array.isArray(body) ? body[0] : body)?.id;
  return status < 300 && id !== undefined ? String(id) : undefined;
}

/** Query parameters without which an operation is refused. */
const QUERIES: Readonly<Record<string, Record<string, unknown>>> = {
  'GET /system/documents': { recordType: 'Ticket', recordId: 1 },
  'GET /system/documents/count': { recordType: 'Ticket', recordId: 1 },
  'GET /system/audittrail': { type: 'Ticket', id: 1 },
  'GET /system/audittrail/count': { type: 'Ticket', id: 1 },
};

/** The id of a record of a collection: one that the sweep made, else the first that is there, else one that is made now. */
async function anyId(collection: string, conditions = ''): Promise<string> {
  const known = conditions === '' ? made.get(collection) : undefined;
  if (known !== undefined) return known;
  const filter = conditions === '' ? '' : `&conditions=${encodeURIComponent(conditions)}`;
  const { body } = await session.rest('GET', `${collection}?pageSize=1&fields=id,forecastItems${filter}`);
  const first = (Array.isArray(body) ? body : (body?.forecastItems ?? []))[0]?.id;
  if (first !== undefined) return String(first);
  const id = (await create(collection)) ?? '1';
  made.set(collection, id);
  return id;
}

async function pathFor(operation: Operation): Promise<string> {
  const segments = operation.path.replace(/\/$/, '').split('/');
  const filled: string[] = [];
  for (const [index, segment] of segments.entries()) {
    if (!segment.startsWith('{')) {
      filled.push(segment);
      continue;
    }
    const collection = filled.join('/').replace(/\/info(?=\/|$)/i, '');
    const own = ENDS.test(operation.path) || (operation.method === 'DELETE' && index === segments.length - 1);
    filled.push((own ? await create(collection) : undefined) ?? (await anyId(collection, FOR[keyOf(operation)])));
  }
  return filled.join('/');
}

describe('every operation of the catalog, through the executors', () => {
  it('is served, with the example of its description', async () => {
    // What is made first can be read, changed and deleted afterwards; what ends records comes after what needs them.
    const order = ['POST', 'GET', 'PATCH', 'PUT', 'DELETE'];
    const rank = ({ method, path }: Operation): number => (ENDS.test(path) ? 3.5 : order.indexOf(method));
    // A record that is replaced loses its parts: the parts come first.
    // A member who is replaced may become one who cannot enter time: the system comes last.
    const depth = ({ path, module }: Operation): number => (module === 'system' ? 0 : path.split('/').length);
    const wrong: string[] = [];
    let served = 0;
    let sent = 0;
    for (const operation of [...catalog.operations].sort(
      (a, b) => rank(a) - rank(b) || (a.method === 'PUT' || a.method === 'DELETE' ? depth(b) - depth(a) : 0),
    )) {
      const key = keyOf(operation);
      const path = await pathFor(operation);
      const body = await example(operation);
      if (body !== undefined) sent += 1;
      const reads = isReading(operation);
      const answer = await session.call(reads ? 'call_read_operation' : 'call_write_operation', {
        operation: `${operation.method} ${path}`,
        ...(body !== undefined && { body }),
        ...(QUERIES[key] && { query: QUERIES[key] }),
        ...(!reads && { confirm: true }),
      });
      const refused = REFUSED[key];
      if (refused === undefined ? !answer.isError : refused.test(answer.text)) served += 1;
      else if (WITHOUT_RECORDS.test(operation.path)) continue;
      else wrong.push(`${key} (${path}) ${JSON.stringify(body)?.slice(0, 150)}: ${answer.text.slice(0, 300)}`);
      const id = operation.method === 'POST' && !answer.isError ? idIn(answer) : undefined;
      if (id !== undefined && !made.has(path) && !path.endsWith('/forecast')) made.set(path, id);
    }
    process.stdout.write(
      `catalog sweep: ${served} of ${catalog.operations.length} operations served, ${sent} examples sent\n`,
    );
    expect(wrong).toEqual([]);
  }, 120_000);
});
