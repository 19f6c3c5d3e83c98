import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW } from '../support/session.ts';
import { connectStdio, type StdioClient } from '../support/stdio.ts';

const QUOTA = 40;

describe('two servers of one user with one key', () => {
  let sandbox: Sandbox;
  let folder: string;
  const clients: StdioClient[] = [];
  beforeAll(async () => {
    sandbox = await borrowSandbox({ now: NOW, tickets: 40 });
    folder = mkdtempSync(join(tmpdir(), 'cwm-two-'));
    const environment = {
      ...sandbox.environment,
      CWM_API_VERSION: sandbox.apiVersion,
      CWM_STATE_DIR: folder,
      CWM_REQUESTS_PER_MINUTE: String(QUOTA),
      // Whoever cannot be served soon is told so, and the test does not wait for a minute to pass.
      CWM_DEADLINE_SECONDS: '3',
    };
    for (const _ of [1, 2]) clients.push(await connectStdio('modern', environment, []));
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keep its quota together: no 429, nobody waits for nothing, and all of it is used', async () => {
    sandbox.faults.quota(QUOTA);
    const answers = await Promise.all(
      clients.flatMap((client) =>
        Array.from({ length: QUOTA }, (_, index) =>
          client.callTool({
            name: 'call_read_operation',
            arguments: { operation: `GET /service/tickets/${(index % 20) + 1}` },
          }),
        ),
      ),
    );
    const tickets = sandbox.requests.filter(({ path }) => /tickets\/\d+/.test(path));
    expect(tickets.filter(({ status }) => status === 429)).toEqual([]);
    const served = answers.filter(({ isError }) => isError !== true);
    expect(tickets.length).toBeGreaterThanOrEqual(0.8 * QUOTA);
    expect(sandbox.requests.length).toBeLessThanOrEqual(QUOTA);
    expect(served.length).toBeGreaterThanOrEqual(0.8 * QUOTA);
    // Which of the three is said depends on where the call waited: for the quota, for Manage, or for a call of its own process.
    for (const { isError, content } of answers)
      if (isError) expect(JSON.stringify(content)).toMatch(/requests of this minute|whole time|Nothing of it was done/);
  });
});
