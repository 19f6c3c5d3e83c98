import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW, type Session, startSession } from '../../support/session.ts';

describe('filters by what people ask for', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession();
  });
  afterAll(() => session.close());

  const open = async (input: Record<string, unknown>): Promise<string[][]> => {
    const { text, structured, isError } = await session.call('search_tickets', { limit: 200, ...input });
    expect(isError, text).toBe(false);
    return structured.rows;
  };

  it('finds what waits for the customer, on every board', async () => {
    const rows = await open({ only: 'waitingOnCustomer' });
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row[4]))).toEqual(new Set(['Waiting on Customer']));
  });

  it.each(['priority', 'priority desc'])(
    'orders by %s with the most urgent first, over both kinds of ticket',
    async (sort) => {
      for (const kind of ['service', undefined]) {
        const rows = await open({ kind, sort });
        const priorities = rows.map((row) => row[5] ?? '');
        expect(priorities).toEqual(priorities.toSorted());
        expect(priorities[0]).toMatch(/^P(riority )?1/);
        expect(new Set(priorities).size).toBeGreaterThan(1);
      }
    },
  );

  it('says which statuses there are on a board without such a one', async () => {
    const boards = (await session.rest('GET', '/service/boards')).body as { id: number; name: string }[];
    const without = await Promise.all(
      boards.map(async ({ id, name }) => {
        const { body } = await session.rest('GET', `/service/boards/${id}/statuses`);
        return body.some((status: { name: string }) => /customer/i.test(status.name)) ? undefined : name;
      }),
    );
    const board = without.find((name) => name !== undefined);
    const { text, isError } = await session.call('search_tickets', { only: 'waitingOnCustomer', board });
    expect(isError).toBe(true);
    expect(text).toMatch(/Send status instead.*New/s);
  });

  it('finds what is overdue and what is due today', async () => {
    const made = async (summary: string, dueDate: string): Promise<number> => {
      const { structured } = await session.call('create_ticket', { summary, company: 'Globex' });
      await session.call('update_ticket', { ticketId: structured.id, dueDate, confirm: true });
      return structured.id;
    };
    const late = await made('Due yesterday', '2026-11-23 17:00');
    const today = await made('Due tonight', '2026-11-24 23:30');
    const later = await made('Due tomorrow', '2026-11-25 09:00');
    const overdue = (await open({ only: 'overdue' })).map(([id]) => Number(id));
    const due = (await open({ only: 'dueToday' })).map(([id]) => Number(id));
    expect(overdue).toContain(late);
    expect(overdue).not.toContain(today);
    // 23:30 in New York is the next day in UTC.
    expect(due).toContain(today);
    expect(due).not.toContain(later);
    expect(NOW.toISOString()).toBe('2026-11-24T21:20:00.000Z');
  });
});
