import { describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { readStatuses, statusWords } from '../../src/approval/approval-status.ts';

const states = loadApi().schema('TimeEntry')?.fields.get('status')?.enum ?? [];

describe('a state of time or expenses', () => {
  it('is shown in plain words', () => {
    expect(statusWords('ApprovedByTierOne')).toBe('approved by tier one');
    expect(statusWords(undefined)).toBe('');
    expect(states).toContain('ApprovedByTierOne');
  });

  it.each(states)('%s is found again by its words', (state) => {
    expect(readStatuses(statusWords(state))).toContain(state);
  });
});
