import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { NOW, restOf } from '../support/session.ts';

describe('the control door', () => {
  it('orders faults and quotas, ends them, and shows what came in', async () => {
    const sandbox = await startSandbox({ now: NOW, tickets: 5, control: true });
    const rest = restOf(sandbox);
    const control = async (method: string, path: string, body?: unknown): Promise<[number, unknown]> => {
      const response = await fetch(`${sandbox.controlUrl}${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return [response.status, await response.json()];
    };
    try {
      await control('POST', '/faults', { kind: 'throttle-html', retryAfterSeconds: 3 });
      const throttled = await rest('GET', '/system/info');
      expect([throttled.status, throttled.headers.get('retry-after'), throttled.headers.get('content-type')]).toEqual([
        429,
        '3',
        'text/html',
      ]);
      await control('PUT', '/quota', { perMinute: 2 });
      const statuses = [];
      for (let index = 0; index < 3; index += 1) statuses.push((await rest('GET', '/system/info')).status);
      expect(statuses).toEqual([200, 200, 429]);
      await control('DELETE', '/faults');
      expect((await rest('GET', '/system/info')).status).toBe(200);
      expect((await control('GET', '/requests'))[1]).toHaveLength(5);
      for (const order of [{ kind: 'earthquake' }, { kind: 'error', status: 9999 }, { kind: 'slow', delayMs: 'x' }, []])
        expect((await control('POST', '/faults', order))[0]).toBe(400);
      expect((await control('PUT', '/quota', {}))[0]).toBe(400);
      expect((await control('GET', '/'))[0]).toBe(404);
    } finally {
      await sandbox.close();
    }
  });
});
