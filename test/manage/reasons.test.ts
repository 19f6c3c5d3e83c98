import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ManageReason } from '../../src/manage/index.ts';
import { field, parse } from '../../src/query/index.ts';
import { type ClientSetup, startClient } from '../support/client.ts';

let setup: ClientSetup;
beforeAll(async () => {
  setup = await startClient();
});
afterAll(() => setup.close());

const calls: readonly [ManageReason, () => Promise<unknown>][] = [
  ['unknownName', () => setup.manage.list('GET /service/tickets', { conditions: field('nothing', '=', 1) })],
  ['wrongLiteral', () => setup.manage.list('GET /service/tickets', { conditions: parse('closedFlag = 1') })],
  [
    'noteWithoutPlace',
    () => setup.manage.write('POST /service/tickets/{parentId}/notes', { path: { parentId: 7 }, body: { text: 'x' } }),
  ],
];

it.each(calls)('what Manage says in prose is the reason %s', async (reason, call) => {
  await expect(call()).rejects.toMatchObject({ reason });
});

it('a code of its own needs no reason', async () => {
  const read = setup.manage.get('GET /service/tickets/{id}', { path: { id: 999_999 } });
  await expect(read).rejects.toMatchObject({ kind: 'notFound', reason: undefined });
});
