import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York: already Monday in Kolkata and Auckland. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

describe.each([
  ['America/New_York', '2026-11-29'],
  ['Asia/Kolkata', '2026-11-30'],
  ['Pacific/Auckland', '2026-11-30'],
  ['Pacific/Honolulu', '2026-11-29'],
])('days of agreements, invoices and deals in %s', (zone, today) => {
  let session: Session;
  beforeEach(async () => {
    session = await startSession({ now: SUNDAY, toolsets: 'all', environment: { CWM_TIME_ZONE: zone } });
  });
  afterEach(() => session.close());

  it('are stored as they were said, and today is that of the zone', async () => {
    const stored = async (path: string, member: string) => (await session.get(path))[member];
    await session.ok('update_agreement', { agreement: '2', ends: '2027-03-10' });
    expect(await stored('/finance/agreements/2', 'endDate')).toBe('2027-03-10T00:00:00Z');
    const addition = await session.ok('add_agreement_addition', { agreement: '2', product: 'DOCK' });
    const path = `/finance/agreements/2/additions/${addition.structured.id}`;
    expect(await stored(path, 'effectiveDate')).toBe(`${today}T00:00:00Z`);
    await session.ok('update_agreement_addition', {
      agreement: '2',
      additionId: addition.structured.id,
      cancelFrom: '2027-01-01',
    });
    expect(await stored(path, 'cancelledDate')).toBe('2027-01-01T00:00:00Z');
    const payment = await session.ok('add_invoice_payment', { invoice: '10126', amount: 1, date: '2026-11-02' });
    expect(await stored(`/finance/invoices/126/payments/${payment.structured.id}`, 'paymentDate')).toBe(
      '2026-11-02T00:00:00Z',
    );
    const invoice = await session.ok('create_invoice', { company: 'Globex' });
    expect(await stored(`/finance/invoices/${invoice.structured.id}`, 'date')).toBe(`${today}T00:00:00Z`);
    const deal = await session.ok('create_opportunity', { name: 'Zones', company: 'Globex', closes: '2027-03-10' });
    expect(deal.text).toContain('closes 2027-03-10');
    expect(await stored(`/sales/opportunities/${deal.structured.id}`, 'expectedCloseDate')).toBe(
      '2027-03-10T00:00:00Z',
    );
  });

  it('are found on their date', async () => {
    const { structured } = await session.ok('search_invoices', { dated: '2026-10-01' });
    const stored = await session.get('/finance/invoices?conditions=date=[2026-10-01T00:00:00Z]&pageSize=1000');
    expect(structured.total).toBe(stored.length);
    const deals = await session.ok('search_opportunities', { closing: '2026-11-30', state: 'any' });
    expect(deals.structured.rows.map((row: string[]) => row.at(-1))).toEqual(['2026-11-30']);
  });
});
