import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { runDoctor } from '../../src/doctor/run-doctor.ts';
import { createLogger } from '../../src/logger.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ tickets: 1 });
});
afterAll(() => sandbox.close());

async function examine(change: Record<string, string>): Promise<{ healthy: boolean; report: string }> {
  const lines: string[] = [];
  const config = readConfig({ ...sandbox.environment, ...change }, true);
  const healthy = await runDoctor(config, createLogger('silent'), (line) => lines.push(line));
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

  it.each([
    [
      { CWM_PRIVATE_KEY: 'wrong-key' },
      /FAIL {2}clientId, keys.*CWM_COMPANY_ID, CWM_PUBLIC_KEY or CWM_PRIVATE_KEY is wrong/s,
    ],
    [{ CWM_CLIENT_ID: '11111111-1111-4111-8111-111111111111' }, /FAIL {2}clientId.*CWM_CLIENT_ID: use the client id/s],
    [{ CWM_API_VERSION: '1999.1' }, /FAIL .*does not support the API version '1999\.1'.*CWM_API_VERSION/s],
    [{ CWM_MEMBER: 'nobody' }, /FAIL {2}member.*"nobody" is no member/s],
    [{ CWM_MEMBER: 'rgone' }, /FAIL {2}member.*inactive/s],
    [{ CWM_SITE: 'https://manage.invalid' }, /FAIL {2}DNS: manage\.invalid has no address.*CWM_SITE is misspelt/s],
    [{ CWM_SITE: 'http://127.0.0.1:9' }, /FAIL .*CWM_SITE/s],
  ])('says what to change for %j', async (change, message) => {
    const { healthy, report } = await examine(change);
    expect(healthy).toBe(false);
    expect(report).toMatch(message);
    expect(report).not.toContain('wrong-key');
  });
});
