import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { versionIn } from '../../src/manage/site-version.ts';
import { type Session, startHttpSession } from '../support/session.ts';

/** Nothing says the version: the server asks the site. */
const ASKED = { CWM_API_VERSION: '' };

const site = (apiVersion: string, environment: Record<string, string> = ASKED): Promise<Session> =>
  startHttpSession({ toolsets: 'all', environment, sandbox: { apiVersion, tickets: 30 } });

describe('the version in what a site says of itself', () => {
  it.each([
    ['v2025.1.71827', '2025.1'],
    ['v2022.1.90000', '2022.1'],
    ['2026.04', '2026.4'],
    ['v2025_16/', '2025.16'],
    ['v2019.5.68761', '2019.5'],
    ['v4.6.38842', undefined],
    ['v4_6_release/', undefined],
    [undefined, undefined],
  ])('%s is %s', (said, version) => {
    expect(versionIn(said)).toBe(version);
  });
});

describe('on a site of 2022.1', () => {
  let session: Session;
  beforeAll(async () => {
    session = await site('2022.1');
  });
  afterAll(() => session.close());

  it('is found once, before the first request', async () => {
    await session.ok('search_companies', { query: 'Acme' });
    await session.ok('whoami');
    const asked = session.sandbox.requests.filter(({ path }) => path.endsWith('/system/info'));
    // The second is whoami's own.
    expect(asked).toHaveLength(2);
    expect(session.sandbox.requests[0]?.path).toMatch(/\/system\/info$/);
  });

  it('newer operations are described, not found by the search, and refused', async () => {
    const operation = 'POST /service/tickets/{id}/copy';
    const { text } = await session.ok('describe_operation', { operation });
    expect(text).toContain('It cannot be called here: it needs Manage 2025.1; this site is 2022.1.');
    const found = await session.ok('search_operations', { query: 'change logs of tickets' });
    expect(found.text).not.toContain('changelogs');
    expect(await session.refused('call_write_operation', { operation: 'POST /service/tickets/7/copy' })).toMatch(
      /POST \/service\/tickets\/\{id\}\/copy needs Manage 2025\.1; this site is 2022\.1\. Read the ticket and create another/,
    );
    const read = await session.call('call_read_operation', { operation: 'GET /finance/agreementrecap/1' });
    expect(read.text).toMatch(/needs Manage 2025\.1; this site is 2022\.1/);
  });

  it('newer members are refused in bodies, conditions, filters, orders and groups, and named in fields', async () => {
    const list = { operation: 'GET /service/tickets' };
    const lacks = /needs Manage 202[56]\.\d; this site is 2022\.1/;
    const body = { summary: 'New', company: { id: 2 }, requestForChangeFlag: true };
    expect(await session.refused('call_write_operation', { operation: 'POST /service/tickets', body })).toMatch(lacks);
    const patch = { operation: 'PATCH /service/tickets/1', body: { requestForChangeFlag: true } };
    expect(await session.refused('call_write_operation', patch)).toMatch(lacks);
    for (const query of [
      { conditions: 'respondByGoalUTC > [2026-11-24T00:00:00Z]' },
      { where: [{ field: 'respondByGoalUTC', op: 'gt', value: '2026-11-24' }] },
      { orderBy: 'respondByGoalUTC desc' },
    ])
      expect((await session.call('call_read_operation', { ...list, query })).text).toMatch(lacks);
    expect((await session.call('call_read_operation', { ...list, groupBy: ['agreementType'] })).text).toMatch(lacks);
    const fields = await session.ok('call_read_operation', {
      ...list,
      query: { fields: 'id,respondByGoalUTC', pageSize: 1 },
    });
    expect(fields.text).toMatch(/respondByGoalUTC needs Manage 2026\.4.*leaves it out/);
    const enumeration = { operation: 'GET /time/entries', query: { conditions: 'chargeToType = "Company"' } };
    expect((await session.call('call_read_operation', enumeration)).isError).toBe(true);
  });

  it('tools say which part of their answer they lose', async () => {
    const { text } = await session.ok('get_agreement', { agreement: '1' });
    expect(text).toContain('recap: not shown: it needs Manage 2025.1; this site is 2022.1');
    expect((await session.ok('get_project', { project: '1' })).text).toContain('it needs Manage 2026.4');
    expect(await session.refused('submit_expense_report', { reportId: 1, decision: 'approve' })).toMatch(
      /decision needs Manage 2025\.1; this site is 2022\.1.*own screens/s,
    );
    expect((await session.ok('get_ticket', { ticketId: 1 })).structured.id).toBe(1);
  });
});

describe('on a site of 2026.4', () => {
  let session: Session;
  beforeAll(async () => {
    session = await site('2026.4');
  });
  afterAll(() => session.close());

  it('everything that is known is there, without what has ended', async () => {
    expect((await session.ok('whoami')).text).toContain('API 2026.4');
    const found = await session.ok('search_operations', { query: 'change logs of tickets' });
    expect(found.text).toContain('GET /service/tickets/changelogs');
    await session.ok('call_write_operation', { operation: 'POST /service/tickets/7/copy' });
    const gone = await session.call('call_read_operation', { operation: 'GET /service/slainfo/info' });
    expect(gone.text).toMatch(/ended with Manage 2025\.1; this site is 2026\.4.*GET \/service\/slas\/info/);
  });

  it('tools use what is there', async () => {
    const agreement = await session.ok('get_agreement', { agreement: '1' });
    expect(agreement.text).toMatch(/next invoice amount: [\d,]+\.\d\d USD/);
    const project = await session.ok('get_project', { project: '1' });
    expect(project.text).toMatch(/billed: [\d,.]+ USD, unbilled [\d,.]+ USD/);
    const [ticket] = await session.get(
      '/service/tickets?conditions=closedFlag=false and slaStatus contains "Resolve by"',
    );
    expect(ticket.resolutionGoalUTC).toMatch(/Z$/);
    expect((await session.ok('get_ticket', { ticketId: ticket.id })).text).toMatch(/SLA: Resolve by /);
  });

  it('an expense report is approved', async () => {
    const entry = { amount: 12, type: 1, company: 'Acme', date: '2026-11-23', notes: 'Taxi' };
    const { structured } = await session.ok('log_expense', entry);
    const [made] = await session.get(`/expense/entries?conditions=id=${structured.id}`);
    const reportId = made.expenseReport.id;
    const submitted = await session.ok('submit_expense_report', { reportId, confirm: true });
    expect(submitted.text).toContain('decision: "approve"');
    const { text } = await session.ok('submit_expense_report', { reportId, decision: 'approve', confirm: true });
    expect(text).toMatch(/^Approved .*status is now ApprovedByTierOne/);
    expect(await session.refused('submit_expense_report', { reportId })).toMatch(/already ApprovedByTierOne/);
  });
});

describe('what is asked of a site', () => {
  const first = async (session: Session): Promise<string> => (await session.ok('whoami')).text;

  it('is the version that the site has, and at most the newest that is known', async () => {
    for (const [version, asked] of [
      ['2025.8', '2025.8'],
      ['2031.2', '2026.4'],
    ] as const) {
      const session = await site(version);
      expect(await first(session)).toContain(`API ${asked}`);
      await session.close();
    }
  });

  it('is what the sign-in page tells where the role may not read it, and the oldest where nobody says', async () => {
    const session = await startHttpSession({ environment: ASKED, sandbox: { apiVersion: '2025.1', tickets: 5 } });
    session.sandbox.faults.add({ kind: 'error', status: 403, path: '/system/info', times: 2 });
    expect(await first(session)).toContain('API 2025.1');
    await session.close();
    const silent = await startHttpSession({ environment: ASKED, sandbox: { apiVersion: '2025.1', tickets: 5 } });
    silent.sandbox.faults.add({ kind: 'error', status: 403, path: '/system/info', times: 2 });
    silent.sandbox.faults.add({ kind: 'error', status: 404, path: '/companyinfo', times: 2 });
    expect(await first(silent)).toContain('API 2022.1');
    await silent.close();
  });

  it('never decides which tools are listed', async () => {
    const environment = { ...ASKED, CWM_OPERATIONS: 'GET /finance/agreementrecap*', CWM_TOOLSETS: 'core' };
    const session = await site('2022.1', environment);
    const names = async () => (await session.listTools()).map(({ name }) => name);
    const before = await names();
    expect(before).toContain('getFinanceAgreementrecap');
    const { text } = await session.call('getFinanceAgreementrecap');
    expect(text).toMatch(/needs Manage 2025\.1; this site is 2022\.1/);
    expect(await names()).toEqual(before);
    await session.close();
  });
});
