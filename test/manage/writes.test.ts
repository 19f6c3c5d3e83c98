import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InvalidRequest, type ManageRecord, WriteOutcomeUnknown } from '../../src/manage/index.ts';
import { all, field } from '../../src/query/index.ts';
import { FAULT_KINDS } from '../../src/sandbox/faults.ts';
import { type ClientSetup, startClient } from '../support/client.ts';

let setup: ClientSetup;
beforeEach(async () => {
  setup = await startClient();
});
afterEach(() => setup.close());

/** The slow ones are the same answers, later. */
const FAULTS = FAULT_KINDS.filter((kind) => !kind.startsWith('slow'));
const body = { summary: 'Only once', company: { id: 2 } };
const find = async (): Promise<ManageRecord | undefined> => {
  const conditions = all(field('summary', '=', 'Only once'));
  return setup.manage.first('GET /service/tickets', { conditions });
};
const count = async (): Promise<number> =>
  (await setup.rest('GET', `/service/tickets/count?conditions=${encodeURIComponent('summary="Only once"')}`)).body
    .count;

describe.each(FAULTS)('under %s', (kind) => {
  it('a POST never makes two records, and what it says is so', async () => {
    setup.sandbox.faults.add({ kind, method: 'POST' });
    const outcome = await setup.manage.write('POST /service/tickets', { body, settle: find }).then(
      (record) => ({ record }),
      (error: unknown) => ({ error }),
    );
    const stored = await count();
    expect(stored).toBeLessThanOrEqual(1);
    if ('record' in outcome) expect(stored).toBe(1);
    // Whoever is told that it failed finds nothing; who finds something is told so.
    else expect(stored).toBe(0);
  });

  it('a POST without a way to settle says that it does not know', async () => {
    setup.sandbox.faults.add({ kind, method: 'POST' });
    const error = await setup.manage.write('POST /service/tickets', { body }).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    const stored = await count();
    expect(stored).toBeLessThanOrEqual(1);
    if (error === undefined) expect(stored).toBe(1);
    else expect(error).toBeInstanceOf(WriteOutcomeUnknown);
  });

  it('a PATCH is done when it says so, and never lost', async () => {
    setup.sandbox.faults.add({ kind, method: 'PATCH' });
    const record = await setup.manage.write('PATCH /service/tickets/{id}', {
      path: { id: 7 },
      body: [{ op: 'replace', path: 'summary', value: 'Changed' }],
    });
    expect(record).toMatchObject({ id: 7, summary: 'Changed' });
    expect((await setup.rest('GET', '/service/tickets/7')).body.summary).toBe('Changed');
  });

  it('a DELETE is done when it says so', async () => {
    const created = (await setup.rest('POST', '/service/tickets', body)).body;
    setup.sandbox.faults.add({ kind, method: 'DELETE' });
    await setup.manage.write('DELETE /service/tickets/{id}', { path: { id: created.id } });
    expect((await setup.rest('GET', `/service/tickets/${created.id}`)).status).toBe(404);
  });
});

describe('before anything is sent', () => {
  const refused = async (name: string, options: object): Promise<InvalidRequest> => {
    const before = setup.sandbox.requests.length;
    const error = await setup.manage.write(name, options).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    expect(setup.sandbox.requests.length).toBe(before);
    expect(error).toBeInstanceOf(InvalidRequest);
    return error as InvalidRequest;
  };

  it.each([
    ['POST /service/tickets', { body: { ...body, enteredBy: 'x' } }, 'enteredBy'],
    ['POST /service/tickets', { body: { summary: 'x'.repeat(101), company: { id: 2 } } }, 'summary'],
    ['POST /service/tickets', { body: { summary: 'x' } }, 'company'],
    ['POST /time/entries', { body: { timeStart: '2026-11-24T14:00:00.000Z' } }, 'timeStart'],
    ['PATCH /service/tickets/{id}', { path: { id: 7 }, body: { op: 'replace', path: 'summary', value: 'x' } }, 'body'],
    [
      'PATCH /service/tickets/{id}',
      { path: { id: 7 }, body: [{ op: 'replace', path: 'resources', value: 'jdoe' }] },
      'resources',
    ],
    [
      'PATCH /service/tickets/{id}',
      { path: { id: '7/../8' }, body: [{ op: 'replace', path: 'summary', value: 'x' }] },
      'id',
    ],
    ['PATCH /service/tickets/{id}', { body: [{ op: 'replace', path: 'summary', value: 'x' }] }, 'id'],
  ])('%s %j is refused at %s', async (name, options, at) => {
    expect((await refused(name, options)).problems.map((problem) => problem.field)).toContain(at);
  });

  it('a write is refused in read-only mode, a POST that only reads is not', async () => {
    const reader = await startClient({ readOnly: true });
    try {
      await expect(reader.manage.write('POST /service/tickets', { body })).rejects.toThrow(/read-only/);
      expect(reader.sandbox.requests).toHaveLength(0);
      expect(
        await reader.manage.write('POST /time/entries/defaults', {
          body: { timeStart: '2026-11-24T14:00:00Z', chargeToId: 7, chargeToType: 'ServiceTicket', member: { id: 1 } },
        }),
      ).toMatchObject({ workRole: { name: 'Technician' } });
    } finally {
      await reader.close();
    }
  });
});
