import { describe, expect, it } from 'vitest';
import { remarkFits, withoutRemark } from '../../src/names/remark.ts';
import { asSaid, formsOf, namesIn, numberSaid } from '../../src/names/said.ts';

const kind = { list: '', fields: [], names: [], wrappings: ['invoice', 'inv', 'po', 'board'], counted: true };

describe('a remark behind a name', () => {
  const record = {
    id: 7,
    label: 'Ben Petrov',
    alsoCalled: ['ben@globex.example'],
    hint: 'Globex Manufacturing, Office Manager',
    record: { site: { name: 'Main' } },
  };

  it.each([
    ['Globex', true],
    ['globex manufacturing, main', true],
    ['id 7', true],
    ['7', true],
    ['ben@globex.example', true],
    ['the office manager at Globex', true],
    ['default', true],
    ['active', true],
    ['', true],
    ['id 8', false],
    ['8', false],
    ['Zorg', false],
    ['Globex, Zorg', false],
    ['ben@zorg.example', false],
    ['inactive', false],
    ['formerly Globex', false],
  ])('(%s): %s', (remark, fits) => {
    expect(remarkFits(remark, record, kind)).toBe(fits);
  });
});

describe('a name as it was copied', () => {
  it('keeps the name beside an address or an id', () => {
    expect(asSaid('Grace Keller <grace@acme.example>')).toEqual({ text: 'grace@acme.example', beside: 'Grace Keller' });
    expect(asSaid('<grace@acme.example>')).toEqual({ text: 'grace@acme.example' });
    expect(asSaid('- 2: Alex Chen (achen)')).toMatchObject({ id: 2, beside: 'Alex Chen (achen)' });
  });

  it.each([
    ['"Acme Corporation"', 'Acme Corporation'],
    ['@jdoe', 'jdoe'],
    ['Acme (UK)', 'Acme (UK)'],
    ['  Acme ', 'Acme'],
    ['(none)', '(none)'],
    ["O'Brien", "O'Brien"],
    ['Ac\u200bme', 'Acme'],
  ])('%s', (text, meant) => {
    expect(asSaid(text)).toEqual({ text: meant });
  });

  it.each(['- 2: Alex Chen (achen, Senior Engineer)', '2: Alex Chen', 'id 2', 'ID: 2'])('%s is an id', (text) => {
    expect(asSaid(text).id).toBe(2);
  });

  it('is tried without its remark after it was tried with it', () => {
    expect(withoutRemark('Alex Chen (achen, Senior Engineer)')).toBe('Alex Chen');
    expect(withoutRemark('(none)')).toBe('(none)');
  });

  it.each([
    ['Invoice 10126', '10126'],
    ['invoice #10126', '10126'],
    ['Inv. No. 10126', '10126'],
    ['po1001', '1001'],
    ['PO-1001', '1001'],
    ['the Help Desk board', 'Help Desk'],
    ['10 x LT-14', 'LT-14'],
    ['LT-14 x 10', 'LT-14'],
  ])('%s is also tried as %s', (text, short) => {
    expect(formsOf(text, kind)[0]).toBe(text);
    expect(formsOf(text, kind)).toContain(short);
  });

  it.each(['Acme', 'Portland', 'Invoices', 'Boardwalk'])('%s is tried only as it stands', (text) => {
    expect(formsOf(text, kind)).toEqual([text]);
  });

  it.each([
    ['#4711', 4711],
    ['ticket 4711', 4711],
    ['Ticket #4711', 4711],
    ['4711 and 4712', undefined],
    ['ticket', undefined],
  ])('%s holds the number %s', (text, number) => {
    expect(numberSaid(text, ['ticket'])).toBe(number);
  });
});

describe('the names in one text', () => {
  it.each([
    ['ACME-FIR-03, ACME-FIR-04', ['ACME-FIR-03', 'ACME-FIR-04']],
    ['["Client", "Partner"]', ['Client', 'Partner']],
    ['Priority 1 or 2', ['Priority 1', 'Priority 2']],
    ['Alex, Jordan and Sam', ['Alex', 'Jordan', 'Sam']],
    ['Anderson', ['Anderson']],
    ['Alex (achen, Engineer and lead), Sam (7)', ['Alex (achen, Engineer and lead)', 'Sam (7)']],
    ['["broken', ['["broken']],
  ])('%s', (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });
});
