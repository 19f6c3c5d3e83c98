import { describe, expect, it } from 'vitest';
import { say } from '../../../src/text/index.ts';
import { previewResult } from '../../../src/tool/write/preview.ts';

const shown = (body: unknown, schema?: string) =>
  previewResult([{ method: 'PATCH', url: 'https://m.example/x', body, schema }], [], say`as asked`);

describe('a preview', () => {
  it('says that nothing was sent, what was understood, and the request', () => {
    const { text, structured } = shown({ summary: 'VPN' }, 'Ticket');
    expect(text).toBe('Dry run: nothing was sent.\nas asked\nPATCH https://m.example/x\n{"summary":"VPN"}');
    expect(structured).toMatchObject({ dryRun: true, requests: [{ method: 'PATCH', body: { summary: 'VPN' } }] });
  });

  it.each([
    ['a private key', { privateKey: 'k3y-of-ours' }, 'ApiMember'],
    ['a password', { password: 'k3y-of-ours' }, 'Member'],
    ['a password in a PATCH', [{ op: 'replace', path: 'password', value: 'k3y-of-ours' }], 'Member'],
    [
      'a custom field of passwords',
      { customFields: [{ caption: 'Login', type: 'Password', value: 'k3y-of-ours' }] },
      'Company',
    ],
    [
      'an answer to a password question',
      { questions: [{ question: 'Login', fieldType: 'Password', answer: 'k3y-of-ours' }] },
      'Company.Configuration',
    ],
  ])('hides %s', (_, body, schema) => {
    const { text, structured } = shown(body, schema);
    expect(text).not.toContain('k3y-of-ours');
    expect(JSON.stringify(structured)).not.toContain('k3y-of-ours');
    expect(text).toContain('[hidden]');
  });

  it('cleans what stands in the request', () => {
    const { text } = shown({ summary: 'a\u202eb\u001b[31m' });
    for (const hidden of ['\u202e', '\u001b']) expect(text).not.toContain(hidden);
  });
});
