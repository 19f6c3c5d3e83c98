import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleBody } from '../../../src/api/example.ts';
import type { Operation } from '../../../src/api/index.ts';
import { loadApi } from '../../../src/api/load.ts';
import { toolEntry } from '../../../src/server/handlers.ts';
import { operationTools } from '../../../tools/api/operation-tools.ts';
import { unsafe } from '../../support/client-safety.ts';
import { OperationWalk } from '../../support/operation-walk.ts';
import { sampleOf } from '../../support/sample.ts';
import { type Session, startSession } from '../../support/session.ts';

const api = loadApi().at('2026.4');

const changesOf = (steps: unknown): Record<string, unknown> =>
  Object.fromEntries((steps as { path: string; value: unknown }[]).map(({ path, value }) => [path, value]));

const MOST_TOKENS = 6_000;

describe('a tool for every operation', () => {
  const tools = operationTools(api, ['*']);

  it('has a name of its own, for all 3,055, and a schema that every client takes', () => {
    expect(tools).toHaveLength(3055);
    expect(new Set(tools.map(({ name }) => name)).size).toBe(3055);
    const problems: string[] = [];
    const large: string[] = [];
    for (const { name } of tools) if (!/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)) problems.push(`${name}: name`);
    const shown = sampleOf('tools of operations', tools, 4, ({ name }) => /^[a-z]+[A-Z][a-z]*/.exec(name)?.[0] ?? '');
    for (const tool of shown) {
      const entry = toolEntry(tool);
      problems.push(...unsafe(entry.inputSchema, tool.name, true), ...unsafe(entry.outputSchema, tool.name, true));
      const text = JSON.stringify(entry);
      // A token has a byte at least: only long texts can be too many.
      if (Buffer.byteLength(text) >= MOST_TOKENS && encode(text).length >= MOST_TOKENS) large.push(tool.name);
    }
    expect(problems).toEqual([]);
    expect(large).toEqual([]);
  });

  it('is chosen by patterns, each once', () => {
    const named = (...patterns: string[]): number => operationTools(api, patterns).length;
    expect(named('time/*')).toBe(122);
    expect(named('time/*', 'GET /time/entries', 'TIME/*')).toBe(122);
    expect(named('POST /service/tickets')).toBe(1);
    expect(named('getServiceTicketsById')).toBe(1);
    expect(named('GET /service/tickets/*')).toBeGreaterThan(20);
    expect(() => named('tyme/*')).toThrow(/"tyme\/\*" selects no operation\. Closest: time\/\*/);
    expect(() => named('POST /service/tickts')).toThrow(/Closest: .*POST \/service\/tickets/);
  });
});

describe('CWM_OPERATIONS=time/*', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession({
      environment: { CWM_OPERATIONS: 'time/*', CWM_REQUESTS_PER_MINUTE: '10000' },
      toolsets: 'none',
    });
  });
  afterAll(() => session.close());

  it('gives 122 tools that all work', async () => {
    const listed = await session.listTools();
    expect(listed).toHaveLength(122);
    const asks = new Set(
      listed
        .filter(({ inputSchema }) => 'confirm' in (inputSchema as { properties: object }).properties)
        .map(({ name }) => name),
    );
    const example = async (operation: Operation): Promise<unknown> => exampleBody(api, operation);
    const walk = new OperationWalk({ session, api, example });
    const wrong: string[] = [];
    for (const operation of walk.ordered(api.operations.filter(({ module }) => module === 'time'))) {
      const path = await walk.pathFor(operation);
      const body = await example(operation);
      const { isError, text, structured } = await session.call(operation.id, {
        ...api.match(operation.method, path)?.pathValues,
        // A change is said in members here, not in steps.
        ...(body !== undefined && { body: operation.request?.kind === 'patch' ? changesOf(body) : body }),
        ...(asks.has(operation.id) && { confirm: true }),
      });
      // A change of nothing, the example of records that have nothing but references, is not sent.
      const isNothing = Array.isArray(body) && body.length === 0;
      if (isError && !(isNothing && text.includes('nothing to change')))
        wrong.push(`${operation.method} ${path}: ${text.slice(0, 200)}`);
      else if (operation.method === 'POST') walk.note(path, structured.result);
    }
    expect(wrong).toEqual([]);
  });

  it('refuses what is not an argument, and shows writes before they are sent', async () => {
    const misspelt = await session.call('getTimeEntries', { condtions: 'id=1' });
    expect(misspelt.text).toMatch(/no argument condtions\. Did you mean conditions/);
    const preview = await session.call('patchTimeEntriesById', { id: 1, body: { notes: 'New' }, dryRun: true });
    expect(preview.text).toContain('[{"op":"replace","path":"notes","value":"New"}]');
    const cleared = await session.call('patchTimeEntriesById', { id: 1, body: { notes: null }, dryRun: true });
    expect(cleared.text).toContain('[{"op":"remove","path":"notes"}]');
    const unknown = await session.call('patchTimeEntriesById', { id: 1, body: { note: 'x' } });
    expect(unknown.text).toMatch(/body has no member note/);
    const body = { chargeToId: 7, chargeToType: 'ServiceTicket', timeStart: '2026-11-24T15:00:00Z' };
    const again = await session.ok('postTimeEntries', { body, allowDuplicate: true, dryRun: true });
    expect(again.text).not.toContain('allowDuplicate');
    const deletion = await session.call('deleteTimeEntriesById', { id: 1 });
    expect(deletion.text).toMatch(/confirm: true/);
  });

  it('hides what writes in read-only mode', async () => {
    const readOnly = await startSession({
      environment: { CWM_OPERATIONS: 'time/*', CWM_READ_ONLY: 'true' },
      toolsets: 'none',
    });
    const names = (await readOnly.listTools()).map(({ name }) => name);
    expect(names).toHaveLength(68);
    expect(names).toContain('postTimeEntriesDefaults');
    await readOnly.close();
  });

  it('is refused at the start when it selects nothing', async () => {
    await expect(startSession({ environment: { CWM_OPERATIONS: 'tyme/*' } })).rejects.toThrow(/selects no operation/);
  });
});
