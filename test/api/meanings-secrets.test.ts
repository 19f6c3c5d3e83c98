import { describe, expect, it } from 'vitest';
import { isAddressWithKeys, isSecret, isSecretPath, secretsMasked, urlMasked } from '../../src/api/meanings.ts';

describe('what is secret', () => {
  it.each([
    ['Member', 'password', {}, true],
    ['Member', 'Password', {}, true],
    ['PortalSecurity', 'passwordEmail', {}, false],
    ['EmailToken', 'token', {}, false],
    ['Other', 'token', {}, true],
    [undefined, 'private_key', {}, true],
    ['CustomFieldValue', 'value', { type: 'Password' }, true],
    ['CustomFieldValue', 'value', { type: 'Text', caption: 'Site' }, false],
    ['CustomFieldValue', 'value', { type: 'Text', caption: 'Admin password:  ' }, true],
    ['customFields', 'VALUE', { type: 'Number' }, false],
    ['customFields', 'value', {}, true],
    ['customFields', 'caption', { type: 'Password' }, false],
    ['Anything', 'value', { type: 'Password' }, true],
    ['Anything', 'value', { type: 'Text' }, false],
    ['Anything', 'amount', { type: 'Password' }, false],
    ['questions', 'answer', {}, true],
    ['ConfigurationQuestion', 'answer', { fieldType: 'Password' }, true],
    ['ConfigurationQuestion', 'answer', { fieldType: 'Text', question: 'Model' }, false],
    ['ConfigurationQuestion', 'answer', { fieldType: 'Text', question: 'PIN code' }, true],
    ['Anything', 'answer', { fieldType: 'Password' }, true],
    ['Anything', 'answer', { answerId: 3 }, true],
    ['Anything', 'answer', { answerId: 3, fieldType: 'Text' }, false],
    ['Anything', 'answer', {}, false],
  ])('%s.%s beside %j: %j', (schema, member, siblings, secret) => {
    expect(isSecret(schema, member, siblings)).toBe(secret);
  });

  it.each([
    ['Company.Configuration', 'questions/answer', true],
    ['Company.Configuration', '/questions/0/answer', true],
    ['Company.Configuration', 'questions/-/question', false],
    ['Contact', '/portalPassword', true],
    ['Ticket', 'summary', false],
    ['Ticket', '', false],
    ['Member', 'password/', true],
  ])('the path %s %s: %j', (schema, path, secret) => {
    expect(isSecretPath(schema, path)).toBe(secret);
  });
});

describe('masking', () => {
  it.each([
    [{ password: 'x' }, 'Member', { password: '[hidden]' }],
    [{ password: '' }, 'Member', { password: '' }],
    [{ password: null }, 'Member', { password: null }],
    [{ passwordFlag: true, clientSecret: false }, 'Other', { passwordFlag: true, clientSecret: false }],
    [[{ password: 'x' }, { title: 'Lead' }], 'Member', [{ password: '[hidden]' }, { title: 'Lead' }]],
    [{ setup: { deep: [{ apiKey: 'x' }] } }, 'Other', { setup: { deep: [{ apiKey: '[hidden]' }] } }],
    [
      { op: 'replace', path: '/password', value: 'x' },
      'Member',
      { op: 'replace', path: '/password', value: '[hidden]' },
    ],
    [{ op: 'replace', path: 'password', value: '' }, 'Member', { op: 'replace', path: 'password', value: '' }],
    [{ op: 'replace', path: 'title', value: 'Lead' }, 'Member', { op: 'replace', path: 'title', value: 'Lead' }],
    [
      { op: 'replace', path: '/customFields', value: [{ type: 'Password', value: 'x' }] },
      'Company',
      { op: 'replace', path: '/customFields', value: [{ type: 'Password', value: '[hidden]' }] },
    ],
    [{ path: 'password', value: 'a file' }, 'Other', { path: 'password', value: 'a file' }],
    ['text', 'Member', 'text'],
    [undefined, 'Member', undefined],
  ])('of %j as %s gives %j', (value, schema, masked) => {
    expect(secretsMasked(value, schema)).toEqual(masked);
  });

  it('leaves what holds no secret as it is, and writes into nothing', () => {
    const record = Object.freeze({ id: 1, company: Object.freeze({ name: 'Acme' }), list: Object.freeze([{ id: 2 }]) });
    expect(secretsMasked(record, 'Ticket')).toBe(record);
    const secret = Object.freeze({ id: 1, login: Object.freeze({ password: 'x', name: 'jo' }) });
    expect(secretsMasked(secret, 'Ticket')).toEqual({ id: 1, login: { password: '[hidden]', name: 'jo' } });
    expect(secret.login.password).toBe('x');
  });

  it('of a report hides the columns of secrets, and keeps the others', () => {
    const column_definitions = [{ User_Name: {} }, { Password: {} }, 'odd'];
    const report = { column_definitions, row_values: [['jo', 'x', 1], ['al', '', 2], 'odd'] };
    expect(secretsMasked(report)).toEqual({
      column_definitions,
      row_values: [['jo', '[hidden]', 1], ['al', '', 2], 'odd'],
    });
    const harmless = { column_definitions: [{ User_Name: {} }], row_values: [['jo']] };
    expect(secretsMasked(harmless)).toEqual(harmless);
    expect(secretsMasked({ column_definitions, row_values: 'none' })).toEqual({
      column_definitions,
      row_values: 'none',
    });
  });

  it.each([
    ['https://x.example/hook?key=abc&page=2', 'https://x.example/hook?key=hidden&page=2'],
    ['https://x.example/hook?sig=abc', 'https://x.example/hook?sig=hidden'],
    ['https://x.example/hook?key=', 'https://x.example/hook?key='],
    ['https://x.example/hook?page=2', 'https://x.example/hook?page=2'],
    ['https://jo:pw@x.example/', 'https://jo:hidden@x.example/'],
    [
      'https://x.example/webhooks/q7Zk2mPx9LdT4vWb/ticket?recordId=',
      'https://x.example/webhooks/hidden/ticket?recordId=',
    ],
    ['https://x.example/hook?who=q7Zk2mPx9LdT4vWb', 'https://x.example/hook?who=hidden'],
    ['https://x.example/service-desk/changes-of-tickets', 'https://x.example/service-desk/changes-of-tickets'],
    ['not an address', 'not an address'],
    [undefined, ''],
  ])('of the address %s gives %s', (address, masked) => {
    expect(urlMasked(address)).toBe(masked);
  });

  it('takes the address of a webhook for one with keys, and no other', () => {
    expect(isAddressWithKeys('CallbackEntry', 'url')).toBe(true);
    expect(isAddressWithKeys('CallbackEntry', 'description')).toBe(false);
    expect(isAddressWithKeys('Company', 'url')).toBe(false);
    const entry = { url: 'https://x.example/hook?key=abc', description: 'Sync' };
    expect(secretsMasked(entry, 'CallbackEntry')).toEqual({
      url: 'https://x.example/hook?key=hidden',
      description: 'Sync',
    });
  });
});
