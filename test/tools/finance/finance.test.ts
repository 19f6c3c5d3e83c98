import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

const amount = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,finance' });
});
afterAll(() => session.close());

describe('agreements', () => {
  it('are found by customer and by when they end', async () => {
    const all = await session.get('/finance/agreements?pageSize=1000');
    const active = all.filter(({ agreementStatus }: { agreementStatus: string }) => agreementStatus === 'Active');
    expect((await session.ok('search_agreements', {})).structured.total).toBe(active.length);
    const soon = await session.ok('search_agreements', { ending: 'next 90 days', status: 'any' });
    const expected = all.filter(
      ({ endDate }: { endDate?: string }) => endDate && endDate >= '2026-11-24' && endDate < '2027-02-22',
    );
    expect(soon.structured.total).toBe(expected.length);
    const [first] = active;
    const of = await session.ok('search_agreements', { company: String(first.company.id) });
    expect(of.text).toContain(first.name);
  });

  it('are read with additions, sums and hours used', async () => {
    const [row] = await session.get('/finance/agreements?conditions=agreementStatus="Active"&pageSize=1');
    const { text, structured } = await session.ok('get_agreement', { agreement: String(row.id) });
    const additions = await session.get(`/finance/agreements/${row.id}/additions`);
    expect(structured.additions ?? []).toHaveLength(additions.length);
    const billed = additions
      .filter(
        (one: { billCustomer: string; cancelledDate?: string }) =>
          one.billCustomer === 'Billable' && !one.cancelledDate,
      )
      .reduce(
        (sum: number, one: { quantity: number; lessIncluded?: number; unitPrice?: number }) =>
          sum + (one.quantity - (one.lessIncluded ?? 0)) * (one.unitPrice ?? 0),
        row.billAmount ?? 0,
      );
    expect(text).toContain(`per cycle with additions: ${amount(billed)}`);
  });

  it('get additions once, with a price, changed and cancelled', async () => {
    const [row] = await session.get('/finance/agreements?conditions=agreementStatus="Active"&pageSize=1');
    const on = new Set(
      (await session.get(`/finance/agreements/${row.id}/additions`)).map(
        (one: { product: { id: number } }) => one.product.id,
      ),
    );
    const product = (await session.get('/procurement/catalog?pageSize=100')).find(
      ({ id }: { id: number }) => !on.has(id),
    );
    const input = { agreement: String(row.id), product: product.identifier, quantity: 5, unitPrice: 12.5 };
    expect((await session.ok('add_agreement_addition', { ...input, dryRun: true })).text).toContain('"unitPrice":12.5');
    const { structured } = await session.ok('add_agreement_addition', input);
    const path = `/finance/agreements/${row.id}/additions/${structured.id}`;
    expect(await session.get(path)).toMatchObject({
      quantity: 5,
      unitPrice: 12.5,
      effectiveDate: '2026-11-24T00:00:00Z',
    });
    expect(await session.refused('add_agreement_addition', input)).toMatch(/already has .*: addition \d+, quantity 5/);
    const changed = await session.ok('update_agreement_addition', {
      agreement: String(row.id),
      additionId: structured.id,
      quantity: 8,
      cancelFrom: '2026-12-31',
    });
    expect(changed.text).toContain('quantity: 5 -> 8');
    expect(await session.get(path)).toMatchObject({ quantity: 8, cancelledDate: '2026-12-31T00:00:00Z' });
  });

  it('are adjusted by an amount', async () => {
    const [row] = await session.get('/finance/agreements?conditions=agreementStatus="Active"&pageSize=1');
    const input = { agreement: String(row.id), amount: -50, description: 'Goodwill for the outage' };
    const { structured } = await session.ok('add_agreement_adjustment', input);
    expect(await session.get(`/finance/agreements/${row.id}/adjustments/${structured.id}`)).toMatchObject({
      amount: -50,
      description: 'Goodwill for the outage',
    });
  });

  it('are changed, extended, and cancelled only when a person agrees', async () => {
    const [row] = await session.get(
      '/finance/agreements?conditions=agreementStatus="Active"&orderBy=id desc&pageSize=1',
    );
    const agreement = String(row.id);
    const changed = await session.ok('update_agreement', {
      agreement,
      amount: 1234.5,
      ends: '2029-06-30',
      billingCycle: 'Quarterly',
      customerPO: 'PO-77',
    });
    expect(changed.text).toContain('endDate: ');
    expect(await session.get(`/finance/agreements/${row.id}`)).toMatchObject({
      billAmount: 1234.5,
      endDate: '2029-06-30T00:00:00Z',
      noEndingDateFlag: false,
      billingCycle: { name: 'Quarterly' },
      customerPO: 'PO-77',
    });
    await session.ok('update_agreement', { agreement, ends: 'never' });
    expect((await session.get(`/finance/agreements/${row.id}`)).noEndingDateFlag).toBe(true);
    const cancel = { agreement, cancelFrom: 'today', cancelReason: 'Moved to another provider' };
    expect(await session.refused('update_agreement', cancel)).toMatch(
      /Cancel agreement .* as of 2026-11-24\?.*confirm: true/s,
    );
    expect((await session.ok('update_agreement', { ...cancel, dryRun: true })).text).toContain('"cancelledFlag"');
    expect((await session.ok('update_agreement', { ...cancel, confirm: true })).text).toContain('(Cancelled)');
    expect(await session.get(`/finance/agreements/${row.id}`)).toMatchObject({
      cancelledFlag: true,
      dateCancelled: '2026-11-24T00:00:00Z',
      reasonCancelled: 'Moved to another provider',
    });
    // What is cancelled is said, and can be taken back.
    const po = await session.ok('update_agreement', { agreement, purchaseOrder: 'PO-78', dryRun: true });
    expect(po.text).toContain('The agreement is cancelled as of 2026-11-24; clear: ["cancelFrom"] takes that back.');
    const back = { agreement, clear: ['cancelFrom'] };
    expect(await session.refused('update_agreement', back)).toContain('Manage bills it again.');
    expect((await session.ok('update_agreement', { ...back, confirm: true })).text).toContain('(Active)');
    const stored = await session.get(`/finance/agreements/${row.id}`);
    expect(stored.cancelledFlag).toBe(false);
    expect(stored.dateCancelled ?? null).toBeNull();
  });

  it.each([
    ['update_agreement', { agreement: '1' }, /Nothing to change/],
    ['update_agreement', { agreement: '1', ends: '1999-01-01' }, /begins on \d{4}-\d\d-\d\d; it cannot end before/],
    ['update_agreement', { agreement: '1', reason: 'Too dear' }, /send cancelFrom/],
    ['update_agreement', { agreement: '1', billingCycle: 'Fortnightly' }, /there is no billing cycle "Fortnightly"/],
    ['get_agreement', { agreement: 'No such contract' }, /there is no agreement "No such contract"/],
    ['add_agreement_addition', { agreement: '1', product: 'Flux capacitor' }, /product: there is no catalog item/],
    ['add_agreement_addition', { agreement: '1', product: '1', from: '1990-01-01' }, /billed from \d{4}-\d\d-\d\d/],
    [
      'update_agreement_addition',
      { agreement: '1', additionId: 999999, quantity: 1 },
      /\(id 1\) has no addition 999999\. It has: 1 /,
    ],
    ['search_agreements', { endng: 'next month' }, /no argument endng\. Did you mean ending/],
  ])('%s %j is answered with what to send', async (tool, input, message) => {
    expect(await session.refused(tool, input)).toMatch(message);
  });
});

describe('invoices', () => {
  it('are found unpaid and overdue', async () => {
    const all = await session.get('/finance/invoices?pageSize=1000');
    const unpaid = all.filter(({ balance }: { balance?: number }) => (balance ?? 0) > 0);
    expect((await session.ok('search_invoices', { only: 'unpaid' })).structured.total).toBe(unpaid.length);
    const overdue = unpaid.filter(({ dueDate }: { dueDate: string }) => dueDate < '2026-11-24T00:00:00Z');
    const late = (await session.ok('search_invoices', { only: 'overdue' })).structured;
    expect(late.total).toBe(overdue.length);
    const due = late.rows.map((row: string[]) => row[late.columns.indexOf('due')]);
    expect(due).toEqual(due.toSorted());
  });

  it('are read by their number with payments and balance', async () => {
    const [row] = await session.get('/finance/invoices?conditions=balance>0&pageSize=1');
    const { text } = await session.ok('get_invoice', { invoice: row.invoiceNumber });
    expect(text).toContain(`Invoice ${row.invoiceNumber} (id ${row.id})`);
    expect(text).toContain(`balance: ${amount(row.balance)}`);
  });

  it('come as PDF: beside the answer, or into the folder that an administrator allowed', async () => {
    const [row] = await session.get('/finance/invoices?pageSize=1');
    const given = { name: 'get_invoice', arguments: { invoice: row.invoiceNumber, pdf: true } };
    const { content, structuredContent } = await session.client.callTool(given);
    expect(structuredContent).toMatchObject({ pdf: { contentType: 'application/pdf', delivered: true } });
    const [, file] = content as { type: string; resource?: { uri: string; mimeType: string; blob: string } }[];
    expect(file).toMatchObject({ type: 'resource', resource: { uri: `cwm://invoices/${row.id}/pdf` } });
    const bytes = Buffer.from(file?.resource?.blob ?? '', 'base64');
    expect(bytes.toString('latin1')).toMatch(/^%PDF-/);
    const folder = mkdtempSync(join(tmpdir(), 'manage-pdf-'));
    const saving = await startSession({ toolsets: 'finance', environment: { CWM_FILES_DIR: folder } });
    const { text, structured } = await saving.ok('get_invoice', { invoice: row.invoiceNumber, pdf: true });
    expect(text).toContain(`Saved as ${structured.pdf.path}`);
    expect(readFileSync(structured.pdf.path).length).toBe(structured.pdf.size);
    await saving.close();
    rmSync(folder, { recursive: true });
  });

  it('take a payment once and no more than their balance', async () => {
    const [row] = await session.get('/finance/invoices?conditions=balance>1&pageSize=1');
    const { structured } = await session.ok('add_invoice_payment', { invoiceId: row.id, amount: 0.5 });
    expect(structured.id).toBeGreaterThan(0);
    const after = await session.get(`/finance/invoices/${row.id}`);
    expect(after.balance).toBeCloseTo(row.balance - 0.5, 2);
    expect(await session.refused('add_invoice_payment', { invoiceId: row.id, amount: 0.5 })).toMatch(
      /already recorded/,
    );
    expect(await session.refused('add_invoice_payment', { invoiceId: row.id, amount: 1e7 })).toMatch(
      /balance of invoice .* is more/,
    );
  });

  it('are started for a customer, not twice', async () => {
    const input = { company: 'Globex', type: 'Miscellaneous', reference: 'Cabling' };
    const { structured } = await session.ok('create_invoice', input);
    expect(await session.get(`/finance/invoices/${structured.id}`)).toMatchObject({
      type: 'Miscellaneous',
      reference: 'Cabling',
    });
    const own = `/finance/invoices/${structured.id}`;
    const product = {
      catalogItem: { id: 7 },
      invoice: { id: structured.id },
      quantity: 2,
      price: 299,
      billableOption: 'Billable',
    };
    const { body } = await session.rest('POST', '/procurement/products', product);
    expect(await session.get(own)).toMatchObject({ productTotal: 598, total: 598, balance: 598 });
    await session.rest('DELETE', `/procurement/products/${body.id}`);
    expect(await session.get(own)).toMatchObject({ productTotal: 0, total: 0, balance: 0 });
    expect(await session.refused('create_invoice', input)).toMatch(/already/);
    expect(await session.refused('create_invoice', { company: 'Globex', type: 'Agreement' })).toMatch(
      /one of Miscellaneous/,
    );
  });
});

describe('what can be chosen', () => {
  it.each([
    ['taxCodes', /New York sales tax|NY/],
    ['billingCycles', /Quarterly/],
    ['agreementTypes', /Managed Services/],
    ['billingTerms', /Net 30 days/],
    ['productSubcategories', /General/],
    ['rmaStatuses', /Sent to vendor/],
  ])('lookup_values lists %s', async (table, words) => {
    expect((await session.ok('lookup_values', { table })).text).toMatch(words);
  });
});

describe('find_unbilled', () => {
  it('sums exactly what is on no invoice', async () => {
    const { structured, text } = await session.ok('find_unbilled', {});
    const entries = [];
    for (let page = 1; ; page += 1) {
      const rows = await session.get(
        `/time/entries?conditions=billableOption="Billable" and invoice/id=null and status not in ("Billed","BilledAgreement","WrittenOff")&pageSize=1000&page=${page}`,
      );
      entries.push(...rows);
      if (rows.length < 1000) break;
    }
    const hundredths = entries.reduce(
      (sum, { hoursBilled, actualHours }) => sum + Math.round(Number(hoursBilled ?? actualHours) * 100),
      0,
    );
    expect(text).toContain(`${entries.length} time entries`);
    expect(text).toContain(`${hundredths / 100} h`);
    const shown = structured.rows.reduce(
      (sum: number, [, hours]: string[]) => sum + Math.round(Number(hours) * 100),
      0,
    );
    expect(shown).toBe(hundredths);
  });
});
