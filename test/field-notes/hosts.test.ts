import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toolsDocument } from '../../scripts/tool-table.ts';
import { type Config, readConfig } from '../../src/config/config.ts';
import { toolEntry } from '../../src/server/handlers.ts';
import { instructions } from '../../src/server/instructions.ts';
import { tools } from '../../tools/index.ts';
import { unsafe } from '../support/client-safety.ts';
import { raw } from '../support/raw.ts';
import { type HttpSession, startHttpSession, startSession } from '../support/session.ts';

// What bites users of assistants for Manage, a numbered test each: hosts and operation.

const KEYS = {
  SITE: 'cw.example.com',
  COMPANY_ID: 'yourco',
  PUBLIC_KEY: 'public',
  PRIVATE_KEY: 'private',
  CLIENT_ID: '12345678-1234-1234-1234-123456789abc',
};
const named = (rename: (name: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(KEYS).map(([name, value]) => [rename(name), value]));
const own = named((name) => `CWM_${name}`);

let session: HttpSession;
beforeAll(async () => {
  session = await startHttpSession({ toolsets: 'all' });
});
afterAll(() => session.close());

describe('hosts', () => {
  it('32: lists schemas that every client can read', async () => {
    for (const { name, inputSchema, outputSchema } of await session.listTools())
      expect([...unsafe(inputSchema, `${name} input`, true), ...unsafe(outputSchema, `${name} output`, true)]).toEqual(
        [],
      );
  });

  it('33: stays under what hosts cut: descriptions, instructions, errors, results, number of tools', async () => {
    for (const { description } of tools) expect(description.length).toBeLessThan(1_000);
    expect(
      instructions({
        timeZone: 'America/Argentina/ComodRivadavia',
        readOnly: false,
        offers: () => true,
        reaches: () => true,
      }).length,
    ).toBeLessThan(2_000);
    expect(tools.filter(({ core }) => core).length).toBeLessThanOrEqual(32);
    expect(tools.length).toBeLessThanOrEqual(128);
    const failed = await session.call('search_tickets', { conditions: `summary = "${'x'.repeat(5_000)}` });
    expect(failed.text.length).toBeLessThanOrEqual(1_500);
    const large = await session.ok('call_read_operation', {
      operation: 'GET /time/entries',
      query: { pageSize: 1000 },
    });
    expect(large.text.length).toBeLessThanOrEqual(40_100);
    expect(JSON.stringify(large.structured).length).toBeLessThanOrEqual(40_100);
  });

  it('34: has names without dots, and says of every tool whether it only reads', () => {
    for (const tool of tools) {
      expect(tool.name).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect((toolEntry(tool).annotations as { readOnlyHint?: boolean }).readOnlyHint).toBe(tool.effect === 'read');
    }
  });

  it('35: needs neither prompts, resources nor elicitation: what needs a yes takes confirm', async () => {
    const { text, isError } = await session.call('delete_company', { company: 'Hooli' });
    expect(isError).toBe(true);
    expect(text).toMatch(/Nothing was done.*confirm: true/s);
    expect(await session.ok('get_ticket', { ticketId: 7 })).toBeDefined();
  });

  it('36: sends forty parallel calls through a limit, and understands the 429 of a content network', async () => {
    const few = await startSession({ environment: { CWM_MAX_IN_FLIGHT: '3', CWM_REQUESTS_PER_MINUTE: '600' } });
    try {
      few.sandbox.faults.add({ kind: 'throttle-html', retryAfterSeconds: 1 });
      const before = few.sandbox.requests.length;
      const read = () => few.call('call_read_operation', { operation: 'GET /system/info' });
      const answers = await Promise.all(Array.from({ length: 40 }, read));
      expect(answers.filter(({ isError }) => isError)).toEqual([]);
      expect(few.sandbox.requests.slice(before).filter(({ status }) => status === 429)).toHaveLength(1);
      const answered = few.sandbox.requests.slice(before).filter(({ status }) => status === 200);
      expect(answered.filter(({ path }) => path.includes('/system/info'))).toHaveLength(40);
    } finally {
      await few.close();
    }
  });

  it('37: does not start with a configuration that selects no tool', async () => {
    await expect(startSession({ toolsets: ',' })).rejects.toThrow(/CWM_TOOLSETS selects no tool/);
    await expect(startSession({ toolsets: 'servise' })).rejects.toThrow(/Did you mean service\?/);
    await expect(startSession({ toolsets: 'none' })).rejects.toThrow(/CWM_TOOLSETS/);
  });

  it('38: reads "false" as false', async () => {
    const read = (value: string): Config => readConfig({ ...own, CWM_READ_ONLY: value });
    for (const value of ['false', 'False', '0', 'no']) expect(read(value).manage.readOnly).toBe(false);
    for (const value of ['true', 'TRUE', '1', 'yes']) expect(read(value).manage.readOnly).toBe(true);
    for (const value of ['maybe', 'off']) expect(() => read(value)).toThrow(/CWM_READ_ONLY has to be true or false/);
    expect(await session.refused('search_members', { includeInactive: 'maybe' })).toMatch(/includeInactive/);
    const no = await session.ok('search_members', { text: 'rgone', includeInactive: 'false' });
    expect(no.structured.total).toBe(0);
  });

  it('39: takes the names of the variables of other servers', () => {
    const expected = readConfig(own).manage;
    for (const rename of [
      (name: string) => `CW_MANAGE_${name === 'SITE' ? 'URL' : name}`,
      (name: string) => `CW_${name}`,
      (name: string) => `CW_${name === 'SITE' ? 'BASE_URL' : name}`,
      (name: string) => `CONNECTWISE_${name === 'SITE' ? 'API_URL' : name}`,
    ])
      expect(readConfig(named(rename)).manage).toEqual(expected);
    expect(readConfig({ ...own, CW_MEMBER_IDENTIFIER: 'jdoe' }).member).toBe('jdoe');
  });

  it('40: passes on the title of a failing page, and nothing else of it', async () => {
    session.sandbox.faults.add({ kind: 'error-html', status: 503, times: 99 });
    const { text, isError } = await session.call('search_members', { text: 'jdoe' });
    session.sandbox.faults.clear();
    expect(isError).toBe(true);
    expect(text).toContain('Service Unavailable');
    expect(encode(text).length).toBeLessThan(120);
    expect(text).not.toMatch(/<|The service is unavailable/);
  });

  it('41: listens on this machine only, for its own names and origins; elsewhere with hosts and sign-in', async () => {
    expect(readConfig(own).http.host).toBe('127.0.0.1');
    for (const missing of ['CWM_HTTP_TOKEN', 'CWM_ALLOWED_HOSTS'])
      expect(() => readConfig({ ...own, CWM_HTTP_HOST: '0.0.0.0' })).toThrow(missing);
    const status = async (headers: Record<string, string>) =>
      (await raw(session.url, 'POST', '/mcp', { headers, body: '{}' })).status;
    expect(await status({ host: 'attacker.example' })).toBe(403);
    expect(await status({ host: '127.0.0.1', origin: 'https://attacker.example' })).toBe(403);
  });

  it('42: documents every tool from the tools themselves', () => {
    const document = toolsDocument(tools);
    for (const { name } of tools) expect(document).toContain(`\`${name}\``);
  });
});
