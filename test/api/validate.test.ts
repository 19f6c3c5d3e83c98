import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateBody, validateQuery } from '../../src/api/validate.ts';
import { bodySchema } from '../../src/api/zod.ts';
import { api, membersOf, operation, posts, problems, spoilt, validPost } from './generated.ts';

describe('validating a body', () => {
  it('accepts every valid record, as zod does', () => {
    fc.assert(
      fc.property(validPost, ({ post, body }) => {
        expect(validateBody(api, post, body)).toEqual([]);
        expect(bodySchema(post, api)?.safeParse(body).error).toBeUndefined();
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('finds an unknown member whatever it is called', () => {
    fc.assert(
      fc.property(validPost, fc.stringMatching(/^zz[a-z]{3,8}$/), ({ post, body }, name) => {
        expect(validateBody(api, post, { ...body, [name]: 1 })).toMatchObject([{ field: name, problem: 'unknown' }]);
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('names exactly the member that was spoilt, whichever it is', () => {
    const oneSpoilt = validPost.chain(({ post, body }) => {
      const fields = membersOf(post).filter(([, field]) => spoilt(field) !== undefined);
      return fc.record({ post: fc.constant(post), body: fc.constant(body), member: fc.constantFrom(...fields) });
    });
    fc.assert(
      fc.property(oneSpoilt, ({ post, body, member: [name, field] }) => {
        const { value, problem } = spoilt(field) ?? {};
        const found = validateBody(api, post, { ...body, [name]: value });
        expect(found).toMatchObject([{ field: name, problem }]);
        expect(bodySchema(post, api)?.safeParse({ ...body, [name]: value }).error?.issues[0]?.path).toEqual([name]);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it('reports every missing required member', () => {
    for (const post of posts) {
      const required = membersOf(post).filter(([name, field]) => field.required && name !== 'id');
      const found = validateBody(api, post, {});
      expect(found.map(({ field, problem }) => `${problem} ${field}`)).toEqual(
        required.map(([name]) => `required ${name}`),
      );
    }
  });

  it('names each slip with what is allowed', () => {
    const post = 'POST /service/tickets';
    expect(problems(post, { company: { id: 2 }, sumary: 'VPN is down' })).toEqual([
      { field: 'sumary', problem: 'unknown', closest: ['summary'] },
      { field: 'summary', problem: 'required' },
    ]);
    expect(problems(post, { summary: 'x'.repeat(101), company: { id: 2 } })).toEqual([
      { field: 'summary', problem: 'tooLong' },
    ]);
    expect(problems(post, { summary: 'x', company: {}, severity: 'high' })).toEqual([
      { field: 'severity', problem: 'enum', closest: ['High'] },
      { field: 'company', problem: 'required' },
    ]);
    expect(problems(post, { summary: 'x', company: { identifier: 'Acme' }, board: 4 })).toEqual([
      { field: 'board', problem: 'type' },
    ]);
    expect(problems(post, 'text')).toEqual([{ field: 'body', problem: 'shape' }]);
  });

  it.each([
    '2026-03-04T15:00:00.000Z',
    '2026-03-04T15:00:00-05:00',
    '2026-03-04',
    '[2026-03-04T15:00:00Z]',
    '2026-13-04T15:00:00Z',
    '2026-02-29T15:00:00Z',
  ])('refuses the date %s', (timeStart) => {
    expect(problems('POST /time/entries', { timeStart })).toEqual([{ field: 'timeStart', problem: 'format' }]);
  });

  it('takes custom field values and answers of any kind, and checks the rest of them', () => {
    const ticket = (customFields: unknown) =>
      problems('POST /service/tickets', { summary: 'x', company: { id: 2 }, customFields });
    expect(
      ticket([
        { id: 1, value: 'blue' },
        { id: 2, value: 4.5 },
        { id: 3, value: true },
        { id: 4, value: null },
      ]),
    ).toEqual([]);
    expect(ticket([{ id: 1, valu: 'blue' }])).toEqual([
      { field: 'customFields/0/valu', problem: 'unknown', closest: ['value'] },
    ]);
  });

  it('does not take blanks for values, nor numbers that Manage cannot hold', () => {
    expect(problems('POST /service/tickets', { summary: '  ', company: { id: null, name: '' } })).toEqual([
      { field: 'summary', problem: 'required' },
      { field: 'company', problem: 'required' },
    ]);
    expect(problems('POST /time/entries', { timeStart: '2026-03-04T15:00:00Z', chargeToId: 2 ** 31 })).toEqual([
      { field: 'chargeToId', problem: 'type' },
    ]);
  });

  it('checks each record of a bulk request at its place', () => {
    const company = { id: 2 };
    const good = { name: 'PC-1', type: { id: 1 }, company };
    expect(problems('POST /company/configurations/bulk', [good, { type: { id: 1 }, company, nmae: 'PC-2' }])).toEqual([
      { field: '1/nmae', problem: 'unknown', closest: ['name'] },
      { field: '1/name', problem: 'required' },
    ]);
    expect(problems('POST /company/configurations/bulk', good)).toEqual([{ field: 'body', problem: 'shape' }]);
    expect(problems('DELETE /company/configurations/bulk', { ids: [1, 'two'] })).toEqual([
      { field: 'ids/1', problem: 'type' },
    ]);
  });

  it('lets through what the document does not describe, and refuses a body where none belongs', () => {
    expect(problems('POST /system/members/{memberIdentifier}/tokens', { memberIdentifier: 'jdoe' })).toEqual([]);
    expect(problems('POST /system/members/{memberIdentifier}/tokens', 'jdoe')).toEqual([
      { field: 'body', problem: 'shape' },
    ]);
    expect(problems('POST /time/sheets/{id}/submit', undefined)).toEqual([]);
    expect(problems('POST /time/sheets/{id}/submit', { approvalType: 'Tier1Update' })).toEqual([
      { field: 'body', problem: 'shape' },
    ]);
  });

  it('asks PUT for what updates require', () => {
    expect(problems('PUT /service/tickets/{id}', { summary: 'x', company: { id: 2 } })).toEqual([
      { field: 'severity', problem: 'required' },
      { field: 'impact', problem: 'required' },
    ]);
  });
});

describe('validating a query', () => {
  it('names the closest parameter', () => {
    expect(validateQuery(operation('GET /service/tickets'), { condition: 'id=1', pagesize: 5 })).toMatchObject([
      { field: 'condition', problem: 'unknown', closest: ['conditions', 'childConditions', 'customFieldConditions'] },
    ]);
  });

  it('asks for what is required and checks values', () => {
    const audit = operation('GET /system/audittrail');
    expect(validateQuery(audit, { id: 5 })).toMatchObject([{ field: 'type', problem: 'required' }]);
    expect(validateQuery(audit, { Type: 'Ticket', type: 'Ticket', id: 5 })).toMatchObject([
      { field: 'type', message: 'is given twice' },
    ]);
    expect(validateQuery(audit, { Type: 'ticket', id: 'five' })).toMatchObject([
      { field: 'Type', problem: 'enum', closest: ['Ticket'] },
      { field: 'id', problem: 'type' },
    ]);
    expect(validateQuery(audit, { type: 'Ticket', id: '5', pageSize: '25' })).toEqual([]);
  });
});
