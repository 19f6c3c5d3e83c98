import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../support/session.ts';

// Pages of whole records are written as text without making the records first. Asked for by their fields they are made.

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

it.each([
  '/service/tickets',
  '/service/tickets/1/notes',
  '/project/tickets',
  '/project/projects',
  '/time/entries',
  '/schedule/entries',
  '/company/companies',
  '/company/contacts',
  '/company/configurations',
  '/finance/agreements',
  '/finance/invoices',
  '/sales/opportunities',
  '/sales/activities',
  '/procurement/products',
  '/system/members',
  '/system/userDefinedFields',
])('a page of %s holds what each of its records is', async (path) => {
  const api = loadApi();
  const schema = api.match('GET', path)?.operation.response.schema ?? '';
  const fields = [...(api.schema(schema)?.fields.keys() ?? []), '_info'].join(',');
  const [page, made] = await Promise.all([
    rest('GET', `${path}?pageSize=40`),
    rest('GET', `${path}?${new URLSearchParams({ pageSize: '40', fields })}`),
  ]);
  expect(page.body.length).toBeGreaterThan(0);
  expect(page.body).toEqual(made.body);
});

it('a page holds texts as they were written', async () => {
  for (const summary of ['"quoted" \\ and \u2028 lines', 'Müller’s 日本 🧯', 'a "_href":"/x" in it', '\u0001\t'])
    await rest('POST', '/service/tickets', { summary, company: { id: 2 } });
  const { body } = await rest('GET', '/service/tickets?orderBy=id desc&pageSize=4');
  for (const { id, ...row } of body) expect((await rest('GET', `/service/tickets/${id}`)).body).toEqual({ id, ...row });
  expect(body[1].summary).toBe('a "_href":"/x" in it');
});

it('a list without records is empty', async () => {
  expect((await rest('GET', '/service/tickets?conditions=id=0')).body).toEqual([]);
});
