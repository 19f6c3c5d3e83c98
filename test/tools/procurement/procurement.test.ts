import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,procurement' });
});
afterAll(() => session.close());

describe('products', () => {
  it('are found in the catalog by class and text', async () => {
    const all = await session.get('/procurement/catalog?pageSize=1000&conditions=inactiveFlag=false');
    expect((await session.ok('search_catalog', {})).structured.total).toBe(all.length);
    const { identifier } = all[0];
    expect((await session.ok('search_catalog', { text: identifier })).text).toContain(identifier);
  });

  it.each(['LT14', 'lt-14', 'LT 14'])(
    'are found by a code however it is written, of which no digit bends: %s',
    async (text) => {
      const { structured } = await session.ok('search_catalog', { text });
      expect(structured.rows.map((row: string[]) => row[1])).toEqual(['LT-14']);
      const other = await session.ok('search_catalog', { text: text.replace('14', '15') });
      expect(other.structured.total).toBe(0);
    },
  );

  it('go on a ticket once, are changed and cancelled', async () => {
    const ticketId = (await session.call('create_ticket', { summary: 'Needs a part', company: 'Globex' })).structured
      .id;
    const item = (await session.get('/procurement/catalog?pageSize=1'))[0];
    const input = { product: item.identifier, ticketId, quantity: 2, price: 99.5 };
    expect((await session.ok('add_product', { ...input, dryRun: true })).text).toContain('"price":99.5');
    const { structured } = await session.ok('add_product', input);
    expect(await session.get(`/procurement/products/${structured.id}`)).toMatchObject({
      quantity: 2,
      price: 99.5,
      ticket: { id: ticketId },
    });
    expect(await session.refused('add_product', input)).toMatch(/already has .*: product \d+, quantity 2/);
    expect((await session.ok('search_products', { ticketId })).text).toContain(`ticket ${ticketId}`);
    expect((await session.ok('update_product', { productId: structured.id, quantity: 3 })).text).toContain(
      'quantity: 2 -> 3',
    );
    await session.ok('update_product', { productId: structured.id, cancel: 'Ordered twice' });
    expect((await session.ok('search_products', { ticketId })).structured.total).toBe(0);
  });

  it('are added to the catalog once, and changed there', async () => {
    const [like] = await session.get('/procurement/catalog?pageSize=1&conditions=productClass="NonInventory"');
    const input = {
      sku: 'DOCK-9',
      name: 'Docking station',
      subcategory: like.subcategory.name,
      type: like.type.name,
      price: 189,
      vendor: 'Cyberdyne',
      partNumber: 'D9-EU',
    };
    expect((await session.ok('save_catalog_item', { ...input, dryRun: true })).text).toContain('"identifier":"DOCK-9"');
    const { structured } = await session.ok('save_catalog_item', input);
    const path = `/procurement/catalog/${structured.id}`;
    expect(await session.get(path)).toMatchObject({
      identifier: 'DOCK-9',
      description: 'Docking station',
      customerDescription: 'Docking station',
      productClass: 'NonInventory',
      price: 189,
      manufacturerPartNumber: 'D9-EU',
      vendor: { identifier: 'Cyberdyne' },
    });
    expect(await session.refused('save_catalog_item', input)).toMatch(/already has the identifier DOCK-9\. Send item/);
    const changed = await session.ok('save_catalog_item', { item: 'DOCK-9', price: 199, inactive: true });
    expect(changed.text).toMatch(/price: 189.00 USD -> 199.00 USD/);
    expect(await session.get(path)).toMatchObject({ price: 199, inactiveFlag: true });
  });

  it.each([
    ['save_catalog_item', { description: 'Cable' }, /needs identifier, subcategory, type as well/],
    ['save_catalog_item', { item: 'Unobtainium', price: 1 }, /there is no catalog item/],
    [
      'save_catalog_item',
      { identifier: 'X', subcategory: 'Nonsense', type: '1' },
      /there is no product subcategory "Nonsense"/,
    ],
    ['save_catalog_item', { item: '1' }, /Nothing to change/],
    ['save_rma', { problem: 'Dead' }, /needs product and company/],
    ['save_rma', { rmaId: 999999, status: 'Closed' }, /not found/],
    ['save_rma', { rmaId: 1, status: 'Lost' }, /there is no rma status "Lost"/i],
    ['add_product', { product: '1' }, /one of ticketId, project, opportunity, invoiceId/],
    ['add_product', { product: '1', ticketId: 1, invoiceId: 1 }, /not ticketId and invoiceId/],
    ['add_product', { product: 'Unobtainium', ticketId: 1 }, /there is no catalog item/],
    ['add_product', { product: '1', ticketId: 99999999 }, /no ticket 99999999/],
    ['update_product', { productId: 99999999, quantity: 1 }, /not found/],
    ['search_catalog', { productClass: 'Hardware' }, /one of Agreement, Bundle/],
  ])('%s %j is answered with what to send', async (tool, input, message) => {
    expect(await session.refused(tool, input)).toMatch(message);
  });
});

describe('purchase orders', () => {
  it('are found open, and read with their lines', async () => {
    const open = await session.get('/procurement/purchaseorders?conditions=closedFlag=false&pageSize=1000');
    expect((await session.ok('search_purchase_orders', {})).structured.total).toBe(open.length);
    const lines = await session.get(`/procurement/purchaseorders/${open[0].id}/lineitems`);
    const { structured } = await session.ok('get_purchase_order', { purchaseOrder: open[0].poNumber });
    expect(structured.lines).toHaveLength(lines.length);
  });

  it('are made with lines and received in parts', async () => {
    const items = await session.get('/procurement/catalog?pageSize=2');
    const input = {
      vendor: 'Cyberdyne',
      number: 'PO-TEST-1',
      lines: [
        { product: items[0].identifier, quantity: 4, unitCost: 10 },
        { product: items[1].identifier, quantity: 1 },
      ],
    };
    const { structured, text } = await session.ok('create_purchase_order', input);
    expect(text).toContain('2 of 2 lines');
    const lines = await session.get(`/procurement/purchaseorders/${structured.id}/lineitems`);
    expect(lines).toHaveLength(2);
    expect(await session.refused('create_purchase_order', input)).toMatch(/already exists/);
    expect(
      await session.refused('receive_purchase_order', {
        purchaseOrder: 'PO-TEST-1',
        lines: [{ lineId: lines[0].id, received: 9 }],
      }),
    ).toMatch(/is for 4; 9 cannot/);
    await session.ok('receive_purchase_order', {
      purchaseOrder: 'PO-TEST-1',
      lines: [{ lineId: lines[0].id, received: 4 }],
    });
    expect(await session.get(`/procurement/purchaseorders/${structured.id}/lineitems/${lines[0].id}`)).toMatchObject({
      receivedStatus: 'FullyReceived',
    });
    await session.ok('receive_purchase_order', { purchaseOrder: 'PO-TEST-1' });
    expect(await session.refused('receive_purchase_order', { purchaseOrder: 'PO-TEST-1' })).toMatch(/no open line/);
  });

  it('with an unknown product are refused before anything is written', async () => {
    const input = { vendor: 'Cyberdyne', lines: [{ product: 'Unobtainium', quantity: 1 }] };
    expect(await session.refused('create_purchase_order', input)).toMatch(
      /lines\[0\]\.product: there is no catalog item/,
    );
    expect(await session.refused('create_purchase_order', { vendor: 'Cyberdyne', lines: [] })).toMatch(/lines/);
    expect(await session.refused('create_purchase_order', { ...input, status: 'draft' })).toContain(
      'There are: New, Ordered, Received.',
    );
  });

  it('is sent to a customer only where that is said', async () => {
    const input = { vendor: 'Cyberdyne Robotics', lines: [{ product: 'DOCK', quantity: 3 }] };
    session.writes();
    expect(await session.refused('create_purchase_order', { ...input, company: 'Globex' })).toContain(
      'shipTo has the vendor send it to a customer. Without it, it comes to our warehouse',
    );
    expect(session.writes()).toEqual([]);
    const { structured, text } = await session.ok('create_purchase_order', {
      ...input,
      shipTo: 'Globex Manufacturing',
    });
    expect(text).toContain('for Cyberdyne Robotics, shipped to Globex Manufacturing, dated 2026-11-24: 1 of 1 line');
    expect(await session.get(`/procurement/purchaseorders/${structured.id}`)).toMatchObject({
      customerCompany: { name: 'Globex Manufacturing' },
      dropShipCustomerFlag: true,
    });
    expect((await session.ok('get_purchase_order', { purchaseOrder: String(structured.id) })).text).toContain(
      'ship to: Globex Manufacturing',
    );
    expect(await session.refused('get_purchase_order', { purchaseOrder: 'PO-NONE' })).toMatch(/no purchase order/);
  });
});

describe('stock and returns', () => {
  it('shows what is stored where', async () => {
    const { structured } = await session.ok('get_inventory', {});
    const bins = await session.get('/procurement/warehouseBins?pageSize=1000');
    let places = 0;
    for (const { id } of bins) {
      const rows = await session.get(`/procurement/warehouseBins/${id}/inventoryOnHand?pageSize=1000`);
      places += rows.filter(({ catalogItem }: { catalogItem?: unknown }) => catalogItem !== undefined).length;
    }
    expect(structured.total).toBe(places);
    expect(structured.rows).toContainEqual(
      expect.arrayContaining(['LT-14', 'Laptop, 14 inch', 'Cyberdyne Robotics', 'Storeroom']),
    );
    const low = await session.ok('get_inventory', { lowStock: true });
    expect(low.structured.total).toBeLessThanOrEqual(places);
  });

  it('takes a product back once, and moves it on', async () => {
    const [item] = await session.get('/procurement/catalog?pageSize=1&conditions=inactiveFlag=false');
    const input = {
      product: item.identifier,
      customer: 'Globex',
      problem: 'Does not switch on',
      serial: 'SN-4711',
    };
    expect((await session.ok('save_rma', { ...input, dryRun: true })).text).toContain('Does not switch on');
    const { structured } = await session.ok('save_rma', input);
    const path = `/procurement/rmaTags/${structured.id}`;
    expect(await session.get(path)).toMatchObject({
      product: { id: item.id },
      productDescription: item.description,
      returnedCompany: { identifier: 'Globex' },
      status: { name: 'Open' },
      rmaDisposition: { name: 'Repair' },
      serialNumber: 'SN-4711',
    });
    const photo = { record: `rma ${structured.id}`, name: 'a.txt', text: 'x', dryRun: true };
    expect((await session.ok('add_attachment', photo)).text).not.toMatch(/, {2}|,\n| ,/);
    expect(await session.refused('save_rma', input)).toMatch(/is already open\. Send rmaId/);
    const moved = await session.ok('save_rma', { rmaId: structured.id, status: 'Sent to vendor', tracking: '1Z999' });
    expect(moved.text).toContain('status: Open -> Sent to vendor');
    expect(await session.get(path)).toMatchObject({ shippingTrackingNumber: '1Z999' });
  });

  it('finds RMAs', async () => {
    const all = await session.get('/procurement/rmaTags?pageSize=1000');
    expect((await session.ok('search_rmas', {})).structured.total).toBe(all.length);
    for (const { id, problemDescription } of all
      .filter((row: { problemDescription?: string }) => row.problemDescription)
      .slice(0, 2)) {
      const text = String(problemDescription).split(' ').slice(-2).join(' ');
      const { rows } = (await session.ok('search_rmas', { text })).structured;
      expect(rows.map(([own]: string[]) => own)).toContain(String(id));
    }
  });
});
