import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

describe('searching for a customer', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession({ toolsets: 'all' });
  });
  afterAll(() => session.close());

  it.each([
    ['muller', 'Müller & Söhne'],
    ['Mueller', 'Müller & Söhne'],
    ['Bob’s', "Bob's"],
  ])('by %s finds %s', async (text, name) => {
    const result = await session.call('search_companies', { text });
    expect(result.text).toContain(name);
  });

  it.each([
    ['search_configurations', { text: 'NAS' }, '/company/configurations/count?conditions=name contains "NAS"'],
    ['search_tickets', { text: 'win', state: 'any' }, '/service/tickets/count?conditions=summary contains "win"'],
    ['search_tickets', { text: 'top', state: 'any' }, '/service/tickets/count?conditions=summary contains "top"'],
    ['search_tickets', { text: 'SAS', state: 'any' }, '/service/tickets/count?conditions=summary contains "SAS"'],
    ['search_contacts', { name: 'Itoa' }, '/company/contacts/count?conditions=lastName contains "Itoa"'],
    ['search_companies', { text: 'Boba' }, '/company/companies/count?conditions=name contains "Boba"'],
  ])('%s of %j finds no more than Manage has', async (tool, input, count) => {
    const { body } = await session.rest('GET', encodeURI(count));
    expect((await session.call(tool, input)).structured.total).toBe(body.count);
  });

  it('finds a contact by a phone number in any form', async () => {
    const contacts = (await session.rest('GET', '/company/contacts?pageSize=200')).body as {
      id: number;
      lastName: string;
      communicationItems?: { communicationType: string; value: string }[];
    }[];
    const phoneOf = (contact: (typeof contacts)[number]): string | undefined =>
      contact.communicationItems?.find(
        ({ communicationType, value }) => communicationType === 'Phone' && value.length === 10,
      )?.value;
    const contact = contacts.find((one) => phoneOf(one) !== undefined);
    const digits = (contact && phoneOf(contact)) ?? '';
    expect(digits).toMatch(/^\d{10}$/);
    for (const phone of [
      `+1 (${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`,
      `${digits.slice(0, 3)}.${digits.slice(3, 6)}.${digits.slice(6)}`,
    ]) {
      const { text } = await session.call('search_contacts', { phone });
      expect(text).toContain(contact?.lastName);
    }
  });
});
