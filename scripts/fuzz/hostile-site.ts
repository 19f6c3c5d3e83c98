import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isRecord } from '../../src/json.ts';
import { startSandbox } from '../../src/sandbox/index.ts';

// A site in a process of its own, so that what it takes does not count as ours: a sandbox whose answers are made hostile.
// `POST /hostile {"text": ..., "entries": ...}` says with what: a text in place of every free text, and so many time entries.
// Prints its environment as one line of JSON.

interface Hostility {
  /** Stands in every free text. */
  readonly text?: string;
  /** Lists of time entries have so many rows. */
  readonly entries?: number;
}

const FREE_TEXT = new Set(
  `summary text notes description initialDescription initialInternalAnalysis initialResolution title detail comments note
  internalNotes addressLine1 customerDescription proposedSolution customerNote question answer message`.split(/\s+/),
);

function withText(value: unknown, text: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withText(item, text));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      FREE_TEXT.has(key) && typeof member === 'string' ? text : withText(member, text),
    ]),
  );
}

/** Rows of one page among so many, made of a few real ones: their ids go on from the one that the page begins after. */
function manyEntries(real: readonly Record<string, unknown>[], { searchParams }: URL, entries: number): unknown[] {
  const size = Number(searchParams.get('pageSize') ?? 25);
  const last = Number(/id <= (\d+)/.exec(searchParams.get('conditions') ?? '')?.[1] ?? entries);
  const isNewestFirst = searchParams.get('orderBy') === 'id desc';
  const after = isNewestFirst ? entries - size : Number(searchParams.get('pageId') ?? 0);
  const rows = Math.max(0, Math.min(size, Math.min(last, entries) - after));
  return Array.from({ length: rows }, (_, index) => ({ ...real[index % real.length], id: after + index + 1 }));
}

const sandbox = await startSandbox({ now: new Date('2026-11-24T21:20:00Z') });
const { origin } = new URL(sandbox.baseUrl);
let hostility: Hostility = {};

const server = createServer(async (incoming, outgoing) => {
  const { method = 'GET', url: path = '' } = incoming;
  const body = await buffer(incoming);
  if (path === '/hostile') {
    hostility = JSON.parse(body.toString()) as Hostility;
    outgoing.end();
    return;
  }
  const url = new URL(path, origin);
  const { entries, text } = hostility;
  const isMany = entries !== undefined && method === 'GET' && url.pathname.endsWith('/time/entries');
  const asked = new URL(url);
  if (isMany) asked.search = `?pageSize=50&fields=${url.searchParams.get('fields') ?? ''}`;
  const { host: _, connection: __, 'content-length': ___, ...headers } = incoming.headers as Record<string, string>;
  const answer = await fetch(asked, { method, headers, ...(body.length > 0 && { body }) });
  const kept = ['content-type', 'link', 'x-cw-request-id'].flatMap((name): [string, string][] => {
    const value = answer.headers.get(name);
    return value === null || (isMany && name === 'link') ? [] : [[name, value.replaceAll(origin, ownOrigin())]];
  });
  let content: string | Buffer = Buffer.from(await answer.arrayBuffer());
  if (answer.ok && /json/.test(answer.headers.get('content-type') ?? '')) {
    const value: unknown = JSON.parse(content.toString() || 'null');
    const many = isMany ? manyEntries(value as Record<string, unknown>[], url, entries) : value;
    content = JSON.stringify(text === undefined ? many : withText(many, text));
    if (isMany && (many as unknown[]).length > 0) {
      const last = ((many as { id: number }[]).at(-1) as { id: number }).id;
      const next = new URL(url.pathname + url.search, ownOrigin());
      next.searchParams.set('pageId', String(last));
      if (last < entries) kept.push(['link', `<${next}>; rel="next"`]);
    }
  }
  outgoing.writeHead(answer.status, Object.fromEntries(kept)).end(content);
});
const ownOrigin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(
    `${JSON.stringify({ ...sandbox.environment, CWM_SITE: sandbox.baseUrl.replace(origin, ownOrigin()) })}\n`,
  );
});
process.stdin.resume().once('end', () => process.exit());
