import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PageBuffers, type PagePlace } from '../../src/manage/answers/page-buffers.ts';
import type { RawAnswer } from '../../src/manage/answers/read-answer.ts';
import { wholeAnswer } from '../../src/manage/answers/whole-answer.ts';

const BODY = Buffer.alloc(512 * 1024, 'x');
const server = createServer((request, response) => {
  const status = Number(request.url?.slice(1));
  response.writeHead(status, { 'content-length': BODY.length }).end(BODY);
});
let pool: Pool;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 4 });
});
afterAll(async () => {
  await pool.destroy();
  server.closeAllConnections();
  server.close();
});

const answer = (status: number, place: PagePlace, signal = new AbortController().signal): Promise<RawAnswer> =>
  wholeAnswer(pool, { method: 'GET', path: `/${status}` }, { most: 1024 * 1024, place, signal });

it('a body comes in when there is room for it, a refusal at once, and neither holds up another', async () => {
  const buffers = new PageBuffers();
  const later = buffers.place();
  const order: string[] = [];
  const first = answer(200, later).then(({ body }) => order.push(`later ${body.length}`));
  await answer(200, buffers.openPlace()).then(() => order.push('at once'));
  await answer(429, buffers.place()).then(({ status }) => order.push(`refused ${status}`));
  later.open();
  await first;
  expect(order).toEqual(['at once', 'refused 429', `later ${BODY.length}`]);
});

it('a body for which there is never room comes in after a while, unless nobody wants it any more', async () => {
  const buffers = new PageBuffers();
  const controller = new AbortController();
  expect((await answer(200, buffers.place())).body).toHaveLength(BODY.length);
  const cancelled = answer(200, buffers.place(), controller.signal);
  // Its head is there before this one's end.
  await answer(200, buffers.openPlace());
  controller.abort(new Error('enough'));
  await expect(cancelled).rejects.toThrow('enough');
});
