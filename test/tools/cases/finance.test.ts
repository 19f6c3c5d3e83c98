import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isUnpriced, worthOf } from '../../../src/revenue/unbilled.ts';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: SUNDAY, toolsets: 'all' });
});
afterAll(() => session.close());

const amount = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

describe('what is unbilled', () => {
  it('takes the distance of mileage for no money', () => {
    const rates = new Map([[1, 0.67]]);
    const mileage = { type: { id: 1 }, amount: 30, invoiceAmount: 0 };
    expect(isUnpriced('expenses', mileage)).toBe(true);
    expect(worthOf('expenses', mileage, rates)?.worth).toBeCloseTo(20.1);
    expect(worthOf('expenses', { ...mileage, invoiceAmount: 25 }, rates)?.worth).toBe(25);
    expect(worthOf('expenses', { ...mileage, type: { id: 2 } }, rates)?.worth).toBe(30);
  });

  const unbilled = (where: string) =>
    session.get(
      `/time/entries?pageSize=1000&conditions=billableOption="Billable" and invoice/id=null and status not in ("Billed","BilledAgreement","WrittenOff") and ${where}`,
    );
  // biome-ignore lint/suspicious/noExplicitAny: rows of the sandbox
  const sum = (rows: any[], of: (row: any) => number): number => rows.reduce((total, row) => total + of(row), 0);

  it('is what Manage would still bill, with what agreements cover apart', async () => {
    const { text, structured } = await session.ok('find_unbilled', { company: 'Acme Corporation' });
    const entries = await unbilled('company/id=2');
    const hours = sum(entries, (row) => row.hoursBilled);
    const worth = sum(entries, (row) => row.hoursBilled * row.hourlyRate);
    const covered = sum(entries, (row) => row.agreementAmount ?? 0);
    expect(text).toContain(`${entries.length} time entries: ${hours} h, ${amount(worth)} USD.`);
    expect(text).toContain(
      `Agreements cover ${sum(entries, (row) => row.agreementHours ?? 0)} h and ${amount(covered)}`,
    );
    expect(structured.columns).toEqual([
      'company',
      'hours',
      'time (USD)',
      'expenses (USD)',
      'products (USD)',
      'covered hours',
      'covered (USD)',
      'to invoice (USD)',
    ]);
    const [[, , time, expenses, products, , , left]] = structured.rows;
    const number = (cell: string): number => Number(cell.replaceAll(',', ''));
    expect(number(left)).toBeCloseTo(number(time) + number(expenses) + number(products) - covered, 2);
  });

  it('begins with the most to invoice, and adds up what a limit leaves out', async () => {
    const number = (cell: string): number => Number(cell.replaceAll(/[^\d.-]/g, ''));
    const every = await session.ok('find_unbilled', {});
    expect(every.text).toContain('What agreements bill by themselves, their recurring amounts, is not in it');
    const left = every.structured.rows.map((row: string[]) => number(row[7] ?? ''));
    expect(left).toEqual(left.toSorted((a: number, b: number) => b - a));
    const top = await session.ok('find_unbilled', { limit: 3 });
    expect(top.structured.rows).toEqual(every.structured.rows.slice(0, 3));
    const rest = left.slice(3).reduce((total: number, one: number) => total + one, 0);
    const [, others, said] = /The other (\d+): [\d.]+ h, .* of which (.+) is to invoice/.exec(top.text) ?? [];
    expect([Number(others), number(said ?? '')]).toEqual([left.length - 3, Number(rest.toFixed(2))]);
  });

  it('has 45 minutes more in it once they are logged, beside what the agreement covers', async () => {
    // A server of its own: other tests add up what is stored.
    const own = await startSession({ now: SUNDAY, toolsets: 'all' });
    try {
      const before = await own.ok('find_unbilled', { company: 'Acme' });
      expect(before.text).toMatch(/: 54\.5 h, 9,370\.00 USD\..*\nAgreements cover 54\.5 h and 9,370\.00 USD/);
      const { structured } = await own.ok('create_ticket', { company: 'Acme Corporation', summary: 'New laptop' });
      await own.ok('log_time', { ticketId: structured.id, start: 'Friday 6pm', hours: '45 minutes', notes: 'Set up' });
      const after = await own.ok('find_unbilled', { company: 'Acme' });
      expect(after.text).toMatch(/: 55\.25 h, 9,475\.00 USD\..*\nAgreements cover 54\.5 h and 9,370\.00 USD/);
    } finally {
      await own.close();
    }
  });

  it('counts everything until a day, and only a period where one is given', async () => {
    const { text: until } = await session.ok('find_unbilled', { until: '2026-10-31' });
    expect(until).toContain(`${(await unbilled('timeStart<[2026-11-01T04:00:00Z]')).length} time entries`);
    const { text: month } = await session.ok('find_unbilled', { period: 'October 2026' });
    const october = await unbilled('timeStart>=[2026-10-01T04:00:00Z] and timeStart<[2026-11-01T04:00:00Z]');
    expect(month).toContain(`${october.length} time entries`);
  });

  it('tells agreements of one name apart by their customers', async () => {
    const { structured } = await session.ok('find_unbilled', { by: 'agreement' });
    const labels = structured.rows.map(([label]: string[]) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('what an agreement brings in', () => {
  it('is listed per cycle and month with additions, with a total over the list', async () => {
    const { structured, text } = await session.ok('search_agreements', { ending: 'next 90 days' });
    expect(structured.columns).toEqual(
      expect.arrayContaining(['base amount (USD)', 'per cycle (USD)', 'per month (USD)']),
    );
    let total = 0;
    for (const row of structured.rows) {
      const agreement = await session.get(`/finance/agreements/${row[0]}`);
      const additions = await session.get(`/finance/agreements/${row[0]}/additions?pageSize=1000`);
      const perCycle = additions
        .filter((one: { billCustomer: string }) => one.billCustomer === 'Billable')
        .reduce((sum: number, one: { extPrice: number }) => sum + one.extPrice, agreement.billAmount ?? 0);
      const months = { Monthly: 1, Quarterly: 3, Yearly: 12 }[agreement.billingCycle.name as 'Monthly'];
      expect(row.slice(7, 10)).toEqual([
        amount(agreement.billAmount ?? 0),
        amount(perCycle),
        amount(perCycle / months),
      ]);
      total += perCycle / months;
    }
    expect(text).toContain(
      `Income per month with additions: ${amount(total)} USD from ${structured.rows.length} active agreements`,
    );
  });

  it('is added up over the whole list where only a page of it is shown', async () => {
    const all = await session.ok('search_agreements', { status: 'any', limit: 200 });
    const page = await session.ok('search_agreements', { status: 'any', limit: 2 });
    const line = /Income per month.*/.exec(all.text)?.[0];
    expect(line).toMatch(/from \d+ active agreements; \d+ that are not active/);
    expect(page.text).toContain(line);
  });

  it('counts those that have ended in a period that is over', async () => {
    const { structured } = await session.ok('search_agreements', { ending: 'this month' });
    expect(structured.rows.map((row: string[]) => row[4])).toContain('Expired');
  });

  it('counts all of 62 additions, and marks the list that shows fewer', async () => {
    const { body: made } = await session.rest('POST', '/finance/agreements', {
      name: 'Long list',
      type: { id: 1 },
      company: { id: 2 },
      contact: { id: 5 },
      billAmount: 100,
      billingCycle: { id: 2 },
    });
    for (let at = 0; at < 62; at += 1)
      await session.rest('POST', `/finance/agreements/${made.id}/additions`, {
        product: { id: 1 },
        billCustomer: 'Billable',
        quantity: 1,
        unitPrice: 10,
      });
    const { text } = await session.ok('get_agreement', { agreement: String(made.id) });
    expect(text).toContain('Additions (50 of 62)');
    expect(text).toContain('per cycle with additions: 720.00 USD');
    expect(text).toContain('per month with additions: 240.00 USD');
  });
});

describe('the income of an agreement', () => {
  const add = (more: Record<string, unknown>) =>
    session.rest('POST', '/finance/agreements/3/additions', {
      product: { id: 5 },
      billCustomer: 'Billable',
      quantity: 1,
      unitPrice: 1000,
      ...more,
    });
  const perCycle = async (): Promise<number> => {
    const { text } = await session.ok('get_agreement', { agreement: '3' });
    return Number(/per cycle with additions: ([\d,.]+) USD/.exec(text)?.[1]?.replaceAll(',', ''));
  };

  it.each([
    ['an addition that is cancelled from tomorrow', { cancelledDate: '2026-11-30T00:00:00Z' }, 1000],
    ['no addition that is cancelled from today', { cancelledDate: '2026-11-29T00:00:00Z' }, 0],
    ['no addition that begins tomorrow', { effectiveDate: '2026-11-30T00:00:00Z' }, 0],
    ['no addition that is not billed', { billCustomer: 'DoNotBill' }, 0],
    ['of an addition what is not included', { quantity: 3, lessIncluded: 1 }, 2000],
  ])('counts %s', async (_, more, difference) => {
    const before = await perCycle();
    expect((await add(more)).status).toBe(201);
    expect(await perCycle()).toBeCloseTo(before + difference, 2);
  });
});

describe('a search of agreements', () => {
  it.each([
    ['status', { status: 'Expired' }],
    ['conditions', { conditions: "agreementStatus='Expired'" }],
    ['where', { where: [{ field: 'agreementStatus', op: 'eq', value: 'Expired' }] }],
  ])('takes the status of %s in place of Active', async (_, input) => {
    const { structured, text } = await session.ok('search_agreements', input);
    const all = await session.get('/finance/agreements?pageSize=1000');
    const stored = all.filter(({ agreementStatus }: { agreementStatus: string }) => agreementStatus === 'Expired');
    expect(structured.total).toBe(stored.length);
    expect(text).toContain('they bring in nothing');
    for (const row of structured.rows) expect(row.slice(8, 10)).toEqual(['', '']);
  });
});

describe('agreements ordered by income', () => {
  const perMonth = (rows: string[][]): number[] => rows.map((row) => Number(row[9]?.replaceAll(',', '') || -1));

  it.each(['income', 'mrr', 'monthly income desc'])('come with the most per month first: %s', async (orderBy) => {
    const { structured } = await session.ok('search_agreements', { orderBy, status: 'any', limit: 200 });
    const amounts = perMonth(structured.rows);
    expect(amounts.length).toBe(structured.total);
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
    const second = await session.ok('search_agreements', { orderBy, status: 'any', limit: 5, page: 2 });
    // The day of the next invoice is a column only where an agreement of the page has one.
    const always = (rows: string[][]) => rows.map((row) => row.slice(0, 10));
    expect(always(second.structured.rows)).toEqual(always(structured.rows.slice(5, 10)));
    expect(second.text).toContain(`5 of ${structured.total} agreements`);
  });

  it('are refused where there are too many to add up', async () => {
    for (let at = 0; at < 101; at += 1)
      await session.rest('POST', '/finance/agreements', {
        name: `Bulk ${at}`,
        type: { id: 1 },
        company: { id: 2 },
        contact: { id: 5 },
      });
    const text = await session.refused('search_agreements', { orderBy: 'income', text: 'Bulk', status: 'any' });
    expect(text).toContain('101 agreements are too many to order by income');
    expect(text).toContain('narrow them to 100 or fewer');
  });
});

describe('amounts that Manage would not fill in', () => {
  it('are taken from the catalog, and said', async () => {
    const [{ id }] = await session.get(
      '/finance/agreements?conditions=agreementStatus="Active" and type/name="Block Time"&pageSize=1',
    );
    const input = { agreement: String(id), product: 'DOCK', quantity: 5 };
    const dry = await session.ok('add_agreement_addition', { ...input, dryRun: true });
    expect(dry.text).toContain("The price is the catalog's, 190.00 USD each: 950.00 USD per billing cycle.");
    const { text, structured } = await session.ok('add_agreement_addition', input);
    expect(text).toContain("5 x DOCK at 190.00 USD, the catalog's price");
    const stored = await session.get(`/finance/agreements/${id}/additions/${structured.id}`);
    expect(stored).toMatchObject({ unitPrice: 190, unitCost: 120 });
  });

  it('are asked for where the catalog has none', async () => {
    const { body: item } = await session.rest('POST', '/procurement/catalog', {
      identifier: 'NO-PRICE',
      description: 'Something without a price',
      category: { id: 1 },
      subcategory: { id: 1 },
      type: { id: 1 },
      customerDescription: 'x',
    });
    expect(item.identifier).toBe('NO-PRICE');
    const text = await session.refused('add_agreement_addition', { agreement: '3', product: 'NO-PRICE' });
    expect(text).toContain('unitPrice');
  });
});

describe('the same thing twice', () => {
  it('is one adjustment, unless it is said to be another', async () => {
    const input = { agreement: '3', amount: -25, description: 'Goodwill', date: '2026-11-27' };
    const { structured } = await session.ok('add_agreement_adjustment', input);
    expect(await session.refused('add_agreement_adjustment', input)).toContain(`adjustment ${structured.id} of -25.00`);
    const again = await session.ok('add_agreement_adjustment', { ...input, allowDuplicate: true });
    expect(again.structured.id).not.toBe(structured.id);
  });

  it('is counted in the unit of its agreement', async () => {
    const input = { agreement: '5', amount: -2, description: 'Goodwill', date: '2026-11-27' };
    const dry = await session.ok('add_agreement_adjustment', { ...input, dryRun: true });
    expect(dry.text).toContain('-2 h on');
    expect(dry.text).not.toMatch(/amount: -2\.00$/m);
    expect((await session.ok('add_agreement_adjustment', input)).text).toMatch(/adjustment \d+: -2 h on Block Time/);
    for (const amount of ['-3.5 hours', '-210 minutes', '-3:30']) {
      const said = { ...input, amount, description: `Goodwill of ${amount}` };
      expect((await session.ok('add_agreement_adjustment', said)).text).toMatch(
        /adjustment \d+: -3\.5 h on Block Time/,
      );
    }
    const incidents = { ...input, amount: '2 incidents' };
    expect(await session.refused('add_agreement_adjustment', incidents)).toMatch(
      /2 incidents is incidents.* counts hours/,
    );
    const hours = { ...input, agreement: '3', amount: '-3.5 hours' };
    expect(await session.refused('add_agreement_adjustment', hours)).toMatch(
      /-3\.5 hours is hours.* counts money.* USD/,
    );
    const { text } = await session.ok('get_agreement', { agreement: '5' });
    const money = { ...input, amount: '$50', description: 'Promo' };
    expect(await session.refused('add_agreement_adjustment', money)).toMatch(/\$50 is money.* counts hours/);
    expect(text).toMatch(/Adjustments: id \| amount \(hours\) .*\| -2 \|/s);
  });

  it('is one payment of the invoice that has the number', async () => {
    const [invoice] = await session.get('/finance/invoices?conditions=invoiceNumber="10126"');
    const input = { invoiceId: '10126', amount: 1, dryRun: true };
    const { text } = await session.ok('add_invoice_payment', input);
    expect(text).toContain(`invoice 10126 (id ${invoice.id}) of ${invoice.company.name}`);
    expect(text).toContain(`/finance/invoices/${invoice.id}/payments`);
    const paid = { invoiceId: '10126', amount: invoice.balance };
    const { structured } = await session.ok('add_invoice_payment', paid);
    expect(await session.refused('add_invoice_payment', paid)).toContain(`Payment ${structured.id} of`);
  });
});

describe('a product on the invoice of an agreement', () => {
  it('is asked about, and said to bill nothing more where it does not', async () => {
    const [invoice] = await session.get('/finance/invoices?conditions=invoiceNumber="10126"');
    const input = { product: 'monitor', invoiceId: '10126', quantity: 1 };
    expect(await session.refused('add_product', input)).toMatch(
      /the invoice of an agreement.*bills nothing more.*confirm: true/s,
    );
    const { text } = await session.ok('add_product', { ...input, confirm: true });
    expect(text).toContain("The invoice's total stays 2,700.00 USD: the product bills nothing more.");
    expect((await session.get(`/finance/invoices/${invoice.id}`)).total).toBe(2700);
    const made = await session.ok('create_invoice', {
      company: 'Globex',
      reference: 'Monitors',
      type: 'Miscellaneous',
    });
    const other = await session.ok('add_product', { ...input, invoiceId: String(made.structured.id) });
    expect(other.text).not.toContain('total stays');
  });
});

describe('an addition', () => {
  it('of another agreement is answered with those of this one', async () => {
    const [own] = await session.get('/finance/agreements/7/additions?pageSize=1');
    const [other] = await session.get('/finance/agreements/14/additions?pageSize=1');
    const told = await session.refused('update_agreement_addition', {
      agreement: '7',
      additionId: other.id,
      quantity: 5,
    });
    expect(told).toMatch(new RegExp(`\\(id 7\\) has no addition ${other.id}\\. It has: ${own.id} `));
  });

  it('is not cancelled any more once its day is cleared', async () => {
    const [addition] = await session.get('/finance/agreements/2/additions?pageSize=1');
    const input = { agreement: '2', additionId: addition.id };
    await session.ok('update_agreement_addition', { ...input, cancelFrom: '31 Dec' });
    const path = `/finance/agreements/2/additions/${addition.id}`;
    expect((await session.get(path)).cancelledDate).toBe('2026-12-31T00:00:00Z');
    await session.ok('update_agreement_addition', { ...input, cancelFrom: '', quantity: 3 });
    expect((await session.get(path)).cancelledDate).toBe('2026-12-31T00:00:00Z');
    await session.ok('update_agreement_addition', { ...input, clear: ['cancelFrom'] });
    expect((await session.get(path)).cancelledDate).toBeUndefined();
  });
});

describe('a change', () => {
  it('names the agreement with its customer', async () => {
    const input = { agreement: '2', amount: -5, description: 'x', dryRun: true };
    const { text } = await session.ok('add_agreement_adjustment', input);
    expect(text).toContain('-5.00 USD on Managed Services 2026 of Acme Dental Group (id 2) as of 2026-11-29.');
  });

  it('shows amounts as amounts', async () => {
    const { text } = await session.ok('update_agreement', { agreement: '2', amount: 1500, dryRun: true });
    expect(text).toContain('billAmount: 450.00 USD -> 1,500.00 USD');
  });
});

describe('every amount in an answer', () => {
  const AMOUNT = /(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d{2}(?![\d.])(?! h\b)/;
  /** Amounts without their currency, beside them or in the title of their column. */
  const bare = (text: string): string[] => {
    let titles: string[] = [];
    return text.split('\n').flatMap((line) => {
      const cells = line.replace(/^- /, '').split(' | ');
      if (cells.length === 1) return AMOUNT.test(line) && !/\d USD|\d EUR/.test(line) ? [line] : [];
      if (!/\d/.test(line)) titles = cells;
      return cells.filter((cell, index) => {
        const title = titles[index] ?? '';
        return (
          AMOUNT.test(cell) && !/ (USD|EUR)$|hours|quantity/.test(cell) && !/\((USD|EUR)\)|hours|quantity/.test(title)
        );
      });
    });
  };

  it.each([
    ['find_unbilled', {}],
    ['find_unbilled', { by: 'agreement', limit: 3 }],
    ['search_products', {}],
    ['search_catalog', {}],
    ['search_campaigns', {}],
    ['search_agreements', {}],
    ['search_invoices', {}],
    ['search_purchase_orders', {}],
    ['search_orders', {}],
    ['search_expenses', { member: 'any' }],
    ['get_agreement', { agreement: 9 }],
    ['get_campaign', { campaign: 1 }],
    ['get_invoice', { invoice: '10126' }],
    ['get_opportunity', { opportunity: 'Brick: Second site' }],
    ['get_purchase_order', { purchaseOrder: 'PO1001' }],
    ['get_project', { project: 1 }],
    ['add_product', { ticketId: 564, product: 'LT-14', quantity: 2, cost: 900, dryRun: true }],
    ['add_product', { opportunity: 'Brick: Second site', product: 'DOCK', quantity: 2, dryRun: true }],
    ['save_catalog_item', { item: 'LT-14', price: 1300, dryRun: true }],
    ['add_invoice_payment', { invoiceId: '10120', amount: 10, dryRun: true }],
    ['add_agreement_addition', { agreement: '9', product: 'DOCK', quantity: 5, unitPrice: 1000, dryRun: true }],
    ['save_campaign', { campaign: 1, budgetCost: 12_000, dryRun: true }],
    ['create_purchase_order', { vendor: 'Cyberdyne', lines: [{ product: 'LT-14', quantity: 2 }], dryRun: true }],
    ['log_expense', { amount: 2000, type: 'Meals', company: 'Globex', taxes: { GST: 4 }, dryRun: true }],
  ])('has its currency and thousands: %s %j', async (tool, input) => {
    const { text } = await session.ok(tool, input);
    expect(text).toMatch(AMOUNT);
    expect(bare(text)).toEqual([]);
    expect(text).not.toMatch(/\d{4,}\.\d{2}\b/);
  });

  it('has its currency in a report', async () => {
    const input = { measures: ['billed'], by: ['company'], period: 'last month', compare: 'previous' };
    const { text } = await session.ok('report', input);
    expect(text).toMatch(/In all: billed [\d,]+ USD \(before [\d,]+ USD,/);
    expect(text).toContain('company|billed (USD)|before|change');
  });

  it('has its currency where a product line is changed', async () => {
    const { structured } = await session.ok('add_product', { ticketId: 564, product: 'LT-14', quantity: 2 });
    const { text } = await session.ok('update_product', { productId: structured.id, price: 1234.5 });
    expect(text).toContain('2 x Laptop, 14 inch at 1,234.50 USD each');
    expect(bare(text)).toEqual([]);
  });

  it('is not added up with one in another currency', async () => {
    const there = await startSession({ now: SUNDAY, toolsets: 'all', sandbox: { tickets: 60 } });
    const [{ id, currency }] = await there.get('/company/companies?conditions=name="Initech"');
    const euro = { ...currency, id: 4, name: 'Euro', currencyCode: 'EUR', symbol: '€' };
    const { status, body } = await there.rest('PATCH', `/company/companies/${id}`, [
      { op: 'replace', path: 'currency', value: euro },
    ]);
    expect(status, JSON.stringify(body)).toBe(200);
    const { text, structured } = await there.ok('find_unbilled', {});
    expect(text).toMatch(/time entries: [\d.]+ h, [\d,.]+ USD \+ [\d,.]+ EUR|, [\d,.]+ EUR \+ [\d,.]+ USD/);
    expect(structured.columns).toContain('to invoice');
    expect(bare(text)).toEqual([]);
    // Time has no currency of its own: its amounts are in the customer's.
    const sums = await there.ok('call_read_operation', {
      operation: 'GET /time/entries',
      groupBy: ['billableOption'],
      sum: ['hourlyRate', 'actualHours'],
    });
    expect(sums.text).toMatch(
      /hourlyRate [\d,.]+ USD, actualHours [\d.]+, hourlyRate [\d,.]+ EUR, actualHours|EUR, actualHours [\d.]+, hourlyRate [\d,.]+ USD/,
    );
    expect(sums.structured.columns).toContain('currency');
    const replaced = [{ op: 'replace', path: 'currency', value: euro }];
    for (const agreement of [2, 3]) await there.rest('PATCH', `/finance/agreements/${agreement}`, replaced);
    const listed = await there.ok('search_agreements', { orderBy: 'income', limit: 200 });
    const last = listed.structured.rows.map((row: string[]) => row[9]?.split(' ').at(-1));
    expect(last.slice(0, 3)).toEqual(['EUR', 'EUR', 'USD']);
    expect(last.slice(2)).not.toContain('EUR');
    await there.close();
  });
});

describe('an agreement', () => {
  it('that is over brings in nothing, here as in the list', async () => {
    const { text } = await session.ok('get_agreement', { agreement: '1' });
    expect(text).toMatch(/status: Expired[\s\S]*base amount: /);
    expect(text).not.toContain('per month');
  });

  it('has rates that are amounts, multiples, or beside the usual ones', async () => {
    const [type] = await session.get('/time/workTypes?pageSize=1');
    for (const [rateType, rate] of [
      ['Multiplier', 1.5],
      ['AdjAmount', -10],
      ['Custom', 95],
    ])
      await session.rest('POST', '/finance/agreements/3/worktypes', {
        rateType,
        rate,
        billTime: 'DoNotBill',
        workType: { id: type.id },
      });
    const { text } = await session.ok('get_agreement', { agreement: '3' });
    for (const said of ['1.5 x the usual', 'the usual -10.00 USD', 'do not bill | 95.00 USD'])
      expect(text).toContain(said);
  });

  it.each([
    ['CalendarQuarter', '2026-10-01'],
    ['CalendarYear', '2026-01-01'],
    ['ContractYear', '2026-03-15'],
    ['ContractQuarter', '2026-09-15'],
    ['Contract4Weeks', '2026-11-22'],
  ])('counts the hours of its own cycle: %s', async (applicationCycle, since) => {
    const set = {
      startDate: '2026-03-15T00:00:00Z',
      applicationCycle,
      applicationLimit: 40,
      applicationUnits: 'Hours',
    };
    const steps = Object.entries(set).map(([path, value]) => ({ op: 'replace', path, value }));
    const { status, body } = await session.rest('PATCH', '/finance/agreements/5', steps);
    expect(status, JSON.stringify(body)).toBe(200);
    const { text } = await session.ok('get_agreement', { agreement: '5' });
    expect(text).toMatch(new RegExp(`hours used: [\\d.]+ of 40 h since ${since}`));
  });
});
