import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateBody } from '../../src/api/validate.ts';
import { api, membersOf, problems, spoilt, valid } from './generated.ts';

describe('validating a PATCH', () => {
  const patch = 'PATCH /service/tickets/{id}';

  it('wants a list', () => {
    expect(problems(patch, { op: 'replace', path: 'summary', value: 'x' })).toEqual([
      { field: 'body', problem: 'shape' },
    ]);
  });

  it('follows paths through references and lists, case-sensitively', () => {
    expect(problems(patch, [{ op: 'replace', path: '/status/id', value: 3 }])).toEqual([]);
    expect(problems(patch, [{ op: 'replace', path: 'Summary', value: 'x' }])).toEqual([
      { field: 'Summary', problem: 'unknown', closest: ['summary'] },
    ]);
    expect(
      problems('PATCH /company/contacts/{id}', [
        { op: 'replace', path: '/communicationItems/1/value', value: 'a@b.example' },
      ]),
    ).toEqual([]);
    expect(problems(patch, [{ op: 'change', path: 'summary', value: 'x' }])).toEqual([
      { field: '[0]/op', problem: 'enum' },
    ]);
    expect(problems(patch, [{ op: 'remove', path: 'contact' }])).toEqual([]);
    expect(problems(patch, [{ op: 'replace', path: 'summary', value: 'x'.repeat(101) }])).toEqual([
      { field: 'summary', problem: 'tooLong' },
    ]);
  });
});

describe('validating a PATCH of any record', () => {
  const patches = api.operations.filter(({ request }) => request?.kind === 'patch' && request.schema !== undefined);
  const onePatch = fc.constantFrom(...patches).chain((patch) => {
    const fields = membersOf(patch);
    return fc.constantFrom(...fields).chain(([name, field]) =>
      fc.record({
        patch: fc.constant(patch),
        name: fc.constant(name),
        field: fc.constant(field),
        value: valid(field),
      }),
    );
  });

  it('accepts a valid value of any member, with a slash before it or not, and names the spoilt one', () => {
    fc.assert(
      fc.property(onePatch, fc.boolean(), ({ patch, name, field, value }, slash) => {
        const step = { op: 'replace', path: slash ? `/${name}` : name };
        const blank = typeof value === 'string' && value.trim() === '';
        fc.pre(!blank);
        expect(validateBody(api, patch, [{ ...step, value }])).toEqual([]);
        const bad = spoilt(field);
        if (bad === undefined) return;
        expect(validateBody(api, patch, [{ ...step, value: bad.value }])).toMatchObject([
          { field: name, problem: bad.problem },
        ]);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it('refuses to clear what is required, and a step without a value', () => {
    const patch = 'PATCH /service/tickets/{id}';
    expect(problems(patch, [{ op: 'remove', path: 'summary' }])).toEqual([{ field: 'summary', problem: 'required' }]);
    expect(problems(patch, [{ op: 'replace', path: '/company', value: {} }])).toEqual([
      { field: 'company', problem: 'required' },
    ]);
    expect(problems(patch, [{ op: 'replace', path: 'impact', value: null }])).toEqual([
      { field: 'impact', problem: 'required' },
    ]);
    expect(problems(patch, [{ op: 'replace', path: 'contact', value: null }])).toEqual([]);
    expect(problems(patch, [{ op: 'replace', path: 'contact' }])).toEqual([{ field: 'contact', problem: 'required' }]);
  });
});
