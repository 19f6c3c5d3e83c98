import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareTerm } from '../../src/report/dimensions.ts';
import { MEASURES } from '../../src/report/index.ts';
import { measureNamed } from '../../src/report/measures/index.ts';

describe('a measure', () => {
  it.each([
    ['ticket count', 'opened'],
    ['Resolved tickets', 'closed'],
    ['ticket backlog', 'backlog'],
    ['MTTR', 'resolutionHours'],
    ['average first response time', 'responseHours'],
    ['resolution time p90', 'resolutionHours:p90'],
    ['oldest ticket', 'age:max'],
    ['SLA %', 'slaMet'],
    ['SLA breaches', 'slaMissed'],
    ['Utilisation rate', 'utilization'],
    ['first call resolution', 'oneTouch'],
    ['monthly recurring revenue', 'mrr'],
    ['AR aging', 'balance'],
    ['hours billed', 'billedHours'],
    ['CSAT score', 'csat'],
    ['revenue per hour', 'effectiveRate'],
    ['MRR per endpoint', 'mrr/endpoints'],
    ['revenue per employee', 'billed/staff'],
    ['average hours per ticket', 'ticketHours'],
    ['tickets touched', 'touched'],
    ['time entry delay:p90', 'entryDelay:p90'],
    ['tickets without time entries', 'untouched'],
    ['opened / closed', 'opened/closed'],
    ['newMrr - lostMrr', 'newMrr - lostMrr'],
    ['mrr-recurringCost', 'mrr - recurringCost'],
    ['tickets opened minus tickets closed', 'opened - closed'],
    ['unassigned tickets', 'unassigned'],
    ['tickets past due', 'overdueTickets'],
    ['average invoice', 'averageInvoice'],
    ['average utilization', 'utilization'],
    ['gross margin %', 'marginShare'],
    ['net new MRR', 'netMrr'],
    ['RHEM', 'rhem'],
    ['write-offs', 'writtenOff'],
    ['upcoming renewals', 'expiringAgreements'],
    ['number of tickets', 'opened'],
    ['billable %', 'billableShare'],
    ['re-opened', 'reopened'],
  ])('is found as %s', (said, name) => {
    expect(measureNamed(said, MEASURES).name).toBe(name);
  });

  it.each([
    'average hours',
    'hours:avg',
    'average revenue',
    'average tickets closed',
    'survey response rate',
    'tickets opened rate',
    'recurring margin %',
    'number of overdue invoices',
    'deal value',
    'tickets after hours',
    'ticket revenue',
  ])('of another kind than is asked for is not taken: %s', (said) => {
    expect(() => measureNamed(said, MEASURES)).toThrow(/no measure/);
  });

  it.each(['churn', 'revenue per technician', 'weather', ''])('is never guessed: %s', (said) => {
    expect(() => measureNamed(said, MEASURES)).toThrow(/no measure/);
  });

  it.each([
    ['churn rate', /Did you mean lostMrr/],
    ['NPS', /Did you mean csat or surveys\?/],
    ['escalatedTickets', /Did you mean slaMissed or reopened/],
    ['agreement hours', /Did you mean .*prepaid/],
    ['opened per day', /For each day send by: \["day"\]/],
    ['revenue per tech', /For each member send by: \["member"\]/],
  ])('that does not exist leads to what does: %s', (said, expected) => {
    expect(() => measureNamed(said, MEASURES)).toThrow(expected);
  });

  it('has names that no other has', () => {
    const names = MEASURES.flatMap(({ name, aliases = [] }) => [name, ...aliases].map((one) => one.toLowerCase()));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('is found by each of its names', () => {
    const wrong = MEASURES.flatMap(({ name, aliases = [] }) =>
      [name, ...aliases].filter((said) => measureNamed(said, MEASURES).name !== name).map((said) => `${said}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a ratio', () => {
  const terms = MEASURES.flatMap(({ name, aliases = [] }) => [name, ...aliases].map((said) => ({ said, name })));
  type Term = (typeof terms)[number];

  function divides(top: Term, bottom: Term): void {
    for (const sign of ['/', ' / ', '/ ', ' ÷ '])
      expect(measureNamed(`${top.said}${sign}${bottom.said}`, MEASURES).name).toBe(`${top.name}/${bottom.name}`);
  }

  it('is of any two measures, by any of their names', () => {
    const term = fc.constantFrom(...terms);
    fc.assert(fc.property(term, term, divides), { numRuns: 200 });
  });

  const bared = terms.map((term) => ({ term, bare: bareTerm(term.said) }));
  const bare = new Set(bared.map((one) => one.bare));
  const joined = bared.flatMap((top) =>
    bared.filter((bottom) => bare.has(top.bare + bottom.bare)).map((bottom) => [top.term, bottom.term] as const),
  );

  it('is never taken for the measure that both names spell together', () => {
    expect(joined.length).toBeGreaterThan(5);
    for (const [top, bottom] of joined) divides(top, bottom);
  });

  it('of another kind is taken off no measure', () => {
    expect(() => measureNamed('hours - billed', MEASURES)).toThrow(/of two kinds/);
  });

  it.each([
    'billable + hours',
    'hours - billable - noCharge',
    'billable*hours',
    'hours/',
    '/hours',
    'hours/opened/closed',
  ])('is nothing else: %s', (said) => {
    expect(() => measureNamed(said, MEASURES)).toThrow(/is neither a ratio nor a difference/);
  });
});
