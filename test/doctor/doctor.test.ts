import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { runDoctor } from '../../src/doctor/run-doctor.ts';
import { createLogger } from '../../src/logger.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { nameKinds } from '../../tools/names.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ tickets: 1 });
});
afterAll(() => sandbox.close());

async function examine(
  change: Record<string, string | undefined>,
  { environment } = sandbox,
): Promise<{ healthy: boolean; report: string }> {
  const lines: string[] = [];
  const config = readConfig({ ...environment, ...change }, true);
  const healthy = await runDoctor(config, createLogger('silent'), {
    kinds: nameKinds,
    print: (line) => lines.push(line),
  });
  return { healthy, report: lines.join('\n') };
}

describe('the doctor', () => {
  it('finds a good configuration healthy', async () => {
    const { healthy, report } = await examine({});
    expect({ healthy, report }).toMatchObject({
      healthy: true,
      report: expect.stringMatching(/Jordan Doe \(jdoe\), zone America\/New_York/),
    });
  });

  it('says where the journal is, or that it is off', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-doctor-'));
    const journal = join(folder, 'journal');
    expect((await examine({ CWM_JOURNAL_DIR: journal })).report).toContain(`journal: ${journal}, kept 90 days`);
    expect(readdirSync(journal)).toEqual([]);
    rmSync(folder, { recursive: true });
    expect((await examine({ CWM_JOURNAL: 'off' })).report).toContain(
      'journal: off: nothing that is written can be undone',
    );
  });

  it.each([
    [
      { CWM_PRIVATE_KEY: 'wrong-key' },
      /FAIL {2}clientId, keys.*CWM_COMPANY_ID, CWM_PUBLIC_KEY or CWM_PRIVATE_KEY is wrong/s,
    ],
    [{ CWM_CLIENT_ID: '11111111-1111-4111-8111-111111111111' }, /FAIL {2}clientId.*CWM_CLIENT_ID: use the client id/s],
    [{ CWM_API_VERSION: '1999.1' }, /FAIL .*does not support the API version '1999\.1'.*CWM_API_VERSION/s],
    [{ CWM_MEMBER: 'nobody' }, /FAIL {2}member.*nobody.*is not a member/s],
    [{ CWM_MEMBER: 'rgone' }, /FAIL {2}member.*inactive/s],
    [{ CWM_SITE: 'https://manage.invalid' }, /FAIL {2}DNS: manage\.invalid has no address.*CWM_SITE is misspelt/s],
    [{ CWM_SITE: 'http://127.0.0.1:9' }, /FAIL .*CWM_SITE/s],
    [
      { CWM_JOURNAL_DIR: join(import.meta.filename, 'j') },
      /FAIL {2}journal: The folder .*CWM_JOURNAL_DIR or CWM_STATE_DIR/s,
    ],
    [{ CWM_COMPANY_ID: 'other' }, /FAIL {2}clientId, keys.*CWM_COMPANY_ID/s],
    [{ CWM_MEMBER: undefined }, /FAIL {2}member.*Set CWM_MEMBER/s],
  ])('says what to change for %j', async (change, message) => {
    const { healthy, report } = await examine(change);
    expect(healthy).toBe(false);
    expect(report).toMatch(message);
    expect(report).not.toContain('wrong-key');
  });

  it('names the right that is missing when the keys cannot read members', async () => {
    const { publicKey = '', privateKey = '' } = sandbox.keys[1] ?? {};
    const { healthy, report } = await examine({ CWM_PUBLIC_KEY: publicKey, CWM_PRIVATE_KEY: privateKey });
    expect(healthy).toBe(false);
    expect(report).toMatch(/ok {4}clientId.*FAIL {2}member.*Inquire on System > Member Maintenance/s);
  });

  it('says nothing about the member when the keys are wrong', async () => {
    const { report } = await examine({ CWM_PRIVATE_KEY: 'wrong-key' });
    expect(report).not.toContain('CWM_MEMBER');
    expect(report).toContain('ok    clock');
  });

  it("says which variable lets it trust an authority of one's own, and then trusts it", async () => {
    const secure = await startSandbox({ tickets: 1, tls: true });
    const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    try {
      const distrusted = await examine({}, secure);
      expect(distrusted.report).toMatch(/FAIL {2}TLS: self-signed.*set CWM_CA_FILE/s);
      const file = join(folder, 'ca.pem');
      writeFileSync(file, secure.tls?.ca ?? '');
      const trusted = await examine({ CWM_CA_FILE: file }, secure);
      expect(trusted).toMatchObject({ healthy: true, report: expect.stringMatching(/TLS: TLSv1/) });
      const cleartext = await examine({ CWM_SITE: sandbox.url.replace('http:', 'https:') });
      expect(cleartext.report).toMatch(/FAIL {2}TLS: the server there does not speak TLS\n.*CWM_SITE: check the port/);
    } finally {
      rmSync(folder, { recursive: true });
      await secure.close();
    }
  });

  it('notices a clock that is off', async () => {
    const late = createServer((_, response) =>
      response.writeHead(200, { date: new Date(Date.now() - 600_000).toUTCString() }).end(),
    ).listen(0, '127.0.0.1');
    await once(late, 'listening');
    const { report } = await examine({ CWM_SITE: `http://127.0.0.1:${(late.address() as AddressInfo).port}` });
    late.close();
    expect(report).toMatch(/FAIL {2}clock: (599|60[01]) seconds off the server's\n.*Set this machine's clock/);
  });
});
