import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyTextOf } from '../../src/server/calls/key-text.ts';
import { parseMessage, TooLarge } from '../../src/server/message-json.ts';

/** All that is long at 128 KB is so at a few bytes, so that random JSON meets every place where a text can be parted. */
const SMALL = { plain: 0, text: 6, piece: 12, rest: 1_000_000 };

const outcomeOf = async (read: () => unknown): Promise<unknown> => {
  try {
    return { value: await read() };
  } catch (error) {
    return error instanceof SyntaxError ? 'no JSON' : error;
  }
};

/** Reads bytes in turns and at once, and compares. */
async function compare(bytes: Buffer): Promise<void> {
  const atOnce = await outcomeOf(() => JSON.parse(bytes.toString('utf8')));
  const inTurns = await outcomeOf(() => parseMessage(bytes, SMALL));
  expect(inTurns).toEqual(atOnce);
  // The order of members and what stands under `__proto__` count as well.
  expect(JSON.stringify(inTurns)).toBe(JSON.stringify(atOnce));
}

const character = fc.constantFrom(
  'a',
  '"',
  '\\',
  '/',
  '\n',
  'é',
  '€',
  '😀',
  '\ud83d',
  '\ude00',
  '\u2028',
  '\u0000',
  'u',
);
const text = fc.string({ unit: character, maxLength: 60 });
const name = fc.oneof(text, fc.constantFrom('__proto__', 'a', '7', 'constructor'));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.constantFrom(null, true, -1.5e3, 7),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('json')), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
  ),
}));

/** The same text with every character written as an escape. */
const escaped = (written: string): string =>
  written.replace(/[é€\ud800-\udfff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

it('reads a long message as JSON.parse reads it', async () => {
  await fc.assert(
    fc.asyncProperty(json, fc.boolean(), async (value, escapes) => {
      const written = JSON.stringify(value, null, 1);
      await compare(Buffer.from(escapes ? escaped(written) : written));
    }),
    { numRuns: 400 },
  );
});

it('takes what JSON.parse takes and refuses what it refuses', async () => {
  const edit = fc.record({ at: fc.nat(), remove: fc.nat(3), put: fc.uint8Array({ maxLength: 3 }) });
  const signs = fc.constantFrom(...'"\\:,{}[] \n').map((sign) => Buffer.from(sign));
  await fc.assert(
    fc.asyncProperty(json, fc.array(fc.tuple(edit, signs)), async (value, edits) => {
      let bytes = Buffer.from(JSON.stringify(value));
      for (const [{ at, remove, put }, sign] of edits) {
        const place = at % (bytes.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, place), sign, put, bytes.subarray(place + remove)]);
      }
      await compare(bytes);
    }),
    { numRuns: 600 },
  );
});

it.each([
  '{"a":"long long long","a":"longer longer longer"}',
  '{"long name of one":1,"b":2,"long name of one":"long long long"}',
  '{"__proto__":"long long long"}',
  String.raw`["\\\\\\\\\\\\\\\\\\\\\\\\\\\"\\\\\\\\\\\\\\"]`,
  String.raw`["\ud83d\ude00\ud83d\ude00\ud83d\ude00\ude00\ud83d"]`,
  String.raw`["0123456789a\u00"]`,
  '["0123456789ab\n"]',
  '["0123456789ab',
  '["0123456789ab"] x',
  '"0123456789ab"',
  '',
])('reads %s as JSON.parse does', (written) => compare(Buffer.from(written)));

it('reads bytes that are no text as JSON.parse does', async () => {
  for (const bytes of [[0xff], [0xf0, 0x9f], [0x80, 0x80, 0x80, 0x80, 0x80], [0xe2, 0x82], [0xed, 0xa0, 0x80]])
    for (let before = 0; before < 14; before += 1) {
      const text = [Buffer.from('x'.repeat(before)), ...Array.from({ length: 9 }, () => Buffer.from(bytes))];
      await compare(Buffer.concat([Buffer.from('["'), ...text, Buffer.from('"]')]));
    }
});

it('refuses a long message that is not long by its texts, and no other', async () => {
  const file = 'x'.repeat(5_000_000);
  const members = JSON.stringify(Array.from({ length: 30_000 }, () => ({})));
  await expect(parseMessage(Buffer.from(`[${members},${members}]`))).rejects.toThrow(TooLarge);
  await expect(parseMessage(Buffer.from(`["${file}",${members},${members}]`))).rejects.toThrow(TooLarge);
  expect(await parseMessage(Buffer.from(`["${file}",${members}]`))).toHaveLength(2);
});

it('tells calls with long texts apart by what they say and where', async () => {
  const long = 'é'.repeat(300_000);
  const values = [
    { a: long },
    { b: long },
    { a: [long] },
    { a: `${long}.` },
    { a: `${long}\ud83d` },
    { a: `${long}\ude00` },
    { a: null },
    { a: long, b: null },
    { a: 'short' },
  ];
  const keys = await Promise.all(values.map(keyTextOf));
  expect(new Set(keys).size).toBe(values.length);
  expect(await keyTextOf({ a: 'é'.repeat(300_000) })).toBe(keys[0]);
  expect(keys.every((key) => key.length < 300)).toBe(true);
});

it('refuses an id that nobody gives, whose answer would repeat it', async () => {
  const message = JSON.stringify({ jsonrpc: '2.0', id: 'x'.repeat(9_000_000), method: 'tools/list' });
  await expect(parseMessage(Buffer.from(message))).rejects.toThrow('The id of a message may have 4 KB.');
});
