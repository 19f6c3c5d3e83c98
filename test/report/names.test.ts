import { describe, expect, it } from 'vitest';
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
    ['opened / closed', 'opened/closed'],
  ])('is found as %s', (said, name) => {
    expect(measureNamed(said, MEASURES).name).toBe(name);
  });

  it.each(['churn', 'revenue per technician', 'weather', ''])('is never guessed: %s', (said) => {
    expect(() => measureNamed(said, MEASURES)).toThrow(/no measure/);
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
