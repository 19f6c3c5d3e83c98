import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX } from '../../../src/sandbox/credentials.ts';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,system' });
});
afterAll(() => session.close());

const memberBy = async (identifier: string) =>
  (await session.rest('GET', `/system/members?conditions=identifier="${identifier}"`)).body[0];

describe('get_member', () => {
  it('tells who somebody is, who they report to, what they know and what is on their plate', async () => {
    const { text, structured, isError } = await session.call('get_member', { member: 'Priya' });
    expect(isError, text).toBe(false);
    for (const fact of [
      'Priya Nair (member',
      'work role: Engineer',
      'location: Headquarters',
      'department: Professional Services',
      'time zone: Asia/Kolkata',
      'local time: Wed 25 Nov 2026 02:50',
      "reports to: Maura O'Brien",
      "time approver: Maura O'Brien",
      'security role: Technician',
      'licence: full',
      'hours a day: 8',
    ])
      expect(text).toContain(fact);
    expect(structured.skills).toContainEqual({ skill: 'Azure', level: 'Expert', years: '6', certified: 'yes' });
    expect(structured.certifications).toMatchObject([{ certification: 'Azure Administrator', expires: '2027-09-24' }]);
    expect(structured.tickets.length).toBeGreaterThan(0);
    const { id } = structured.tickets[0];
    const [service, project] = await Promise.all(
      ['service', 'project'].map((kind) => session.rest('GET', `/${kind}/tickets/${id}`)),
    );
    const ticket = service?.status === 200 ? service.body : project?.body;
    expect(`${ticket.resources} ${ticket.owner?.identifier}`).toContain('pnair');
  });

  it('knows me, and those who have left', async () => {
    expect((await session.call('get_member', { memberId: 'me' })).text).toContain('Jordan Doe');
    for (const member of ['rgone', 'Robin Gone', String((await memberBy('rgone')).id)])
      expect((await session.call('get_member', { member })).text).toMatch(
        /Robin Gone.*state: inactive since 2026-04-24/s,
      );
  });

  it('names members it does not know, and names that several have', async () => {
    expect((await session.call('get_member', { member: 'Prija Nayr' })).text).toMatch(/no member "Prija Nayr"|Priya/);
    expect((await session.call('get_member', { member: 'Alex' })).text).toMatch(
      /fits several.*Alex Chen.*Alex Rivera/s,
    );
  });

  it('gives callers with few rights what everybody may see', async () => {
    const { reader } = SANDBOX;
    const few = await startSession({
      toolsets: 'core,system',
      environment: { CWM_PUBLIC_KEY: reader.publicKey, CWM_PRIVATE_KEY: reader.privateKey, CWM_TIME_ZONE: 'UTC' },
    });
    try {
      const { text, isError } = await few.call('get_member', { member: 'pnair' });
      expect(isError, text).toBe(false);
      expect(text).toContain('Priya Nair');
    } finally {
      await few.close();
    }
  });
});

describe('update_member', () => {
  it('takes names and words, and shows before and after', async () => {
    const { text, isError } = await session.call('update_member', {
      member: 'Sam Wright',
      title: 'Senior Field Technician',
      workRole: 'engineer',
      location: 'West',
      timeZone: 'America/Los_Angeles',
      supervisor: 'Alex Chen',
      approver: 'Kaja',
      dailyCapacity: '7.5',
      emailAddress: 'sam@northwind-it.example',
    });
    expect(isError, text).toBe(false);
    expect(text).toContain('title: Field Technician -> Senior Field Technician');
    expect(text).toContain('timeZone: Eastern -> Pacific');
    expect(await memberBy('swright')).toMatchObject({
      title: 'Senior Field Technician',
      workRole: { name: 'Engineer' },
      defaultLocation: { name: 'West Office' },
      timeZone: { name: 'Pacific' },
      reportsTo: { identifier: 'achen' },
      timeApprover: { identifier: 'klind' },
      expenseApprover: { identifier: 'klind' },
      dailyCapacity: 7.5,
      officeEmail: 'sam@northwind-it.example',
    });
  });

  it.each([
    [{ member: 'Sam Wright' }, /Nothing to change/],
    [{ member: 'Sam Wright', workRole: 'Plumber' }, /workRole.*There are: Technician, Engineer/s],
    [{ member: 'Sam Wright', timeZone: 'Mars' }, /timeZone/],
    [{ member: 'Sam Wright', securityRole: 'Admin' }, /no argument securityRole/],
  ])('refuses %j and sends nothing', async (input, message) => {
    session.writes();
    const { text, isError } = await session.call('update_member', input);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(session.writes()).toEqual([]);
  });
});

describe('update_member of somebody who left', () => {
  it('says so, and makes them active again', async () => {
    const { id } = await memberBy('rgone');
    expect((await session.ok('update_member', { member: 'Robin Gone', title: 'X', dryRun: true })).text).toContain(
      'Robin Gone is inactive; inactive: false makes them active again.',
    );
    expect(await session.refused('update_member', { member: 'Robin Gone', inactive: true })).toContain(
      'deactivate_member does that',
    );
    await session.ok('update_member', { member: 'Robin Gone', active: true });
    expect((await memberBy('rgone')).inactiveFlag).toBe(false);
    await session.rest('PATCH', `/system/members/${id}`, [{ op: 'replace', path: 'inactiveFlag', value: true }]);
  });
});

describe('deactivate_member', () => {
  it('says what is still held, asks, and hands over what Manage lets be handed over', async () => {
    session.writes();
    const asked = await session.call('deactivate_member', { member: 'bwest', handOverTo: 'Kaja Lind' });
    expect(asked.isError).toBe(true);
    expect(asked.text).toMatch(/Deactivate Blake West.*Kaja Lind takes over.*open opportunit.*confirm: true/s);
    expect(session.writes()).toEqual([]);
    const preview = await session.call('deactivate_member', { member: 'bwest', handOverTo: 'Kaja Lind', dryRun: true });
    expect(preview.structured.requests[0].url).toMatch(/\/system\/members\/\d+\/deactivate$/);
    expect(session.writes()).toEqual([]);
    const { text, structured, isError } = await session.call('deactivate_member', {
      member: 'bwest',
      handOverTo: 'Kaja Lind',
      confirm: true,
    });
    expect(isError, text).toBe(false);
    expect(structured).toMatchObject({ inactive: true });
    const { id, inactiveFlag } = await memberBy('bwest');
    expect(inactiveFlag).toBe(true);
    const { body } = await session.rest(
      'GET',
      `/sales/opportunities?conditions=primarySalesRep/id=${id}&pageSize=1000`,
    );
    const open = body.filter(({ status }: { status: { name: string } }) => status.name === 'Open');
    expect(open).toEqual([]);
    expect((await session.call('deactivate_member', { member: 'bwest', confirm: true })).text).toMatch(
      /already inactive/,
    );
  });

  it('counts the tickets and the schedule of a technician, who keep them', async () => {
    const { text } = await session.call('deactivate_member', { member: 'achen' });
    expect(text).toMatch(/Still held, to be reassigned by hand: \d+ open tickets/);
    expect(text).toContain('service team');
  });

  it('says where there is nothing to hand over', async () => {
    const { text } = await session.ok('deactivate_member', { member: 'swright', handOverTo: 'achen', dryRun: true });
    expect(text).toContain('nothing that Alex Chen could take over');
  });

  it('does not deactivate the member it works for, nor hand over to the one who leaves', async () => {
    expect((await session.call('deactivate_member', { member: 'me', confirm: true })).text).toMatch(/works for/);
    expect(
      (await session.call('deactivate_member', { member: 'pnair', handOverTo: 'pnair', confirm: true })).text,
    ).toMatch(/somebody else/);
  });

  it('knows that it was done when the answer is cut off', async () => {
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/system/members' });
    const { text, isError } = await session.call('deactivate_member', { member: 'tmoreau', confirm: true });
    expect(isError, text).toBe(false);
    expect((await memberBy('tmoreau')).inactiveFlag).toBe(true);
  });
});

describe('list_locations', () => {
  it('has the departments of each place', async () => {
    const { structured, text } = await session.call('list_locations');
    expect(text).toContain('Headquarters | Professional Services, Administration, Sales');
    expect(structured.rows).toHaveLength(2);
    const location = { id: 2 };
    await session.rest('POST', '/system/departments/3/locations', { location });
    expect((await session.call('list_locations')).text).toContain('West Office | Professional Services, Sales');
  });
});
