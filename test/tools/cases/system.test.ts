import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const NOW = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: NOW, toolsets: 'all' });
});
afterAll(() => session.close());

describe('search_members', () => {
  it('says that it lists the active ones, and of the others that they are not', async () => {
    const { text } = await session.ok('search_members', {});
    expect(text).toMatch(/(\d+) of \1 active members/);
    const all = await session.ok('search_members', { includeInactive: true, text: 'Erin' });
    expect(all.structured.columns).toContain('state');
    expect(all.structured.rows[0]).toContain('inactive');
  });

  it.each([
    ["o'brien", "Maura O'Brien"],
    ['obrien', "Maura O'Brien"],
    ['Maura O’Brien', "Maura O'Brien"],
    ['Alex Chen <achen@northwind-it.example>', 'Alex Chen'],
    ['chen alex', 'Alex Chen'],
  ])('finds by %s', async (text, name) => {
    const { structured } = await session.ok('search_members', { text });
    expect(structured.rows.map(([, , own]: string[]) => own)).toContain(name);
  });

  it('says that somebody who left would fit, and finds them when asked', async () => {
    expect((await session.ok('search_members', { text: 'gone' })).text).toContain('includeInactive: true');
    expect((await session.ok('search_members', { text: 'gone', includeInactive: true })).text).toContain('Robin Gone');
    const conditions = 'inactiveFlag = true';
    expect((await session.ok('search_members', { conditions })).text).toContain('Robin Gone');
  });

  it('names who is near where nobody fits', async () => {
    expect((await session.ok('search_members', { text: 'Prija Nair' })).text).toContain('Closest: Priya Nair');
  });
});

describe('update_member', () => {
  it('leaves alone what is empty, and empties what clear names', async () => {
    await session.ok('update_member', { member: 'swright', phone: '555 0100', title: 'Driver' });
    await session.ok('update_member', {
      member: 'swright',
      title: 'Technician',
      phone: '',
      email: null,
      reportsTo: '',
    });
    const [before] = await session.get('/system/members?conditions=identifier="swright"');
    expect(before).toMatchObject({ title: 'Technician', officePhone: '555 0100' });
    await session.ok('update_member', { member: 'swright', clear: ['phone'] });
    const [after] = await session.get('/system/members?conditions=identifier="swright"');
    expect(after.officePhone ?? '').toBe('');
    expect(after.officeEmail).toBe(before.officeEmail);
  });

  it.each([
    [{ member: 'swright', clear: ['phone'], phone: '1' }, /clear/],
    [{ member: 'swright', hoursPerDay: 80 }, /more than 0 and at most 24/],
    [{ member: 'swright', reportsTo: 'swright' }, /reportsTo/],
    [{ member: 'Alex Chan', title: 'x' }, /no member "Alex Chan".*Alex Chen/],
  ])('refuses %j', async (input, message) => {
    expect(await session.refused('update_member', input)).toMatch(message);
  });
});

describe('deactivate_member', () => {
  it('asks by the effect, also as an operation', async () => {
    const { id } = (await session.get('/system/members?conditions=identifier="bwest"'))[0];
    expect(await session.refused('deactivate_member', { member: 'bwest' })).toContain('Deactivate Blake West');
    const operation = `POST /system/members/${id}/deactivate`;
    expect(await session.refused('call_write_operation', { operation, body: {} })).toContain('confirm: true');
  });
});
