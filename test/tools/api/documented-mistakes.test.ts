import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.close());

/** Operations that public documentation of the API names and that do not exist, each with what does what was meant. */
const PATHS: readonly (readonly [operations: string, instead: string])[] = [
  ['GET /company/companies/search', 'GET /company/companies'],
  ['GET /company/configurations/search', 'GET /company/configurations'],
  ['GET /company/contacts/search', 'GET /company/contacts'],
  ['GET /service/knowledgeBaseArticles/search', 'GET /service/knowledgeBaseArticles'],
  ['GET /system/members/search', 'GET /system/members'],
  ['GET /time/entries/search', 'GET /time/entries'],
  ['GET /time/sheets/search', 'GET /time/sheets'],
  ['GET /service/tickets/search', 'POST /service/tickets/search'],
  ['GET /company/configurations/{id}/typeQuestions/{questionId}/values', 'PATCH /company/configurations/{id}'],
  ['GET /company/configurations/{id}/typeQuestions/{questionId}/values/{valueId}', 'questions/{parentId}/values'],
  ['POST /company/configurations/{id}/typeQuestions/{questionId}/values', 'PATCH /company/configurations/{id}'],
  ['PATCH /company/configurations/{id}/typeQuestions/{questionId}/values/{valueId}', 'questions/{parentId}/values'],
  ['PUT /company/configurations/{id}/typeQuestions/{questionId}/values/{valueId}', 'questions/{parentId}/values'],
  ['GET /company/configurations/{id}/additions', '/finance/agreements/{parentId}/additions'],
  ['GET /company/configurations/{id}/additions/{additionId}', '/finance/agreements/{parentId}/additions'],
  ['GET /company/configurations/{id}/additions/count', '/finance/agreements/{parentId}/configurations'],
  ['GET /service/serviceLocations', 'GET /service/locations'],
  ['GET /service/serviceLocations/{id}', 'GET /service/locations/{id}'],
  ['GET /service/serviceLocations/count', 'GET /service/locations/count'],
  ['GET /service/callbacks', 'GET /system/callbacks'],
  ['GET /service/callbacks/{id}', 'GET /system/callbacks'],
  ['GET /service/callbacks/count', 'GET /system/callbacks'],
  ['POST /service/callbacks', 'POST /system/callbacks'],
  ['PATCH /service/callbacks/{id}', '/system/callbacks'],
  ['PUT /service/callbacks/{id}', '/system/callbacks'],
  ['DELETE /service/callbacks/{id}', 'DELETE /system/callbacks/{id}'],
  ['DELETE /system/members/{id}', 'POST /system/members/{id}/deactivate'],
  ['GET /system/members/{id}/tokens', 'POST /system/members/{memberIdentifier}/tokens'],
  ['DELETE /system/members/{id}/tokens/{tokenId}', 'POST /system/members/{memberIdentifier}/tokens'],
  ['GET /system/myAccount', 'GET /system/mySecurity'],
  ['GET /system/apiReports', 'GET /system/reports'],
  ['GET /system/apiReports/{id}', 'GET /system/reports/{reportName}'],
  ['GET /system/apiReports/count', 'GET /system/reports/{reportName}/count'],
  ['POST /system/apiReports/{id}/run', 'GET /system/reports/{reportName}'],
  ['POST /time/sheets/{id}/reopen', 'POST /time/sheets/{id}/reverse'],
];

/** Written in other letter case than the server's own; these work. */
const OTHER_CASE = [
  'GET /service/slAs',
  'GET /service/slAs/{id}',
  'GET /service/slAs/count',
  'GET /system/securityRoles',
  'GET /system/securityRoles/{id}',
  'GET /system/securityRoles/count',
];

/** Members of bodies in the same documentation, with what the error has to name. */
const FIELDS: readonly (readonly [operation: string, body: Record<string, unknown>, named: RegExp])[] = [
  ['POST /company/configurations', { ip: '10.0.0.1' }, /Did you mean ipAddress/],
  ['PATCH /company/configurations/{id}', { ip: '10.0.0.1' }, /Did you mean ipAddress/],
  ['POST /company/configurations', { snmpCommunity: 'public' }, /snmpCommunity is not a member.*questions/s],
  ['POST /company/configurations', { localUserName: 'x', cntrlZip: '1' }, /localUserName.*questions.*cntrlZip/s],
  ['POST /company/configurations/statuses', { name: 'Active' }, /Did you mean description/],
  ['POST /company/companies/{parentId}/sites', { state: 'NY' }, /Did you mean stateReference/],
  ['POST /company/companies/{parentId}/sites', { defaultMailing: true }, /Did you mean defaultMailingFlag/],
  ['POST /company/companies/{parentId}/sites', { defaultPrimaryFlag: true }, /Did you mean primaryAddressFlag/],
  ['POST /service/tickets', { dueDate: '2026-12-01' }, /Did you mean requiredDate/],
  ['PATCH /service/tickets/{id}', { dueDate: '2026-12-01' }, /Did you mean requiredDate/],
  ['POST /service/tickets/{parentId}/configurations', { configuration: { id: 3 } }, /Did you mean id/],
  ['POST /service/boards', { locationId: 1, businessUnitId: 1 }, /mean location\?.*mean department/s],
  ['POST /service/boards/{parentId}/statuses', { inactiveFlag: true }, /Did you mean inactive\?/],
  ['POST /service/priorities', { resolutionHours: 4 }, /resolutionHours.*\/service\/SLAs/],
  ['POST /system/members', { emailAddress: 'x@y.example' }, /Did you mean officeEmail or primaryEmail/],
  ['POST /system/members', { department: { id: 1 } }, /Did you mean defaultDepartment/],
  ['POST /time/entries', { dateStart: '2026-11-24T15:00:00Z' }, /Did you mean timeStart/],
];

/** Conditions in the same documentation. */
const CONDITIONS: readonly (readonly [operation: string, conditions: string, named: RegExp])[] = [
  ['GET /time/entries', 'dateStart > [2026-11-01T00:00:00Z]', /Did you mean timeStart/],
  ['GET /time/sheets', 'totalHours > 40', /Did you mean hours/],
  ['GET /service/tickets', 'dueDate < [2026-11-01T00:00:00Z]', /Did you mean requiredDate/],
  ['GET /service/tickets', 'dateEntered > "2026-11-01T00:00:00Z"', /\[2026-03-04T15:00:00Z\]/],
  ['GET /service/tickets', 'closedDate null', /conditions: Expected/],
  ['GET /service/tickets', 'customFields/id = 3', /customFields\//],
  ['GET /company/companies', 'types/id = 1', /where/],
  ['GET /service/boards/{parentId}/statuses', 'inactiveFlag = false', /Did you mean inactive/],
  ['GET /finance/invoices', 'invoiceDate > [2026-11-01]', /Did you mean date/],
];

describe('what public documentation gets wrong', () => {
  it('is all here', () => {
    expect(PATHS).toHaveLength(35);
  });

  it.each(PATHS)('%s suggests %s', async (operation, instead) => {
    const described = await session.call('describe_operation', { operation });
    expect(described.isError).toBe(true);
    expect(described.text).toContain(instead);
    session.writes();
    const executor = operation.startsWith('GET ') ? 'call_read_operation' : 'call_write_operation';
    const concrete = operation.replace(/\{[^}]+\}/g, '7');
    const { text, isError } = await session.call(executor, {
      operation: concrete,
      ...(executor.includes('write') && { confirm: true }),
    });
    expect(isError, text).toBe(true);
    expect(text).toContain(instead);
    expect(session.writes()).toEqual([]);
  });

  it.each(OTHER_CASE)('%s works in that letter case', async (operation) => {
    const { text, isError } = await session.call('call_read_operation', { operation: operation.replace('{id}', '1') });
    expect(isError, text).toBe(false);
  });

  it.each(FIELDS)('%s with %j names the right member', async (operation, body, named) => {
    session.writes();
    const path = Object.fromEntries([...operation.matchAll(/\{(\w+)\}/g)].map((match) => [match[1] ?? '', 2]));
    const { text, isError } = await session.call('call_write_operation', { operation, path, body });
    expect(isError).toBe(true);
    expect(text).toMatch(named);
    expect(session.writes()).toEqual([]);
  });

  it.each(CONDITIONS)('%s with %s says how', async (operation, conditions, named) => {
    const path = operation.includes('{parentId}') ? { parentId: 1 } : undefined;
    const { text, isError } = await session.call('call_read_operation', {
      operation,
      ...(path && { path }),
      query: { conditions },
    });
    expect(isError).toBe(true);
    expect(text).toMatch(named);
  });

  it('runs a report by its path, with conditions on columns that only the server knows', async () => {
    const { text, structured, isError } = await session.call('call_read_operation', {
      operation: 'GET /system/reports/Member',
      query: { columns: 'Member_ID', conditions: 'Last_Name = "Chen"' },
    });
    expect(isError, text).toBe(false);
    expect(structured.result.row_values).toEqual([['achen']]);
    const count = await session.call('call_read_operation', {
      operation: 'GET /system/reports/Member/count',
      query: { conditions: 'Last_Name = "Chen"' },
    });
    expect(count.structured.count).toBe(1);
  });
});
