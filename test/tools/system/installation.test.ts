import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadApi } from '../../../src/api/load.ts';
import { rightOf } from '../../../src/api/rights.ts';
import { SANDBOX } from '../../../src/sandbox/credentials.ts';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'all' });
});
afterAll(() => session.close());

/** A session whose keys have the rights of another role. */
async function as(role: 'reader' | 'technician'): Promise<Session> {
  const { publicKey, privateKey } = SANDBOX[role];
  return startSession({
    toolsets: 'all',
    environment: { CWM_PUBLIC_KEY: publicKey, CWM_PRIVATE_KEY: privateKey, CWM_TIME_ZONE: 'America/New_York' },
  });
}

describe('get_system_info', () => {
  it('tells what this Manage is, what is licensed, and what is not exceeded', async () => {
    const { text, structured } = await session.call('get_system_info');
    expect(structured).toMatchObject({ version: 'v2026.4.90000', hosting: 'own server', notLicensed: 'Marketing' });
    expect(text).toMatch(/3055 operations/);
    expect(text).toContain('Ticket summary 100');
    expect(text).toMatch(/at most \d+ requests a minute/);
  });
});

describe('list_custom_fields', () => {
  it('has the captions, choices and records of each field', async () => {
    const { text, structured } = await session.call('list_custom_fields');
    expect(text).toMatch(/Account tier \| Text \| Gold, Silver, Bronze \| *\| company/);
    const hidden = structured.rows.find(([, caption]: string[]) => caption === 'Admin password');
    expect(hidden).toMatchObject({ 2: 'Password', 5: 'configuration' });
    const ofContacts = await session.call('list_custom_fields', { recordType: 'Contacts' });
    expect(ofContacts.structured.rows.map(([, caption]: string[]) => caption)).toEqual(['Assistant']);
    expect((await session.call('list_custom_fields', { record: 'boards' })).text).toMatch(/Allowed: ticket/);
  });
});

describe('check_permissions', () => {
  it('says what the role allows, and what is missing', async () => {
    const all = await session.call('check_permissions');
    expect(all.text).toMatch(/0 of \d+ tools lack a right/);
    expect(all.structured.rows).toContainEqual(['Service Desk', 'Service Tickets', 'All', 'All', 'All', 'All']);
  });

  it('is the doctor of a refused call: what Manage refuses, it names', async () => {
    const technician = await as('technician');
    try {
      const refused = await technician.call('delete_company', { company: 'Globex', confirm: true });
      expect(refused.text).toContain('It needs Companies > Company Maintenance: delete.');
      const { text } = await technician.call('check_permissions', { tool: 'delete_company' });
      expect(text).toMatch(/Missing for delete_company: Companies > Company Maintenance: delete/);
      const summary = await technician.call('check_permissions');
      expect(summary.text).toMatch(/delete_company \(Companies > Company Maintenance: delete/);
      expect((await technician.call('check_permissions', { operation: 'POST /finance/invoices' })).text).toMatch(
        /Missing for POST \/finance\/invoices: Finance > Invoicing: add/,
      );
      expect((await technician.call('check_permissions', { operation: 'GET /service/tickets/12' })).text).toMatch(
        /Nothing is missing for GET \/service\/tickets\/\{id\}/,
      );
      expect((await technician.call('check_permissions', { operation: 'GET /system/mySecurity' })).text).toMatch(
        /needs no right/,
      );
    } finally {
      await technician.close();
    }
  });

  it('says which tool was meant, and where a path does not exist', async () => {
    expect((await session.call('check_permissions', { tool: 'delete_companies' })).text).toMatch(
      /Did you mean delete_company/,
    );
    expect((await session.call('check_permissions', { operation: 'GET /service/callbacks' })).text).toMatch(
      /\/system\/callbacks/,
    );
  });

  it('compares with functions that the sandbox lists for every tool', async () => {
    const api = loadApi();
    const { structured } = await session.call('check_permissions');
    const known = new Set(structured.rows.map(([module, name]: string[]) => `${module} > ${name}`));
    const needed = api.operations
      .map((operation) => rightOf(operation)?.name ?? '')
      .filter((name) => /^(Service Desk|Companies|System|Time) /.test(name));
    const unknown = [...new Set(needed)].filter((name) => !known.has(name));
    expect(unknown.length).toBeLessThan(8);
  });
});
