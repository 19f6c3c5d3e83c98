import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleBody } from '../../../src/api/example.ts';
import { loadApi } from '../../../src/api/load.ts';
import { validateBody } from '../../../src/api/validate.ts';
import { type Session, startSession } from '../../support/session.ts';

const api = loadApi();
let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.close());

const call = (tool: string, input: Record<string, unknown>) => session.call(tool, input);

describe('search_operations', () => {
  it.each([
    ['list open tickets', 'GET /service/tickets'],
    ['create a customer', 'POST /company/companies'],
    ['sick leave balance of somebody', 'GET /time/accruals'],
    ['register a webhook', 'POST /system/callbacks'],
    ['who changed this ticket', 'GET /system/audittrail'],
    ['stock in the warehouse', 'GET /procurement/warehouses'],
    ['add an addition to a contract', 'POST /finance/agreements/{parentId}/additions'],
    ['approve a time sheet', 'POST /time/sheets/{id}/approve'],
    ['how many contacts are there', 'GET /company/contacts/count'],
    ['lines of a purchase order', 'GET /procurement/purchaseorders/{parentId}/lineitems'],
    ['merge two customers', 'POST /company/companies/{id}/merge'],
    ['delete a time entry', 'DELETE /time/entries/{id}'],
    ['convert an opportunity to a project', 'POST /sales/opportunities/{id}/convertToProject'],
    ['download the pdf of an invoice', 'GET /finance/invoices/{id}/pdf'],
    ['submit my expense report', 'POST /expense/reports/{id}/submit'],
    ['change an asset', 'PATCH /company/configurations/{id}'],
    ['paymnts of an invoice', 'GET /finance/invoices/{parentId}/payments'],
    ['notes of a deal', 'GET /sales/opportunities/{parentId}/notes'],
    ['phases of a project', 'GET /project/projects/{parentId}/phases'],
    ['technicians', 'GET /system/members'],
    ['make a copy of an agreement', 'POST /finance/agreements/{parentId}/copy'],
    ['create an agreement from an existing one', 'POST /finance/agreements/{parentId}/copy'],
    ['agreement billing run', 'POST /finance/agreements/{id}/invoice'],
    ['copy contract type', 'POST /finance/agreements/types/{id}/copy'],
    ['list change orders', 'GET /procurement/changeorder'],
    ['which skill belongs to type and subtype', 'GET /service/boards/{parentId}/skillMappings'],
    ['number of related records of an agreement', 'GET /finance/agreements/{id}/quickAccess/count'],
    ['snapshots of tickets', 'GET /service/tickets/changelogs'],
    ['start a timer on a ticket', 'POST /time/ticketstopwatches'],
    ['holidays', 'GET /schedule/holidayLists/{parentId}/holidays'],
    ['knowledge base articles', 'GET /service/knowledgeBaseArticles'],
    ['tax codes', 'GET /finance/taxCodes'],
    ['attachments', 'GET /system/documents'],
  ])('%s is among the first five', async (query, operation) => {
    const { structured } = await call('search_operations', { query, limit: 5 });
    expect(structured.rows.map((row: string[]) => row[0])).toContain(operation);
  });
});

describe('describe_operation', () => {
  it('says what a call needs, with an example that the schema accepts', async () => {
    const { text, structured } = await call('describe_operation', { operation: 'POST /finance/agreements' });
    expect(text).toMatch(/- name: string, <= 100, required\n- type: reference \{id\}, required/);
    expect(structured.example.body).toMatchObject({ name: 'Example', company: { id: 1 } });
    expect((await call('describe_operation', { operation: 'POST /service/tickets' })).text).toContain(
      'Better: create_ticket',
    );
  });

  it('has an example for every operation that takes a body', () => {
    const wrong = api.operations.flatMap((operation) => {
      const body = exampleBody(api, operation);
      return body === undefined
        ? []
        : validateBody(api, operation, body).map(({ field, problem }) => `${operation.id} ${field}: ${problem}`);
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['GET /company/companies/search', /GET \/company\/companies/],
    ['GET /service/callbacks', /GET \/system\/callbacks/],
    ['POST /time/sheets/{id}/reopen', /POST \/time\/sheets\/\{id\}\/reverse/],
    ['GET /service/tickts', /GET \/service\/tickets/],
    ['create a ticket', /Closest: the tool create_ticket, POST \/service\/tickets/],
  ])('leads from %s to what exists', async (operation, message) => {
    const { text, isError } = await call('describe_operation', { operation });
    expect(isError).toBe(true);
    expect(text).toMatch(message);
  });
});

describe('the executors', () => {
  it('read lists, records, counts and everything', async () => {
    const page = await call('call_read_operation', {
      operation: 'GET /company/contacts',
      query: { where: [{ field: 'types/name', value: 'Approver' }], fields: 'id,firstName,company/name', pageSize: 3 },
    });
    expect(page.structured.rows).toHaveLength(3);
    expect(page.structured).toMatchObject({ more: true, page: 1 });
    const every = await call('call_read_operation', {
      operation: 'GET /company/contacts',
      all: true,
      query: { fields: ['id'] },
    });
    const count = await call('call_read_operation', { operation: 'GET /company/contacts/count' });
    expect(every.structured.total).toBe(count.structured.count);
    const one = await call('call_read_operation', { operation: 'GET /service/tickets/7' });
    expect(one.structured.result).toMatchObject({ id: 7, board: expect.stringMatching(/ \(\d+\)$/) });
    expect(one.text).not.toContain('_info');
    const searched = await call('call_read_operation', {
      operation: 'POST /service/tickets/search',
      body: { conditions: 'id = 7' },
    });
    expect(searched.structured.result).toMatchObject([{ id: 7 }]);
  });

  it('neither show, group by, sort by nor compare what is secret', async () => {
    const person = { firstName: 'Pia', lastName: 'Word', company: { id: 2 }, portalPassword: 'hunter2' };
    const { id } = (await session.rest('POST', '/company/contacts', person)).body;
    const changed = { operation: `PATCH /company/contacts/${id}`, body: { portalPassword: 'hunter3' } };
    const list = { operation: 'GET /company/contacts' };
    const said = [
      await call('call_write_operation', changed),
      await call('call_read_operation', { operation: `GET /company/contacts/${id}` }),
      await call('call_read_operation', { operation: 'get_change_history', arguments: { record: `contact ${id}` } }),
      await call('call_read_operation', { operation: `GET /system/audittrail?type=Contact&id=${id}&fields=text` }),
      await call('call_read_operation', {
        operation: 'get_change_history',
        arguments: { record: `contact ${id}`, field: 'hunter' },
      }),
    ];
    for (const { text, structured } of said) expect(text + JSON.stringify(structured)).not.toMatch(/hunter[23]/);
    expect(said[2]?.text).toContain('Portal Password changed from "[hidden]" to "[hidden]"');
    session.writes();
    const attempts = [
      { ...list, groupBy: ['portalPassword'] },
      { ...list, query: { conditions: 'portalPassword like "h%"' } },
      { ...list, query: { conditions: 'id > 0 or PortalPassword != "h"' } },
      { ...list, query: { where: [{ field: 'portalPassword', op: 'startsWith', value: 'h' }] } },
      { ...list, query: { orderBy: 'portalPassword desc' } },
      { operation: 'GET /company/contacts/count', query: { conditions: 'portalPassword like "h%"' } },
      {
        operation: 'GET /company/configurations',
        query: { childConditions: 'questions/question = "Admin password" and questions/answer like "x%"' },
      },
    ];
    for (const attempt of attempts)
      expect(await session.refused('call_read_operation', attempt)).toMatch(/secret|no field|not a field/);
    const named = { ...list, query: { conditions: 'firstName = "password" or firstName = "Pia"', fields: 'id' } };
    expect((await session.ok('call_read_operation', named)).structured.total).toBe(1);
  });

  it('say nothing of members that an answer of a few fields leaves out', async () => {
    const { text, structured } = await session.ok('call_write_operation', {
      operation: 'POST /service/tickets?fields=id',
      body: { summary: 'Short answer', company: { id: 2 }, board: { id: 1 }, processNotifications: null },
    });
    expect(text).toContain('mailed: nobody');
    expect(text).not.toContain('differently');
    expect(await session.get(`/service/tickets/${structured.result.id}`)).toMatchObject({ summary: 'Short answer' });
    session.writes();
  });

  it('write what was validated, and ask before they delete', async () => {
    const made = await call('call_write_operation', {
      operation: 'POST /company/companies/{parentId}/notes',
      path: { parentId: 2 },
      body: { text: 'Prefers calls', type: { id: 1 } },
    });
    expect(made.isError ? made.text : '').toBe('');
    const id = made.structured.result.id;
    await call('call_write_operation', {
      operation: 'PATCH /company/companies/{parentId}/notes/{id}',
      path: { parentId: 2, id },
      body: { text: 'Prefers mail' },
    });
    expect((await session.rest('GET', `/company/companies/2/notes/${id}`)).body.text).toBe('Prefers mail');
    const asked = await call('call_write_operation', { operation: `DELETE /company/companies/2/notes/${id}` });
    expect(asked.text).toMatch(/Nothing was done.*confirm: true/s);
    await call('call_write_operation', { operation: `DELETE /company/companies/2/notes/${id}`, confirm: true });
    expect((await session.rest('GET', `/company/companies/2/notes/${id}`)).status).toBe(404);
  });

  it.each([
    ['call_read_operation', { operation: 'POST /service/tickets' }, /writes.*call_write_operation/s],
    ['call_write_operation', { operation: 'GET /service/tickets' }, /only reads.*call_read_operation/s],
    [
      'call_read_operation',
      { operation: 'GET /service/tickets', query: { conditions: 'sumary = 1' } },
      /Did you mean summary/,
    ],
    [
      'call_read_operation',
      { operation: 'GET /service/tickets', query: { pagesize: 5, condition: 'x' } },
      /is not a query parameter/,
    ],
    ['call_read_operation', { operation: 'GET /service/tickets/{id}' }, /id is required in the path/],
    ['call_read_operation', { operation: 'GET /service/tickets', query: { pageSize: 5000 } }, /1 to 1000/],
    [
      'call_write_operation',
      { operation: 'POST /service/tickets', body: { sumary: 'x' } },
      /sumary is not a member of Ticket\. Did you mean summary\?.*summary is required/s,
    ],
    ['call_write_operation', { operation: 'POST /system/documents' }, /takes a file/],
  ])('%s %j is answered with what to send instead', async (tool, input, message) => {
    session.writes();
    const { text, isError } = await call(tool, input);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(session.writes()).toEqual([]);
  });
});

describe('invoicing an agreement', () => {
  const invoice = { operation: 'POST /finance/agreements/{id}/invoice', path: { id: 1 } };

  it('asks first, by the name of the agreement, and answers the invoice', async () => {
    const { text } = await call('call_write_operation', invoice);
    expect(text).toContain('Call POST /finance/agreements/{id}/invoice for "Managed Services 2026", id 1');
    expect(text).toContain('It makes an invoice for the customer.');
    expect(text).toContain('Nothing was done.');
    expect(session.writes()).toEqual([]);
    const { structured } = await session.ok('call_write_operation', { ...invoice, confirm: true });
    const made = await session.get(`/finance/invoices/${structured.result}`);
    expect(made).toMatchObject({ type: 'Agreement', agreement: { id: 1 } });
    expect(made.total).toBeGreaterThan(0);
  });

  it('says so when there is no such agreement', async () => {
    const { text, isError } = await call('call_write_operation', { ...invoice, path: { id: 99_999 } });
    expect(isError).toBe(true);
    expect(text).toContain('Agreement 99999 not found');
  });
});
