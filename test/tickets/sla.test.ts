import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { matcher } from '../../src/query/index.ts';
import { isAtRisk, mayBeAtRisk, nextDeadline, slaDeadline } from '../../src/tickets/sla.ts';

// A Tuesday.
const now = DateTime.fromISO('2026-11-24T16:20:00', { zone: 'America/New_York' }) as DateTime<true>;
const utc = (text: string): string | undefined =>
  slaDeadline(text, now)?.at.toUTC().toISO({ suppressMilliseconds: true });

describe('the deadline in slaStatus', () => {
  it.each([
    ['Resolve by Thu 11/26 4:15 PM UTC-05', '2026-11-26T21:15:00Z'],
    ['Resolve by Thu 26/11 4:15 PM UTC-05', '2026-11-26T21:15:00Z'],
    ['Resolve by Thu 26/11 16:15 UTC+01', '2026-11-26T15:15:00Z'],
    ['Resolve by Thu 26.11 16:15 UTC+01', '2026-11-26T15:15:00Z'],
    ['Resolve by Thu 26-11-2026 16:15 UTC+01:00', '2026-11-26T15:15:00Z'],
    ['Resolve by Thu 11/26/26 4:15 PM UTC+5:30', '2026-11-26T10:45:00Z'],
    ['Resolve by 2026-11-26 16:15 UTC', '2026-11-26T16:15:00Z'],
    ['Resolve by Thu, 11/26 4:15 p.m. (UTC-05:00)', '2026-11-26T21:15:00Z'],
    ['Resolve by Thu 11/26 4:15 PM', '2026-11-26T21:15:00Z'],
    ['resolve by Thursday 11/26 4:15:00 PM GMT-5', '2026-11-26T21:15:00Z'],
    ['Resolve by Mon 12/28 12:05 AM UTC-05', '2026-12-28T05:05:00Z'],
    ['Resolve by Fri 01/02 9:00 AM UTC-05', '2026-01-02T14:00:00Z'],
  ])('%s is %s', (text, at) => {
    expect(utc(text)).toBe(at);
  });

  it.each([
    ['Respond by Thu 11/26 4:15 PM UTC-05', 'Respond'],
    ['Plan by Thu 11/26 4:15 PM UTC-05', 'Plan'],
    ['Res Plan by Thu 11/26 4:15 PM UTC-05', 'Plan'],
    ['Resolution plan by Thu 11/26 4:15 PM UTC-05', 'Plan'],
    ['Resolve by Thu 11/26 4:15 PM UTC-05', 'Resolve'],
  ])('of %s is for %s', (text, goal) => {
    expect(slaDeadline(text, now)?.goal).toBe(goal);
  });

  it.each([
    'Resolved',
    'Waiting',
    'Responded',
    '',
    undefined,
    'Resolve by Thu 13/45 4:15 PM',
    'Resolve by Sat 11/26 4:15 PM UTC-05',
  ])('is none in %j', (text) => {
    expect(slaDeadline(text, now)).toBeUndefined();
  });
});

describe('the next deadline of a ticket', () => {
  const goals = {
    respondByGoalUTC: '2026-11-24T22:00:00Z',
    resplanGoalUTC: '2026-11-25T14:00:00Z',
    resolutionGoalUTC: '2026-11-26T21:15:42Z',
  };
  const next = (ticket: Record<string, unknown>): string | undefined => {
    const found = nextDeadline(ticket, now);
    return found && `${found.goal} ${found.at.toUTC().toISO({ suppressMilliseconds: true })}`;
  };

  it('is exact where the site has it, and what slaStatus says where not', () => {
    const slaStatus = 'Resolve by Thu 11/26 4:15 PM UTC-05';
    const met = { dateResponded: '2026-11-24T20:00:00Z', dateResplan: '2026-11-24T20:00:00Z' };
    expect(next({ slaStatus, ...goals, ...met })).toBe('Resolve 2026-11-26T21:15:42Z');
    expect(next({ slaStatus })).toBe('Resolve 2026-11-26T21:15:00Z');
    expect(next({ slaStatus: 'Respond by Tue 11/24 5:00 PM UTC-05', ...goals })).toBe('Respond 2026-11-24T22:00:00Z');
  });

  it('is the first goal that is not reached where the words are of another language', () => {
    const slaStatus = 'Lösen bis Do 26.11. 16:15';
    expect(next({ slaStatus, ...goals })).toBe('Respond 2026-11-24T22:00:00Z');
    expect(next({ slaStatus, ...goals, dateResponded: '2026-11-24T20:00:00Z' })).toBe('Plan 2026-11-25T14:00:00Z');
    expect(next({ slaStatus })).toBeUndefined();
  });

  it('is the first goal that is not reached, whichever the words name', () => {
    const slaStatus = 'Resolve by Thu 11/26 4:15 PM UTC-05';
    expect(next({ slaStatus, ...goals })).toBe('Respond 2026-11-24T22:00:00Z');
    expect(next({ slaStatus, ...goals, dateResponded: '2026-11-24T20:00:00Z' })).toBe('Plan 2026-11-25T14:00:00Z');
  });

  it('is none while the clock stands still, or when the ticket is closed', () => {
    expect(next({ slaStatus: 'Waiting', ...goals })).toBeUndefined();
    expect(next({ slaStatus: 'Resolved', ...goals })).toBeUndefined();
    expect(next({ ...goals, closedFlag: true })).toBeUndefined();
  });
});

describe('what is at risk', () => {
  const api = loadApi();

  it.each([
    ['is due today', { slaStatus: 'Resolve by Tue 11/24 11:00 PM UTC-05' }, true],
    ['is due tomorrow by a clock of another zone', { slaStatus: 'Resolve by Thu 11/26 9:00 AM UTC+13' }, true],
    ['is due later', { slaStatus: 'Resolve by Thu 11/26 4:15 PM UTC-05' }, false],
    ['is past, whatever the flag says', { slaStatus: 'Resolve by Mon 11/09 4:15 PM UTC-05', isInSla: true }, true],
    ['is broken', { slaStatus: 'Resolved', isInSla: false }, true],
    [
      'is exact where words are rounded',
      { slaStatus: 'Resolve by Thu 11/26 12:00 AM UTC-05', resolutionGoalUTC: '2026-11-26T04:59:30Z' },
      true,
    ],
    [
      'is in words of another language',
      { slaStatus: 'Bis 25.11. 9:00', respondByGoalUTC: '2026-11-25T14:00:00Z' },
      true,
    ],
    ['waits', { slaStatus: 'Waiting', respondByGoalUTC: '2026-11-25T14:00:00Z' }, false],
  ])('%s', (_, ticket, expected) => {
    expect(isAtRisk(ticket, now)).toBe(expected);
  });

  it('is all found by the condition that asks for it, in every version', () => {
    const hour = (hours: number) => now.plus({ hours });
    const moment = fc.option(
      fc.integer({ min: -100, max: 100 }).map((hours) => hour(hours).toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'")),
      { nil: undefined },
    );
    const words = fc
      .tuple(fc.constantFrom('Respond by', 'Res Plan by', 'Resolve by', 'Bis'), fc.integer({ min: -100, max: 100 }))
      .map(([goal, hours]) => `${goal} ${hour(hours).setLocale('en-US').toFormat("ccc MM/dd h:mm a 'UTC-05'")}`);
    const goals = {
      dateResponded: moment,
      dateResplan: moment,
      dateResolved: moment,
      respondByGoalUTC: moment,
      resplanGoalUTC: moment,
      resolutionGoalUTC: moment,
    };
    const facts = {
      isInSla: fc.option(fc.boolean(), { nil: undefined }),
      slaStatus: fc.oneof(words, fc.constant('Waiting')),
    };
    for (const [version, members] of [
      ['2022.1', facts],
      ['2026.4', { ...facts, ...goals }],
    ] as const) {
      const condition = mayBeAtRisk(now, api.at(version));
      const finds = matcher(condition ?? expect.fail('no condition'));
      fc.assert(
        fc.property(fc.record(members as typeof facts), (ticket) => {
          if (isAtRisk(ticket, now)) expect(finds({ id: 1, ...ticket })).toBe(true);
        }),
      );
    }
  });
});
