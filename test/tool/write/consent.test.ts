import { describe, expect, it } from 'vitest';
import { ASK_ALWAYS, consentFor, readConsentPolicy } from '../../../src/tool/index.ts';

describe('CWM_CONFIRM', () => {
  it.each([
    ['', { usual: 'ask', by: {} }],
    ['never', { usual: 'never', by: {} }],
    ['Ask, delete=argument,MAIL = never', { usual: 'ask', by: { delete: 'argument', mail: 'never' } }],
    ['many=argument', { usual: 'ask', by: { many: 'argument' } }],
  ])('reads %j', (text, policy) => {
    expect(readConsentPolicy(text.split(',').filter((part) => part !== ''))).toEqual({ policy, problems: [] });
  });

  it.each([
    ['sometimes', /"sometimes".*ask, argument, never.*mail, delete/],
    ['delete', /"delete"/],
    ['delete=maybe', /"delete=maybe"/],
    ['deletes=ask', /"deletes=ask"/],
    ['delete=ask=never', /"delete=ask=never"/],
    ['delete=ask,delete=never', /two rules for delete/],
    ['ask,never', /both ask and never/],
  ])('refuses %j', (text, problem) => {
    expect(readConsentPolicy(text.split(',')).problems.join('\n')).toMatch(problem);
  });

  it('takes the strictest rule of several effects', () => {
    const policy = { usual: 'never', by: { delete: 'argument', mail: 'ask' } } as const;
    expect(consentFor(['deletes'], policy)).toBe('argument');
    expect(consentFor(['deletes', 'mails'], policy)).toBe('ask');
    expect(consentFor(['merges'], policy)).toBe('never');
    expect(consentFor([], policy)).toBe('never');
    expect(consentFor([], ASK_ALWAYS)).toBe('ask');
  });
});
