import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const NOW = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: NOW, toolsets: 'all' });
});
afterAll(() => session.close());

describe('a product', () => {
  it('is found by its description', async () => {
    const { text } = await session.ok('add_product', { ticketId: 564, product: 'docking station', dryRun: true });
    expect(text).toMatch(/1 x .*dock/i);
  });

  it('may come with its quantity', async () => {
    const { text } = await session.ok('add_product', { ticketId: 564, product: '10 x LT-14', dryRun: true });
    expect(text).toContain('"quantity":10');
    expect(text).toMatch(/10 x LT-14 at 1,\d{3}\.00 USD each, 1\d,\d{3}\.00 USD in all, on ticket 564/);
    const contradiction = { ticketId: 564, product: '10 x LT-14', quantity: 3 };
    expect(await session.refused('add_product', contradiction)).toMatch(/product says 10 of LT-14, quantity says 3/);
    const rma = { product: '2 x LT-14', company: 'Globex' };
    expect(await session.refused('save_rma', rma)).toContain('An RMA is for one item');
    const lines = [{ product: '5 x LT-14', quantity: 2 }];
    expect(await session.refused('create_purchase_order', { vendor: 'Cyberdyne', lines })).toMatch(
      /lines\[0\]\.product says 5 of LT-14, lines\[0\]\.quantity says 2/,
    );
  });

  it('has the price of one, never that of all', async () => {
    const input = { ticketId: 564, product: 'LT-14', quantity: 10, price: 12_900 };
    expect(await session.refused('add_product', input)).toMatch(/price is that of one.*Send price: 1290/);
    const { text } = await session.ok('add_product', { ...input, price: 1_200, dryRun: true });
    expect(text).toContain('10 x LT-14 at 1,200.00 USD each, 12,000.00 USD in all');
    const exact = await session.ok('add_product', { ...input, quantity: 1000, price: 199.999, dryRun: true });
    expect(exact.text).toContain('1000 x LT-14 at 199.999 USD each, 199,999.00 USD in all');
  });

  it('goes on the invoice of a number, not of an id', async () => {
    const [invoice] = await session.get('/finance/invoices?pageSize=1');
    const { text } = await session.ok('add_product', {
      product: 'LT-14',
      invoiceId: invoice.invoiceNumber,
      dryRun: true,
    });
    expect(text).toContain(`invoice ${invoice.invoiceNumber} (id ${invoice.id})`);
  });

  it('is in the currency of its invoice, whatever the customer is billed in since', async () => {
    const made = async () =>
      (await session.ok('create_invoice', { company: 'Globex', allowDuplicate: true })).structured;
    const [globex] = await session.get('/company/companies?conditions=identifier="Globex"');
    const { id } = await made();
    const billedIn = (code: string) =>
      session.rest('PATCH', `/company/companies/${globex.id}`, [
        { op: 'replace', path: 'currency', value: { id: code === 'CAD' ? 2 : 1, name: code, currencyCode: code } },
      ]);
    await billedIn('CAD');
    const add = { product: 'DOCK', quantity: 2, price: 50 };
    const old = await session.ok('add_product', { ...add, invoiceId: `id ${id}` });
    expect(old.text).toContain('50.00 USD each, 100.00 USD in all');
    const at = { company: { id: globex.id }, quantity: 1 };
    const raw = await session.ok('call_write_operation', {
      operation: 'POST /procurement/products',
      body: { ...at, catalogItem: { id: 8 }, invoice: { id }, price: 77, billableOption: 'Billable' },
      dryRun: true,
    });
    expect(raw.text).toContain('77.00 USD');
    const { id: later } = await made();
    expect((await session.get(`/finance/invoices/${later}`)).currency.currencyCode).toBe('CAD');
    const fresh = await session.ok('add_product', { ...add, invoiceId: `id ${later}`, allowDuplicate: true });
    expect(fresh.text).toContain('100.00 CAD in all');
    const { text } = await session.ok('search_products', { text: 'dock', company: 'Globex' });
    expect(text).toMatch(/100\.00 CAD[\s\S]*100\.00 USD/);
    await billedIn('USD');
  });

  it('are found by who makes them', async () => {
    const made = await session.get('/procurement/catalog?pageSize=1000&conditions=manufacturer/name="Lenovo"');
    const ids = made.map(({ id }: { id: number }) => String(id)).sort();
    expect(ids.length).toBeGreaterThan(0);
    const { rows } = (await session.ok('search_catalog', { text: 'lenovo' })).structured;
    expect(rows.map(([id]: [unknown]) => String(id)).sort()).toEqual(ids);
  });

  it('is searched whatever its accents and hyphens, in many words too', async () => {
    const { structured } = await session.ok('search_catalog', { text: 'dócking' });
    expect(structured.total).toBeGreaterThan(0);
    const text = 'managed security services for small and medium businesses per workstation';
    expect((await session.ok('search_catalog', { text })).structured.total).toBe(0);
  });
});

describe('a purchase order', () => {
  const lines = [
    { product: 'LT-14', quantity: 2, unitCost: 900 },
    { product: 'docking station', quantity: 2, unitCost: 120 },
  ];
  const ordersOf = async (id: number) =>
    (await session.get(`/procurement/purchaseorders?conditions=vendorCompany/id=${id}&pageSize=1000`)) as {
      id: number;
    }[];
  const linesOf = (id: number) => session.get(`/procurement/purchaseorders/${id}/lineitems`);

  it('is found as people write its number', async () => {
    const { structured } = await session.ok('get_purchase_order', { purchaseOrder: 'po1001' });
    expect(structured.title).toContain('PO-1001');
    expect((await session.ok('search_purchase_orders', { text: 'po1001', state: 'any' })).structured.total).toBe(1);
  });

  it('goes to the vendor that the catalog has for every line', async () => {
    const dock = { product: 'DOCK', quantity: 1 };
    const { text } = await session.ok('create_purchase_order', {
      lines: [...lines, dock],
      number: 'PO-77',
      dryRun: true,
    });
    expect(text).toMatch(
      /vendorCompany: Cyberdyne Robotics \(id \d+\)\n[\s\S]*The vendor is the one that the catalog has/,
    );
    const mixed = [dock, { product: 'MON-27', quantity: 1 }];
    expect(await session.refused('create_purchase_order', { lines: mixed })).toMatch(
      /^vendor is missing, .* \(DOCK: Cyberdyne Robotics; MON-27: none\)\. Send vendor; an order goes to one vendor\./,
    );
    const unknown = [
      { product: 'XX-1', quantity: 1 },
      { product: 'XX-2', quantity: 1 },
    ];
    expect(await session.refused('create_purchase_order', { lines: unknown })).toMatch(
      /\n1\. lines\[0\]\.product: .*\n2\. lines\[1\]\.product: /,
    );
  });

  it('is one order when it is made twice', async () => {
    const input = { vendor: 'Cyberdyne', lines, notes: 'For the new office' };
    const preview = await session.ok('create_purchase_order', { ...input, dryRun: true });
    expect(preview.text).toMatch(
      /vendorCompany: Cyberdyne Robotics \(id \d+\)\nstatus: New \(id 1\)\nterms: Net 30 days/,
    );
    const { structured, text } = await session.ok('create_purchase_order', input);
    expect(text).toContain('Notes: For the new office');
    const read = await session.ok('get_purchase_order', { purchaseOrder: String(structured.id) });
    expect(read.text).toContain('notes: For the new office');
    expect(text).toMatch(/2 of 2 lines, total 2,040\.00 USD.* line 1: \d+ x \S+ .*at [\d,.]+ USD each; line 2: /);
    expect(await session.refused('create_purchase_order', input)).toMatch(
      new RegExp(`\\(id ${structured.id}\\) .*already exists`),
    );
    const [order] = await session.get(`/procurement/purchaseorders?conditions=id=${structured.id}`);
    const before = (await ordersOf(order.vendorCompany.id)).length;
    await session.ok('create_purchase_order', { ...input, lines: [{ ...lines[0], quantity: 7 }] });
    await session.ok('create_purchase_order', { ...input, allowDuplicate: true });
    expect(await ordersOf(order.vendorCompany.id)).toHaveLength(before + 2);
  });

  it('is finished when its making broke off', async () => {
    const input = { vendor: 'Globex', number: 'PO-77', lines, confirm: true };
    const { structured } = await session.ok('create_purchase_order', input);
    const [, second] = await linesOf(structured.id);
    await session.rest('DELETE', `/procurement/purchaseorders/${structured.id}/lineitems/bulk`, { ids: [second.id] });
    session.writes();
    const { text } = await session.ok('create_purchase_order', input);
    expect(text).toMatch(/^Finished purchase order PO-77/);
    expect(await linesOf(structured.id)).toHaveLength(2);
    expect(session.writes()).toEqual([expect.stringMatching(/^POST .*lineitems/)]);
  });

  it('takes a line once whose answer was lost', async () => {
    const input = { vendor: 'Initech', lines, confirm: true };
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/lineitems', times: 2 });
    const { structured } = await session.ok('create_purchase_order', input);
    expect(await linesOf(structured.id)).toHaveLength(2);
    expect(await session.refused('create_purchase_order', input)).toContain('already exists');
    session.sandbox.faults.add({ kind: 'error', method: 'POST', path: '/lineitems' });
    const other = { ...input, lines: lines.toReversed() };
    const part = await session.ok('create_purchase_order', other);
    expect(part.text).toMatch(/1 of 2 lines.*Call again with the same arguments/);
    expect((await session.ok('create_purchase_order', other)).structured.id).toBe(part.structured.id);
    expect(await linesOf(part.structured.id)).toHaveLength(2);
  });

  it('is received line by line, and a second time without harm', async () => {
    const { structured } = await session.ok('create_purchase_order', { vendor: 'Hooli', number: 'PO-78', lines });
    const [first, second] = await linesOf(structured.id);
    const part = { purchaseOrder: 'po78', lines: [{ lineId: first.id, received: 2 }] };
    expect((await session.ok('receive_purchase_order', part)).text).toContain(`2 x LT-14 (line ${first.id})`);
    expect(await session.refused('receive_purchase_order', part)).toMatch(/Nothing to receive.*was already received/);
    const slip = { ...part, packingSlip: 'PS-9', lines: [...part.lines, { lineId: second.id, received: 1 }] };
    expect((await session.ok('receive_purchase_order', { ...slip, dryRun: true })).text).toMatch(
      /was already received, and its packing slip stays as it is/,
    );
    const both = [...part.lines, { lineId: second.id, received: 2 }];
    const { text } = await session.ok('receive_purchase_order', { ...part, lines: both });
    expect(text).toMatch(/was already received/);
    expect(await session.refused('receive_purchase_order', { purchaseOrder: 'PO-78' })).toContain('no open line');
  });

  it('is received in parts that are counted together', async () => {
    const three = [{ product: 'LT-14', quantity: 3, unitCost: 900 }];
    const { structured } = await session.ok('create_purchase_order', {
      vendor: 'Hooli',
      number: 'PO-79',
      lines: three,
    });
    const [first] = await linesOf(structured.id);
    const receive = (received: number) => ({ purchaseOrder: 'PO-79', lines: [{ lineId: first.id, received }] });
    await session.ok('receive_purchase_order', receive(2));
    expect(await session.refused('receive_purchase_order', receive(2))).toContain('was already received');
    expect(await session.refused('receive_purchase_order', receive(1))).toContain('counts everything');
    expect(await session.refused('receive_purchase_order', receive(0))).toContain('more than 0');
    await session.ok('receive_purchase_order', receive(3));
  });

  it('is not searched by a status and a state that exclude each other', async () => {
    const statuses = await session.get('/procurement/purchaseorderstatuses');
    const open = statuses.find(({ closedFlag }: { closedFlag?: boolean }) => closedFlag !== true);
    expect(await session.refused('search_purchase_orders', { status: open.name, state: 'closed' })).toMatch(
      /state: closed leaves none/,
    );
    const where = [{ field: 'closedFlag', op: 'eq', value: true }];
    const closed = await session.get('/procurement/purchaseorders?conditions=closedFlag=true&pageSize=1000');
    expect((await session.ok('search_purchase_orders', { where })).structured.total).toBe(closed.length);
  });
});

describe('a line that is to be cancelled', () => {
  it('needs a reason in words', async () => {
    const { structured } = await session.ok('add_product', { product: 'SW-24', ticketId: 564 });
    const productId = structured.id;
    for (const cancel of [false, true, 'false', 'no', 'yes', 'N/A'])
      expect(await session.refused('update_product', { productId, cancel })).toMatch(/^cancel .*[Ll]eave it out/);
    expect((await session.get(`/procurement/products/${productId}`)).cancelledFlag).toBe(false);
  });
});

describe('what is empty', () => {
  it('clears nothing, and clear does', async () => {
    const { structured } = await session.ok('save_rma', { product: 'LT-14', company: 'Globex', serialNumber: 'A-1' });
    const path = `/procurement/rmaTags/${structured.id}`;
    await session.ok('save_rma', { rmaId: structured.id, serialNumber: '', notes: 'Rack 2' });
    const { id, summary, company } = (
      await session.get('/service/tickets?pageSize=1&orderBy=id desc&conditions=company/name like "Globex*"')
    )[0];
    expect(company.name).toContain('Globex');
    const { text } = await session.ok('save_rma', { rmaId: structured.id, ticketId: id });
    expect(text).toContain(`, for ticket ${id} ${summary}`);
    expect(await session.get(path)).toMatchObject({ serialNumber: 'A-1', internalNotes: 'Rack 2' });
    const both = { rmaId: structured.id, clear: ['notes'], notes: 'x' };
    expect(await session.refused('save_rma', both)).toContain('both set and cleared');
    await session.ok('save_rma', { rmaId: structured.id, clear: ['serialNumber'] });
    expect((await session.get(path)).serialNumber ?? '').toBe('');
  });
});

describe('what was filled in, or is left out', () => {
  it('is said of an order, which names the lines that it has and no others', async () => {
    session.sandbox.faults.add({ kind: 'error', method: 'POST', path: '/lineitems' });
    const lines = [
      { product: 'LT-14', quantity: 3 },
      { product: 'DOCK', quantity: 2 },
    ];
    const { text } = await session.ok('create_purchase_order', { lines, allowDuplicate: true });
    expect(text).toMatch(/1 of 2 lines, total 240\.00 USD, New, terms Net 30 days\./);
    expect(text).toMatch(/line 2: 2 x DOCK .* each\./);
    expect(text.split('\n')[0]).not.toContain('line 1');
    expect(text).toContain('Not done: line 1: 3 x LT-14');
  });

  it('is said of a return and of low stock', async () => {
    const rma = await session.ok('save_rma', { product: 'DOCK', company: 'Umbra' });
    expect(rma.text).toMatch(/^Created RMA \d+: .*, disposition \w+/);
    const { text } = await session.ok('get_inventory', { lowStock: true });
    expect(text).toMatch(/^Of products that have a place in a bin/);
  });

  it('is no part of a total: what of a product is cancelled', async () => {
    const { structured } = await session.ok('add_product', {
      product: 'MON-27',
      ticketId: 565,
      quantity: 10,
      price: 100,
    });
    await session.rest('PATCH', `/procurement/products/${structured.id}`, [
      { op: 'replace', path: 'quantityCancelled', value: 4 },
    ]);
    const { text } = await session.ok('search_products', { ticketId: 565, text: 'Monitor' });
    expect(text).toMatch(/\| 10 \(4 cancelled\) \| 100\.00 \| 600\.00 \|/);
  });
});
