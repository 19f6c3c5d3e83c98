import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { loadApi } from '../../../src/api/load.ts';
import { validateBody } from '../../../src/api/validate.ts';
import { collectionOfReference } from '../../../src/sandbox/reference-places.ts';
import { seed } from '../../../src/sandbox/seed/index.ts';
import { HOSTILE_NOTES } from '../../../src/sandbox/seed/subjects.ts';
import { MemoryStore } from '../../../src/sandbox/store/memory-store.ts';
import type { SandboxRecord } from '../../../src/sandbox/store/store.ts';

const api = loadApi().at('2026.4');
const NOW = new Date('2026-11-24T21:20:00Z');

/** Every collection that the catalog lists, with its records. */
function seeded(now: Date = NOW, timeZone = 'America/New_York', tickets = 120, number = 1) {
  const store = new MemoryStore();
  const result = seed(store, { seed: number, tickets, now, timeZone, api });
  const lists = api.operations.filter(
    ({ method, response, path }) =>
      method === 'GET' && response.kind === 'array' && !/\/(info|usages)(\/|$)/i.test(path),
  );
  const tables = lists.map(({ path, response }) => ({
    path,
    schema: response.schema ?? '',
    rows: [...store.collection(path).all()],
  }));
  return { store, result, tables: tables.filter(({ rows }) => rows.length > 0) };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** References of a record that lead nowhere. */
function dangling(store: MemoryStore, schema: string, row: SandboxRecord): string[] {
  return [...(api.schema(schema)?.fields ?? [])].flatMap(([name, field]) => {
    const value = row[name];
    const template = collectionOfReference(field.schema ?? '');
    if (field.type !== 'reference' || !isRecord(value) || template === undefined) return [];
    const found =
      store.collection(template).get(Number(value.id)) ??
      (template === '/service/tickets' ? store.collection('/project/tickets').get(Number(value.id)) : undefined);
    return found === undefined ? [`${name} ${String(value.id)}`] : [];
  });
}

describe('the seed', () => {
  const usual = seeded();

  it('is the same for the same options, and another for another seed', () => {
    const read = (number: number) => JSON.stringify(seeded(NOW, 'America/New_York', 60, number).tables);
    const first = read(1);
    expect(read(1)).toBe(first);
    expect(read(2)).not.toBe(first);
  });

  it('refers only to records that exist', () => {
    const { store, tables } = usual;
    const wrong = tables.flatMap(({ path, schema, rows }) =>
      rows.flatMap((row) => dangling(store, schema, row).map((text) => `${path}/${row.id}: ${text}`)),
    );
    expect(wrong).toEqual([]);
    expect(tables.length).toBeGreaterThan(60);
  });

  it('conforms to the schema of every collection that it fills', () => {
    const wrong = usual.tables.flatMap(({ path, rows }) => {
      // A forecast is posted whole; its lines have an operation of their own.
      const create = api.find(path.endsWith('/forecast') ? `POST ${path}/{id}` : `POST ${path}`);
      // Project boards are the same records as service boards, seen through another schema.
      if (create?.request?.kind !== 'object' || path.startsWith('/project/boards/')) return [];
      return rows.flatMap((row) =>
        validateBody(api, create, row)
          .filter(({ problem }) => problem !== 'required')
          .map(({ field, problem }) => `${path} ${field}: ${problem}`),
      );
    });
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('has what trips up clients', () => {
    const { store } = seeded(NOW, 'America/New_York', 600);
    const names = (path: string, member = 'name') => [...store.collection(path).all()].map((row) => row[member]);
    expect(names('/company/companies')).toEqual(
      expect.arrayContaining(['Acme Corporation', 'Acme Dental Group', `Bob's "Best" Burgers`, 'Müller & Söhne GmbH']),
    );
    expect(names('/system/members', 'firstName').filter((name) => name === 'Alex')).toHaveLength(2);
    const statuses = [...store.collection('/service/boards/{parentId}/statuses').all()];
    expect(statuses.filter(({ name }) => name === 'New').length).toBeGreaterThan(2);
    expect(
      new Set(statuses.filter(({ name }) => name === 'Completed').map(({ closedStatus }) => closedStatus)),
    ).toEqual(new Set([true, false]));
    expect(statuses.some(({ timeEntryNotAllowed }) => timeEntryNotAllowed === true)).toBe(true);
    const notes = new Set(names('/service/tickets/{parentId}/notes', 'text'));
    for (const text of HOSTILE_NOTES) expect(notes.has(text)).toBe(true);
    const shared = names('/project/tickets', 'id').filter((id) => store.collection('/service/tickets').get(Number(id)));
    expect(shared).toEqual([]);
    const sheets = new Set(names('/time/sheets', 'status'));
    for (const status of ['Open', 'PendingApproval', 'Rejected', 'ApprovedByTierOne', 'Billed'])
      expect(sheets.has(status)).toBe(true);
    const acme = [...store.collection('/company/contacts').where('company/identifier', 'Acme')];
    expect(acme.some(({ title }) => title === 'Office Manager')).toBe(true);
  });

  it('is whole at any moment: month ends, leap days, nights when the clocks change', () => {
    const awkward = [
      '2024-02-29T23:59:59Z',
      '2026-01-01T00:00:00Z',
      '2026-03-08T07:00:00Z',
      '2026-11-01T05:30:00Z',
      '2027-10-31T01:00:00Z',
      '2025-12-31T23:30:00Z',
    ].map((text) => new Date(text));
    const moment = fc.oneof(
      fc.constantFrom(...awkward),
      fc.date({ min: new Date('2024-01-01'), max: new Date('2031-01-01'), noInvalidDate: true }),
    );
    const zone = fc.constantFrom('America/New_York', 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(moment, zone, (now, timeZone) => {
        const { store, tables } = seeded(now, timeZone, 25);
        const text = JSON.stringify(tables.map(({ rows }) => rows));
        expect(text).not.toMatch(/Invalid|NaN|null/);
        for (const entry of store.collection('/time/entries').all()) {
          const [start, end] = [Date.parse(String(entry.timeStart)), Date.parse(String(entry.timeEnd))];
          expect((end - start) / 3_600_000).toBeCloseTo(Number(entry.actualHours), 2);
          expect(end).toBeLessThanOrEqual(now.getTime() + 86_400_000);
        }
        for (const ticket of store.collection('/service/tickets').all()) {
          const entered = (ticket._info as { dateEntered: string }).dateEntered;
          expect(Date.parse(entered)).toBeLessThanOrEqual(now.getTime());
        }
        for (const sheet of store.collection('/time/sheets').all()) {
          expect(DateTime.fromISO(String(sheet.dateStart), { zone: 'utc' }).weekday).toBe(1);
          const entries = [...store.collection('/time/entries').where('timeSheet/id', sheet.id)];
          const hours = entries.reduce((sum, { actualHours }) => sum + Number(actualHours), 0);
          expect(hours).toBeCloseTo(Number(sheet.hours), 1);
          for (const { status } of entries) expect(status).toBe(sheet.status);
        }
      }),
      { numRuns: 8, seed: 8, examples: awkward.map((now) => [now, 'America/New_York']) },
    );
  });

  it('loads 12,000 tickets', () => {
    const { store } = seeded(NOW, 'America/New_York', 12_000);
    expect(store.collection('/service/tickets').size).toBe(12_000);
    expect([...store.collection('/service/tickets').where('board/id', 1)].length).toBeGreaterThan(3_000);
  });
});
