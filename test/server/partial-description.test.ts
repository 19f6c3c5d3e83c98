import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NOW, type Session, startHttpSession } from '../support/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'description-'));
const LACKING = ['parentTicketId', 'owner', 'resources'];
let session: Session;

beforeAll(async () => {
  const whole = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../dist/catalog.json'), 'utf8'));
  const members = String(whole.schemas.Ticket).split('|');
  whole.schemas.Ticket = members.filter((member) => !LACKING.some((name) => member.startsWith(`${name} `))).join('|');
  const file = join(folder, 'part.json');
  writeFileSync(file, JSON.stringify({ ...whole, version: '2026.9' }));
  session = await startHttpSession({
    environment: { CWM_CATALOG: file },
    sandbox: { now: NOW, descriptionFile: file },
  });
});
afterAll(async () => {
  await session.close();
  rmSync(folder, { recursive: true });
});

/** The `fields` of the requests since the last call. */
const fieldsSince = (before: number): string[] =>
  session.sandbox.requests
    .slice(before)
    .filter(({ path }) => path.endsWith('/service/tickets') || /\/service\/tickets\/\d+$/.test(path))
    .flatMap(({ query }) => (new URLSearchParams(query).get('fields') ?? '').split(','));

it.each([
  ['get_ticket', { ticketId: 577 }],
  ['search_tickets', { limit: 3 }],
])('%s asks for nothing that the description lacks', async (tool, input) => {
  const before = session.sandbox.requests.length;
  await session.ok(tool, input);
  expect(fieldsSince(before).filter((field) => LACKING.includes(field))).toEqual([]);
});

it.each([
  ['search_tickets', { limit: 3 }, /lacks .*(owner|resources).* of Ticket: this answer is without it\./],
  ['get_ticket', { ticketId: 577 }, /lacks .*parentTicketId.* of Ticket: this answer is without it\./],
])('%s says which part of its answer is lost', async (tool, input, lost) => {
  expect((await session.ok(tool, input)).text).toMatch(lost);
});

it('a filter on what the description lacks is refused', async () => {
  expect(await session.refused('search_tickets', { mine: true })).toMatch(
    /filters by .*, which the imported description of the API lacks\./,
  );
});

it('nothing is said where the description is whole', async () => {
  const whole = await startHttpSession({ sandbox: { now: NOW } });
  const texts = await Promise.all([
    whole.ok('search_tickets', { limit: 3 }),
    whole.ok('get_ticket', { ticketId: 577 }),
  ]);
  await whole.close();
  for (const { text } of texts) expect(text).not.toContain('imported description');
});
