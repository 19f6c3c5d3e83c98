import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { playMorning } from '../../src/demo/morning.ts';
import { startSession } from '../support/session.ts';

describe('the demo', () => {
  it.each([
    ['a Tuesday afternoon', '2026-11-24T21:20:00Z'],
    ['a Sunday night', '2026-11-22T23:50:00-05:00'],
    ['Monday, five past midnight', '2026-11-23T00:05:00-05:00'],
    ['the night the clocks go forward', '2026-03-08T03:30:00-04:00'],
    ['the day the clocks go back', '2026-11-01T14:50:00-05:00'],
    ['the hour that comes twice', '2026-11-01T01:50:00-05:00'],
    ['the small hours', '2026-11-24T01:17:00-05:00'],
    ['a month end', '2027-01-31T23:59:00-05:00'],
    ['a leap day', '2028-02-29T09:00:00-05:00'],
  ])('plays on %s', async (_, moment) => {
    const now = new Date(moment);
    const session = await startSession({ now });
    const printed: string[] = [];
    try {
      const rest = async (path: string): Promise<unknown> => (await session.rest('GET', path)).body;
      await playMorning(
        { call: (tool, input) => session.call(tool, input), rest, print: (text) => void printed.push(text) },
        DateTime.fromJSDate(now, { zone: 'America/New_York' }),
      );
      const times = await session.rest('GET', '/time/entries?orderBy=id desc&pageSize=1');
      const [{ timeEnd, chargeToId }] = times.body as [{ timeEnd: string; chargeToId: number }];
      const { body: ticket } = await session.rest('GET', `/service/tickets/${chargeToId}`);
      // What was logged is over, and not long before the ticket was opened.
      const opened = Date.parse((ticket as { _info: { dateEntered: string } })._info.dateEntered);
      expect((opened - Date.parse(timeEnd)) / 60_000).toBeGreaterThanOrEqual(0);
      expect((opened - Date.parse(timeEnd)) / 60_000).toBeLessThan(75);
      expect(printed.filter((text) => text.includes('checked over REST')).length).toBeGreaterThanOrEqual(10);
    } finally {
      await session.close();
    }
  });
});
