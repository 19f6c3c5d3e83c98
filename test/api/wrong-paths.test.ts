import { describe, expect, it } from 'vitest';
import type { HttpMethod } from '../../src/api/index.ts';
import { loadApi } from '../../src/api/load.ts';
import { MOVED_PATHS } from '../../src/api/moved-paths.ts';
import { compareVersions } from '../../src/api/versions.ts';
import { WRONG_PATHS } from '../../src/api/wrong-path-list.ts';
import { adviseOn, closestOperations } from '../../src/api/wrong-paths.ts';

const whole = loadApi();
const api = whole.at('2022.1');
const ALL = [...MOVED_PATHS, ...WRONG_PATHS];
const METHODS: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Concrete calls that a pattern stands for. */
const callsOf = (paths: readonly string[], methods: readonly string[] = METHODS) =>
  paths.flatMap((pattern) => {
    const fixed = `/${pattern.replace('/**', '').replaceAll('*', '7')}`;
    const all = pattern.endsWith('/**') ? [fixed, `${fixed}/7`] : [fixed];
    return all.flatMap((path) => methods.map((method) => ({ method: method as HttpMethod, path })));
  });

/** Pairs of method and path that public documentation of the API names although they do not exist, and what serves instead. */
const OFTEN_TRIED: readonly (readonly [string, string])[] = [
  ['GET /company/companies/search', 'GET /company/companies'],
  ['GET /company/configurations/search', 'GET /company/configurations'],
  ['GET /company/contacts/search', 'GET /company/contacts'],
  ['GET /service/knowledgeBaseArticles/search', 'GET /service/knowledgeBaseArticles'],
  ['GET /system/members/search', 'GET /system/members'],
  ['GET /time/entries/search', 'GET /time/entries'],
  ['GET /time/sheets/search', 'GET /time/sheets'],
  ['GET /service/tickets/search', 'POST /service/tickets/search'],
  ['GET /company/configurations/3/typeQuestions/5/values', 'PATCH /company/configurations/{id}'],
  ['POST /company/configurations/{id}/typeQuestions/{questionId}/values', 'PATCH /company/configurations/{id}'],
  ['GET /company/configurations/3/additions', 'GET /finance/agreements/{parentId}/additions'],
  ['GET /company/configurations/3/additions/count', 'GET /finance/agreements/{parentId}/additions'],
  ['GET /service/serviceLocations', 'GET /service/locations'],
  ['GET /service/serviceLocations/count', 'GET /service/locations'],
  ['POST /service/callbacks', 'GET /system/callbacks'],
  ['DELETE /service/callbacks/8', 'GET /system/callbacks'],
  ['DELETE /system/members/12', 'POST /system/members/{id}/deactivate'],
  ['GET /system/members/12/tokens', 'POST /system/members/{memberIdentifier}/tokens'],
  ['DELETE /system/members/12/tokens/1', 'POST /system/members/{memberIdentifier}/tokens'],
  ['GET /system/myAccount', 'GET /system/myAccount/{id}'],
  ['GET /system/apiReports', 'GET /system/reports'],
  ['POST /system/apiReports/2/run', 'GET /system/reports'],
  ['POST /time/sheets/4/reopen', 'POST /time/sheets/{id}/reverse'],
  ['POST /service/tickets/4711/copy', 'GET /service/tickets/{id}'],
  ['GET /service/tickets/4711/changelogs', 'GET /system/audittrail'],
  ['DELETE /time/sheets/4', 'DELETE /system/members/{id}/unusedTimeSheets'],
];

describe('paths that people try', () => {
  it.each(OFTEN_TRIED)('%s suggests %s', (tried, instead) => {
    expect(adviseOn(tried, api)?.operations[0]).toBe(instead);
  });

  it.each([
    ['GET /service/tickets/4711/changelogs', 'GET /service/tickets/changelogs'],
    ['GET /service/tickets/{id}/history', 'GET /service/tickets/changelogs'],
    ['GET /service/slainfo/info', 'GET /service/slas/info'],
    ['PUT /company/companyFinance/7', 'PUT /finance/companyFinance/{id}'],
    ['GET /finance/agreements/7/recap', 'GET /finance/agreementrecap/{id}'],
    ['POST /procurement/invoicegrouping', 'POST /procurement/invoicegrouping/count'],
    ['GET /procurement/changeorders', 'GET /procurement/changeorder'],
    ['GET /project/projects/7/billingRates', 'GET /project/{parentId}/billingRates'],
    ['POST /service/tickets/4711/copy', undefined],
    ['DELETE /time/sheets/4', undefined],
  ])('on a site of 2025.1 %s suggests %s', (tried, instead) => {
    expect(adviseOn(tried, whole.at('2025.1'))?.operations[0]).toBe(instead);
  });

  it('are known in any letter case, with a query, and without a method', () => {
    expect(adviseOn('get /Service/ServiceLocations?pageSize=5', api)?.operations).toContain('GET /service/locations');
    expect(adviseOn('/system/myaccount', api)?.advice).toContain('member id');
  });

  it('are answered in a sentence or two, with operations that exist', () => {
    for (const { advice, operations, from, before } of ALL) {
      expect(advice).toMatch(/^[A-Z`/].*\.$/);
      expect(advice.length).toBeLessThan(220);
      const versions = whole.versions.filter(
        (version) =>
          (from === undefined || compareVersions(version, from) >= 0) &&
          (before === undefined || compareVersions(version, before) < 0),
      );
      for (const version of versions)
        expect(operations.filter((name) => whole.at(version).find(name) === undefined)).toEqual([]);
    }
  });

  it.each(whole.versions)('do not exist in %s, and leave what exists there alone', (version) => {
    const own = whole.at(version);
    const tried = ALL.flatMap(({ paths, methods }) => callsOf(paths, methods));
    const existing = tried.filter(
      ({ method, path }) => adviseOn(`${method} ${path}`, own) !== undefined && own.match(method, path) !== undefined,
    );
    // As far as the path goes, somebody could be called "search".
    expect(existing).toEqual([{ method: 'GET', path: '/system/members/search' }]);
    const advised = own.operations.filter(
      ({ method, path }) => adviseOn(`${method} ${path}`, own) !== undefined && !path.includes('{memberIdentifier}'),
    );
    expect(advised.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(adviseOn('GET /service/tickets/4711', own)).toBeUndefined();
  });
});

describe('the closest operations', () => {
  it.each([
    ['GET /service/callback', 'GET /system/callbacks'],
    ['GET /company/company', 'GET /company/companies'],
    ['GET /service/ticket/5', 'GET /service/tickets/{id}'],
    ['POST /service/tickets/5/note', 'POST /service/tickets/{parentId}/notes'],
    ['GET /time/entry', 'GET /time/entries'],
    ['GET /service/boards/4/status', 'GET /service/boards/{parentId}/statuses'],
    ['DELETE /finance/invoice/5', 'DELETE /finance/invoices/{id}'],
    ['/company/contact/5/communication', 'GET /company/contacts/{parentId}/communications'],
  ])('to %s are led by %s', (tried, first) => {
    expect(closestOperations(api, tried)[0]).toBe(first);
  });

  it('are not offered for an unrelated path', () => {
    expect(closestOperations(api, 'GET /foo/bar')).toEqual([]);
    expect(closestOperations(api, '')).toEqual([]);
    expect(closestOperations(api, 'GET /service/tickets', 5)).toHaveLength(5);
  });
});
