import { once } from 'node:events';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { loadApi } from '../../src/api/load.ts';
import { createSearch } from '../../src/api/search/search-operations.ts';
import { ClockError, readDay, readLength, readMoment, readPeriod, readSpan } from '../../src/clock/index.ts';
import { lazyRows } from '../../src/manage/answers/lazy-rows.ts';
import { contentOf, errorOf, fileNameOf, parseLink, retryAfter } from '../../src/manage/answers/read-answer.ts';
import { ManageError } from '../../src/manage/index.ts';
import { resembling } from '../../src/names/fuzzy-conditions.ts';
import { fitting, nearest, slipsOf } from '../../src/names/match.ts';
import {
  parse,
  parseOrderBy,
  print,
  QuerySyntaxError,
  QueryValueError,
  WhereError,
  wordsIn,
} from '../../src/query/index.ts';
import { readLines } from '../../src/server/stdio/lines.ts';
import { clean, cleanLine, cleanValue, csvRow, cut, fileName } from '../../src/text/index.ts';
import { readArguments, SeveralRefused, ToolInputError } from '../../src/tool/index.ts';
import { tools } from '../../tools/index.ts';
import { words } from '../../tools/words.ts';
import type { Part } from './part.ts';
import { hostileJson, hostileText, hostileValue } from './strings.ts';

const allowing = (kinds: readonly (abstract new (...given: never[]) => Error)[], run: () => unknown): void => {
  try {
    run();
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) throw error;
  }
};

const query: Part = {
  name: 'query',
  input: hostileText(),
  take(input) {
    const text = input as string;
    allowing([QuerySyntaxError, QueryValueError], () => print(parse(text)));
    parseOrderBy(text);
    allowing([QueryValueError, WhereError], () => wordsIn('summary', text.slice(0, 500)));
  },
};

const now = DateTime.fromISO('2026-11-24T16:20', { zone: 'America/New_York' }) as DateTime<true>;

const phrases: Part = {
  name: 'phrases',
  // Longer ones are refused before they are read.
  input: hostileText(600),
  take(input) {
    const text = input as string;
    const options = { now, argument: 'start', direction: 'past' } as const;
    for (const read of [
      () => readDay(text, options),
      () => readMoment(text, options),
      () => readPeriod(text, options),
      () => readLength(text, { argument: 'hours' }),
      () => readSpan({ start: text, length: text }, { now, direction: 'past' }),
    ])
      allowing([ClockError], read);
  },
};

const LABELS = [
  'Acme Corporation',
  'Globex',
  'Initech LLC',
  "O'Brien & Sons",
  'Zoë Müller',
  'Help Desk',
  'Priority 1 - Critical',
];
const records = Array.from({ length: 300 }, (_, id) => ({
  id,
  label: `${LABELS[id % LABELS.length]} ${id >> 3}`,
  record: {},
}));

const names: Part = {
  name: 'names',
  input: hostileText(500),
  take(input) {
    const text = (input as string).slice(0, 500);
    fitting(text, records);
    slipsOf(text, records);
    nearest(text, records);
    resembling({ names: ['name'] }, text);
  },
};

const toolInputs: Part = {
  name: 'tool inputs',
  input: fc.tuple(
    fc.constantFrom(...tools.map(({ name }) => name)),
    fc.array(fc.tuple(fc.nat(), hostileValue()), { maxLength: 4 }),
    hostileText(2_000),
  ),
  take(input) {
    const [name, values, unknown] = input as [string, [number, unknown][], string];
    const tool = tools.find((one) => one.name === name);
    if (tool === undefined) return;
    const own = Object.keys(tool.input.shape);
    const given = Object.fromEntries(values.map(([index, value]) => [own[index % own.length] ?? unknown, value]));
    allowing([ToolInputError, SeveralRefused], () => readArguments(tool.input, given, tool.aliases));
    allowing([ToolInputError, SeveralRefused], () =>
      readArguments(tool.input, { ...given, [unknown]: unknown }, tool.aliases),
    );
  },
};

const cleaner: Part = {
  name: 'cleaner',
  input: hostileText(),
  take(input) {
    clean(input);
  },
  check(input) {
    const cleaned = clean(input);
    if (clean(cleaned) !== cleaned) throw new Error('Cleaning what is clean changed it.');
    cleanLine(input);
    cut(cleaned, 500);
    cleanValue({ input });
    csvRow([cleaned]);
    fileName(input as string);
  },
};

const api = loadApi();
const search = createSearch(api, words);

const searches: Part = {
  name: 'operation search',
  input: hostileText(500),
  async take(input) {
    await search((input as string).slice(0, 500));
  },
};

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const answers: Part = {
  name: 'answers',
  input: fc.record({
    status: fc.constantFrom(200, 201, 204, 301, 400, 401, 404, 408, 409, 429, 500, 502, 504),
    type: fc.constantFrom(
      'application/json',
      'text/html',
      'application/vnd.connectwise.com+json; version=2022.1',
      undefined,
    ),
    text: hostileText(200_000),
    shape: fc.constantFrom('raw', 'message', 'title', 'errors', 'list'),
  }),
  async take(input) {
    const { status, type, text, shape } = input as { status: number; type?: string; text: string; shape: string };
    const bodies: Record<string, string> = {
      raw: text,
      message: JSON.stringify({ code: text.slice(0, 100), message: text }),
      title: `<title${text}>${text}</title>`,
      errors: JSON.stringify({
        message: 'm',
        errors: Array.from({ length: 2_000 }, () => ({
          code: 'c',
          message: text.slice(0, 50),
          field: text.slice(0, 50),
        })),
      }),
      list: JSON.stringify([{ id: 1, text }, [text]]),
    };
    const headers = { 'content-type': type, link: text, 'retry-after': text.slice(0, 50), 'content-disposition': text };
    const answer = { status, headers, body: bytesOf(bodies[shape] ?? '') };
    allowing([ManageError], () => contentOf(answer, 'GET /x'));
    errorOf(answer, 'GET /x', 0);
    for (const counted of [true, false])
      await lazyRows(answer.body, { operation: 'GET /x', counted }, AbortSignal.timeout(10_000));
    parseLink(text.slice(0, 16_000));
    fileNameOf(text.slice(0, 16_000));
    retryAfter(text, 0);
  },
};

const frames: Part = {
  name: 'stdio frames',
  input: fc.array(
    fc.oneof(
      hostileText(20_000),
      hostileJson(2_000).map((params) => `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`),
      hostileJson(2_000).map((id) => `[{"jsonrpc":"2.0","id":${id},"method":"tools/list"}]`),
    ),
    { maxLength: 20 },
  ),
  async take(input) {
    const lines = input as string[];
    const stream = readLines({ take: () => undefined, refuse: () => undefined });
    stream.on('data', () => undefined);
    const whole = Buffer.from(`${lines.join('\n')}\n`);
    for (let at = 0; at < whole.length; at += 7_001) stream.write(whole.subarray(at, at + 7_001));
    stream.end();
    await once(stream, 'end');
  },
};

/** Everything that can be tried without a server. */
export const pureParts: readonly Part[] = [query, phrases, names, toolInputs, cleaner, searches, answers, frames];
