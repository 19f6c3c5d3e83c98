import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../src/api/index.ts';
import { loadApi } from '../../../src/api/load.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { placeOf } from '../../support/operation-walk.ts';
import { sampleOf } from '../../support/sample.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../../support/session.ts';
import { bodyFor } from './bodies.ts';
import { Reach } from './reach.ts';

const api = loadApi().at('2026.4');
let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

/** Collections in which records can be made. */
const creates: readonly Operation[] = api.operations.filter(
  ({ method, request, response }) =>
    method === 'POST' &&
    request?.kind === 'object' &&
    response.status === 201 &&
    response.kind === 'object' &&
    request.schema === response.schema,
);

/** Collections whose list or counter is about something else than the records that are posted. */
const ODD: Readonly<Record<string, string>> = {
  '/company/m365contactsync/property': 'is listed as what is taken and what is left out',
  '/sales/opportunities/{parentId}/forecast': 'lists totals, and its items inside of them',
  '/sales/opportunities/{parentId}/forecast/{id}': 'adds an item below an id that is not its own',
  '/service/knowledgebasesettings': 'exists once',
  '/system/info/links/{id}/resolveurl': 'answers and stores nothing',
  '/system/marketplaceimport/import': 'answers and stores nothing',
  '/system/workflows/userdefinedfields/events/{grandparentId}': 'is listed by event and action',
};

/** What a record that was just made can do: every operation that its collection has, once, in the order of a life. */
async function live(collection: string, id: number): Promise<string[]> {
  const wrong: string[] = [];
  const own = `${collection}/${id}`;
  const exists = (method: 'GET' | 'PATCH' | 'PUT' | 'DELETE', path: string) => api.match(method, path)?.operation;
  const step = async (what: string, isRight: boolean | Promise<boolean>): Promise<void> => {
    if (!(await isRight)) wrong.push(what);
  };
  const by = new URLSearchParams({ conditions: `id=${id}` });
  const read = exists('GET', own);
  if (read !== undefined)
    await step(
      'is read',
      rest('GET', own).then(({ body }) => [body].flat()[0].id === id),
    );
  if (exists('GET', collection)?.response.kind === 'array')
    await step(
      'is listed',
      rest('GET', `${collection}?${by}`).then(({ body }) => body.length === 1 && body[0].id === id),
    );
  if (exists('GET', `${collection}/count`) !== undefined)
    await step(
      'is counted',
      rest('GET', `${collection}/count?${by}`).then(({ body }) => body.count === 1),
    );
  const patch = exists('PATCH', own);
  if (patch !== undefined) {
    const body = bodyFor(api, patch) as { path: string; value: unknown }[];
    const { status } = await rest('PATCH', own, body);
    await step('is patched', status === 200);
    const [{ path, value } = { path: '', value: undefined }] = body;
    // What people call a schedule entry follows from what it is for.
    if (
      read !== undefined &&
      path !== '' &&
      `${collection} ${path}` !== '/schedule/entries name' &&
      !path.includes('/')
    )
      await step(
        `keeps ${path}`,
        rest('GET', own).then(({ body: now }) => [now].flat()[0][path] === value),
      );
  }
  const put = exists('PUT', own);
  if (put !== undefined)
    await step(
      'is replaced',
      rest('PUT', own, bodyFor(api, put)).then(({ status }) => status === 200),
    );
  const remove = exists('DELETE', own);
  if (remove !== undefined) {
    await step(
      'is deleted',
      rest('DELETE', own).then(({ status }) => status === remove.response.status),
    );
    const gone = read === undefined ? undefined : await rest('GET', own);
    const isSoft = collection === '/company/companies';
    if (gone !== undefined)
      await step(
        'is gone',
        isSoft ? gone.body.deletedFlag === true : gone.status === 404 && / not found$/.test(gone.body.message),
      );
  }
  return wrong.map((what) => `${collection}: no record ${what}`);
}

/** What a request only says and no record shows: what to do besides, and whom to copy. */
const COMMANDS =
  /^(process|skip|bypass|ignorePricing|add[A-Z]|removeAll|updateAll|displayVendor|predecessorClosed|lagNonworking|fromMember)|^delete(?!dFlag|Notify)/;

/** Members that cannot be null and are not shown all the same; of schemas that do not tell which can be, none. */
const lacking = ({ response }: Operation, record: Readonly<Record<string, unknown>>): string[] => {
  const fields = [...(api.schema(response.schema ?? '')?.fields ?? [])].filter(([name]) => name !== 'id');
  if (!fields.some(([, { nullable }]) => nullable === true)) return [];
  return fields.flatMap(([name, { type, nullable }]) =>
    ['boolean', 'number', 'integer'].includes(type) && nullable !== true && !COMMANDS.test(name) && !(name in record)
      ? [name]
      : [],
  );
};

describe('every record that can be made', () => {
  it('is whole, read, listed, counted, changed and deleted', async () => {
    const reach = new Reach(api, rest);
    const wrong: string[] = [];
    let lived = 0;
    const tried = sampleOf('sandbox lives', creates, 3, placeOf);
    for (const operation of tried) {
      if (ODD[operation.path] !== undefined) continue;
      const collection = await reach.path(operation, false);
      const made = collection === undefined ? undefined : await rest('POST', collection, bodyFor(api, operation));
      if (collection === undefined || made === undefined || made.status !== 201) {
        wrong.push(`${operation.path}: not made: ${JSON.stringify(made?.body)}`);
        continue;
      }
      for (const name of lacking(operation, made.body)) wrong.push(`${collection}: ${name} is not shown`);
      wrong.push(...(await live(collection, made.body.id)));
      lived += 1;
    }
    process.stdout.write(`sandbox lives: ${lived} of ${tried.length} collections\n`);
    expect(wrong).toEqual([]);
  }, 120_000);
});

describe('what hangs under a record that is not there', () => {
  it('is not there either, in the words of the server', async () => {
    const reach = new Reach(api, rest);
    const wrong: string[] = [];
    let asked = 0;
    for (const operation of sampleOf('sandbox parents', api.operations, 4, placeOf)) {
      const { path, method, pathParameters } = operation;
      const parent = /^(.*?\/\{(?:grandparentId|parentId)\})\/./.exec(path)?.[1];
      const template = parent?.replace(/\/\{\w+\}$/, '');
      // A table that nobody can list has nothing to tell.
      if (template === undefined || api.find(`GET ${template}`) === undefined) continue;
      if (pathParameters.some(({ type }) => type !== 'integer')) continue;
      await reach.path(operation, false);
      const missing = path.replace(parent as string, `${template}/987654`).replace(/\{\w+\}/g, '1');
      const answer = await rest(method, missing, method === 'GET' ? undefined : bodyFor(api, operation));
      asked += 1;
      if (answer.status !== 404 || answer.body.code !== 'NotFound' || !/ 987654 not found$/.test(answer.body.message))
        wrong.push(`${method} ${missing}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 120)}`);
    }
    process.stdout.write(`sandbox parents: ${asked} operations under a parent that is not there\n`);
    expect(wrong).toEqual([]);
  }, 120_000);
});
