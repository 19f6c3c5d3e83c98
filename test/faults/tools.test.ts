import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_KINDS, type FaultKind } from '../../src/sandbox/faults.ts';
import { noWaiting } from '../support/no-waiting.ts';
import { HAS_ALL_CASES } from '../support/sample.ts';
import { type Session, startSession } from '../support/session.ts';

// Every fault that the sandbox can produce, under every kind of write that tools do: nothing is written twice, nothing that was
// reported as done is missing, and what an assistant reads about the outcome is true.

interface Write {
  readonly tool: string;
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Part of the path of the request that the fault hits. */
  readonly path: string;
  /** Makes ready, and gives the arguments. `mark` is in no record yet. */
  readonly prepare: (session: Session, mark: string) => Promise<Record<string, unknown>>;
  /** How many times the deed was done. */
  readonly done: (session: Session, mark: string, input: Record<string, unknown>) => Promise<number>;
}

const counted = async (session: Session, collection: string, condition: string): Promise<number> =>
  (await session.get(`${collection}/count?conditions=${encodeURIComponent(condition)}`)).count;

const ticketFor = async (session: Session, mark: string): Promise<number> =>
  (await session.rest('POST', '/service/tickets', { summary: `For ${mark}`, company: { id: 2 } })).body.id;

let started = 0;
/** A start in the open week that no other entry has. */
const freeStart = (): string => {
  started += 1;
  return `2026-11-24 ${String(Math.floor(started / 12)).padStart(2, '0')}:${String((started % 12) * 5).padStart(2, '0')}`;
};
const entryFor = async (session: Session, mark: string): Promise<number> =>
  (
    await session.ok('log_time', {
      chargeCode: 'Training',
      start: freeStart(),
      hours: '5 minutes',
      notes: `Entry ${mark}`,
      allowOverlap: true,
    })
  ).structured.id;

interface Sheet {
  readonly id: number;
  readonly member: { readonly identifier: string };
  readonly dateStart: string;
  readonly status: string;
}

/** The technician's time sheet of last week. */
async function lastSheet(session: Session): Promise<Sheet> {
  const sheets = (await session.get('/time/sheets?pageSize=1000')) as Sheet[];
  const isLast = ({ member, dateStart }: Sheet): boolean =>
    member.identifier === 'jdoe' && dateStart.startsWith('2026-11-16');
  return sheets.find(isLast) as Sheet;
}

const WRITES: readonly Write[] = [
  {
    tool: 'create_ticket',
    method: 'POST',
    path: '/service/tickets',
    prepare: async (_, mark) => ({ summary: mark, company: 'Globex' }),
    done: (session, mark) => counted(session, '/service/tickets', `summary="${mark}"`),
  },
  {
    tool: 'add_ticket_note',
    method: 'POST',
    path: '/notes',
    prepare: async (session, mark) => ({ ticketId: await ticketFor(session, mark), text: mark }),
    done: async (session, mark, { ticketId }) =>
      ((await session.get(`/service/tickets/${ticketId}/notes`)) as { text: string }[]).filter(
        ({ text }) => text === mark,
      ).length,
  },
  {
    tool: 'log_time',
    method: 'POST',
    path: '/time/entries',
    prepare: async (_, mark) => ({
      chargeCode: 'Training',
      start: freeStart(),
      hours: '5 minutes',
      notes: mark,
      allowOverlap: true,
    }),
    done: (session, mark) => counted(session, '/time/entries', `notes="${mark}"`),
  },
  {
    tool: 'create_contact',
    method: 'POST',
    path: '/company/contacts',
    prepare: async (_, mark) => ({ firstName: mark, company: 'Globex', email: `${mark}@globex.example` }),
    done: (session, mark) => counted(session, '/company/contacts', `firstName="${mark}"`),
  },
  {
    tool: 'schedule_work',
    method: 'POST',
    path: '/schedule/entries',
    prepare: async (session, mark) => ({
      ticketId: await ticketFor(session, mark),
      member: 'dlopez',
      start: '2026-12-01 10:00',
      hours: '15 minutes',
      allowConflicts: true,
    }),
    done: (session, _, { ticketId }) => counted(session, '/schedule/entries', `objectId=${ticketId} and type/id=4`),
  },
  {
    tool: 'update_ticket',
    method: 'PATCH',
    path: '/service/tickets/',
    prepare: async (session, mark) => ({ ticketId: await ticketFor(session, mark), summary: mark }),
    done: (session, mark) => counted(session, '/service/tickets', `summary="${mark}"`),
  },
  {
    tool: 'update_ticket',
    method: 'PATCH',
    path: '/service/tickets/',
    prepare: async (session, mark) => ({
      ticketId: await ticketFor(session, mark),
      customFields: { 'Devices affected': 9 },
    }),
    done: async (session, _, { ticketId }) =>
      (
        (await session.get(`/service/tickets/${ticketId}`)).customFields as { caption: string; value?: unknown }[]
      ).filter(({ caption, value }) => caption === 'Devices affected' && value === 9).length,
  },
  {
    tool: 'update_ticket',
    method: 'POST',
    path: '/notes',
    prepare: async (session, mark) => ({ ticketId: await ticketFor(session, mark), internalNote: mark }),
    done: async (session, mark, { ticketId }) =>
      ((await session.get(`/service/tickets/${ticketId}/notes`)) as { text: string }[]).filter(
        ({ text }) => text === mark,
      ).length,
  },
  {
    tool: 'update_ticket',
    method: 'POST',
    path: '/schedule/entries',
    prepare: async (session, mark) => ({ ticketId: await ticketFor(session, mark), assignTo: 'dlopez' }),
    done: (session, _, { ticketId }) => counted(session, '/schedule/entries', `objectId=${ticketId} and type/id=4`),
  },
  {
    tool: 'save_ticket_task',
    method: 'POST',
    path: '/tasks',
    prepare: async (session, mark) => ({ ticketId: await ticketFor(session, mark), text: mark }),
    done: async (session, _, { ticketId }) => (await session.get(`/service/tickets/${ticketId}/tasks`)).length,
  },
  {
    tool: 'set_ticket_configurations',
    method: 'POST',
    path: '/configurations',
    prepare: async (session, mark) => ({ ticketId: await ticketFor(session, mark), attach: ['14'] }),
    done: async (session, _, { ticketId }) => (await session.get(`/service/tickets/${ticketId}/configurations`)).length,
  },
  {
    tool: 'merge_tickets',
    method: 'POST',
    path: '/merge',
    prepare: async (session, mark) => ({
      into: await ticketFor(session, mark),
      tickets: [await ticketFor(session, `${mark} again`)],
      status: 'Closed',
      confirm: true,
    }),
    done: async (session, _, { tickets: [id] = [] }: { tickets?: number[] }) =>
      (await session.get(`/service/tickets/${id}`)).mergedParentTicket === undefined ? 0 : 1,
  },
  {
    tool: 'convert_ticket',
    method: 'POST',
    path: '/convert',
    prepare: async (session, mark) => ({
      ticketId: await ticketFor(session, mark),
      project: '1',
      phase: 'Build',
      confirm: true,
    }),
    done: async (session, _, { ticketId }) =>
      (await session.rest('GET', `/project/tickets/${ticketId}`)).status === 200 ? 1 : 0,
  },
  {
    tool: 'update_ticket_note',
    method: 'PATCH',
    path: '/notes/',
    prepare: async (session, mark) => {
      const ticketId = await ticketFor(session, mark);
      const { structured } = await session.ok('add_ticket_note', { ticketId, text: `Before ${mark}` });
      return { ticketId, note: String(structured.id), text: mark };
    },
    done: async (session, mark, { ticketId }) =>
      ((await session.get(`/service/tickets/${ticketId}/notes`)) as { text: string }[]).filter(
        ({ text }) => text === mark,
      ).length,
  },
  {
    tool: 'update_time_entry',
    method: 'PATCH',
    path: '/time/entries/',
    prepare: async (session, mark) => ({ entryId: await entryFor(session, mark), notes: mark }),
    done: (session, mark) => counted(session, '/time/entries', `notes="${mark}"`),
  },
  {
    tool: 'delete_time_entry',
    method: 'DELETE',
    path: '/time/entries/',
    prepare: async (session, mark) => ({ entryId: await entryFor(session, mark), confirm: true }),
    done: async (session, _, { entryId }) =>
      (await session.rest('GET', `/time/entries/${entryId}`)).status === 404 ? 1 : 0,
  },
  {
    tool: 'submit_timesheet',
    method: 'POST',
    path: '/submit',
    prepare: async (session) => {
      const { id, status } = await lastSheet(session);
      if (status !== 'Open') await session.rest('POST', `/time/sheets/${id}/reverse`, {});
      return { date: 'last week', confirm: true };
    },
    done: async (session) => ((await lastSheet(session)).status === 'Open' ? 0 : 1),
  },
  {
    tool: 'update_schedule_entry',
    method: 'PATCH',
    path: '/schedule/entries/',
    prepare: async (session, mark) => {
      const entry = { title: mark, member: 'dlopez', start: '2026-12-01 10:00', allowConflicts: true };
      return { entryId: (await session.ok('schedule_work', entry)).structured.id, done: true };
    },
    done: (session, mark) => counted(session, '/schedule/entries', `name="${mark}" and doneFlag=true`),
  },
  {
    tool: 'log_expense',
    method: 'POST',
    path: '/expense/entries',
    prepare: async (session, mark) => ({
      amount: 5,
      ticketId: await ticketFor(session, mark),
      type: 'Meals',
      notes: mark,
    }),
    done: (session, mark) => counted(session, '/expense/entries', `notes="${mark}"`),
  },
  {
    tool: 'call_write_operation',
    method: 'PUT',
    path: '/company/companies/2/notes/',
    prepare: async (session, mark) => {
      const { body } = await session.rest('POST', '/company/companies/2/notes', { text: `Before ${mark}` });
      return {
        operation: 'PUT /company/companies/{parentId}/notes/{id}',
        path: { parentId: 2, id: body.id },
        body: { text: mark },
        // What is left out is emptied, which is asked about.
        confirm: true,
      };
    },
    done: async (session, mark) =>
      ((await session.get('/company/companies/2/notes?pageSize=1000')) as { text: string }[]).filter(
        ({ text }) => text === mark,
      ).length,
  },
  {
    tool: 'call_write_operation',
    method: 'POST',
    path: '/company/companies/2/notes',
    prepare: async (_, mark) => ({
      operation: 'POST /company/companies/{parentId}/notes',
      path: { parentId: 2 },
      body: { text: mark },
    }),
    done: async (session, mark) =>
      ((await session.get('/company/companies/2/notes?pageSize=1000')) as { text: string }[]).filter(
        ({ text }) => text === mark,
      ).length,
  },
];

const isSlow = (kind: FaultKind): boolean => kind.startsWith('slow');

/** Every third write under every kind of fault, and every write under every third kind; with `CASES=all`, as in CI, every pair. */
const isTried = (kind: FaultKind, write: Write): boolean =>
  HAS_ALL_CASES || (FAULT_KINDS.indexOf(kind) + WRITES.indexOf(write)) % 3 === 0;

// Slow answers come after the call's own time, which the others do not run out of.
describe.each([
  { kinds: FAULT_KINDS.filter((kind) => !isSlow(kind)), seconds: '40' },
  { kinds: FAULT_KINDS.filter(isSlow), seconds: '1' },
])('within $seconds s, under $kinds', ({ kinds, seconds }) => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession({
      sandbox: { tickets: 40 },
      toolsets: 'core,service,schedule,expense',
      timing: noWaiting(),
      environment: { CWM_DEADLINE_SECONDS: seconds },
    });
  });
  afterAll(() => session.close());

  const pairs = kinds.flatMap((kind) =>
    WRITES.filter((write) => isTried(kind, write)).map((write) => [kind, write.tool, write.method, write] as const),
  );

  it.each(pairs)('%s: %s (%s) writes once and tells the truth', async (kind, _, method, write) => {
    const mark = `Mark${kind.replaceAll('-', '')}${WRITES.indexOf(write)}`;
    const input = await write.prepare(session, mark);
    session.sandbox.faults.add({ kind, method, path: write.path, delayMs: 1_200 });
    const { isError, text } = await session.call(write.tool, input);
    session.sandbox.faults.clear();
    const done = await write.done(session, mark, input);
    const failure = /check .*before/i.test(text) ? 'unknown' : 'not done';
    const told = isError ? failure : 'done';
    expect(done, text).toBeLessThanOrEqual(1);
    if (told === 'done') expect(done, text).toBe(1);
    if (told === 'not done') expect(done, text).toBe(0);
    // What can be found out is found out: only a POST that nobody can look for may stay unknown.
    if (told === 'unknown') expect(method, text).toBe('POST');
    // Turned away at the door, or undone for certain: it is simply tried again.
    if (kind === 'throttle' || kind === 'throttle-html') expect(told, text).toBe('done');
  });
});
