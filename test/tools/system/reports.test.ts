import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,system' });
});
afterAll(() => session.close());

describe('run_report', () => {
  it('lists the reports when none is named', async () => {
    const { structured, text } = await session.call('run_report');
    expect(structured.rows.flat()).toContain('Service');
    expect(text).toMatch(/^259 of 259 reports/);
  });

  it('gives rows, the total, and the columns that were not shown', async () => {
    const { structured, text, isError } = await session.call('run_report', { name: 'service', limit: 3 });
    expect(isError, text).toBe(false);
    expect(structured.columns).toHaveLength(10);
    expect(structured.rows).toHaveLength(3);
    expect(structured.total).toBeGreaterThan(100);
    expect(text).toMatch(/3 of \d+ rows of Service; more with page: 2/);
    expect(text).toContain('More columns: Address_Line1');
    const next = await session.call('run_report', { report: 'Service', limit: 3, page: 2 });
    expect(next.structured.rows[0]).not.toEqual(structured.rows[0]);
  });

  it('chooses columns, filters by what they hold, and orders', async () => {
    const { structured, text } = await session.call('run_report', {
      report: 'Service',
      columns: ['sr_service_recid', 'Board_Name', 'Closed_Flag', 'Date_Entered'],
      where: [
        { field: 'board_name', op: 'eq', value: 'Help Desk' },
        { field: 'Closed_Flag', op: 'eq', value: 'false' },
      ],
      conditions: 'SR_Service_RecID > 2 and Date_Entered > [2026-01-01]',
      orderBy: 'SR_Service_RecID desc',
    });
    expect(structured.columns).toEqual(['SR_Service_RecID', 'Board_Name', 'Closed_Flag', 'date_entered']);
    expect(structured.rows.length, text).toBeGreaterThan(2);
    const ids = structured.rows.map(([id]: string[]) => Number(id));
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(structured.rows.map((row: string[]) => `${row[1]} ${row[2]}`))).toEqual(
      new Set(['Help Desk false']),
    );
    expect(structured.rows[0][3]).toMatch(/^[A-Z][a-z]{2} \d+ [A-Z][a-z]{2} 2026 \d\d:\d\d$/);
  });

  it('reads days and words of time where the person is, and shows how it read them', async () => {
    const due = ['2026-12-09T00:00:00Z', '2026-12-10T03:00:00Z', '2026-12-10T00:00:00Z'];
    for (const [index, value] of due.entries())
      await session.rest('PATCH', `/service/tickets/${index + 3}`, [{ op: 'replace', path: 'requiredDate', value }]);
    const columns = ['SR_Service_RecID', 'Date_Required'];
    const where = [{ field: 'Date_Required', op: 'eq', value: '2026-12-09' }];
    const { structured } = await session.ok('run_report', { report: 'Service', columns, where, orderBy: columns[0] });
    expect(structured.rows).toEqual([
      ['3', '2026-12-09'],
      ['4', 'Wed 9 Dec 2026 22:00'],
    ]);
    const lastWeek = [{ field: 'date_entered', op: 'eq', value: 'last week' }];
    const { text } = await session.ok('run_report', { report: 'Service', columns, where: lastWeek });
    expect(text).toContain('Mon 16 Nov to Sun 22 Nov (America/New_York)');
  });

  it('takes names of reports and columns with blanks', async () => {
    const { structured } = await session.ok('run_report', { report: 'service', columns: ['board name'], limit: 1 });
    expect(structured.columns).toEqual(['Board_Name']);
  });

  it('adds up by groups, over every row', async () => {
    const { structured, text } = await session.call('run_report', {
      report: 'Time',
      groupBy: ['Member_ID'],
      sum: ['hours_actual'],
    });
    const { body } = await session.rest('GET', '/time/entries?pageSize=1000&conditions=member/identifier="jdoe"');
    const hours = body.reduce((sum: number, { actualHours }: { actualHours: number }) => sum + actualHours, 0);
    const row = structured.rows.find(([member]: string[]) => member === 'jdoe');
    expect(row, text).toEqual(['jdoe', String(body.length), String(Math.round(hours * 100) / 100)]);
  });

  it.each([
    [{ report: 'Services' }, /no report "Services".*Did you mean Service/s],
    [{ report: 'Service', columns: ['Board'] }, /no column "Board".*Board_Name/s],
    [{ report: 'Service', where: [{ field: 'status/name', value: 'New' }] }, /no field "status\/name"/],
    [{ report: 'Service', where: [{ field: 'Colour', value: 'Blue' }] }, /no field "Colour".*Allowed: .*Board_Name/s],
    [{ report: 'Service', conditions: 'Bord_Name = "x"' }, /Did you mean Board_Name/],
    [{ report: 'Service', conditions: 'Closed_Flag = 1' }, /Closed_Flag takes true or false/],
    [{ report: 'Service', orderBy: 'Nothing desc' }, /no field Nothing/],
    [{ report: 'Time', sum: ['Member_ID'] }, /is not a number of Time/],
    [{ report: 'Service', filters: 'x' }, /There is no argument filters/],
  ])('refuses %j', async (input, message) => {
    const { text, isError } = await session.call('run_report', input);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
  });
});
