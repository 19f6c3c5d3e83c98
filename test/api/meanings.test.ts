import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { DAYS_AT_MIDNIGHT, TIMES } from '../../src/api/meanings/times.ts';
import { CREATE_ONLY, DERIVED, IGNORED, MAILS } from '../../src/api/meanings/writing.ts';
import {
  HIDDEN,
  isDay,
  isMoment,
  isMoney,
  isSecret,
  isSecretPath,
  meaningOf,
  meaningOfPath,
  readsAsDay,
  secretsMasked,
} from '../../src/api/meanings.ts';

const api = loadApi();
const members = [...api.schemas].flatMap(([schema, { fields }]) =>
  [...fields].map(([name, field]) => ({ schema, name, field })),
);

describe('the table of meanings', () => {
  it('says of every datetime member of all schemas whether it is a date or a moment', () => {
    const unclassified = members
      .filter(({ schema, name, field }) => field.type === 'datetime' && meaningOf(schema, name)?.time === undefined)
      .map(({ schema, name }) => `${schema}.${name}`);
    expect(unclassified).toEqual([]);
  });

  it('names members that the description has', () => {
    const split = (names: string): string[] => names.split(' ').map((name) => name.replace('?', ''));
    const named = [
      ...Object.entries(TIMES).flatMap(([schema, { days = '', moments = '' }]) =>
        [...split(days), ...split(moments)].map((name) => [schema, name] as const),
      ),
      ...[...Object.entries(DERIVED), ...Object.entries(DAYS_AT_MIDNIGHT)].flatMap(([schema, names]) =>
        split(names).map((name) => [schema, name] as const),
      ),
      ...[IGNORED, CREATE_ONLY, MAILS].flatMap((table) =>
        Object.entries(table).flatMap(([schema, names]) =>
          Object.keys(names)
            .flatMap(split)
            .map((name) => [schema, name] as const),
        ),
      ),
    ].filter(([, name]) => name !== '');
    const unknown = named
      .filter(([schema, name]) => api.schema(schema)?.fields.has(name) !== true)
      .map(([schema, name]) => `${schema}.${name}`);
    expect(unknown).toEqual([]);
  });

  it('hides every member whose name smells of a secret, apart from those listed here', () => {
    const smells = /pass|secret|token|key|credential|vector|\bpin\b|auth|private/i;
    const shown = members
      .filter(({ field, name }) => field.type === 'string' && smells.test(name))
      .filter(({ schema, name, field }) => field.enum === undefined && !isSecret(schema, name))
      .map(({ schema, name }) => `${schema}.${name}`)
      .filter((name) => !name.startsWith('PortalConfigurationPasswordEmailSetup.'));
    expect(shown.sort()).toEqual([
      'EmailToken.token',
      'ProjectTicketNote.originalAuthor',
      'ServiceTicketNote.originalAuthor',
      'Token.publicKey',
      'Usage.typeKey',
    ]);
  });

  it('hides the keys of payment, tax, mail and sign-in set-ups', () => {
    const secrets = [
      ['EPayConfiguration', 'encryptionKey'],
      ['EPayConfiguration', 'initializationVector'],
      ['TaxIntegration', 'licenseKey'],
      ['GoogleEmailSetup', 'privateKey'],
      ['Office365EmailSetup', 'clientSecret'],
      ['Imap', 'password'],
      ['SsoConfiguration', 'token'],
      ['Member', 'token'],
      ['Token', 'privateKey'],
      ['Contact', 'portalPassword'],
    ] as const;
    for (const [schema, member] of secrets) expect(isSecret(schema, member), `${schema}.${member}`).toBe(true);
    const settings = ['timebasedOneTimePasswordActivated', 'portalPasswordFlag', 'disablePortalLoginFlag'];
    for (const member of settings) expect(isSecret(undefined, member), member).toBe(false);
  });

  it('follows references through the description', () => {
    expect(isDay(api, 'Opportunity', 'expectedCloseDate')).toBe(true);
    expect(isDay(api, 'Opportunity', 'EXPECTEDCLOSEDATE')).toBe(true);
    expect(isDay(api, 'Addition', 'effectiveDate')).toBe(true);
    expect(isDay(api, 'TimeEntry', 'agreement/endDate')).toBe(true);
    expect(isDay(api, 'TimeEntry', 'timeStart')).toBe(false);
    expect(isMoment(api, 'Ticket', 'closedDate')).toBe(true);
    expect(isMoment(api, 'Ticket', 'lastUpdated')).toBe(true);
    expect(isMoment(api, 'Ticket', '_info/lastUpdated')).toBe(true);
    expect(isMoment(api, 'Ticket', 'summary')).toBe(false);
    expect(meaningOfPath(api, 'Nothing', 'at/all')).toBeUndefined();
  });

  it('knows money from percentages, quantities and hours', () => {
    for (const [schema, member] of [
      ['Agreement', 'billAmount'],
      ['Addition', 'unitPrice'],
      ['Invoice', 'total'],
      ['WorkRole', 'hourlyRate'],
      ['ForecastItem', 'revenue'],
    ] as const)
      expect(isMoney(api, schema, member), member).toBe(true);
    for (const [schema, member] of [
      ['Addition', 'quantity'],
      ['TimeEntry', 'actualHours'],
      ['TaxCode', 'levelOneRate'],
      ['InvoiceTemplate', 'marginLeft'],
      ['Ticket', 'id'],
    ] as const)
      expect(isMoney(api, schema, member), member).toBe(false);
  });

  it('says what a write of a member does', () => {
    expect(meaningOf('Ticket', 'closedFlag')).toMatchObject({
      onWrite: 'ignored',
      instead: expect.stringContaining('status'),
    });
    expect(meaningOf('TimeEntry', 'actualHours')).toMatchObject({ onWrite: 'ignored' });
    expect(meaningOf('Ticket', 'initialDescription')).toMatchObject({ onWrite: 'createOnly' });
    expect(meaningOf('Ticket', 'processNotifications')).toMatchObject({ mails: 'everybody', mailsByDefault: true });
    expect(meaningOf('TicketNote', 'processNotifications')).toEqual({ mails: 'everybody' });
    expect(meaningOf('Member', 'inactiveFlag')).toEqual({ deactivates: { value: true, what: 'person' } });
    expect(meaningOf('Company.Configuration', 'activeFlag')).toEqual({ deactivates: { value: false, what: 'record' } });
    expect(meaningOf('Invoice', 'total', 'number')).toMatchObject({ onWrite: 'derived', money: true });
    expect(meaningOf('Ticket', 'summary')).toBeUndefined();
    expect(meaningOf('constructor', '__proto__')).toBeUndefined();
  });

  it('reads midnight UTC as a date where a moment stands for one', () => {
    const due = (requiredDate: string) => readsAsDay(api, 'Ticket', 'requiredDate', { requiredDate });
    expect(due('2026-12-04T00:00:00Z')).toBe(true);
    expect(due('2026-12-04T17:00:00Z')).toBe(false);
    const day = '2026-12-22T00:00:00Z';
    expect(readsAsDay(api, 'ScheduleEntry', 'dateStart', { dateStart: day, dateEnd: day, hours: 0 })).toBe(true);
    // Seven to eight in the evening in New York.
    const evening = { dateStart: day, dateEnd: '2026-12-22T01:00:00Z', hours: 1 };
    expect(readsAsDay(api, 'ScheduleEntry', 'dateStart', evening)).toBe(false);
    expect(readsAsDay(api, 'TimeEntry', 'timeStart', { timeStart: day })).toBe(false);
  });
});

describe('secrets', () => {
  it('go by the type beside a value, and go as well where the type was not asked for', () => {
    expect(isSecret('CustomFieldValue', 'value', { type: 'Text', caption: 'Rack' })).toBe(false);
    expect(isSecret('CustomFieldValue', 'value', { type: 'Password', caption: 'Rack' })).toBe(true);
    expect(isSecret('CustomFieldValue', 'value', { type: 'Text', caption: 'Admin password' })).toBe(true);
    expect(isSecret('questions', 'answer', {})).toBe(true);
    expect(isSecret('questions', 'answer', { fieldType: 'Text', question: 'IP address' })).toBe(false);
    expect(isSecret('SurveyResultDetail', 'answer', { questionId: 1 })).toBe(false);
    expect(isSecretPath('Company.Configuration', 'questions/0/answer')).toBe(true);
    expect(isSecretPath('Contact', '/portalPassword')).toBe(true);
    expect(isSecretPath('Ticket', 'status/id')).toBe(false);
  });

  it('are masked at any depth, in lists, patches and reports', () => {
    expect(secretsMasked([{ questions: [{ answer: 'hunter2' }] }], 'Company.Configuration')).toEqual([
      { questions: [{ answer: HIDDEN }] },
    ]);
    expect(secretsMasked({ a: { b: [{ password: 'hunter2', name: 'x', inactiveFlag: false }] } })).toEqual({
      a: { b: [{ password: HIDDEN, name: 'x', inactiveFlag: false }] },
    });
    expect(secretsMasked({ password: '', token: null })).toEqual({ password: '', token: null });
    expect(
      secretsMasked([
        { op: 'replace', path: 'portalPassword', value: 'hunter2' },
        { op: 'replace', path: 'customFields', value: [{ id: 1, type: 'Password', value: 'hunter2' }] },
        { op: 'replace', path: 'summary', value: 'hunter2' },
      ]),
    ).toEqual([
      { op: 'replace', path: 'portalPassword', value: HIDDEN },
      { op: 'replace', path: 'customFields', value: [{ id: 1, type: 'Password', value: HIDDEN }] },
      { op: 'replace', path: 'summary', value: 'hunter2' },
    ]);
    expect(
      secretsMasked({ column_definitions: [{ Login: {} }, { Login_Password: {} }], row_values: [['jo', 'hunter2']] }),
    ).toEqual({ column_definitions: [{ Login: {} }, { Login_Password: {} }], row_values: [['jo', HIDDEN]] });
    expect(secretsMasked({ _info: { key_url: 'https://example.test/callbackkey?id=1' } })).toEqual({
      _info: { key_url: HIDDEN },
    });
  });

  it('never come through, whatever stands around them', () => {
    const shell = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant({ password: 'hunter2' }),
        fc.constant({ type: 'Password', caption: 'c', value: 'hunter2' }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string({ maxLength: 6 }), tie('value'), { maxKeys: 3 }),
      ),
    })).value;
    fc.assert(fc.property(shell, (value) => !JSON.stringify(secretsMasked(value)).includes('hunter2')));
  });
});
