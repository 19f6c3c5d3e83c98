import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const NOW = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: NOW, toolsets: 'all' });
});
afterAll(() => session.close());

describe('a digit never bends', () => {
  it('reads "Priority 1 or 2" as two priorities, and names both', async () => {
    const text = await session.refused('search_tickets', { priority: 'Priority 1 or 2' });
    expect(text).toContain('Priority 1');
    expect(text).toContain('Priority 2');
    expect(text).not.toContain('Priority 4');
  });

  it('does not take LT-14 for LT-15', async () => {
    const text = await session.refused('add_product', { ticketId: 564, product: 'LT-15', quantity: 1 });
    expect(text).toMatch(/no catalog item "LT-15".*Closest: LT-14/);
  });

  it('does not take the agreement of 2026 for that of 2025', async () => {
    const agreement = 'Managed Services 2025';
    const text = await session.refused('get_agreement', { agreement, company: 'Acme Dental Group' });
    expect(text).toMatch(/no agreement "Managed Services 2025" of Acme Dental Group.*Managed Services 2026/);
  });

  it('names the project that is nearest to one with another number', async () => {
    const project = 'Office move 2031';
    const nearest = /no project "Office move 2031".*Closest: Mueller Office move/;
    expect(await session.refused('get_project', { project })).toMatch(nearest);
    expect(await session.refused('update_project', { project, end: '2027-03-10' })).toMatch(nearest);
  });

  it.each([
    ['schedule_work', { ticketId: 564, member: 'achen2', start: 'tomorrow 9am', hours: 1 }, 'member'],
    ['create_ticket', { company: 'Acme 2', summary: 'x' }, 'company'],
    ['update_ticket', { ticketId: 564, priority: 'P5' }, 'priority'],
    ['get_project', { project: 'Office move 2031' }, 'project'],
  ])('%s refuses %o', async (tool, input, argument) => {
    expect(await session.refused(tool, input)).toContain(argument);
  });
});

describe('a value of a field beside its own', () => {
  const ticket = { company: 'Acme Corporation', summary: 'No sound', dryRun: true };
  const time = { ticketId: 567, hours: 1, notes: 'x', dryRun: true };

  it.each([
    [
      'log_time',
      { ...time, workType: 'remote' },
      '"Remote" is a service location, which tickets have. There are: Regular',
    ],
    ['log_time', { ...time, workType: 'Engineer' }, '"Engineer" is a work role: send it as workRole.'],
    ['create_ticket', { ...ticket, board: 'Remote' }, '"Remote" is a service location: send it as serviceLocation.'],
    ['create_ticket', { ...ticket, priority: 'Help Desk' }, '"Help Desk" is a board: send it as board.'],
    ['create_ticket', { ...ticket, board: 'Help Desk', type: 'New' }, '"New" is a status: send it as status.'],
    ['create_ticket', { ...ticket, assignTo: 'Service Team' }, '"Service Team" is a team: send it as team.'],
    ['search_companies', { type: 'Active' }, '"Active" is a company status: send it as status.'],
    ['search_tickets', { status: 'Remote' }, '"Remote" is a service location, which tickets have.'],
    ['create_ticket', { ...ticket, board: 'Network Ops' }, 'Closest: Network Operations'],
    [
      'search_tickets',
      { where: [{ field: 'status', value: 'Help Desk' }] },
      '"Help Desk" is a board, which tickets have.',
    ],
  ])('%s %j says whose it is', async (tool, input, told) => {
    expect(await session.refused(tool, input)).toContain(told);
  });

  it('is not guessed from a part of a name', async () => {
    expect(await session.refused('update_ticket', { ticketId: 567, serviceLocation: 'Main' })).not.toContain(' is a');
  });
});

describe('an address that nobody has', () => {
  it.each([
    ['get_member', {}],
    ['log_time', { chargeCode: 'Lunch', start: 'yesterday 9pm', hours: 1 }],
  ])('is not taken for that of somebody of these names: %s', async (tool, input) => {
    const told = await session.refused(tool, { member: 'alex.chen@northwind-it.example', ...input });
    expect(told).toContain('there is no member "alex.chen@northwind-it.example". Closest: Alex Chen');
  });
});

describe('a record called by whom it is of', () => {
  it.each([
    [
      'get_agreement',
      { agreement: 'Hooli' },
      /^agreement: .*Hooli Media \(id \d+\) is a company\. Of it there is one: M.*\(id 9\)/,
    ],
    [
      'update_agreement_addition',
      { agreement: 'Acme', additionId: 1, quantity: 2 },
      /Acme Corporation .* one: Managed/,
    ],
    ['get_invoice', { invoice: 'Globex' }, /Globex Manufacturing \(id 7\) is a company without any invoice/],
    ['get_contact', { contact: 'Globex' }, /Of it there are: Ben Petrov \(id 22\); /],
    ['get_purchase_order', { purchaseOrder: 'Cyberdyne Robotics' }, /is a company\. Of it there /],
    [
      'add_agreement_addition',
      { agreement: 'Block Time 2026 of Hooli', product: 'Cloud backup', quantity: 4 },
      /Hooli Media \(id \d+\) is a company\. Of it there is one: Managed Services 2026 \(id 9\)\. There is Block Time 2026 \(id 5\) of /,
    ],
    [
      'get_agreement',
      { agreement: 'Block Time 2026 of Tyrell Optics (id 11)' },
      /Of it there is one: Block .*\(id 12\)/,
    ],
    [
      'get_agreement',
      { agreement: 'Managed Servces 2026' },
      /There is Managed Services 2026 \(id 1\) of Acme Corp.*\d more/,
    ],
    ['get_agreement', { agreement: 'Block Time 2026 of Umbra', company: 'Tyrell' }, /there is no agreement/],
    [
      'get_contact',
      { contact: 'Ben Petrov of Acme' },
      /There is Ben Petrov \(id 22\) of Globex.*Ben Petrov \(id 92\) of Zorg/,
    ],
  ])('%s %j lists what there is', async (tool, input, told) => {
    expect(await session.refused(tool, input)).toMatch(told);
  });

  it.each([
    ['get_agreement', { agreement: 'Block Time 2026 of Tyrell Optics (id 12)' }, 12],
    ['get_agreement', { agreement: 'agreement Block Time 2026 of Tyrell' }, 12],
    ['get_agreement', { agreement: 'Block Time 2026 of Tyrell Optics', company: 'Tyrell' }, 12],
    ['get_agreement', { agreement: 'Block Time 2026, Tyrell Optics' }, 12],
    ['get_agreement', { agreement: 'Hooli Managed Services 2026' }, 9],
    ['get_agreement', { agreement: "Hooli's Managed Services 2026" }, 9],
    ['get_contact', { contact: 'Ben Petrov of Globex' }, 22],
    ['get_contact', { contact: 'Petrov, Zorg Industries' }, 92],
  ])('and beside its own name is the one: %s %j', async (tool, input, id) => {
    expect((await session.ok(tool, input)).structured.id).toBe(id);
  });

  it('is the one for a write as well', async () => {
    const input = { agreement: 'Managed Services 2026 of Hooli', product: 'Cloud backup', quantity: 4, dryRun: true };
    expect((await session.ok('add_agreement_addition', input)).text).toContain(
      'Managed Services 2026 of Hooli Media (id 9)',
    );
  });
});

describe('a contact that is not there', () => {
  it('may be left out for the default contact of the company, who is named', async () => {
    const input = { company: 'Acme Corporation', summary: 'No sound', contact: 'Zebediah Quux' };
    const told = "Leave contact out for the company's default contact, Grace Keller.";
    expect(await session.refused('create_ticket', input)).toContain(told);
    const deal = { company: 'Acme Corporation', name: 'More seats', contact: 'Zebediah Quux' };
    expect(await session.refused('create_opportunity', deal)).toContain(told);
    expect(await session.refused('search_tickets', { contact: 'Zebediah Quux' })).not.toContain('Leave contact out');
  });
});

describe('a typing slip', () => {
  it('is answered with who is near by a write', async () => {
    const input = { ticketId: 567, member: 'Alex Chan', start: 'yesterday 2pm', hours: 1, notes: 'x', dryRun: true };
    expect(await session.refused('log_time', input)).toMatch(/no member "Alex Chan".*Alex Chen/);
  });

  it('is corrected by a read, which says so', async () => {
    const { text } = await session.ok('search_tickets', { assignedTo: 'alex chan' });
    expect(text).toContain('Took Alex Chen for "alex chan".');
  });

  it.each(['Cyberdine', 'Kyberdyne', 'Cyberdyne Robotiks'])(
    'in a company is found wherever it is: %s',
    async (company) => {
      const refused = await session.refused('create_ticket', { summary: 'x', company });
      expect(refused).toMatch(/no company ".*".*Closest: .*Cyberdyne Robotics/);
    },
  );

  it('in the identifier of a company is corrected by a read', async () => {
    const { text } = await session.ok('get_company', { company: 'Cyberdine' });
    expect(text).toContain('Took Cyberdyne Robotics for "Cyberdine".');
  });

  it('is not corrected where two are as near', async () => {
    await session.rest('POST', '/company/companies', { name: 'Globey', identifier: 'Globey', site: { name: 'Main' } });
    expect(await session.refused('get_company', { company: 'Globev' })).toMatch(/Globex.*Globey|Globey.*Globex/);
  });
});

describe('a name that others begin with', () => {
  it('is taken by its identifier, and the other is named', async () => {
    const { text } = await session.ok('get_company', { company: 'Acme' });
    expect(text).toContain('Took Acme Corporation for "Acme", not Acme Dental Group.');
  });

  it('is named in a refusal as well: what is missed may be the other one', async () => {
    const text = await session.refused('create_ticket', { summary: 'Printer', company: 'Acme', contact: 'Dana' });
    expect(text).toMatch(/no contact "Dana".*Took Acme Corporation for "Acme", not Acme Dental Group\./s);
  });

  it('is taken without a word when it is said in full', async () => {
    const { text } = await session.ok('get_company', { company: 'acme  CORPORATION' });
    expect(text).not.toContain('Took');
  });
});

describe('a name among many that contain it', () => {
  beforeAll(async () => {
    for (let at = 0; at < 60; at += 1)
      await session.rest('POST', '/company/companies', {
        name: `Amazed ${String.fromCharCode(65 + (at % 26))}${at} zed group`,
        identifier: `Amzed${at}`,
        site: { name: 'Main' },
      });
    await session.rest('POST', '/company/companies', { name: 'Zed', identifier: 'ZedMain', site: { name: 'Main' } });
  });

  it('is the one of exactly this name', async () => {
    expect((await session.ok('get_company', { company: 'zed' })).text).toContain('ZedMain');
  });

  it('is ambiguous when it is only a part, and the answer says that there are more', async () => {
    const text = await session.refused('get_company', { company: 'zed group' });
    expect(text).toContain('fits several');
    expect(text).toContain('and 45 more');
  });
});

describe('a record that is somewhere else', () => {
  it('is named with where it is', async () => {
    const text = await session.refused('create_ticket', {
      company: 'Acme Corporation',
      contact: 'Marco Rossi',
      summary: 'x',
    });
    expect(text).toMatch(
      /no contact "Marco Rossi" of Acme Corporation\. There is Marco Rossi \(id \d+\) of 50% Off Outlet/,
    );
  });
});

describe('what people put around a name', () => {
  it.each(['Invoice 10126', '10126', '#10126', 'inv. no. 10126'])('get_invoice understands %s', async (invoice) => {
    expect((await session.ok('get_invoice', { invoice })).text).toContain('Invoice 10126');
  });

  it.each(['po1001', 'PO-1001', 'PO 1001', '1001', 'purchase order PO-1001'])(
    'get_purchase_order understands %s',
    async (purchaseOrder) => {
      expect((await session.ok('get_purchase_order', { purchaseOrder })).text).toContain('PO-1001');
    },
  );

  it.each(['docking station', '10 x DOCK', 'product dock'])('add_product understands %s', async (product) => {
    const { text } = await session.ok('add_product', { ticketId: 564, product, dryRun: true });
    expect(text.toLowerCase()).toContain('dock');
  });

  it('add_invoice_payment pays the invoice of the number that was given, and names it', async () => {
    const [invoice] = await session.get('/finance/invoices?conditions=balance>1&orderBy=id desc&pageSize=1');
    const input = { invoiceId: invoice.invoiceNumber, amount: 0.5, dryRun: true };
    const { text } = await session.ok('add_invoice_payment', input);
    expect(text).toContain(`/finance/invoices/${invoice.id}/payments`);
    expect(text).toContain(`invoice ${invoice.invoiceNumber} (id ${invoice.id})`);
  });
});

describe('several names in one text', () => {
  it.each([
    [
      'set_ticket_configurations',
      { ticketId: 564, attach: 'ACME-FIR-03, ACME-FIR-04' },
      ['ACME-FIR-03', 'ACME-FIR-04'],
    ],
    ['update_company', { company: 'Globex', types: 'Client, Partner' }, ['Client', 'Partner']],
    ['update_company', { company: 'Globex', types: '["Client", "Partner"]' }, ['Client', 'Partner']],
  ])('%s takes %o', async (tool, input, names) => {
    const { text } = await session.ok(tool, { ...input, dryRun: true });
    for (const name of names) expect(text).toContain(name);
  });

  it.each(['Client or Partner', 'either Client and Partner', '1 or 4'])('does not set both of "%s"', async (types) => {
    const text = await session.refused('update_company', { company: 'Globex', types, dryRun: true });
    expect(text).toMatch(/Client.*Partner/s);
  });
});

describe('a time zone', () => {
  it('is one, and all that was said of it', async () => {
    for (const timeZone of [
      'Central or Eastern',
      'Central, Eastern',
      'Central (London)',
      'Central European time',
      'Central 2',
    ])
      expect(await session.refused('update_member', { member: 'achen', timeZone, dryRun: true })).toMatch(
        /no time zone|fits several/,
      );
    for (const timeZone of ['Central', 'Central time', 'America/Chicago', 'GMT-6/Central Time: US & Canada'])
      expect((await session.ok('update_member', { member: 'achen', timeZone, dryRun: true })).text).toContain(
        '-> Central',
      );
  });
});

describe('a name in another spelling', () => {
  it.each([
    ['muller', 'Müller & Söhne GmbH'],
    ['MULLER AND SOHNE', 'Müller & Söhne GmbH'],
    ['Bob’s', `Bob's "Best" Burgers`],
    ['bobs burgers', `Bob's "Best" Burgers`],
    ['50 off', '50% Off Outlet'],
    ['Corporation Acme', 'Acme Corporation'],
    ['Ac\u200bme Corporation', 'Acme Corporation'],
  ])('%s is %s', async (company, name) => {
    expect((await session.ok('get_company', { company })).structured.name ?? '').toBe(name);
  });

  it.each(['+1 (518) 555-7398', '518.555.7398', '518.555.7398 ext. 11'])('%s is a contact', async (contact) => {
    expect((await session.ok('get_contact', { contact })).text).toContain('Grace Keller');
  });
});

describe('a text too long to be a name', () => {
  it.each([' ', ',', '(', 'a'])('of %j is refused at once', async (letter) => {
    const text = await session.refused('search_tickets', { board: `x${letter.repeat(100_000)}x` });
    expect(text).toMatch(/^board\b.*\b(300|500)\b/);
  });
});

describe('every write', () => {
  it('names the records that it resolved, with their ids', async () => {
    const { text } = await session.ok('create_ticket', {
      company: 'Globex',
      summary: 'Printer is jammed',
      priority: 'P1',
    });
    const [company] = await session.get('/company/companies?conditions=identifier="Globex"');
    expect(text).toContain(`company Globex Manufacturing (id ${company.id})`);
    expect(text).toMatch(/priority Priority 1 - Critical \(id \d+\)/);
  });
});

describe('a reference as records hold it', () => {
  it.each([
    [
      'search_tickets',
      { company: { id: 2, identifier: 'Acme', name: 'Acme Corporation' }, status: { id: 3, name: 'In Progress' } },
    ],
    [
      'create_ticket',
      { summary: 'x', company: { id: 2 }, board: { id: 1, name: 'Help Desk' }, status: { id: 2, name: 'Assigned' } },
    ],
    ['update_company', { company: { id: 2 }, types: [{ id: 3, name: 'Vendor' }] }],
    [
      'add_product',
      { product: { id: 8, identifier: 'DOCK' }, ticketId: { id: 564, summary: 'Software licence renewal' } },
    ],
  ])('is understood by %s: %o', async (tool, input) => {
    await session.ok(tool, { ...input, ...(tool !== 'search_tickets' && { dryRun: true }) });
  });
});

describe('what stands in parentheses behind a name', () => {
  it('is the id of no other record whose name has the same letters', async () => {
    const text = await session.refused('update_company', { company: 'Globex', status: 'Active (2)', dryRun: true });
    expect(text).toMatch(/no company status "Active \(2\)"/);
  });

  it('leaves nobody off a ticket where a program had no name to send', async () => {
    expect(await session.refused('update_ticket', { ticketId: 564, assignTo: 'null' })).toMatch(/no member "null"/);
  });

  it.each([
    ['create_ticket', { summary: 'x', company: 'Globex (id 8)', dryRun: true }, 'company'],
    ['create_ticket', { summary: 'x', company: 'Acme Corporation (Dental)', dryRun: true }, 'company'],
    ['create_ticket', { summary: 'x', company: 'Globex (formerly Initech)', dryRun: true }, 'company'],
    ['create_ticket', { summary: 'x', company: 'Globex', priority: 'Priority 2 (Critical)', dryRun: true }, 'priority'],
    ['get_member', { member: 'Alex Chen (id 3)' }, 'member'],
    ['search_time_entries', { member: 'Alex Chen (arivera)' }, 'member'],
    ['find_missing_time', { who: ['Alex Chen (Rivera)'], period: 'last week' }, ''],
    ['update_ticket', { ticketId: 567, assignTo: 'Alex Chen (arivera)', dryRun: true }, 'assignTo'],
    ['schedule_work', { ticketId: 567, member: 'Alex Chen (Rivera)', start: 'tomorrow 3pm', dryRun: true }, 'member'],
    ['get_configuration', { configuration: 'ACME-FIR-03 (id 15)' }, 'configuration'],
    ['set_ticket_configurations', { ticketId: 564, attach: ['ACME-FIR-03 (Globex)'], dryRun: true }, 'attach'],
    ['get_agreement', { agreement: 'Block Time 2026 (Umbra)', company: 'Tyrell' }, 'agreement'],
    ['get_invoice', { invoice: '10126 (id 125)' }, 'invoice'],
    ['get_purchase_order', { purchaseOrder: 'PO-1001 (Globex)' }, 'purchaseOrder'],
    ['get_project', { project: 'Acme Cloud migration (Initech)' }, 'project'],
    ['get_opportunity', { opportunity: 'Initech: Second site (Brick)' }, 'opportunity'],
    ['get_board', { board: 'Help Desk (Internal)' }, 'board'],
    ['log_time', { chargeCode: 'Lunch (Training)', start: 'yesterday 9pm', hours: 1, dryRun: true }, 'chargeCode'],
    ['add_product', { ticketId: 567, product: 'SW-24 (id 6)', dryRun: true }, 'product'],
  ])('and is not true of the record: %s %o', async (tool, input, argument) => {
    expect(await session.refused(tool, input)).toMatch(new RegExp(`${argument}.*(there is no|There is no)`, 's'));
  });

  it.each([
    ['create_ticket', { summary: 'x', contact: 'Ben Petrov (Zorg Industries)', dryRun: true }, '"contact":{"id":92}'],
    ['create_ticket', { summary: 'x', contact: 'Ben Petrov (ben.petrov@zorg.example)', dryRun: true }, '{"id":92}'],
    ['get_agreement', { agreement: 'Block Time 2026 (50% Off Outlet)' }, 'Agreement 5:'],
    ['get_contact', { contact: 'Keller, Grace (Nakatomi)' }, 'Contact 75:'],
    ['get_company', { company: 'Globex Manufacturing (Globex, Rochester)' }, 'company 7'],
    ['update_ticket', { ticketId: 567, status: 'Resolved (Help Desk)', dryRun: true }, 'Resolved'],
    ['update_ticket', { ticketId: 567, assignTo: 'Alex Chen (achen, id 2)', dryRun: true }, 'Alex Chen assigned'],
    ['get_invoice', { invoice: 'Invoice 10126 (id 126)' }, '10126'],
    ['get_accruals', { who: 'Alex Chen (achen, Senior Engineer), Sam Wright (7)' }, '6 of 6 accruals'],
  ])('and is true of one record picks it: %s %o', async (tool, input, says) => {
    expect((await session.ok(tool, input)).text).toContain(says);
  });
});

describe('a name beside an address or an id', () => {
  it.each([
    [
      'create_ticket',
      { summary: 'x', company: 'Globex', contact: 'Ben Petrov <ines.tanaka@globex.example>' },
      'Ines Tanaka',
    ],
    [
      'create_ticket',
      { summary: 'x', company: 'Globex', assignTo: 'Jordan Doe <achen@northwind-it.example>' },
      'Alex Chen',
    ],
    ['get_member', { member: '3: Alex Chen (achen, Senior Engineer)' }, 'Alex Rivera'],
    ['get_company', { company: { id: 3, name: 'Acme Corporation' } }, 'Acme Dental Group'],
    ['get_company', { company: { id: 3, identifier: 'Acme' } }, 'Acme Corporation'],
    [
      'create_ticket',
      { summary: 'x', company: 'Globex', priority: { id: 1, name: 'Priority 2 - High' } },
      'Priority 1',
    ],
  ])('that is somebody else is asked about: %s %o', async (tool, input, other) => {
    expect(await session.refused(tool, { ...input, ...(tool === 'create_ticket' && { dryRun: true }) })).toContain(
      other,
    );
  });

  it('that is nobody there is named in the answer', async () => {
    const { text } = await session.ok('get_contact', { contact: 'Globex Support <ben.petrov@globex.example>' });
    expect(text).toMatch(/Contact 22: Ben Petrov.*Took Ben Petrov for "Globex Support/s);
  });
});
