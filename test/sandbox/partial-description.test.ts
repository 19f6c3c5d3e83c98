import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { NOW, restOf } from '../support/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The API's description with only the paths that are kept, and a version of its own. */
function descriptionOf(keeps: (path: string) => boolean): string {
  const whole = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../dist/catalog.json'), 'utf8'));
  const file = join(folder, 'part.json');
  const paths = Object.fromEntries(Object.entries(whole.paths).filter(([path]) => keeps(path)));
  writeFileSync(file, JSON.stringify({ ...whole, version: '2030.1', paths }));
  return file;
}

describe('a sandbox with another description of the API', () => {
  it('starts with a part of it, answers that part and names what it cannot answer', async () => {
    const descriptionFile = descriptionOf((path) => path.startsWith('/time/'));
    const sandbox = await startSandbox({ now: NOW, tickets: 5, descriptionFile });
    try {
      const rest = restOf(sandbox);
      const { status, body } = await rest('GET', '/time/entries?pageSize=1');
      expect({ status, rows: body.length }).toEqual({ status: 200, rows: 1 });
      expect((await rest('POST', '/service/tickets/1/merge', {})).status).toBe(404);
      expect(sandbox.unanswered).toContain('POST /service/tickets/{parentId}/merge');
      expect(sandbox.unanswered).not.toContain('POST /time/sheets/{id}/submit');
    } finally {
      await sandbox.close();
    }
  });

  it('answers everything that it knows with the product’s own description', async () => {
    const sandbox = await startSandbox({ now: NOW, tickets: 1 });
    await sandbox.close();
    expect(sandbox.unanswered).toEqual([]);
  });
});
