import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type ManageRecord, WriteOutcomeUnknown } from '../../src/manage/index.ts';
import { field } from '../../src/query/index.ts';
import { FAULT_KINDS } from '../../src/sandbox/faults.ts';
import { type ClientSetup, startClient } from '../support/client.ts';
import { runs } from '../support/sample.ts';

let setup: ClientSetup;
beforeAll(async () => {
  setup = await startClient();
});
afterAll(() => setup.close());

/** The slow ones are the same answers, later. */
const FAULTS = FAULT_KINDS.filter((kind) => !kind.startsWith('slow'));

/** What happens to the writes of one call, one after the other, and to the reads that find out about them. */
const weather = fc.record({
  writes: fc.array(fc.constantFrom(...FAULTS), { maxLength: 3 }),
  reads: fc.array(fc.constantFrom(...FAULTS), { maxLength: 8 }),
});
type Weather = typeof weather extends fc.Arbitrary<infer T> ? T : never;

type Told = 'done' | 'not done' | 'unknown';

async function under({ writes, reads }: Weather, method: string, write: () => Promise<unknown>): Promise<Told> {
  for (const kind of writes) setup.sandbox.faults.add({ kind, method });
  for (const kind of reads) setup.sandbox.faults.add({ kind, method: 'GET' });
  const told = await write().then(
    (): Told => 'done',
    (error: unknown): Told => (error instanceof WriteOutcomeUnknown ? 'unknown' : 'not done'),
  );
  setup.sandbox.faults.clear();
  return told;
}

const holds = (told: Told, done: number): boolean =>
  done <= 1 && (told === 'unknown' || (told === 'done' ? done === 1 : done === 0));

let count = 0;
const mark = (): string => {
  count += 1;
  return `Weather ${count}`;
};
const tickets = async (summary: string): Promise<number> =>
  (await setup.rest('GET', `/service/tickets/count?conditions=${encodeURIComponent(`summary="${summary}"`)}`)).body
    .count;
const ticket = async (): Promise<number> =>
  (await setup.rest('POST', '/service/tickets', { summary: 'Before', company: { id: 2 } })).body.id;

describe('whatever happens on the way, in any order', () => {
  const property = (one: (fate: Weather) => Promise<boolean>) =>
    fc.assert(fc.asyncProperty(weather, one), { numRuns: runs(60), seed: 31 });

  it('a POST happens at most once, and its outcome is reported truthfully', async () => {
    await property(async (fate) => {
      const summary = mark();
      const settle = async (): Promise<ManageRecord | undefined> => {
        const conditions = field('summary', '=', summary);
        return await setup.manage.first('GET /service/tickets', { conditions });
      };
      const body = { summary, company: { id: 2 } };
      const told = await under(fate, 'POST', () => setup.manage.write('POST /service/tickets', { body, settle }));
      return holds(told, await tickets(summary));
    });
  }, 120_000);

  it('a PATCH reported as done is done', async () => {
    await property(async (fate) => {
      const [id, summary] = [await ticket(), mark()];
      const body = [{ op: 'replace', path: 'summary', value: summary }];
      const told = await under(fate, 'PATCH', () =>
        setup.manage.write('PATCH /service/tickets/{id}', { path: { id }, body }),
      );
      return holds(told, await tickets(summary));
    });
  }, 120_000);

  it('a PUT reported as done is done', async () => {
    await property(async (fate) => {
      const { body: note } = await setup.rest('POST', '/company/companies/2/notes', { text: 'Before' });
      const text = mark();
      const told = await under(fate, 'PUT', () =>
        setup.manage.write('PUT /company/companies/{parentId}/notes/{id}', {
          path: { parentId: 2, id: note.id },
          body: { text },
        }),
      );
      const now = (await setup.rest('GET', `/company/companies/2/notes/${note.id}`)).body.text;
      return holds(told, now === text ? 1 : 0);
    });
  }, 120_000);

  it('a DELETE reported as done is done', async () => {
    await property(async (fate) => {
      const id = await ticket();
      const told = await under(fate, 'DELETE', () =>
        setup.manage.write('DELETE /service/tickets/{id}', { path: { id } }),
      );
      return holds(told, (await setup.rest('GET', `/service/tickets/${id}`)).status === 404 ? 1 : 0);
    });
  }, 120_000);
});
