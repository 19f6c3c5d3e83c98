import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refusal } from '../../src/tool/arguments/together.ts';
import { fragments, readArguments, ToolInputError } from '../../src/tool/index.ts';

const input = z.strictObject({
  ticketId: z.int(),
  hours: z.string().optional(),
  state: z.enum(['open', 'closed']).default('open'),
  table: z.enum(['statuses', 'priorities', 'types']).optional(),
  ids: z.array(z.int()).optional(),
  clear: z.array(z.enum(['hours', 'table'])).optional(),
  dryRun: z.boolean().optional(),
});
const aliases = { id: 'ticketId' };

/** The arguments, or what a caller is told of them. */
function readBy(schema: z.ZodObject, given: unknown) {
  const { values, errors } = readArguments(schema, given, aliases);
  if (errors.length > 0) throw refusal(errors);
  return values;
}
const read = (given: unknown) => readBy(input, given);

describe('arguments', () => {
  it.each([5_000, 100_000])('takes JSON text of %d levels for no JSON', (levels) => {
    const ids = `${'['.repeat(levels)}1${']'.repeat(levels)}`;
    expect(() => read({ ticketId: 1, ids })).toThrow(ToolInputError);
  });

  it.each([
    [{ ticketId: '4711' }, { ticketId: 4711 }],
    [{ ticketId: '#4711' }, { ticketId: 4711 }],
    [{ ticket_id: 4711 }, { ticketId: 4711 }],
    [{ id: 4711 }, { ticketId: 4711 }],
    [{ ticketId: 1, hours: 1.5 }, { hours: '1.5' }],
    [{ ticketId: 1, state: 'Closed' }, { state: 'closed' }],
    [{ ticketId: 1, table: 'Priority' }, { table: 'priorities' }],
    [{ ticketId: 1, table: 'status' }, { table: 'statuses' }],
    [{ ticketId: 1, ids: 3 }, { ids: [3] }],
    [{ ticketId: 1, ids: '[3, "4"]' }, { ids: [3, 4] }],
    [{ ticketId: 1, ids: '#3, 4 and 5' }, { ids: [3, 4, 5] }],
    [{ ticketId: 1, clear: 'hours, Table' }, { clear: ['hours', 'table'] }],
    [{ ticketId: 1, clear: 'hours', hours: '' }, { clear: ['hours'] }],
    [{ ticketId: 1, dryRun: 'false' }, { dryRun: false }],
    [{ ticketId: 1, hours: null }, { state: 'open' }],
  ])('%j is taken for what it means', (given, expected) => {
    expect(read(given)).toMatchObject(expected);
  });

  it.each([
    [{ ticketId: 1, huors: '1' }, /no argument huors\. Did you mean hours\?/],
    [{ ticketId: 1, dry_runn: true }, /Did you mean dryRun\?/],
    [{}, /ticketId is missing/],
    [{ ticketId: 'VPN' }, /ticketId has to be a (whole )?number/],
    [{ ticketId: 1.5 }, /ticketId/],
    [{ ticketId: 1, state: 'done' }, /state has to be one of open, closed/],
    [{ ticketId: 1, dryRun: 'perhaps' }, /dryRun/],
    [{ ticketId: 1, id: 2 }, /same argument/],
    [{ ticketId: 1, clear: ['hours'], hours: 2 }, /hours is both set and cleared/],
    [[], /one object/],
  ])('%j is refused with what to send', (given, message) => {
    expect(() => read(given)).toThrow(ToolInputError);
    expect(() => read(given)).toThrow(message);
  });

  it('never lets an unknown argument through', () => {
    const known = new Set(['table', 'ticketid', 'hours', 'state', 'ids', 'clear', 'dryrun', 'id']);
    const name = fc
      .string({ minLength: 1 })
      .filter((text) => !known.has(text.toLowerCase().replace(/[_\-\s]/g, '')) && text !== '__proto__');
    fc.assert(
      fc.property(name, fc.jsonValue(), (unknown, value) => {
        expect(() => read({ ticketId: 1, [unknown]: value })).toThrow(/no argument/);
      }),
      { numRuns: 300, seed: 9 },
    );
  });
});

describe('the length of a text', () => {
  const note = z.strictObject({
    text: fragments.prose(),
    board: fragments.name('board').optional(),
    by: z.string().optional(),
  });

  it('is that of the argument: prose is as long as it is, names are not', () => {
    const long = 'word '.repeat(1_000);
    expect(readBy(note, { text: long })).toEqual({ text: long });
    for (const argument of ['board', 'by'])
      expect(() => readBy(note, { text: 'x', [argument]: long })).toThrow(`${argument} takes at most 500`);
  });
});
