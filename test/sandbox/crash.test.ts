import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { restOf } from '../support/session.ts';

const MAIN = resolve(import.meta.dirname, '../../dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'sandbox-crash-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A sandbox in a process of its own. */
async function start(dataFile: string) {
  const child = spawn(process.execPath, [MAIN, 'sandbox', '--tickets', '20', '--data', dataFile]);
  const settings = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [name = '', value = ''] = line.split('=');
    settings.set(name, value);
    if (settings.has('CWM_CLIENT_ID')) break;
  }
  const credentials = {
    companyId: settings.get('CWM_COMPANY_ID') ?? '',
    publicKey: settings.get('CWM_PUBLIC_KEY') ?? '',
    privateKey: settings.get('CWM_PRIVATE_KEY') ?? '',
    clientId: settings.get('CWM_CLIENT_ID') ?? '',
  };
  const baseUrl = `${settings.get('CWM_SITE')}/v4_6_release/apis/3.0`;
  return { child, rest: restOf({ baseUrl, credentials } as Parameters<typeof restOf>[0]) };
}

describe('a sandbox that is killed', () => {
  it('has all that it answered for, and nothing by half', async () => {
    const dataFile = join(folder, 'data.jsonl');
    const { child, rest } = await start(dataFile);
    const kept: number[] = [];
    const write = async (): Promise<void> => {
      for (;;) {
        const made = await rest('POST', '/service/tickets', {
          summary: 'Kept',
          company: { id: 2 },
          initialDescription: 'With its note',
        });
        kept.push(made.body.id);
        if (kept.length === 40) child.kill('SIGKILL');
      }
    };
    const gone = once(child, 'exit');
    await Promise.allSettled([write(), write(), write()]);
    await gone;
    expect(kept.length).toBeGreaterThanOrEqual(40);

    const again = await startSandbox({ dataFile });
    const read = restOf(again);
    const conditions = new URLSearchParams({ conditions: 'summary = "Kept"', pageSize: '1000', fields: 'id' });
    const found: number[] = (await read('GET', `/service/tickets?${conditions}`)).body.map(
      ({ id }: { id: number }) => id,
    );
    expect(kept.filter((id) => !found.includes(id))).toEqual([]);
    // At most what three writers had under way came through without its answer.
    expect(found.length - kept.length).toBeLessThanOrEqual(3);
    for (const id of found)
      expect((await read('GET', `/service/tickets/${id}/notes`)).body).toMatchObject([{ text: 'With its note' }]);
    await again.close();
  }, 60_000);
});
