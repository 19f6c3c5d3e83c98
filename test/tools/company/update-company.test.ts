import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

describe('update_company', () => {
  let session: Session;
  let id: number;
  beforeAll(async () => {
    session = await startSession({ toolsets: 'company,schedule' });
    id = (await session.rest('GET', '/company/companies?conditions=identifier="Acme"')).body[0].id;
  });
  afterAll(() => session.close());

  it('changes several members and tells before and after', async () => {
    const { text, isError } = await session.call('update_company', {
      company: 'acme',
      phone: '555-0100',
      city: 'Springfield',
    });
    expect(isError, text).toBe(false);
    expect(text).toContain('city: ');
    expect(text).toContain('-> Springfield');
    const { body } = await session.rest('GET', `/company/companies/${id}`);
    expect(body).toMatchObject({ phoneNumber: '555-0100', city: 'Springfield' });
  });

  it('puts a new address in the place of the whole old one', async () => {
    const { addressLine2, site } = await session.get(`/company/companies/${id}`);
    const { text } = await session.ok('update_company', { company: 'Acme', address: '1 New Plaza' });
    expect(text).toContain(`addressLine2: ${addressLine2} -> -`);
    const stored = await session.get(`/company/companies/${id}/sites/${site.id}`);
    expect([stored.addressLine1, stored.addressLine2, stored.city]).toEqual(['1 New Plaza', undefined, 'Springfield']);
  });

  it('shows the request with dryRun and sends nothing', async () => {
    session.writes();
    const { text } = await session.call('update_company', { company: 'Acme', name: 'Acme Ltd', dryRun: true });
    expect(text).toContain('"path":"name","value":"Acme Ltd"');
    expect(session.writes()).toEqual([]);
  });

  it.each([
    [{ company: 'Acme' }, /Nothing to change/],
    [{ company: 'Acme', statsu: 'Active' }, /no argument statsu\. Did you mean status\?/],
    [{ company: 'Acme', status: 'Sleepy' }, /status/],
    [{ company: 'Acme', customFields: { 'No such caption': 1 } }, /no custom field "No such caption"/],
  ])('refuses %j', async (input, message) => {
    session.writes();
    const { text, isError } = await session.call('update_company', input);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(session.writes()).toEqual([]);
  });
});
