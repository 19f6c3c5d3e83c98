import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,company' });
});
afterAll(() => session.close());

const companyBy = async (identifier: string) =>
  (await session.rest('GET', `/company/companies?conditions=identifier="${encodeURIComponent(identifier)}"`)).body[0];
const typesOf = async (id: number): Promise<string[]> =>
  (await session.rest('GET', `/company/companies/${id}/typeAssociations`)).body.map(
    ({ type }: { type: { name: string } }) => type.name,
  );

describe('create_company', () => {
  it('stores names as references, a first site, types and custom fields', async () => {
    const { text, structured, isError } = await session.call('create_company', {
      name: 'Zenith Pumps Ltd',
      types: ['Client', 'Vendor'],
      status: 'Active',
      site: 'Head office',
      address: '1 Dock Road,\nGate B',
      city: 'Troy',
      state: 'NY',
      country: 'Canada',
      territory: 'West',
      phone: '5185550177',
      customFields: { 'account TIER': 'Gold' },
    });
    expect(isError, text).toBe(false);
    expect(structured).toMatchObject({ identifier: 'ZenithPumps', name: 'Zenith Pumps Ltd' });
    expect(await companyBy('ZenithPumps')).toMatchObject({
      addressLine1: '1 Dock Road',
      addressLine2: 'Gate B',
      city: 'Troy',
      territory: { name: 'West Office' },
      country: { name: 'Canada' },
      types: [{ name: 'Client' }, { name: 'Vendor' }],
      customFields: expect.arrayContaining([expect.objectContaining({ caption: 'Account tier', value: 'Gold' })]),
    });
    const { body } = await session.rest('GET', `/company/companies/${structured.id}/sites`);
    expect(body).toMatchObject([{ name: 'Head office', primaryAddressFlag: true, country: { name: 'Canada' } }]);
    expect(await typesOf(structured.id)).toEqual(['Client', 'Vendor']);
  });

  it('asks whether one a typing slip away is meant', async () => {
    const { text, isError } = await session.call('create_company', { name: 'Wayne Logistic' });
    expect(isError).toBe(true);
    expect(text).toMatch(/There is Wayne Logistics \(\w+, id \d+\), which may be meant.*allowDuplicate: true/);
  });

  it('finds an identifier that is free, also beside deleted companies, which keep theirs', async () => {
    await session.rest('POST', '/company/companies', { name: 'Old Quarry', identifier: 'Quarry', city: 'Troy' });
    await session.rest('DELETE', `/company/companies/${(await companyBy('Quarry')).id}`);
    expect((await session.call('create_company', { name: 'Quarry Inc' })).structured.identifier).toBe('Quarry2');
    expect((await session.call('create_company', { name: 'Quarry', identifier: 'quarry' })).text).toMatch(
      /Quarry Inc .*already exists/,
    );
    expect((await session.call('create_company', { name: 'Other Pit', identifier: 'quarry' })).text).toMatch(
      /belongs to the deleted company Old Quarry/,
    );
  });

  it('makes identifiers that Manage takes of whatever a company is called', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }), async (name) => {
        const { text, structured, isError } = await session.call('create_company', {
          name,
          allowDuplicate: true,
          dryRun: true,
        });
        if (isError) {
          expect(text).toMatch(/identifier|name/);
          return;
        }
        const { identifier } = structured.requests[0].body;
        expect(identifier).toMatch(/^[\p{L}\p{N}]{1,25}$/u);
        seen.add(identifier);
      }),
      { numRuns: 40, seed: 4 },
    );
    expect(seen.size).toBeGreaterThan(3);
  });

  it.each([
    [{ name: 'ACME corp.' }, /Acme Corporation \(Acme, id 2\) already exists.*update_company/s],
    [{ name: 'New One', type: 'Custommer' }, /types.*There are: Client, Prospect, Vendor, Partner/s],
    [{ name: 'New One', identifier: 'ACME' }, /belongs to Acme Corporation \(id 2\)/],
    [{ name: 'New One', teritory: 'West' }, /Did you mean territory/],
    [{ name: 'New One', customFields: { 'Account tire': 'Gold' } }, /Did you mean Account tier/],
    [{ identifier: 'x' }, /name/],
  ])('refuses %j and sends nothing', async (input, message) => {
    session.writes();
    const { text, isError } = await session.call('create_company', input);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(session.writes()).toEqual([]);
  });

  it('creates one company when the answer is cut off, and sends nothing with dryRun', async () => {
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/company/companies' });
    const { text, isError } = await session.call('create_company', { name: 'Cut Off Cables' });
    expect(isError, text).toBe(false);
    const { body } = await session.rest('GET', '/company/companies?conditions=name="Cut Off Cables"');
    expect(body).toHaveLength(1);
    session.writes();
    expect((await session.call('create_company', { name: 'Never Sent', dryRun: true })).text).toContain('"NeverSent"');
    expect(session.writes()).toEqual([]);
  });
});

describe('update_company', () => {
  it('makes its types and groups exactly those that are named', async () => {
    const input = { company: 'Globex', types: ['Vendor', 'client'], groups: ['Customers'], territory: 'West' };
    const { text } = await session.call('update_company', input);
    expect(text).toContain('territory: Headquarters -> West Office');
    expect(text).toContain('type Vendor added');
    expect(text).toContain('group Customers added');
    expect(text).toContain('group Prospects removed');
    const { id } = await companyBy('Globex');
    expect((await typesOf(id)).sort()).toEqual(['Client', 'Vendor']);
    session.writes();
    const again = await session.call('update_company', { company: 'Globex', types: ['Vendor', 'Client'] });
    expect(again.text).toMatch(/Already so: types\. Nothing was changed/);
    await session.call('update_company', { company: 'Globex', types: ['Vendor'] });
    expect(await typesOf(id)).toEqual(['Vendor']);
    expect(session.writes()).toHaveLength(1);
  });

  it('previews every request with names before and after', async () => {
    session.writes();
    const { text, structured } = await session.call('update_company', {
      company: 'Initech',
      status: 'Credit Hold',
      types: ['Partner'],
      dryRun: true,
    });
    expect(text).toContain('status: Active -> Credit Hold');
    expect(text).toContain('type Partner added');
    expect(structured.requests.map(({ method }: { method: string }) => method)).toEqual(['PATCH', 'POST', 'DELETE']);
    expect(session.writes()).toEqual([]);
  });

  it('keeps the other custom fields when one is set', async () => {
    await session.call('update_company', { company: 'Initech', customFields: { 'Account tier': 'Silver' } });
    await session.call('update_company', { company: 'Initech', customFields: { 'Contract signed': '2026-03-01' } });
    const { customFields } = await companyBy('Initech');
    expect(customFields.map(({ value }: { value: unknown }) => value)).toEqual(['Silver', '2026-03-01T00:00:00Z']);
  });

  it('says what was done when a later request fails', async () => {
    session.sandbox.faults.add({ kind: 'error', status: 500, method: 'POST', path: '/typeAssociations' });
    const { text, isError } = await session.call('update_company', {
      company: 'Hooli',
      city: 'Utica',
      types: ['Partner'],
    });
    expect(isError).toBe(true);
    expect(text).toMatch(/Done: city[^.]*\. Not done: type Partner added\./);
    expect((await companyBy('Hooli')).city).toBe('Utica');
  });
});

describe('delete_company', () => {
  it('asks first, says what it has, and marks it as deleted', async () => {
    session.writes();
    const asked = await session.call('delete_company', { company: 'Wayne Logistics' });
    expect(asked.text).toMatch(/Delete company 11: Wayne Logistics/);
    expect(session.writes()).toEqual([]);
    const { text } = await session.call('delete_company', { company: 'Wayne Logistics', confirm: true });
    expect(text).toMatch(/^Deleted company 11/);
    expect(await companyBy('Wayne')).toMatchObject({ deletedFlag: true });
    expect((await session.call('search_companies', { text: 'Wayne' })).structured.total).toBe(0);
  });
});

describe('get_company', () => {
  it('shows types, groups and who looks after it', async () => {
    const { text, structured } = await session.call('get_company', { company: 'Acme Corporation' });
    expect(structured.types).toBe('Client');
    expect(text).toMatch(/Team:\n- Account Manager: Blake West\n- Technical Lead: /);
  });
});
