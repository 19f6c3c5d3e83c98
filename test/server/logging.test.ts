import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { start } from '../support/stdio.ts';

const message = (id: number, method: string, params: unknown): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await borrowSandbox();
});
afterEach(() => sandbox.close());

describe('the log', () => {
  it.each(['info', 'debug'])("at %s holds what was called, and neither keys nor a customer's words", async (level) => {
    const child = start([], { ...sandbox.environment, CWM_LOG_LEVEL: level });
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdin?.write(
      message(1, 'initialize', {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'test', version: '1' },
      }),
    );
    child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
    child.stdin?.write(
      message(2, 'tools/call', {
        name: 'create_ticket',
        arguments: {
          summary: 'Confidential merger plans',
          company: 'Acme Corporation',
          description: 'Do not tell anyone',
        },
      }),
    );
    while (!stdout.includes('"id":2')) await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.stdin?.write(message(3, 'tools/call', { name: 'search_tickets', arguments: { text: 'Confidential' } }));
    while (!stdout.includes('"id":3')) await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.stdin?.end();
    await once(child, 'close');
    expect(stdout).toContain('Created ticket');
    expect(stderr).toContain('"tool":"create_ticket"');
    expect(stderr).not.toMatch(/Confidential|Do not tell|Acme|sandboxPrivate|sandboxPublic|c2FuZGJveF/);
    if (level === 'debug') expect(stderr).toContain('"operation":"POST /service/tickets"');
  });
});
