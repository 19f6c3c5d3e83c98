import { describe, expect, it } from 'vitest';
import { loadApi } from '../../../src/api/load.ts';
import { effectsOf, mayAsk, membersSet, needsConsent } from '../../../src/tool/write/effects.ts';
import type { StepRequest } from '../../../src/tool/write/plan.ts';

const api = loadApi();

const kindsOf = (operation: string, request: StepRequest = {}, link = false): string[] =>
  effectsOf({ operation, link }, request, api).map(({ kind }) => kind);

describe('the effects of a request', () => {
  it.each([
    ['DELETE /company/contacts/{id}', {}, ['deletes']],
    ['POST /company/companies/{id}/merge', {}, ['merges']],
    ['POST /service/tickets/{parentId}/merge', {}, ['merges']],
    ['POST /service/tickets/{parentId}/attachChildren', {}, ['converts']],
    ['POST /service/tickets/{parentId}/convert', {}, ['converts']],
    ['POST /sales/opportunities/{id}/convertToProject', {}, ['converts']],
    ['POST /time/sheets/{id}/submit', {}, ['submits']],
    ['POST /time/sheets/{id}/approve', {}, ['submits']],
    ['POST /time/sheets/{id}/reject', {}, ['submits']],
    ['POST /time/sheets/{id}/reverse', {}, ['submits']],
    ['POST /system/members/{id}/deactivate', {}, ['deactivates']],
    ['POST /system/members/{ssoid}/deactivateIamMember', {}, ['deactivates']],
    ['POST /system/members/{id}/unlinkSsoUser', {}, ['deactivates']],
    ['POST /system/members/{id}/linkSsoUser', {}, ['resets']],
    ['POST /system/importMassMaintenance/{id}', {}, ['resets']],
    ['POST /project/projects/{parentId}/applyTemplates', {}, ['many']],
    ['POST /system/members/{memberIdentifier}/tokens', {}, ['resets']],
    ['POST /finance/agreements/{id}/invoice', {}, ['bills']],
    ['POST /finance/agreements/{parentId}/copy', {}, []],
    ['POST /system/callbacks', {}, ['webhook']],
    [
      'PATCH /system/callbacks/{id}',
      { body: [{ op: 'replace', path: 'url', value: 'https://x.example' }] },
      ['webhook'],
    ],
    ['PATCH /system/callbacks/{id}', { body: [{ op: 'replace', path: 'inactiveFlag', value: true }] }, []],
    ['PATCH /system/callbacks/{id}', { body: [{ op: 'replace', path: 'inactiveFlag', value: false }] }, ['webhook']],
    ['PATCH /system/callbacks/{id}', { body: [{ op: 'replace', path: 'description', value: 'Sync' }] }, []],
    ['POST /service/tickets', { body: { summary: 'VPN' } }, ['mails']],
    ['POST /service/tickets', { body: { summary: 'VPN', processNotifications: true } }, ['mails']],
    ['POST /service/tickets', { body: { summary: 'VPN', processNotifications: 'True' } }, ['mails']],
    ['POST /service/tickets', { body: { summary: 'VPN', processNotifications: ' true' } }, ['mails']],
    ['POST /service/tickets', { body: { summary: 'VPN', processNotifications: null } }, ['mails']],
    ['POST /service/tickets', { body: { summary: 'VPN', processNotifications: ' ' } }, ['mails']],
    ['POST /service/tickets', { body: { summary: 'VPN', processNotifications: false } }, []],
    ['POST /service/tickets/{parentId}/notes', { body: { text: 'x', processNotifications: true } }, ['mails']],
    ['POST /service/tickets/{parentId}/notes', { body: { text: 'x' } }, []],
    ['POST /time/entries', { body: { emailContactFlag: true, emailCcFlag: true } }, ['mails', 'mails']],
    ['PATCH /system/members/{id}', { body: [{ op: 'replace', path: 'inactiveFlag', value: true }] }, ['deactivates']],
    [
      'PATCH /system/members/{id}',
      { body: [{ op: 'replace', path: '/inactiveFlag', value: 'true' }] },
      ['deactivates'],
    ],
    ['PATCH /system/members/{id}', { body: [{ op: 'add', path: 'inactiveFlag', value: 'True ' }] }, ['deactivates']],
    ['PATCH /system/members/{id}', { body: [{ op: 'replace', path: 'inactiveFlag', value: false }] }, []],
    ['PATCH /system/members/{id}', { body: [{ op: 'replace', path: 'title', value: 'Lead' }] }, []],
    ['PATCH /company/contacts/{id}', { body: [{ op: 'replace', path: 'inactiveFlag', value: true }] }, ['deactivates']],
    ['PATCH /service/boards/{id}', { body: [{ op: 'replace', path: 'inactiveFlag', value: true }] }, []],
    ['PATCH /service/tickets/{id}', { body: [{ op: 'replace', path: 'summary', value: 'x' }] }, []],
    ['GET /time/sheets/{id}', {}, []],
    ['POST /nowhere', {}, []],
  ] as const)('%s with %j: %j', (operation, request, kinds) => {
    expect(kindsOf(operation, request as StepRequest)).toEqual(kinds);
  });

  it('of a bulk change count its records, and what each of them does', () => {
    const body = [{ name: 'A' }, { name: 'B' }];
    const effects = effectsOf({ operation: 'PUT /company/configurations/bulk' }, { body }, api);
    expect(effects.map(({ says }) => says)).toContain('changes 2 records at once');
  });

  it('of a removal that only unlinks are few until they are many', () => {
    const unlink = effectsOf({ operation: 'DELETE /schedule/entries/{id}', link: true }, {}, api);
    expect(unlink.map(({ kind }) => kind)).toEqual(['unlinks']);
    const times = (count: number) => Array.from({ length: count }, () => unlink).flat();
    expect(needsConsent([])).toBe(false);
    expect(needsConsent(times(1))).toBe(false);
    expect(needsConsent(times(5))).toBe(false);
    expect(needsConsent(times(6))).toBe(true);
    expect(needsConsent(effectsOf({ operation: 'DELETE /schedule/entries/{id}' }, {}, api))).toBe(true);
  });

  it('read the members of a record and of the steps of a PATCH alike', () => {
    expect(membersSet({ summary: 'x' })).toEqual({ summary: 'x' });
    const steps = [
      { op: 'replace', path: '/summary', value: 'x' },
      { op: 'remove', path: 'site', value: 3 },
      'odd',
      {},
    ];
    expect(membersSet(steps)).toEqual({ summary: 'x', site: null });
    expect(membersSet(undefined)).toEqual({});
    expect(membersSet('text')).toEqual({});
  });

  it.each([
    ['DELETE /company/contacts/{id}', true],
    ['PUT /company/configurations/bulk', true],
    ['POST /system/callbacks', true],
    ['POST /time/sheets/{id}/submit', true],
    ['PATCH /system/members/{id}', true],
    ['POST /service/tickets', true],
    ['PATCH /service/boards/{id}', false],
    ['POST /finance/agreements/{parentId}/additions', false],
  ])('of %s can ask: %j', (operation, asks) => {
    const found = api.find(operation);
    expect(found && mayAsk(found, api)).toBe(asks);
  });
});
