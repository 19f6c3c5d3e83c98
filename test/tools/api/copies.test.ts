import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,api' });
});
afterAll(() => session.close());

it.each([
  ['an agreement', 'POST /finance/agreements/{parentId}/copy', { parentId: 1 }, '/finance/agreements'],
  ['a ticket', 'POST /service/tickets/{id}/copy', { id: 577 }, '/service/tickets'],
  ['an item of the catalog', 'POST /procurement/catalog/{id}/copy', { id: 1 }, '/procurement/catalog'],
])('copying %s twice makes one', async (_, operation, path, list) => {
  const count = async (): Promise<number> => (await session.get(`${list}/count`)).count;
  const before = await count();
  const copy = (more = {}) => session.ok('call_write_operation', { operation, path, confirm: true, ...more });
  await copy();
  const { text } = await copy();
  expect(await count()).toBe(before + 1);
  expect(text).toMatch(/already|earlier|allowDuplicate/i);
  await copy({ allowDuplicate: true });
  expect(await count()).toBe(before + 2);
});
